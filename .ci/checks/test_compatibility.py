"""What openapi.yaml says breaks no client of the last release. And what would break one is noticed."""

import copy
import unittest
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from checks.compatibility import DESCRIPTION, breaking_changes, git, last_release

NOW = yaml.safe_load(DESCRIPTION.read_text())


class Compatibility(unittest.TestCase):
    def test_nothing_breaks_a_client_of_the_last_release(self):
        released = last_release()
        if not released:
            self.skipTest("there has been no release yet")
        self.assertEqual(breaking_changes(released, NOW), "")


class LastRelease(unittest.TestCase):
    def setUp(self):
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.repository = Path(folder.name, "repository")
        self.repository.mkdir()
        git(self.repository, "init", "--quiet")

    def commit(self, title: str, tag: str | None = None):
        Path(self.repository, "openapi.yaml").write_text(yaml.safe_dump({"info": {"title": title}}))
        git(self.repository, "add", ".")
        git(self.repository, "-c", "user.name=check", "-c", "user.email=check@localhost", "commit", "--quiet", "--message", title)
        if tag:
            git(self.repository, "tag", tag)

    def test_there_is_none_without_a_tag(self):
        self.commit("first", tag="checked")
        self.assertIsNone(last_release(self.repository))

    def test_it_is_that_of_the_highest_version(self):
        for version in ("v1.2.0", "v1.10.0"):
            self.commit(version, tag=version)
        self.commit("since then")
        self.assertEqual(last_release(self.repository), {"info": {"title": "v1.10.0"}})

    def test_a_shallow_clone_is_refused(self):
        for title in ("first", "second"):
            self.commit(title)
        shallow = self.repository.with_name("shallow")
        git(self.repository, "clone", "--quiet", "--depth=1", f"file://{self.repository}", str(shallow))
        with self.assertRaisesRegex(RuntimeError, "shallow"):
            last_release(shallow)


def removed(node: dict, *path: str):
    for key in path[:-1]:
        node = node[key]
    del node[path[-1]]


class Notices(unittest.TestCase):
    def setUp(self):
        self.after = copy.deepcopy(NOW)
        self.schemas = self.after["components"]["schemas"]
        self.collection, self.object = self.after["paths"].values()

    def assertBreaks(self, check: str):
        self.assertIn(f"[{check}]", breaking_changes(NOW, self.after))

    def assertBreaksNothing(self):
        self.assertNotEqual(self.after, NOW)
        self.assertEqual(breaking_changes(NOW, self.after), "")

    def test_a_removed_member(self):
        removed(self.schemas, "MarketSegmentList", "properties", "has_more")
        self.schemas["MarketSegmentList"]["required"].remove("has_more")
        self.assertBreaks("response-required-property-removed")

    def test_a_removed_optional_member(self):
        removed(self.schemas, "ErrorDetails", "properties", "param")
        self.assertBreaks("response-optional-property-removed")

    def test_a_member_that_may_be_absent_now(self):
        self.schemas["MarketSegment"]["required"].remove("created_at")
        self.assertBreaks("response-property-became-optional")

    def test_a_new_required_member_of_a_request(self):
        self.schemas["MarketSegmentParams"]["required"] = ["market_segment"]
        self.assertBreaks("request-property-became-required")

    def test_a_removed_status(self):
        removed(self.object, "get", "responses", "200")
        self.object["get"]["responses"]["204"] = {"description": "Nothing."}
        self.assertBreaks("response-success-status-removed")

    def test_a_removed_status_of_an_error(self):
        removed(self.object, "get", "responses", "404")
        self.assertBreaks("response-non-success-status-removed")

    def test_a_removed_header(self):
        removed(self.collection, "post", "responses", "201", "headers", "ETag")
        self.assertBreaks("required-response-header-removed")

    def test_a_removed_optional_header(self):
        removed(self.collection, "get", "responses", "200", "headers", "Link")
        self.assertBreaks("optional-response-header-removed")

    def test_a_removed_parameter(self):
        self.collection["get"]["parameters"].pop()
        self.assertBreaks("request-parameter-removed")

    def test_a_narrower_parameter(self):
        self.after["components"]["parameters"]["Limit"]["schema"]["maximum"] = 50
        self.assertBreaks("request-parameter-max-decreased")

    def test_a_removed_operation(self):
        removed(self.object, "delete")
        self.assertBreaks("api-removed-without-deprecation")

    def test_an_operation_of_another_name(self):
        self.object["delete"]["operationId"] = "removeMarketSegment"
        self.assertBreaks("api-operation-id-removed")

    def test_a_removed_member_of_an_event(self):
        removed(self.schemas, "ChangeEvent", "properties", "livemode")
        self.schemas["ChangeEvent"]["required"].remove("livemode")
        self.assertBreaks("response-required-property-removed")

    def test_no_new_member_of_a_response_or_an_event(self):
        for schema in ("MarketSegment", "ChangeEvent"):
            self.schemas[schema]["properties"]["region"] = {"type": "string"}
            self.schemas[schema]["required"].append("region")
        self.assertBreaksNothing()

    def test_no_new_optional_member_of_a_request(self):
        self.schemas["MarketSegmentParams"]["properties"]["region"] = {"type": "string"}
        self.assertBreaksNothing()

    def test_no_new_code_of_an_error(self):
        self.schemas["ErrorDetails"]["properties"]["code"]["x-extensible-enum"].append("quota_exceeded")
        self.assertBreaksNothing()
