"""Each alarm can be understood by whom it wakes, and watches a metric that somebody sends. The dashboard shows the same metrics."""

import json
import re
import sys
import unittest

from checks.logs import METRICS, OPERATIONS
from checks.project import AUTHORIZER, ROOT
from checks.template import STACK, resources, source, transformed, translated
from checks.test_documents import anchors

sys.path.append(str(ROOT / "benchmarks"))
import costs  # noqa: E402

WEBHOOK = {"WebhookUrl": "https://example.com/hook"}
TOPIC = {"AlarmTopicArn": "arn:aws:sns:eu-central-1:123456789012:alarms"}

#: Those that OperationErrorsAlarm watches.
BEHIND_ROUTES = OPERATIONS - {AUTHORIZER.removesuffix("Function")}
#: What the functions that no request calls report.
OF_RUNS = {"CanaryFailures", "tenants", "checked", "drifted", "repaired"}
#: So many metrics, and so many expressions, an alarm may have:
#: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html
MOST_QUERIES = 10
#: Alarms whose condition is that there is no data.
WATCH_FOR_SILENCE = {"CanaryMissingAlarm", "CountsNotVerifiedAlarm"}


def alarms() -> dict[str, dict]:
    """The alarms of a stack that has every optional part."""
    return resources("AWS::CloudWatch::Alarm", translated(source(), **WEBHOOK, **TOPIC))


def filtered() -> set[tuple[str, str]]:
    """The metrics that are made of log lines, as (namespace, name)."""
    return {(metric["MetricNamespace"], metric["MetricName"])
            for properties in resources("AWS::Logs::MetricFilter").values()
            for metric in properties["MetricTransformations"]}


def watched(alarm: dict) -> list[tuple[str, str, dict]]:
    """The metrics of an alarm, as (namespace, name, dimensions); none for a rule of Contributor Insights."""
    metrics = [query["MetricStat"]["Metric"] for query in alarm.get("Metrics", []) if "MetricStat" in query]
    return [(metric["Namespace"], metric["MetricName"],
             {dimension["Name"]: dimension["Value"] for dimension in metric.get("Dimensions", [])})
            for metric in metrics or ([alarm] if "MetricName" in alarm else [])]


def value(alarm: dict, metrics: dict[str, float]) -> float:
    """What an alarm's math makes of a minute that has a value of each metric, by the metrics' ids.

    Python reads the expressions as CloudWatch does, but for what is missing.
    """
    functions = {"IF": lambda condition, yes, no: yes if condition else no, "MAX": max, "FILL": lambda values, _: values}
    values = dict(metrics)
    for query in alarm["Metrics"]:
        if "Expression" in query:
            values[query["Id"]] = eval(query["Expression"], functions, values)
    (result,) = (query["Id"] for query in alarm["Metrics"] if query["ReturnData"])
    return values[result]


def value_by_operation(alarm: dict, faults: dict[str, int], requests: dict[str, int]) -> float:
    """The value of an alarm that watches the faults of each operation, in a minute with so many."""
    metrics = {}
    for query in alarm["Metrics"]:
        if "MetricStat" in query:
            ((_, _, dimensions),) = watched({"Metrics": [query]})
            operation = dimensions["Operation"]
            number = faults.get(operation, 0)
            metrics[query["Id"]] = {"Sum": number, "Average": number / requests[operation]}[query["MetricStat"]["Stat"]]
    return value(alarm, metrics)


def is_sent(namespace: str, name: str, dimensions: dict) -> bool:
    """Whether AWS, a function or a filter sends this metric with exactly these dimensions."""
    if namespace.startswith("AWS/"):
        return f"`{name}`" in own_metrics_of_aws().get(namespace, "")
    if (namespace, name) in filtered():
        return not dimensions
    if namespace != "MarketSegment" or dimensions.get("Stack") != STACK:
        return False
    if set(dimensions) == {"Stack"}:
        return name in {*METRICS, *OF_RUNS}
    return set(dimensions) == {"Stack", "Operation"} and name in METRICS and dimensions["Operation"] in OPERATIONS


def own_metrics_of_aws() -> dict[str, str]:
    """The rows of the table in docs/verified.md, by namespace."""
    return dict(re.findall(r"^\| `(AWS/\w+)` \| ([^|]+) \|", (ROOT / "docs/verified.md").read_text(), flags=re.MULTILINE))


def dashboard() -> dict:
    """The dashboard's document, with names in place of what only the deployed resources know."""
    (properties,) = resources("AWS::CloudWatch::Dashboard").values()
    body = properties["DashboardBody"]
    text = body if isinstance(body, str) else body["Fn::Sub"]
    text = text.replace("${AWS::StackName}", STACK).replace("${StageName}", "v1")
    return json.loads(re.sub(r"\${([^}]+)}", r"\1", text))


def shown() -> list[tuple[str, str, dict]]:
    """The metrics on the dashboard, as (namespace, name, dimensions)."""
    metrics = []
    for widget in dashboard()["widgets"]:
        for metric in widget["properties"].get("metrics", []):
            words = [word for word in metric if isinstance(word, str)]
            if words:
                metrics.append((words[0], words[1], dict(zip(words[2::2], words[3::2], strict=True))))
    return metrics


