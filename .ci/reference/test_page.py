"""The page at /docs/, in headless Chromium."""

import os
import shutil
import unittest
from pathlib import Path
from urllib.parse import urlsplit

import requests
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect, sync_playwright

URL = os.environ["API_URL"]
KEY = os.environ["API_KEY"]
COLLECTION = f"{URL}/api/crm/market-segment"
SCREENSHOT = Path(__file__).resolve().parents[2] / "docs" / "reference.png"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]
#: A busy machine is slow, and a page that never comes fails all the same.
PATIENCE = 60_000


def listed() -> list[dict]:
    return requests.get(COLLECTION, params={"limit": 100}, headers={"Authorization": f"Bearer {KEY}"}, timeout=60).json()["data"]


class Browser(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.playwright = sync_playwright().start()
        cls.browser = cls.playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"), args=ARGUMENTS, timeout=PATIENCE)

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        cls.playwright.stop()

    def open(self, path: str = "/docs/", **options) -> Page:
        context = self.browser.new_context(**options)
        self.addCleanup(context.close)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        self.complaints: list[str] = []
        self.hosts: set[str] = set()
        page.on("console", lambda message: message.type in ("error", "warning") and self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))
        page.goto(URL + path)
        return page

    def assertQuiet(self):
        self.assertEqual(self.complaints, [])
        self.assertEqual(self.hosts - {""}, {urlsplit(URL).netloc}, "another host was asked")

    def assertAccessible(self, page: Page, within: str):
        result = Axe().run(page, context={"include": [[within]]})
        found = [f"{violation['id']}: {[node['html'][:120] for node in violation['nodes'][:3]]}"
                 for violation in result.response["violations"]]
        self.assertEqual(found, [])


class Reference(Browser):
    def ready(self, **options) -> Page:
        page = self.open(**options)
        page.get_by_role("heading", name="Market Segment API").wait_for()
        page.get_by_role("heading", name="Lost updates").wait_for(state="attached")
        return page

    def test_the_root_leads_a_browser_there(self):
        page = self.open("/")
        self.assertEqual(page.url, f"{URL}/docs/")

    def test_it_opens_without_a_complaint_or_a_request_to_another_host(self):
        page = self.ready()
        for heading in ("Authentication", "Errors", "Idempotent requests", "Pagination", "Lost updates"):
            expect(page.get_by_role("heading", name=heading, exact=True).first).to_be_attached()
        self.assertQuiet()

    def test_a_create_and_a_list_are_made_by_clicking(self):
        before = {segment["id"] for segment in listed()}
        page = self.ready(viewport={"width": 1360, "height": 900})
        self.send(page, "Create a market segment", "POST")
        created = [segment for segment in listed() if segment["id"] not in before]
        self.assertEqual([segment["market_segment"] for segment in created], ["Mid-market retail"])
        page = self.ready(viewport={"width": 1360, "height": 900})
        self.assertIn(created[0]["id"], self.send(page, "List all market segments", "GET"))
        self.assertQuiet()

    def send(self, page: Page, operation: str, method: str) -> str:
        page.get_by_text(operation).first.click()
        page.get_by_role("button", name=f"Test Request ({method.lower()} /api/crm/market-segment)").click()
        with page.expect_response(lambda response: response.request.method == method and "market-segment" in response.url) as answer:
            page.get_by_role("dialog").get_by_role("button", name="Send").first.click()
        self.assertLess(answer.value.status, 300, answer.value.text())
        return answer.value.text()

    def test_it_is_readable_on_a_telephone_and_in_the_dark(self):
        page = self.ready(viewport={"width": 390, "height": 844}, color_scheme="dark")
        width = page.evaluate("document.documentElement.scrollWidth")
        self.assertLessEqual(width, 390, "it scrolls sideways")
        background = page.evaluate("getComputedStyle(document.body).backgroundColor")
        self.assertLess(sum(int(part) for part in background[4:-1].split(",")[:3]), 3 * 80, background)
        self.assertQuiet()

    def test_it_has_no_violation_of_accessibility(self):
        for scheme in ("light", "dark"):
            with self.subTest(scheme):
                page = self.ready(viewport={"width": 1360, "height": 900}, color_scheme=scheme)
                self.scroll_to_the_end(page)
                expect(page.locator("[id$='models/MarketSegmentList']")).to_be_attached()
                self.assertAccessible(page, "body")

    def scroll_to_the_end(self, page: Page):
        """Step by step: what is below is only made when it comes near."""
        before = -1
        while (now := page.evaluate("scrollY")) > before:
            before = now
            page.evaluate("scrollBy(0, 700)")
            page.wait_for_timeout(150)

    def test_the_keyboard_reaches_its_links_and_buttons(self):
        page = self.ready()
        reached = set()
        for _ in range(12):
            page.keyboard.press("Tab")
            reached.add(page.evaluate("document.activeElement.textContent.trim().slice(0, 40) || document.activeElement.ariaLabel"))
        self.assertGreater(len(reached), 6, reached)

    def test_the_screenshot_is_there(self):
        page = self.ready(viewport={"width": 1280, "height": 800})
        page.get_by_text("Create a market segment").first.click()
        page.get_by_role("button", name="Test Request (post /api/crm/market-segment)").wait_for()
        page.wait_for_timeout(1000)
        if "SCREENSHOT" in os.environ:
            page.screenshot(path=SCREENSHOT)
        self.assertTrue(SCREENSHOT.exists(), "SCREENSHOT=1 .ci/run reference makes it")


class Errors(Browser):
    def test_the_link_of_an_error_leads_to_its_explanation(self):
        link = requests.get(f"{URL}/nowhere", timeout=60).links["help"]["url"]
        page = self.open(link)
        expect(page.locator(":target")).to_have_text("route_unknown")
        self.assertQuiet()

    def test_it_has_no_violation_of_accessibility(self):
        for scheme in ("light", "dark"):
            with self.subTest(scheme):
                self.assertAccessible(self.open("/docs/errors/", color_scheme=scheme), "body")
