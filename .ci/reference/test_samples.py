"""Every sample of code that the reference prints, run as it is printed."""

import os
import re
import subprocess
import sys
import unittest
from pathlib import Path
from tempfile import TemporaryDirectory

import requests
import yaml

from checks.project import ROOT, java

URL = os.environ["API_URL"]
KEY = os.environ["API_KEY"]
DESCRIPTION = yaml.safe_load((ROOT / "openapi.yaml").read_text())
EXAMPLE_ID = DESCRIPTION["components"]["parameters"]["Id"]["example"]
COMMANDS = {
    "curl": ("sample.sh", ["bash", "-euo", "pipefail", "-c", 'source "$0"']),
    "Java": ("Sample.java", [java(), "-XX:TieredStopAtLevel=1"]),
    "Python": ("sample.py", [sys.executable]),
    "JavaScript": ("sample.mjs", ["node"]),
}
BLOCKS = {"sh": "curl", "java": "Java", "python": "Python", "javascript": "JavaScript"}


def create() -> str:
    response = requests.post(f"{URL}/api/crm/market-segment", headers={"Authorization": f"Bearer {KEY}"}, timeout=60)
    response.raise_for_status()
    return response.json()["id"]


def run(language: str, source: str, segment: str = "") -> str:
    name, command = COMMANDS[language]
    filled = source.replace("https://api.overplane.dev", URL).replace("sk_test_...", KEY).replace(EXAMPLE_ID, segment)
    filled = filled.replace("0b44bc02-0d1c-4b5e-9f0e-6f1f1f6ad1ab", os.urandom(16).hex()).replace("timeout=10", "timeout=60")
    with TemporaryDirectory() as folder:
        Path(folder, name).write_text(filled)
        result = subprocess.run([*command, name], cwd=folder, capture_output=True, text=True, timeout=300)
    if result.returncode:
        raise AssertionError(f"{language}: {result.stderr}\n{filled}")
    return result.stdout


class Samples(unittest.TestCase):
    def test_each_operation_has_one_in_each_language_that_does_what_it_says(self):
        for path in DESCRIPTION["paths"].values():
            for method in ("get", "post", "patch", "delete"):
                if method not in path:
                    continue
                samples = path[method]["x-codeSamples"]
                self.assertEqual([sample["label"] for sample in samples], list(COMMANDS))
                for sample in samples:
                    with self.subTest(path[method]["operationId"], language=sample["label"]):
                        segment = create()
                        output = run(sample["label"], sample["source"], segment)
                        self.assertNotIn("error", output)
                        self.assertRegex(output, "deleted" if method == "delete" else "market-segment_")

    def test_paging_sees_every_object_in_each_language(self):
        for _ in range(3):
            create()
        pagination = DESCRIPTION["info"]["description"].split("## Pagination")[1]
        blocks = dict(re.findall(r"^```(\w+)\n(.*?)^```", pagination, flags=re.MULTILINE | re.DOTALL))
        self.assertEqual(set(blocks), set(BLOCKS))
        for block, source in blocks.items():
            with self.subTest(block):
                ids = re.findall(r"market-segment_[0-9a-z]{36}", run(BLOCKS[block], source.replace("limit=100", "limit=2")))
                total = requests.get(f"{URL}/api/crm/market-segment", headers={"Authorization": f"Bearer {KEY}"}, timeout=60).json()["total"]
                self.assertEqual((len(set(ids)), total > 2), (total, True))
