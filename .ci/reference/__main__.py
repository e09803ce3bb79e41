"""Runs the checks that are named as arguments, for instance `python -m reference test_page`."""

import sys
import unittest

suite = unittest.defaultTestLoader.loadTestsFromNames([f"reference.{name}" for name in sys.argv[1:]])
result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2).run(suite)
failed = len({str(getattr(test, "test_case", test)) for test, _ in result.failures + result.errors})
print(f"{result.testsRun - failed - len(result.skipped)} passed, {failed} failed")
sys.exit(0 if result.wasSuccessful() else 1)
