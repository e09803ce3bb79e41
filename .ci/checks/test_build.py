"""What `sam build` made: one build for all, everything that the handlers need, and nothing else."""

import hashlib
import re
import unittest
import zipfile
from functools import cache
from pathlib import Path

import yaml

from checks.project import ARTIFACTS, BUILD_COPY, FUNCTIONS, ROOT
from checks.template import resources, transformed

#: Cold starts pay for every byte. Raise it only for something that is worth it.
CEILING_BYTES = 15 * 1024 * 1024

#: Every jar that a function has. One more is a decision: add it here, and say in the commit what it is for.
JARS = set("""
    com.amazonaws.aws-lambda-java-core
    com.amazonaws.aws-lambda-java-events
    com.fasterxml.jackson.core.jackson-annotations
    com.fasterxml.jackson.core.jackson-core
    com.fasterxml.jackson.core.jackson-databind
    joda-time.joda-time
    org.jspecify.jspecify
    org.reactivestreams.reactive-streams
    org.slf4j.slf4j-api
    software.amazon.awssdk.annotations
    software.amazon.awssdk.auth
    software.amazon.awssdk.aws-core
    software.amazon.awssdk.aws-crt-client
    software.amazon.awssdk.aws-json-protocol
    software.amazon.awssdk.checksums
    software.amazon.awssdk.checksums-spi
    software.amazon.awssdk.crt-core
    software.amazon.awssdk.crt.aws-crt
    software.amazon.awssdk.dynamodb
    software.amazon.awssdk.dynamodb-enhanced
    software.amazon.awssdk.endpoints-spi
    software.amazon.awssdk.http-auth
    software.amazon.awssdk.http-auth-aws
    software.amazon.awssdk.http-auth-aws-eventstream
    software.amazon.awssdk.http-auth-spi
    software.amazon.awssdk.http-client-spi
    software.amazon.awssdk.identity-spi
    software.amazon.awssdk.json-utils
    software.amazon.awssdk.metrics-spi
    software.amazon.awssdk.profiles
    software.amazon.awssdk.protocol-core
    software.amazon.awssdk.regions
    software.amazon.awssdk.retries
    software.amazon.awssdk.retries-spi
    software.amazon.awssdk.sdk-core
    software.amazon.awssdk.third-party-jackson-core
    software.amazon.awssdk.utils
    software.amazon.awssdk.utils-lite
    software.amazon.eventstream.eventstream
""".split())

#: Each stands for the SDK's class of the same name, and says why.
SUBSTITUTES = {f"software/amazon/awssdk/regions/Generated{what}MetadataProvider.class" for what in ("Service", "Region")}

#: Also inside a jar of another name: test libraries, the local stack, HTTP clients beside the CRT's.
FORBIDDEN_PACKAGES = (
    "org/junit/", "org/opentest4j/", "org/apiguardian/", "org/assertj/", "org/hamcrest/", "org/mockito/", "net/bytebuddy/",
    "com/tngtech/archunit/", "org/testcontainers/", "com/github/dockerjava/", "dev/overplane/crm/local/",
    "dev/overplane/crm/contract/", "com/amazonaws/services/dynamodbv2/local/", "software/amazon/dynamodb/services/local/",
    "com/almworks/sqlite4java/", "io/javalin/", "org/eclipse/jetty/", "io/netty/", "org/apache/http/", "org/apache/hc/",
    "okhttp3/", "software/amazon/awssdk/http/apache/", "software/amazon/awssdk/http/apache5/",
    "software/amazon/awssdk/http/nio/netty/", "software/amazon/awssdk/http/urlconnection/",
)

#: The class file format of Java 25.
CLASS_VERSION = 69


@cache
def entries(jar: Path) -> list[str]:
    with zipfile.ZipFile(jar) as archive:
        return archive.namelist()


def files(artifact: Path) -> dict[str, Path]:
    return {str(path.relative_to(artifact)): path for path in sorted(artifact.rglob("*")) if path.is_file()}


def artifact_id(jar: Path) -> str:
    """A jar's name without its version: `org.slf4j.slf4j-api-2.0.17.jar` is org.slf4j.slf4j-api."""
    return re.sub(r"-\d[^/]*\.jar$", "", jar.name)


