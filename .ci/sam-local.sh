#!/usr/bin/env bash
#
# Runs the README's `sam local` lines, every function and every operation, against the local stack.
#
# Where Docker answers and AWS's Lambda image can be had, in that. Otherwise root has an engine started, and ended, here; what it
# cannot pull is stood in for by stand-in-image.sh. Where neither is possible the step says so and checks nothing, but on GitHub it fails.
set -euo pipefail
cache=$PWD/.ci/cache
PATH=$cache/venv/bin:$PATH
case $(uname -m) in
  aarch64 | arm64) architecture=arm64 ;;
  *) architecture=x86_64 ;;
esac
image=$(python - "$architecture" <<'P'
import sys
from samcli.lib.utils.architecture import has_runtime_multi_arch_image
from samcli.local.docker.lambda_image import LambdaImage, Runtime
assert has_runtime_multi_arch_image("java25")
print(f"{LambdaImage._INVOKE_REPO_PREFIX}/{Runtime.get_image_name_tag('java25', sys.argv[1])}")
P
)

have_image() {
  docker version >/dev/null 2>&1 && { docker image inspect "$image" >/dev/null 2>&1 || docker pull --quiet "$image" 2>/dev/null; }
}

install_engine() {
  apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes docker.io || return 1
  # Where the package starts an engine by itself, it is not to stay.
  systemctl disable --now docker.socket docker.service containerd.service || true
}

# start_engine: a Docker engine of this step's own, which ends with it
start_engine() {
  [ "$(id -u)" = 0 ] || return 1
  command -v dockerd >/dev/null || install_engine >"$cache/docker-install.log" 2>&1 || return 1
  home=$cache/docker
  mkdir -p "$home"
  export DOCKER_HOST=unix://$home/socket
  # The names of sockets are short, those of folders need not be.
  [ ${#DOCKER_HOST} -lt 100 ] || export DOCKER_HOST=unix:///run/market-segment-ci-$$.sock
  dockerd --data-root "$home/data" --exec-root "$home/exec" --pidfile "$home/pid" --host "$DOCKER_HOST" \
    >"$home/log" 2>&1 </dev/null &
  engine=$!
  trap 'stop_engine' EXIT
  for _ in $(seq 100); do
    docker version >/dev/null 2>&1 && return
    kill -0 "$engine" 2>/dev/null || break
    sleep 0.3
  done
  tail -5 "$home/log" >&2
  return 1
}

stop_engine() {
  docker ps --quiet | xargs --no-run-if-empty docker kill >/dev/null 2>&1 || true
  kill "$engine" 2>/dev/null || true
  wait "$engine" 2>/dev/null || true
}

if have_image; then
  echo "In AWS's image, $image."
elif start_engine && { docker pull --quiet "$image" 2>/dev/null || .ci/stand-in-image.sh "$image"; }; then
  echo "In an engine of this step's own."
else
  echo 'NOT CHECKED: sam local was not run, since neither Docker with the Lambda image, nor an engine of our own can be had here.'
  [ -z "${GITHUB_ACTIONS:-}" ]
  exit
fi
docker image inspect --format 'Image: {{index .RepoTags 0}} {{.Config.Labels}}' "$image"

.ci/copy.sh "$cache/sam-local" template.yaml samconfig.toml env.json events functions README.md
export SAM_SKIP_PULL_IMAGE=1 ARCHITECTURE=$architecture
PYTHONPATH=.ci python -B -m checks test_sam_local
