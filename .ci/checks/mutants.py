"""Mistakes that once passed every test, each with the test that must notice it now: `.ci/run mutants`.

Makes them one at a time, in a copy of the tree. Arguments, if there are any, choose those whose description has one of them.
"""

import shutil
import subprocess
import sys
from typing import NamedTuple

from checks.project import CACHE, ROOT

COPY = CACHE / "mutants"
CODE = "functions/src/main/java/dev/overplane/crm/"


class Mutant(NamedTuple):
    description: str
    file: str
    code: str
    mistake: str
    module: str
    test: str


MUTANTS = [
    Mutant(
        "the stored hash of a key is not compared",
        "key/KeyTable.java", "key.hasHash(item.map(KeyItem::storedHash).orElse(NO_HASH))", "!key.hasHash(NO_HASH)",
        "functions", "KeyTableTest",
    ),
    Mutant(
        "a key is read eventually consistent",
        "key/KeyTable.java", ".partitionValue(id.value())).consistentRead(true)", ".partitionValue(id.value()))",
        "functions", "KeyTableTest",
    ),
    Mutant(
        "an expired idempotency record stands in the way",
        "segment/store/IdempotencyTable.java", "attribute_not_exists(#key) OR #expires_at <= :now", "attribute_not_exists(#key)",
        "tests", "IdempotencyRecordTest",
    ),
    Mutant(
        "an idempotency record lives 24 minutes",
        "segment/store/IdempotencyTable.java", "Duration.ofHours(24)", "Duration.ofMinutes(24)",
        "tests", "IdempotencyRecordTest",
    ),
    Mutant(
        "the request's log line holds what the client wrote",
        "function/HttpFunction.java", '.add("path", request.path());', '.add("path", request.path() + request.query());',
        "functions", "HttpFunctionTest",
    ),
    Mutant(
        "the request's log line lacks the request id",
        "function/HttpFunction.java", 'fields.add("request_id", request.requestId())\n                    .add("gateway', 'fields.add("gateway',
        "functions", "HttpFunctionTest",
    ),
    Mutant(
        "the authorizer logs the key",
        "function/AuthorizeFunction.java",
        "AuthorizerRequest request = AuthorizerRequest.of(event);",
        "AuthorizerRequest request = AuthorizerRequest.of(event);\n"
        '        Log.info("authorize", fields -> fields.add("key", request.key().map(key -> key.reveal()).orElse("")));',
        "tests", "LogTest",
    ),
    Mutant(
        "the 500 has no request id",
        "function/HttpFunction.java", "persists.\"),\n                requestId);", 'persists."),\n                "");',
        "functions", "HttpFunctionTest",
    ),
    Mutant(
        "the 503 has no request id",
        "function/HttpFunction.java", "a moment.\"),\n                            request.requestId())", 'a moment."),\n                            "")',
        "functions", "HttpFunctionTest",
    ),
    Mutant(
        "the 500 shows the exception",
        "function/HttpFunction.java", '"Something went wrong on our side:', 'e + "Something went wrong on our side:',
        "functions", "HttpFunctionTest",
    ),
    Mutant(
        "updated_at runs backwards",
        "segment/store/SegmentUpdater.java", "attribute_exists(id) AND updated_at <= :now AND", "attribute_exists(id) AND",
        "tests", "OneWinnerTest",
    ),
    Mutant(
        "an update that is repeated for its clock forgets If-Match",
        "segment/store/SegmentUpdater.java",
        "case Attempt.Early(Timestamp updatedAt) -> now = updatedAt;",
        "case Attempt.Early(Timestamp updatedAt) -> {\n                    now = updatedAt;\n"
        "                    precondition = new Precondition.AnyVersion();\n                }",
        "tests", "OneWinnerTest",
    ),
    Mutant(
        "each call has the whole time anew",
        "dynamodb/Deadline.java", "return limit.minus(elapsed(nanos));", "return limit;",
        "tests", "RetryTest",
    ),
    Mutant(
        "pages are walked one by one where one has turned",
        "segment/store/SegmentCreator.java", "page = table.layout().pageOf(created);", "page++;",
        "tests", "LargeTenantTest",
    ),
    Mutant(
        "a create has no condition on its object",
        "segment/store/CreateTransaction.java", '.conditionExpression("attribute_not_exists(id)")', "",
        "tests", "RetryTest",
    ),
]


def killed(mutant: Mutant) -> bool:
    """Whether the test fails. A mistake that does not compile, or a test that does not run, is none."""
    path = COPY / CODE / mutant.file
    sound = path.read_text()
    if sound.count(mutant.code) != 1:
        raise SystemExit(f"{mutant.file} does not have this code, or has it twice: {mutant.code}")
    path.write_text(sound.replace(mutant.code, mutant.mistake))
    command = ["mvn", "-q", "-B", "-ntp", "test", "-pl", mutant.module, "-am", f"-Dtest={mutant.test}"]
    run = subprocess.run([*command, "-Dsurefire.failIfNoSpecifiedTests=false"], cwd=COPY, capture_output=True, text=True)
    path.write_text(sound)
    if run.returncode != 0 and "There are test failures" not in run.stdout:
        raise SystemExit(run.stdout[-4000:])
    return run.returncode != 0


def main() -> None:
    chosen = [mutant for mutant in MUTANTS if not sys.argv[1:] or any(word in mutant.description for word in sys.argv[1:])]
    shutil.rmtree(COPY, ignore_errors=True)
    names = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split("\0")
    for name in filter(None, names):
        (COPY / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, COPY / name)
    survivors = 0
    for mutant in chosen:
        dead = killed(mutant)
        survivors += not dead
        print(f"{'killed' if dead else 'SURVIVED'} by {mutant.test}: {mutant.description}", flush=True)
    print(f"{len(chosen) - survivors} of {len(chosen)} killed")
    sys.exit(survivors > 0)


if __name__ == "__main__":
    main()
