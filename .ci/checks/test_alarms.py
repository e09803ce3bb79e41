"""Alarms and the dashboard: each watches a metric that exists, says what it means, and says what silence means."""

import json
import re
import unittest

from checks.project import ROOT
from checks.template import resources

OWN = "MarketSegment"
#: The metrics of a request's line, in RequestLog.java, which RequestMetricsTest provokes.
OF_REQUESTS = set(re.findall(
    r'"(\w+)", Unit\.', (ROOT / "functions/src/main/java/dev/overplane/crm/function/RequestLog.java").read_text()))
#: Those of the stack alone: of VerifyCountsFunction and CanaryFunction, which VerifyCountsTest and CanaryTest provoke.
OF_STACK = {"tenants", "checked", "drifted", "repaired", "CanaryFailures"}
OPERATIONS = {
    "CreateMarketSegment", "RetrieveMarketSegment", "ListMarketSegments", "UpdateMarketSegment", "DeleteMarketSegment", "Authorize"}
#: They watch for silence.
OF_SILENCE = {"CanaryMissingAlarm", "CountsNotVerifiedAlarm"}


def stack() -> object:
    """What the functions are told that their stack is called."""
    return resources("AWS::Lambda::Function")["CanaryFunction"]["Environment"]["Variables"]["STACK_NAME"]


def alarms() -> dict[str, dict]:
    return resources("AWS::CloudWatch::Alarm")


def stats(alarm: dict) -> list[tuple[object, str, dict]]:
    """Namespace, name and dimensions of each metric that an alarm watches."""
    metrics = [alarm] if "MetricName" in alarm else [m["MetricStat"]["Metric"] for m in alarm["Metrics"] if "MetricStat" in m]
    return [
        (m["Namespace"], m["MetricName"], {d["Name"]: d["Value"] for d in m.get("Dimensions", [])}) for m in metrics]


class Alarms(unittest.TestCase):
    def test_each_leads_to_its_own_heading_of_the_runbook(self):
        headings = re.findall(r"^### (\w+)$", (ROOT / "docs/operations.md").read_text(), re.M)
        self.assertEqual(sorted(heading for heading in headings if heading.endswith("Alarm")), sorted(alarms()))
        for name, alarm in alarms().items():
            with self.subTest(name):
                self.assertTrue(alarm["AlarmDescription"].endswith(f" docs/operations.md#{name.lower()}"))

    def test_each_says_what_no_data_means(self):
        for name, alarm in alarms().items():
            with self.subTest(name):
                self.assertEqual(alarm["TreatMissingData"], "breaching" if name in OF_SILENCE else "notBreaching")

    def test_each_watches_a_metric_that_the_tests_provoke_or_that_is_aws_s_own(self):
        verified = (ROOT / "docs/verified.md").read_text()
        for name, alarm in alarms().items():
            for namespace, metric, dimensions in stats(alarm):
                with self.subTest(name):
                    if namespace == OWN:
                        self.assertEqual(dimensions["Stack"], stack())
                        self.assertLessEqual(set(dimensions), {"Stack", "Operation"})
                        self.assertIn(metric, OF_REQUESTS if "Operation" in dimensions else OF_REQUESTS | OF_STACK)
                        self.assertIn(dimensions.get("Operation", "Authorize"), OPERATIONS)
                    elif str(namespace).startswith("AWS/"):
                        self.assertIn(f"`{metric}`", verified, f"{metric} of {namespace} is not among AWS's own in docs/verified.md")
                    else:
                        (transformation,) = resources("AWS::Logs::MetricFilter")["IntegrationFailures"]["MetricTransformations"]
                        self.assertEqual((namespace, metric), (transformation["MetricNamespace"], transformation["MetricName"]))
                        self.assert_filter_reads_the_access_log()

    def assert_filter_reads_the_access_log(self):
        (stage,) = resources("AWS::ApiGateway::Stage").values()
        pattern = resources("AWS::Logs::MetricFilter")["IntegrationFailures"]["FilterPattern"]
        self.assertLessEqual(set(re.findall(r"\$\.(\w+)", pattern)), set(json.loads(stage["AccessLogSetting"]["Format"])))

    def test_every_metric_that_is_about_failure_has_an_alarm(self):
        watched = {metric for alarm in alarms().values() for _, metric, _ in stats(alarm)}
        self.assertLessEqual(
            OF_REQUESTS - {"ClientErrors", "ServerErrors"} | {"drifted", "CanaryFailures", "5XXError", "IteratorAge", "Throttles"}, watched)


class Dashboard(unittest.TestCase):
    def test_it_shows_metrics_that_exist(self):
        (dashboard,) = resources("AWS::CloudWatch::Dashboard").values()
        body = dashboard["DashboardBody"]
        widgets = json.loads(body["Fn::Sub"] if isinstance(body, dict) else body)["widgets"]
        shown = [metric for widget in widgets for metric in widget["properties"]["metrics"]]
        self.assertTrue(shown)
        for metric in shown:
            with self.subTest(str(metric)):
                if metric[0] == OWN:
                    self.assertIn(metric[1], OF_REQUESTS | OF_STACK)
                    self.assertIn(metric[metric.index("Operation") + 1] if "Operation" in metric else "Authorize", OPERATIONS)
                else:
                    self.assertTrue(metric[0].startswith("AWS/"))
