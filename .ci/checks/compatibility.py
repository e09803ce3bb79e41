"""Whether the clients of one description of the API can live with another, by oasdiff."""

import copy
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from checks.project import CACHE, ROOT

OASDIFF = CACHE / "oasdiff"
DESCRIPTION = ROOT / "openapi.yaml"
SEVERITIES = ROOT / ".ci" / "checks" / "oasdiff-severities.txt"


def last_release(repository: Path = ROOT) -> dict | None:
    """The description as the last release before or at this commit has it, or None if there has been no release.

    A release is a tag like `v1.0.0`. A shallow clone may lack it, and is refused.
    """
    if git(repository, "rev-parse", "--is-shallow-repository") == "true\n":
        raise RuntimeError("This clone is shallow, and may lack the last release: `git fetch --unshallow --tags`.")
    tags = git(repository, "tag", "--list", "v[0-9]*", "--merged", "HEAD", "--sort=-version:refname").split()
    return yaml.safe_load(git(repository, "show", f"{tags[0]}:openapi.yaml")) if tags else None


def git(repository: Path, *command: str) -> str:
    return subprocess.run(["git", *command], cwd=repository, check=True, capture_output=True, text=True).stdout


def with_events_as_responses(description: dict) -> dict:
    """oasdiff judges a webhook as a request to us. It is the client that reads it, so a member more breaks nothing, and one less does."""
    judged = copy.deepcopy(description)
    for name, webhook in judged.pop("webhooks", {}).items():
        operation = webhook["post"]
        content = operation.pop("requestBody")["content"]
        operation["responses"] = {"200": {"description": "The event.", "content": content}}
        judged["paths"][f"/webhooks/{name}"] = {"get": operation}
    return judged


def breaking_changes(before: dict, after: dict) -> str:
    """What would break a client, one change a line; empty if nothing would."""
    with TemporaryDirectory() as folder:
        files = Path(folder, "before.yaml"), Path(folder, "after.yaml")
        for file, description in zip(files, (before, after)):
            file.write_text(yaml.safe_dump(with_events_as_responses(description), allow_unicode=True))
        run = subprocess.run(
            [OASDIFF, "breaking", "--format", "singleline", "--color", "never", "--fail-on", "WARN",
             "--severity-levels", SEVERITIES, *files], capture_output=True, text=True)
    if run.returncode not in (0, 1):
        raise RuntimeError(run.stderr)
    return run.stdout if run.returncode else ""
