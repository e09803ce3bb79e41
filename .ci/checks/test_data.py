"""What must not be lost: the tables; and the logs. That keys and indexes are right is proved by what runs on them."""

import unittest

from checks.project import FUNCTIONS
from checks.template import granted, resources, source, table, transformed, translated


class Tables(unittest.TestCase):
    def setUp(self):
        self.tables = resources("AWS::DynamoDB::Table")

    def test_deleting_the_stack_or_replacing_a_table_keeps_its_data(self):
        for name in self.tables:
            with self.subTest(name):
                resource = transformed()["Resources"][name]
                # Except on create: what a first deployment made before it failed would stand in the way of the next.
                self.assertEqual(resource.get("DeletionPolicy"), "RetainExceptOnCreate")
                self.assertEqual(resource.get("UpdateReplacePolicy"), "Retain")

    def test_dynamodb_refuses_to_delete_them_unless_a_parameter_says_otherwise(self):
        for name in self.tables:
            with self.subTest(name):
                written = source()["Resources"][name]["Properties"].get("DeletionProtectionEnabled")
                self.assertEqual(written, {"Ref": "TableDeletionProtection"})
        self.assertEqual(source()["Parameters"]["TableDeletionProtection"]["Default"], "true")

    def test_they_have_names_of_their_own_so_that_none_is_replaced_unnoticed(self):
        # CloudFormation refuses to replace a resource that has one.
        self.assertEqual(
            {name: properties.get("TableName") for name, properties in self.tables.items()},
            {"SegmentsTable": "stack-segments", "IdempotencyTable": "stack-idempotency", "ApiKeysTable": "stack-api-keys"})

    def test_the_stack_can_take_over_a_restored_table(self):
        stream = "arn:aws:dynamodb:eu-central-1:123456789012:table/restored-segments/stream/2026-01-01T00:00:00.000"
        adopted = translated(
            source(), SegmentsTableName="restored-segments", SegmentsStreamArn=stream, ApiKeysTableName="restored-keys")
        for function in FUNCTIONS:
            for action, resource in granted(function, adopted):
                if action.startswith("dynamodb:"):
                    with self.subTest(function, action=action):
                        self.assertIn(
                            resource if resource == stream else table(resource),
                            ("restored-segments", "restored-keys", "IdempotencyTable", stream))
        (mapping,) = resources("AWS::Lambda::EventSourceMapping", adopted).values()
        self.assertEqual(mapping["EventSourceArn"], stream)
        self.assertEqual(adopted["Outputs"]["SegmentsTableName"]["Value"], "restored-segments")
        self.assertEqual(adopted["Outputs"]["ApiKeysTableName"]["Value"], "restored-keys")
        # Its own stay where they are.
        self.assertEqual(resources("AWS::DynamoDB::Table", adopted), self.tables)

    def test_those_whose_loss_would_hurt_can_be_restored_to_any_second_of_the_last_weeks(self):
        recoverable = {name for name, properties in self.tables.items()
                       if properties.get("PointInTimeRecoverySpecification") == {"PointInTimeRecoveryEnabled": True}}
        self.assertEqual(recoverable, {"SegmentsTable", "ApiKeysTable"})

    def test_they_are_encrypted_with_the_key_that_is_free_or_with_one_of_the_account_s(self):
        key = "arn:aws:kms:eu-central-1:123456789012:key/12345678-1234-1234-1234-123456789012"
        own = resources("AWS::DynamoDB::Table", translated(source(), TableKeyArn=key))
        for name, properties in self.tables.items():
            with self.subTest(name):
                self.assertNotIn("SSESpecification", properties)
                self.assertEqual(
                    own[name]["SSESpecification"], {"SSEEnabled": True, "SSEType": "KMS", "KMSMasterKeyId": key})

    def test_they_are_paid_by_request(self):
        for name, properties in self.tables.items():
            with self.subTest(name):
                self.assertEqual(properties.get("BillingMode"), "PAY_PER_REQUEST")
                self.assertNotIn("ProvisionedThroughput", properties)

    def test_only_idempotency_records_and_tombstones_expire(self):
        # An `expires_at` on anything else in the table of segments, and DynamoDB would delete what is counted: only a tombstone has it.
        self.assertEqual(
            {name: properties["TimeToLiveSpecification"] for name, properties in self.tables.items()
             if "TimeToLiveSpecification" in properties},
            dict.fromkeys(["SegmentsTable", "IdempotencyTable"], {"AttributeName": "expires_at", "Enabled": True}))

    def test_the_index_of_keys_does_not_hold_their_hashes(self):
        (index,) = self.tables["ApiKeysTable"]["GlobalSecondaryIndexes"]
        self.assertEqual(index["Projection"]["ProjectionType"], "INCLUDE")
        self.assertFalse([name for name in index["Projection"]["NonKeyAttributes"] if "hash" in name])

    def test_their_names_are_outputs(self):
        self.assertLessEqual({f"{name}Name" for name in self.tables}, set(transformed()["Outputs"]))


class Logs(unittest.TestCase):
    def test_functions_share_a_group_and_the_api_has_one_whose_logs_are_kept_for_some_time_and_no_longer(self):
        groups = resources("AWS::Logs::LogGroup")
        self.assertEqual(sorted(groups), ["AccessLogGroup", "FunctionsLogGroup"])
        for group in groups.values():
            self.assertGreaterEqual(group["RetentionInDays"], 7)