class Alarms(unittest.TestCase):
    def test_each_says_in_one_line_what_is_wrong_and_where_to_read_on(self):
        headings = anchors(ROOT / "docs/operations.md")
        for name, alarm in alarms().items():
            with self.subTest(name):
                description = alarm.get("AlarmDescription", "")
                self.assertRegex(description, r"^[^\n]+\. docs/operations\.md#[a-z-]+$")
                self.assertEqual(description.rpartition("#")[2], name.lower())
                self.assertIn(name.lower(), headings)

    def test_the_runbook_explains_no_alarm_that_is_gone(self):
        explained = {heading for heading in re.findall(r"^### (\w+Alarm)$", (ROOT / "docs/operations.md").read_text(), re.MULTILINE)}
        self.assertEqual(explained, set(alarms()))

    def test_each_says_what_it_makes_of_missing_data(self):
        for name, alarm in alarms().items():
            with self.subTest(name):
                self.assertIn(alarm.get("TreatMissingData"), {"breaching", "notBreaching", "ignore"})
        self.assertEqual(
            {name for name, alarm in alarms().items() if alarm["TreatMissingData"] == "breaching"}, WATCH_FOR_SILENCE)

    def test_each_watches_a_metric_that_somebody_sends(self):
        for name, alarm in alarms().items():
            for metric in watched(alarm):
                with self.subTest(name, metric=metric):
                    self.assertTrue(is_sent(*metric))

    def test_none_has_more_metrics_or_expressions_than_cloudwatch_takes(self):
        for name, alarm in alarms().items():
            with self.subTest(name):
                expressions = [query for query in alarm.get("Metrics", []) if "Expression" in query]
                self.assertLessEqual(max(len(watched(alarm)), len(expressions)), MOST_QUERIES)

    def test_a_new_version_that_always_fails_sets_one_off_by_its_tenth_of_thirty_requests_among_thousands(self):
        whole, each = alarms()["ServerErrorsAlarm"], alarms()["OperationErrorsAlarm"]
        for failing in BEHIND_ROUTES:
            with self.subTest(failing):
                requests = dict.fromkeys(BEHIND_ROUTES, 1000) | {failing: 30}
                self.assertLess(value(whole, {"faults": 3, "requests": sum(requests.values())}), whole["Threshold"])
                self.assertGreater(value_by_operation(each, {failing: 3}, requests), each["Threshold"])

    def test_two_faults_of_a_quiet_minute_set_none_off(self):
        whole, each = alarms()["ServerErrorsAlarm"], alarms()["OperationErrorsAlarm"]
        for operation in BEHIND_ROUTES:
            with self.subTest(operation):
                self.assertLess(value(whole, {"faults": 2, "requests": 2}), whole["Threshold"])
                self.assertLess(value_by_operation(each, {operation: 2}, dict.fromkeys(BEHIND_ROUTES, 2)), each["Threshold"])

    def test_none_depends_on_another_alarm(self):
        self.assertFalse(resources("AWS::CloudWatch::CompositeAlarm"))

    def test_they_go_to_the_topic_and_without_one_nowhere(self):
        for name, alarm in alarms().items():
            with self.subTest(name):
                for actions in ("AlarmActions", "OKActions"):
                    self.assertEqual(alarm[actions], [TOPIC["AlarmTopicArn"]])
                    self.assertNotIn(actions, resources("AWS::CloudWatch::Alarm", translated(source(), **WEBHOOK))[name])

    def test_every_operation_has_an_alarm_of_its_latency(self):
        self.assertEqual(
            {dimensions["Operation"] for alarm in alarms().values() for _, name, dimensions in watched(alarm)
             if name == "Duration" and alarm.get("ExtendedStatistic") == "p99"}, OPERATIONS)

    def test_the_runbook_counts_right_what_is_paid_for(self):
        text = (ROOT / "docs/operations.md").read_text()
        priced = [int(number) for number in re.findall(r"^\| [^|]+ \| (\d+) \| [\d.]+ \|$", text, re.MULTILINE)]
        own = len(METRICS) * (len(OPERATIONS) + 1) + len(OF_RUNS) + len(filtered())
        # An alarm on a rule of Contributor Insights is paid for as one on a metric is.
        paid = sum(len(watched(alarm)) or 1 for alarm in alarms().values())
        self.assertEqual(priced[:3], [paid, own, 1])
        self.assertEqual((costs.alarms(), costs.metrics(), costs.dashboards()), (paid, own, 1), "what docs/cost.md counts")


class Dashboard(unittest.TestCase):
    def test_it_shows_metrics_that_somebody_sends(self):
        self.assertGreater(len(shown()), 20)
        for metric in shown():
            with self.subTest(metric=metric):
                self.assertTrue(is_sent(*metric))

    def test_the_functions_and_queues_on_it_are_the_template_s(self):
        for _, _, dimensions in shown():
            for kind in ("FunctionName", "QueueName"):
                if kind in dimensions:
                    with self.subTest(dimensions[kind]):
                        self.assertIn(dimensions[kind].partition(".")[0], transformed()["Resources"])

    def test_it_shows_the_latency_of_every_operation(self):
        self.assertEqual(
            {dimensions["Operation"] for _, name, dimensions in shown() if name == "Duration" and "Operation" in dimensions},
            OPERATIONS)

    def test_it_shows_the_state_of_each_alarm_that_every_stack_has(self):
        listed = {arn.removesuffix(".Arn") for widget in dashboard()["widgets"] if widget["type"] == "alarm"
                  for arn in widget["properties"]["alarms"]}
        self.assertEqual(listed, {name for name in alarms() if "Condition" not in transformed()["Resources"][name]})


class Cardinality(unittest.TestCase):
    def test_no_dimension_is_a_tenant(self):
        dimensions = {name for alarm in alarms().values() for _, _, found in watched(alarm) for name in found}
        dimensions |= {name for _, _, found in shown() for name in found}
        self.assertLessEqual(
            dimensions, {"ApiName", "Stage", "FunctionName", "QueueName", "TableName", "GlobalSecondaryIndexName", "Stack", "Operation"})
