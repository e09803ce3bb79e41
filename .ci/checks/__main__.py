"""Runs the checks that are named as arguments, for instance `python -m checks test_api`."""

import sys
import unittest


def main() -> int:
    suite = unittest.defaultTestLoader.loadTestsFromNames([f"checks.{name}" for name in sys.argv[1:]])
    result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2).run(suite)
    failed = {str(getattr(test, "test_case", test)) for test, _ in result.failures + result.errors}
    print(f"{result.testsRun - len(failed) - len(result.skipped)} passed, {len(failed)} failed")
    return 0 if result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
