"""Where things are."""

import os
import re
import shutil
import socket
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".ci" / "cache"
BUILD_COPY = CACHE / "build"
ARTIFACTS = BUILD_COPY / ".aws-sam" / "build"

#: The functions behind the API's routes, by method and path.
ROUTES = {
    ("get", "/api/crm/market-segment"): "ListMarketSegmentsFunction",
    ("head", "/api/crm/market-segment"): "ListMarketSegmentsFunction",
    ("post", "/api/crm/market-segment"): "CreateMarketSegmentFunction",
    ("get", "/api/crm/market-segment/{id}"): "RetrieveMarketSegmentFunction",
    ("head", "/api/crm/market-segment/{id}"): "RetrieveMarketSegmentFunction",
    ("patch", "/api/crm/market-segment/{id}"): "UpdateMarketSegmentFunction",
    ("delete", "/api/crm/market-segment/{id}"): "DeleteMarketSegmentFunction",
}
AUTHORIZER = "AuthorizeFunction"
KEY_FUNCTIONS = ["IssueApiKeyFunction", "ListApiKeysFunction", "RevokeApiKeyFunction", "RotateApiKeyFunction"]
#: The functions that no request calls.
EVENT_FUNCTIONS = ["PublishChangesFunction", "VerifyCountsFunction"]
CANARY = "CanaryFunction"
#: Uses the new versions of a deployment before any traffic does.
HOOK = "PreTrafficHookFunction"
FUNCTIONS = sorted([*set(ROUTES.values()), AUTHORIZER, *KEY_FUNCTIONS, *EVENT_FUNCTIONS, CANARY, HOOK])


def event_file(function: str) -> Path:
    """The sample event of a function: CreateMarketSegmentFunction's is events/create-market-segment.json."""
    words = re.findall("[A-Z][a-z]*", function.removesuffix("Function"))
    return ROOT / "events" / ("-".join(words).lower() + ".json")


@cache
def java() -> str:
    """The java command of a JDK 25 or later: where JAVA_HOME, the PATH or the customary folders have one."""
    homes = [os.environ.get(variable) for variable in ("JAVA_HOME", "JAVA_HOME_25_X64", "JAVA_HOME_25_ARM64")]
    if on_path := shutil.which("java"):
        homes.append(str(Path(on_path).resolve().parents[1]))
    homes += sorted(str(home) for home in Path("/usr/lib/jvm").glob("*") if not home.is_symlink())
    homes += sorted(str(home) for home in (Path.home() / ".sdkman/candidates/java").glob("*"))
    for home in filter(None, homes):
        release = Path(home) / "release"
        version = release.is_file() and re.search(r'JAVA_VERSION="(\d+)', release.read_text())
        if version and int(version[1]) >= 25:
            return str(Path(home) / "bin" / "java")
    raise SystemExit("There is no JDK 25: set JAVA_HOME to one.")


def free_port() -> int:
    """A port of the loopback address that nothing listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
