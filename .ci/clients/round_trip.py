"""What openapi-generator makes of `openapi.yaml` for Python, used as its readers would."""

import os
import unittest
import uuid

from market_segment_client import ApiClient, Configuration, MarketSegmentParams, MarketSegmentsApi
from market_segment_client.exceptions import (
    ApiException, NotFoundException, UnauthorizedException, UnprocessableEntityException)


def api(key: str) -> MarketSegmentsApi:
    return MarketSegmentsApi(ApiClient(Configuration(host=os.environ["API_URL"], access_token=key)))


class RoundTrip(unittest.TestCase):
    def setUp(self):
        self.segments = api(os.environ["API_KEY"])

    def assertRefused(self, exception: type[ApiException], status: int, code: str, call, *arguments, **options):
        with self.assertRaises(exception) as refused:
            call(*arguments, **options)
        error = refused.exception.data.error
        self.assertEqual((refused.exception.status, error.code), (status, code))
        self.assertEqual(refused.exception.headers["Request-Id"], error.request_id)

    def test_a_segment_is_created_listed_updated_and_deleted(self):
        segments = self.segments
        key = str(uuid.uuid4())
        created = segments.create_market_segment_with_http_info(key, MarketSegmentParams(market_segment="Mid-market retail"))
        id, etag = created.data.id, created.headers["ETag"]
        self.assertEqual(created.data.market_segment, "Mid-market retail")
        self.assertEqual(segments.create_market_segment(key, MarketSegmentParams(market_segment="Mid-market retail")).id, id)
        self.assertEqual(segments.retrieve_market_segment(id), created.data)

        second = segments.create_market_segment()
        self.assertIsNone(second.market_segment)
        page = segments.list_market_segments(limit=1)
        self.assertTrue(page.has_more and page.total >= 2, page)
        self.assertEqual(page.data, [second])
        self.assertEqual([segment.id for segment in segments.list_market_segments(limit=1, starting_after=second.id).data], [id])

        self.assertEqual(segments.update_market_segment(id, MarketSegmentParams(market_segment="Retail"), if_match=etag).market_segment, "Retail")
        self.assertRefused(ApiException, 412, "precondition_failed",
                           segments.update_market_segment, id, MarketSegmentParams(market_segment="Other"), if_match=etag)
        self.assertEqual(segments.update_market_segment(id, MarketSegmentParams()).market_segment, "Retail")
        self.assertIsNone(segments.update_market_segment(id, MarketSegmentParams(market_segment=None)).market_segment)

        self.assertTrue(segments.delete_market_segment(id).deleted)
        self.assertRefused(NotFoundException, 404, "resource_missing", segments.retrieve_market_segment, id)

    def test_what_is_refused_is_an_exception_with_the_error(self):
        self.assertRefused(UnauthorizedException, 401, "api_key_invalid", api("sk_test_wrong").list_market_segments)
        key = str(uuid.uuid4())
        self.segments.create_market_segment(key, MarketSegmentParams(market_segment="One"))
        self.assertRefused(UnprocessableEntityException, 422, "idempotency_key_reused",
                           self.segments.create_market_segment, key, MarketSegmentParams(market_segment="Other"))


if __name__ == "__main__":
    unittest.main()
