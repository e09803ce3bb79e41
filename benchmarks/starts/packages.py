"""The packages that are started: ours, as it would be deployed, and those that it is compared with."""

import json
import os
import platform
import re
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "benchmarks" / "target" / "starts"
SOURCES = Path(__file__).parent / "functions"


def java_home() -> Path:
    """A JDK 25 or later: where JAVA_HOME, the PATH or the customary folder has one."""
    homes = [os.environ.get("JAVA_HOME")]
    if on_path := shutil.which("java"):
        homes.append(str(Path(on_path).resolve().parents[1]))
    homes += sorted(str(home) for home in Path("/usr/lib/jvm").glob("*") if not home.is_symlink())
    for home in filter(None, homes):
        release = Path(home) / "release"
        version = release.is_file() and re.search(r'JAVA_VERSION="(\d+)', release.read_text())
        if version and int(version[1]) >= 25:
            return Path(home)
    raise SystemExit("There is no JDK 25: set JAVA_HOME to one.")


def maven(*arguments: str):
    subprocess.run(["mvn", "-q", "-B", "-ntp", *arguments], cwd=ROOT, check=True)


def version(name: str) -> str:
    """A version that the functions' POM names, such as `awssdk`."""
    return re.search(rf"<{name}.version>(.*)</{name}.version>", (ROOT / "functions" / "pom.xml").read_text())[1]


def build(anew: bool) -> tuple[dict[str, Path], dict[str, int]]:
    """The packages `runtime`, which Lambda brings, `ours`, `unprimed`, `powertools`, `url-connection`, `raw` and `bare`; and how large
    they are."""
    packages = {name: WORK / name for name in ("runtime", "ours", "unprimed", "powertools", "url-connection", "raw", "bare")}
    if anew:
        shutil.rmtree(WORK, ignore_errors=True)
        WORK.mkdir(parents=True)
        (WORK / "sizes.json").write_text(json.dumps(_make(packages)))
    return packages, json.loads((WORK / "sizes.json").read_text())


def _make(packages: dict[str, Path]) -> dict[str, int]:
    maven("-pl", "local", "-am", "compile", "dependency:build-classpath", f"-Dmdep.outputFile={WORK / 'stack'}")
    versions = [f"-D{name}.version={version(name)}" for name in ("awssdk", "awscrt", "jackson")]
    fetch = ["-f", "benchmarks/starts/pom.xml", *versions, "dependency:copy-dependencies"]
    maven(*fetch, "-Pruntime", f"-DoutputDirectory={packages['runtime']}")
    maven(*fetch, "-Praw", f"-DoutputDirectory={packages['raw'] / 'lib'}")
    maven("-f", "functions/pom.xml", "dependency:copy-dependencies", "-DincludeScope=runtime",
          f"-DoutputDirectory={packages['ours'] / 'lib'}")
    shutil.copytree(ROOT / "functions" / "target" / "classes", packages["ours"], dirs_exist_ok=True)
    # The size is that of what is deployed, before the native library is exchanged for this machine's.
    sizes = {name: size(packages[name]) for name in ("ours", "raw")}
    if platform.machine() != "aarch64":
        for jar in (packages["ours"] / "lib").glob("aws-crt-*-linux-aarch_64.jar"):
            jar.unlink()
        maven(*fetch, "-Pcrt", f"-DoutputDirectory={packages['ours'] / 'lib'}")
    shutil.copytree(packages["ours"], packages["unprimed"])
    shutil.copytree(packages["ours"], packages["powertools"])
    maven(*fetch, "-Ppowertools", f"-DoutputDirectory={packages['powertools'] / 'lib'}")
    sizes["powertools"] = sizes["ours"] + size(packages["powertools"]) - size(packages["ours"])
    _exchange_http_client(packages["ours"], packages["url-connection"], packages["raw"])
    sources = {"bare": "BareFunction.java", "raw": "RawSdkFunction.java", "unprimed": "UnprimedFunction.java",
               "powertools": "PowertoolsFunction.java", "url-connection": "url-connection/*.java"}
    for name, pattern in sources.items():
        packages[name].mkdir(exist_ok=True)
        class_path = [packages[name], *packages["runtime"].glob("*.jar"), *(packages[name] / "lib").glob("*.jar")]
        subprocess.run(
            [java_home() / "bin" / "javac", "--release", "25", "-d", packages[name], "-cp", os.pathsep.join(map(str, class_path)),
             *SOURCES.glob(pattern)], check=True)
    sizes["url-connection"] = size(packages["url-connection"])
    sizes["bare"] = size(packages["bare"])
    return sizes


def _exchange_http_client(ours: Path, package: Path, raw: Path):
    """A copy of ours with the HTTP client of the raw SDK's function in the place of the CRT."""
    shutil.copytree(ours, package)
    for jar in (package / "lib").glob("*crt*.jar"):
        jar.unlink()
    for jar in (raw / "lib").glob("url-connection-client-*.jar"):
        shutil.copy(jar, package / "lib")


def size(package: Path) -> int:
    """Bytes of all its files."""
    return sum(file.stat().st_size for file in package.rglob("*") if file.is_file())


def stack_class_path() -> str:
    return os.pathsep.join([
        str(ROOT / "local" / "target" / "classes"), str(ROOT / "functions" / "target" / "classes"), (WORK / "stack").read_text().strip()])
