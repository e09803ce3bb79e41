"""What must not be lost: the tables; and the logs. That keys and indexes are right is proved by what runs on them."""

import unittest

from checks.template import resources, source, transformed


class Tables(unittest.TestCase):
    def setUp(self):
        self.tables = resources("AWS::DynamoDB::Table")

    def test_deleting_the_stack_or_replacing_a_table_keeps_its_data(self):
        for name in self.tables:
            with self.subTest(name):
                resource = transformed()["Resources"][name]
                self.assertEqual(resource.get("DeletionPolicy"), "Retain")
                self.assertEqual(resource.get("UpdateReplacePolicy"), "Retain")

    def test_dynamodb_refuses_to_delete_them_unless_a_parameter_says_otherwise(self):
        for name in self.tables:
            with self.subTest(name):
                written = source()["Resources"][name]["Properties"].get("DeletionProtectionEnabled")
                self.assertEqual(written, {"Ref": "TableDeletionProtection"})
        self.assertEqual(source()["Parameters"]["TableDeletionProtection"]["Default"], "true")

    def test_they_can_be_restored_to_any_second_of_the_last_weeks(self):
        for name, table in self.tables.items():
            with self.subTest(name):
                self.assertEqual(
                    table.get("PointInTimeRecoverySpecification"), {"PointInTimeRecoveryEnabled": True})

    def test_they_are_encrypted_with_a_key_that_the_account_can_audit(self):
        for name, table in self.tables.items():
            with self.subTest(name):
                self.assertIs(table.get("SSESpecification", {}).get("SSEEnabled"), True)

    def test_they_are_paid_by_request(self):
        for name, table in self.tables.items():
            with self.subTest(name):
                self.assertEqual(table.get("BillingMode"), "PAY_PER_REQUEST")
                self.assertNotIn("ProvisionedThroughput", table)

    def test_only_idempotency_records_expire(self):
        # Whatever deleted a segment by itself would break the counts of the listing for good.
        self.assertEqual(
            {name: table["TimeToLiveSpecification"] for name, table in self.tables.items()
             if "TimeToLiveSpecification" in table},
            {"IdempotencyTable": {"AttributeName": "expires_at", "Enabled": True}})

    def test_the_index_of_keys_does_not_hold_their_hashes(self):
        (index,) = self.tables["ApiKeysTable"]["GlobalSecondaryIndexes"]
        self.assertEqual(index["Projection"]["ProjectionType"], "INCLUDE")
        self.assertFalse([name for name in index["Projection"]["NonKeyAttributes"] if "hash" in name])

    def test_their_names_are_outputs(self):
        self.assertLessEqual({f"{name}Name" for name in self.tables}, set(transformed()["Outputs"]))


class Logs(unittest.TestCase):
    def test_the_functions_share_one_group_whose_logs_are_kept_for_some_time_and_no_longer(self):
        groups = resources("AWS::Logs::LogGroup")
        self.assertEqual(list(groups), ["FunctionsLogGroup"])
        self.assertGreaterEqual(groups["FunctionsLogGroup"]["RetentionInDays"], 7)
