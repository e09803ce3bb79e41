"""Each mutant can be made, and its test is there, so that code that has moved on is seen before `.ci/run mutants` runs again."""

import unittest

from checks.mutants import MUTANTS
from checks.project import ROOT


class Mutants(unittest.TestCase):
    def test_each_has_its_code_exactly_once_in_its_file(self):
        for mutant in MUTANTS:
            with self.subTest(mutant.description):
                self.assertEqual((ROOT / mutant.file).read_text().count(mutant.code), 1)

    def test_the_test_of_each_is_a_class_of_its_module(self):
        for mutant in MUTANTS:
            with self.subTest(mutant.description):
                found = list((ROOT / mutant.module / "src/test/java").rglob(f"{mutant.test}.java"))
                self.assertEqual(len(found), 1, f"{mutant.module} has no {mutant.test}, or has it twice")