class Build(unittest.TestCase):
    def setUp(self):
        self.log = (BUILD_COPY / "build.log").read_text()

    def test_maven_ran_once_for_all_functions_and_environments(self):
        self.assertEqual(self.log.count("Running JavaMavenWorkflow:MavenBuild"), 1)

    def test_that_build_was_for_every_function(self):
        (line,) = [line for line in self.log.splitlines() if "Building codeuri" in line]
        self.assertEqual(sorted(line.rpartition("functions: ")[2].split(", ")), FUNCTIONS)


    def test_the_template_to_deploy_has_no_anchors_which_cloudformation_cannot_read(self):
        events = yaml.parse((ARTIFACTS / "template.yaml").read_text())
        self.assertFalse([event.start_mark.line + 1 for event in events if getattr(event, "anchor", None)])


class Artifacts(unittest.TestCase):
    def setUp(self):
        self.artifacts = {name: files(ARTIFACTS / name) for name in FUNCTIONS}

    def test_each_has_the_jars_that_it_needs_and_no_other(self):
        for name, content in self.artifacts.items():
            with self.subTest(name):
                jars = {artifact_id(path) for path in content.values() if path.suffix == ".jar"}
                self.assertFalse(JARS - jars, f"{name} lacks {sorted(JARS - jars)}")
                self.assertFalse(jars - JARS, f"{name} has {sorted(jars - JARS)}, see JARS in {Path(__file__).name}")

    def test_beside_jars_they_hold_our_classes_only(self):
        for name, content in self.artifacts.items():
            with self.subTest(name):
                strays = [
                    path for path in content
                    if path not in SUBSTITUTES
                    and not re.fullmatch(r"lib/[^/]+\.jar|dev/overplane/crm/.+\.class|[a-z.]+\.properties|META-INF/.+", path)
                ]
                self.assertFalse(strays)

    def test_the_handler_s_class_is_there(self):
        functions = resources("AWS::Lambda::Function", transformed(ARTIFACTS / "template.yaml"))
        for name, content in self.artifacts.items():
            with self.subTest(name):
                handler = functions[name]["Handler"].partition("::")[0].replace(".", "/") + ".class"
                self.assertTrue(handler in content, f"{name} lacks its handler, {handler}")

    def test_classes_are_those_of_java_25(self):
        for name, content in self.artifacts.items():
            with self.subTest(name):
                for path, file in content.items():
                    if path.endswith(".class"):
                        self.assertEqual(int.from_bytes(file.read_bytes()[6:8]), CLASS_VERSION, path)

    def test_no_test_class_is_in_them(self):
        sources = ROOT / "functions" / "src" / "test" / "java"
        tests = {
            str(path.relative_to(sources).with_suffix(""))
            for path in sources.rglob("*.java") if path.name != "package-info.java"
        }
        for name, content in self.artifacts.items():
            with self.subTest(name):
                found = [
                    path for path in content
                    if path.endswith(".class") and re.sub(r"(\$.*)?\.class$", "", path) in tests
                ]
                self.assertFalse(found)

    def test_no_jar_hides_what_a_function_must_not_have(self):
        for name, content in self.artifacts.items():
            with self.subTest(name):
                for path, file in content.items():
                    inside = entries(file) if path.endswith(".jar") else [path]
                    found = [entry for entry in inside if entry.startswith(FORBIDDEN_PACKAGES)]
                    self.assertFalse(found[:3], f"{path} brings forbidden classes")

    def test_the_only_native_library_is_that_of_lambda_s_arm64(self):
        for name, content in self.artifacts.items():
            with self.subTest(name):
                libraries = [
                    entry for path, file in content.items() if path.endswith(".jar")
                    for entry in entries(file) if re.search(r"\.(so|dll|dylib|jnilib)$", entry)
                ]
                self.assertTrue(libraries, "there is none: the HTTP client could not start")
                self.assertFalse([entry for entry in libraries if not entry.startswith("linux/armv8/glibc/")])

    def test_they_are_small(self):
        sizes = {name: sum(path.stat().st_size for path in content.values()) for name, content in self.artifacts.items()}
        for name, size in sizes.items():
            print(f"\n  {name:32} {size / 1024 / 1024:6.2f} MiB in {len(self.artifacts[name])} files", end="")
        print()
        for name, size in sizes.items():
            with self.subTest(name):
                self.assertLessEqual(size, CEILING_BYTES)

    def test_they_are_one_and_the_same(self):
        contents = {
            hashlib.sha256("".join(
                path + hashlib.sha256(file.read_bytes()).hexdigest() for path, file in content.items()).encode()).hexdigest()
            for content in self.artifacts.values()
        }
        self.assertEqual(len(contents), 1)
