"""The AWS CLI and the SAM CLI, as the reader has set them up: their credentials, Region and endpoint are theirs."""

import json
import shutil
import subprocess

#: Where to get a command that is missing.
SOURCES = {
    "aws": "https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html",
    "sam": "https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/install-sam-cli.html",
}


class CommandFailed(Exception):
    """A command that has failed, with what it said."""


class Cli:
    """Runs both. Thread-safe."""

    def __init__(self):
        missing = [f"There is no `{name}` command: install it from {url}" for name, url in SOURCES.items() if not shutil.which(name)]
        if missing:
            raise SystemExit("\n".join(missing))
        #: Whether commands go on when Ctrl-C is pressed, which a terminal sends to all that runs in it.
        self.shielded = False

    def aws(self, *arguments: str):
        """What an AWS command answers; None if that is nothing.

        Raises CommandFailed with AWS's words.
        """
        output = self._run(["aws", *arguments, "--output", "json"], capture=True)
        return json.loads(output) if output.strip() else None

    def sam(self, *arguments: str):
        """Runs a SAM command, which shows what it does."""
        self._run(["sam", *arguments], capture=False)

    def region(self) -> str | None:
        """The Region that the AWS CLI is set up for, if any."""
        try:
            return self._run(["aws", "configure", "get", "region"], capture=True).strip() or None
        except CommandFailed:
            return None

    def _run(self, command: list[str], capture: bool) -> str:
        pipe = subprocess.PIPE if capture else None
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe, text=True, start_new_session=self.shielded)
        if done.returncode:
            raise CommandFailed(f"`{' '.join(command[:3])}` failed: {(done.stderr or f'it ended with {done.returncode}').strip()}")
        return done.stdout or ""
