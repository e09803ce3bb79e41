"""Mistakes, each with the test that must notice it: `.ci/run mutants`. They once passed every test, or change what a client sees.

Makes them one at a time, in a copy of the tree. Arguments, if there are any, choose those whose description has one of them.
"""

import os
import shutil
import signal
import subprocess
import sys
from typing import NamedTuple

from checks.project import CACHE, ROOT

COPY = CACHE / "mutants"
#: A sound test has ended long before. A mistake by which it does not end is noticed too.
TIMEOUT_S = 300
CODE = "functions/src/main/java/dev/overplane/crm/"


class Mutant(NamedTuple):
    description: str
    file: str
    code: str
    mistake: str
    module: str
    test: str
    #: What the test must say, where it is not to fail for another reason.
    reason: str = ""


MUTANTS = [
    Mutant(
        "the stored hash of a key is not compared",
        CODE + "key/KeyTable.java", "key.hasHash(item.map(KeyItem::storedHash).orElse(NO_HASH))", "!key.hasHash(NO_HASH)",
        "functions", "KeyTableTest",
    ),
    Mutant(
        "a key is read eventually consistent",
        CODE + "key/KeyTable.java", ".partitionValue(id.value())).consistentRead(true)", ".partitionValue(id.value()))",
        "functions", "KeyTableTest",
    ),
    Mutant(
        "an expired idempotency record stands in the way",
        CODE + "segment/store/IdempotencyTable.java", "attribute_not_exists(#key) OR #expires_at <= :now", "attribute_not_exists(#key)",
        "tests", "IdempotencyRecordTest",
    ),
    Mutant(
        "an idempotency record lives 24 minutes",
        CODE + "segment/store/IdempotencyTable.java", "Duration.ofHours(24)", "Duration.ofMinutes(24)",
        "tests", "IdempotencyRecordTest",
    ),
    Mutant(
        "the request's log line holds what the client wrote",
        CODE + "function/HttpFunction.java", '.add("path", request.path());', '.add("path", request.path() + request.query());',
        "functions", "HttpFunctionTest",
    ),
    Mutant(
        "the request's log line lacks the request id",
        CODE + "function/HttpFunction.java", 'fields.add("request_id", request.requestId())\n                    .add("gateway', 'fields.add("gateway',
        "functions", "HttpFunctionTest",
    ),
    Mutant(
        "the authorizer logs the key",
        CODE + "function/AuthorizeFunction.java",
        "AuthorizerRequest request = AuthorizerRequest.of(event);",
        "AuthorizerRequest request = AuthorizerRequest.of(event);\n"
        '        Log.info("authorize", fields -> fields.add("key", request.key().map(key -> key.reveal()).orElse("")));',
        "tests", "LogTest",
    ),
    Mutant(
        "the 500 has no request id",
        CODE + "function/HttpFunction.java", "persists.\"),\n                requestId);", 'persists."),\n                "");',
        "functions", "HttpFunctionTest",
    ),
    Mutant(
        "the 503 has no request id",
        CODE + "function/HttpFunction.java", "if it was a write.\"),\n                            request.requestId())",
        'if it was a write."),\n                            "")',
        "functions", "HttpFunctionTest",
    ),
    Mutant(
        "the 500 shows the exception",
        CODE + "function/HttpFunction.java", '"Something went wrong on our side:', 'e + "Something went wrong on our side:',
        "functions", "HttpFunctionTest",
    ),
    Mutant(
        "updated_at runs backwards",
        CODE + "segment/store/SegmentUpdater.java", " AND updated_at <= :now AND (attribute_not_exists(writer)", " AND (attribute_not_exists(writer)",
        "tests", "OneWinnerTest",
    ),
    Mutant(
        "an update that is repeated for its clock forgets If-Match",
        CODE + "segment/store/SegmentUpdater.java",
        "case Attempt.Early(Timestamp updatedAt) -> now = updatedAt;",
        "case Attempt.Early(Timestamp updatedAt) -> {\n                    now = updatedAt;\n"
        "                    precondition = new Precondition.AnyVersion();\n                }",
        "tests", "OneWinnerTest",
    ),
    Mutant(
        "each call has the whole time anew",
        CODE + "dynamodb/Deadline.java", "return limit.minus(elapsed(nanos));", "return limit;",
        "tests", "RetryTest",
    ),
    Mutant(
        "a conflict is forgotten where the last attempt had no time",
        CODE + "dynamodb/DynamoDb.java", '("no time left after a cancellation", last)', '("no time left")',
        "tests", "RetryTest",
    ),
    Mutant(
        "a conflict is why, however long nothing was heard since",
        CODE + "dynamodb/DynamoDb.java", "attempts() <= sent + 1", "attempts() <= sent + 100",
        "tests", "RetryTest",
    ),
    Mutant(
        "a conflict is why, whatever was heard since",
        CODE + "dynamodb/StoreUnavailableException.java", "getCause() instanceof ApiCallTimeoutException", "getCause() != null",
        "functions", "DynamoDbTest",
    ),
    Mutant(
        "pages are walked one by one where one has turned",
        CODE + "segment/store/SegmentCreator.java", "page = table.layout().pageOf(created);", "page++;",
        "tests", "LargeTenantTest",
    ),
    Mutant(
        "a create has no condition on its object",
        CODE + "segment/store/CreateTransaction.java", '.conditionExpression("attribute_not_exists(id)")', "",
        "tests", "RetryTest",
    ),
    Mutant(
        "what is deleted can be deleted again",
        CODE + "segment/store/SegmentItem.java", '"attribute_exists(id) AND " + NO_TOMBSTONE', '"attribute_exists(id)"',
        "tests", "DeleteTest",
    ),
    Mutant(
        "a tombstone is read as an object",
        CODE + "segment/store/SegmentItem.java", "return !item.isEmpty() && !item.containsKey(EXPIRES_AT);", "return !item.isEmpty();",
        "tests", "DeleteTest",
    ),
    Mutant(
        "a tombstone keeps the name",
        CODE + "segment/store/SegmentItem.java", "updated_at, market_segment, version", "updated_at, version",
        "tests", "RetryTest",
    ),
    Mutant(
        "a recount counts tombstones",
        CODE + "segment/store/Recounter.java", ".filterExpression(SegmentItem.NO_TOMBSTONE)", "",
        "tests", "SegmentUpkeepTest",
    ),
    Mutant(
        "the end of a tombstone makes an event",
        CODE + "function/ChangeRecords.java", "|| isTombstone(record.getOldImage())", "",
        "functions", "ChangeRecordsTest",
    ),
    Mutant(
        "a status that openapi.yaml does not have",
        CODE + "function/CreateMarketSegmentFunction.java", "SegmentResponses.response(201,", "SegmentResponses.response(200,",
        "tests", "CreateTest", "openapi.yaml differs from POST",
    ),
    Mutant(
        "a header that openapi.yaml does not have",
        CODE + "function/CreateMarketSegmentFunction.java", '"Location", request', '"Content-Location", request',
        "tests", "CreateTest", "openapi.yaml differs from POST",
    ),
    Mutant(
        "a member that openapi.yaml does not have",
        CODE + "function/SegmentResponses.java",
        'json.writeBooleanField("has_more", listing.hasMore());',
        'json.writeBooleanField("has_more", listing.hasMore());\n'
        '            json.writeNumberField("count", listing.data().size());',
        "tests", "ListTest", "openapi.yaml differs from GET",
    ),
    Mutant(
        "a member less than openapi.yaml has",
        CODE + "function/SegmentResponses.java", 'json.writeBooleanField("deleted", true);', "",
        "tests", "DeleteTest", "openapi.yaml differs from DELETE",
    ),
    Mutant(
        "a route that openapi.yaml does not have",
        "template.yaml", "            Method: patch\n", "            Method: put\n",
        "tests", "ApiDescriptionTest", "the_operations_are_the_routes_of_the_template",
    ),
    Mutant(
        "a listing may not read an archive",
        "template.yaml", "Action: [dynamodb:GetItem, dynamodb:Query]", "Action: [dynamodb:Query]",
        "tests", "ArchivedGroupTest", "GET answered 500",
    ),
    Mutant(
        "a delete may not read what it archives",
        "template.yaml", "now and then.\n              Action: [dynamodb:GetItem, ", "now and then.\n              Action: [",
        "tests", "ArchivedGroupTest", "expected: <true> but was: <false>",
    ),
]


def killed(mutant: Mutant) -> bool:
    """Whether the test fails. A mistake that does not compile, or a test that does not run, is none."""
    path = COPY / mutant.file
    sound = path.read_text()
    if sound.count(mutant.code) != 1:
        raise SystemExit(f"{mutant.file} does not have this code, or has it twice: {mutant.code}")
    path.write_text(sound.replace(mutant.code, mutant.mistake))
    command = ["mvn", "-q", "-B", "-ntp", "test", "-pl", mutant.module, "-am", f"-Dtest={mutant.test}"]
    maven = subprocess.Popen(
        [*command, "-Dsurefire.failIfNoSpecifiedTests=false"],
        cwd=COPY, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True)
    try:
        output, _ = maven.communicate(timeout=TIMEOUT_S)
    except subprocess.TimeoutExpired:
        os.killpg(maven.pid, signal.SIGKILL)
        maven.communicate()
        return not mutant.reason
    finally:
        path.write_text(sound)
    if maven.returncode != 0 and "Tests run:" not in output:
        raise SystemExit(output[-4000:])
    return maven.returncode != 0 and mutant.reason in output


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
