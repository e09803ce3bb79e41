"""What the documents point to is there: tests, classes, files and headings."""

import json
import re
import subprocess
import sys
import unittest
from pathlib import Path

from checks.project import ROOT
from checks.template import cloudformation, source

TRACKED = [
    ROOT / name
    for name in subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    if name and (ROOT / name).exists()
]
DOCUMENTS = [path for path in TRACKED if path.suffix == ".md"]
CLASSES = {path.stem for path in TRACKED if path.suffix == ".java"}
FOLDERS = {path.relative_to(ROOT).parts[0] for path in TRACKED if path.parent != ROOT}


def prose(document: Path) -> str:
    """The document without its blocks of code."""
    return re.sub(r"^```.*?^```$", "", document.read_text(), flags=re.MULTILINE | re.DOTALL)


def code_spans(document: Path) -> list[str]:
    return re.findall(r"`([^`\n]+)`", prose(document))


def anchors(document: Path) -> set[str]:
    """The headings' anchors as GitHub makes them: lower case, no punctuation, hyphens for spaces."""
    headings = re.findall(r"^#+ (.+)$", prose(document), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


class Documents(unittest.TestCase):
    def test_what_it_costs_is_computed_from_the_measured_units_the_prices_and_the_template(self):
        printed = subprocess.run(
            [sys.executable, "-B", ROOT / "benchmarks" / "costs.py"], check=True, capture_output=True, text=True).stdout
        document = (ROOT / "docs" / "cost.md").read_text()
        for table in printed.strip().split("\n\n"):
            self.assertIn(table, document, "run `python3 benchmarks/costs.py --write`")

    def test_who_changes_what_the_api_says_is_told_to_deploy_its_stage(self):
        # SAM makes a deployment for another text of the API's definition. A parameter in it is the same text with any value.
        body = json.dumps(cloudformation(source())["Resources"]["Api"]["Properties"]["Body"])
        named = {name for name in source()["Parameters"] if f"${{{name}}}" in body or f'"Ref": "{name}"' in body}
        if '"HasDomain"' in body:
            named.add("DomainName")
        section = (ROOT / "docs" / "operations.md").read_text().partition("## Changes that need a second step")[2].partition("\n## ")[0]
        self.assertTrue(named)
        for name in named:
            self.assertIn(f"`{name}`", section)

    def test_every_link_leads_somewhere(self):
        for document in DOCUMENTS:
            for target in re.findall(r"\]\(([^)\s]+)\)", prose(document)):
                if "://" in target:
                    continue
                with self.subTest(document.name, link=target):
                    path, _, anchor = target.partition("#")
                    file = (document.parent / path).resolve() if path else document
                    self.assertTrue(file.exists(), "there is no such file")
                    if anchor:
                        self.assertTrue(anchor in anchors(file), "there is no such heading")

    def test_every_test_that_is_named_exists(self):
        for document in DOCUMENTS:
            for name in re.findall(r"\b[A-Z]\w+Test\b", " ".join(code_spans(document))):
                with self.subTest(document.name):
                    self.assertTrue(name in CLASSES, f"there is no {name}")

    def test_every_file_that_is_named_exists(self):
        for document in DOCUMENTS:
            for path in code_spans(document):
                # What the build writes is there after a build alone.
                if path.partition("/")[0] in FOLDERS and re.fullmatch(r"[\w./-]+", path) and "/target/" not in path:
                    with self.subTest(document.name):
                        self.assertTrue((ROOT / path).exists(), f"there is no {path}")

    def test_the_errors_are_explained_under_headings_of_their_codes(self):
        catalogue = (ROOT / "functions/src/main/java/dev/overplane/crm/http/ErrorCode.java").read_text()
        codes = {name.lower() for name in re.findall(r"^ +([A-Z_]+)\(\d+,", catalogue, flags=re.MULTILINE)}
        codes |= set(re.findall(r'"code":"(\w+)"', (ROOT / "template.yaml").read_text()))
        self.assertGreater(len(codes), 13, "those of the functions and those of the gateway")
        for code in codes:
            with self.subTest(code):
                self.assertIn(code, anchors(ROOT / "docs" / "errors.md"))

    def test_the_architecture_names_classes_and_resources_that_exist(self):
        document = ROOT / "docs" / "architecture.md"
        for name in code_spans(document):
            if re.fullmatch(r"(?:[A-Z][a-z]+){2,}", name):
                with self.subTest(name):
                    self.assertTrue(name in CLASSES or name in source()["Resources"], f"there is no {name}")

    def test_each_pain_has_a_file_with_the_cure_and_a_test_of_it(self):
        pains = re.split(r"^## ", (ROOT / "docs" / "pains.md").read_text(), flags=re.MULTILINE)[1:]
        self.assertEqual(len(pains), 10)
        files = {path.relative_to(ROOT).as_posix() for path in TRACKED}
        template = (ROOT / "template.yaml").read_text()
        for pain in pains:
            with self.subTest(pain.partition("\n")[0]):
                cure, test = re.fullmatch(r".*\n- Cure: (.*)\n- Test: (.*)", pain.strip(), flags=re.DOTALL).groups()
                for name in re.findall(r"`([^`]+)`", cure):
                    self.assertTrue(name in CLASSES or name in files or re.search(rf"\b{name}:", template), f"there is no {name}")
                tests = re.findall(r"`(\w+Test|\.ci/[\w./]+)`", test)
                self.assertTrue(tests, "no test is named")
                for name in tests:
                    self.assertTrue(name in CLASSES or name in files, f"there is no {name}")
