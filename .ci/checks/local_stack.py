"""The local stack, started by the README's command."""

import os
import re
import signal
import subprocess
import threading

from checks.project import CACHE, ROOT
from checks.readme import commands

#: Maven may have everything to compile.
START_TIMEOUT_S = 600


class LocalStack:
    """Kept in memory, on free ports; containers reach it at the given address of this machine."""

    def __init__(self, container_host: str):
        (command,) = commands("Run it")
        self.log = open(CACHE / "local-stack.log", "wb")
        self.process = subprocess.Popen(
            ["bash", "-c", f"exec {command}"], cwd=ROOT, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self.log, text=True,
            env={**os.environ, "DATA_DIR": ":memory:", "PORT": "0", "LAMBDA_PORT": "0", "DYNAMODB_PORT": "0", "EVENTBRIDGE_PORT": "0",
                 "CONTAINER_HOST": container_host})
        watchdog = threading.Timer(START_TIMEOUT_S, self.close)
        watchdog.start()
        greeting = ""
        for line in self.process.stdout:
            greeting += line
            if line.startswith("Press Ctrl-C"):
                break
        watchdog.cancel()
        try:
            self.api_url = re.search(r"^API +(\S+)$", greeting, re.MULTILINE)[1]
            self.dynamodb_url = re.search(r"^DynamoDB +(\S+)$", greeting, re.MULTILINE)[1]
            self.event_bridge_url = re.search(r"^PutEvents +(\S+)$", greeting, re.MULTILINE)[1]
            self.key = re.search(r"^API key +(\S+)$", greeting, re.MULTILINE)[1]
        except TypeError:
            self.close()
            raise SystemExit(f"The local stack did not start: {greeting}, see {self.log.name}") from None

    def close(self):
        try:
            os.killpg(self.process.pid, signal.SIGTERM)
        except ProcessLookupError:
            pass
        self.process.wait()
        self.log.close()
