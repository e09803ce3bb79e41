#!/usr/bin/env bash
#
# `stand-in-image.sh NAME`: makes a Docker image that does what AWS's Lambda image for Java does, from files of this machine: a JDK 25,
# AWS's runtime interface client, a shell for SAM to add AWS's runtime interface emulator with, and the libraries that these load.
set -euo pipefail
name=$1
cache=$PWD/.ci/cache
java=$(PYTHONPATH=.ci "$cache/venv/bin/python" -B -c 'from checks.project import java; print(java())')
jdk=$(dirname "$(dirname "$(realpath "$java")")")
recipe="$(cksum <"$0") $(cksum <.ci/runtime/pom.xml) $(cksum <"$jdk/release")"

[ "$(docker image inspect --format '{{index .Config.Labels "recipe"}}' "$name" 2>/dev/null)" != "$recipe" ] || exit 0

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
chmod 755 "$root"
mkdir -p "$root"/{etc,tmp,opt,var/task,var/runtime/lib,var/lang}

cp -r "$jdk/." "$root/var/lang"
rm -rf "$root"/var/lang/{jmods,lib/src.zip}
cp "$cache"/runtime/lambda/*.jar "$root/var/runtime/lib"
cat >"$root/var/runtime/bootstrap" <<'B'
#!/bin/sh
exec /var/lang/bin/java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED \
  -Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac \
  -cp "/var/runtime/lib/*" com.amazonaws.services.lambda.runtime.api.client.AWSLambda "$_HANDLER"
B
chmod +x "$root/var/runtime/bootstrap"
echo 'hosts: files dns' >"$root/etc/nsswitch.conf"

# The programs, what the JDK and they are linked with, and what native libraries inside of jars are.
{
  ldd /bin/sh /bin/mv /bin/chmod "$jdk"/bin/java "$jdk"/lib/*.so "$jdk"/lib/server/*.so 2>/dev/null | grep -o '/[^ :)]*\.so[^ :)]*'
  ldconfig -p | grep -E 'lib(c|m|dl|rt|pthread|resolv|nss_files|nss_dns|gcc_s|stdc\+\+)\.so\.[0-9]+ ' | sed 's/.*=> //'
  printf '%s\n' /bin/sh /bin/mv /bin/chmod
  # The HTTP client reads the trust store even for plain HTTP.
  find /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt 2>/dev/null || true
} | grep -v "^$jdk" | sort -u | sed 's:^/::' | tar --create --dereference --directory / --files-from=- | tar --extract --directory "$root"

tar --create --directory "$root" . | docker import --change 'WORKDIR /var/task' --change "LABEL recipe='$recipe'" \
  --change 'ENV LAMBDA_TASK_ROOT=/var/task LANG=C.UTF-8 PATH=/var/lang/bin:/usr/bin:/bin' - "$name" >/dev/null
# What SAM made of another image of that name.
docker images --format '{{.Repository}}:{{.Tag}}' "${name%:*}" | grep rapid | xargs --no-run-if-empty docker image rm >/dev/null || true
