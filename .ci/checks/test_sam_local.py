"""`sam local` as the README has it typed: every function by its sample event, and the API, on the tables of the local stack."""

import fcntl
import json
import os
import re
import signal
import socket
import struct
import subprocess
import time
import unittest
import urllib.error
import urllib.request

from checks.local_stack import LocalStack
from checks.project import AUTHORIZER, CACHE, HOOK, ROUTES, event_file, free_port
from checks.readme import command
from checks.template import source

COPY = CACHE / "sam-local"
SECTION = "Run it with SAM"
PATH = "/api/crm/market-segment"
#: The samples name objects that do not exist: an answer that says so has looked them up.
NO_SUCH_KEY = "There is no API key with this id."
API_TIMEOUT_S = 120
FUNCTION_TIMEOUT_S = 300
STOP_TIMEOUT_S = 120
#: Linux: the address of a network interface.
SIOCGIFADDR = 0x8915

stack: LocalStack
api_port: int


def functions() -> list[str]:
    """All but the hook of deployments: SAM publishes no versions here that it could use, and has no CodeDeploy to report to."""
    return sorted(
        name for name, resource in source()["Resources"].items() if resource["Type"] == "AWS::Serverless::Function" and name != HOOK)


def setUpModule():
    global stack, api_port
    gateway = subprocess.check_output(
        ["docker", "network", "inspect", "bridge", "--format", "{{(index .IPAM.Config 0).Gateway}}"], text=True).strip()
    # An engine that has just made its first bridge does not say it yet.
    stack = LocalStack(gateway or address_of("docker0"))
    unittest.addModuleCleanup(stack.close)
    for usual, url in ((8000, stack.dynamodb_url), (3000, stack.api_url), (3002, stack.event_bridge_url)):
        replace(COPY / "env.json", f"host.docker.internal:{usual}", f"host.docker.internal:{url.rpartition(':')[2]}")
    api_port = free_port()
    replace(COPY / "samconfig.toml", "port = 3003", f"port = {api_port}")
    # A function's time includes here the start of a JVM, on a machine that may be busy with others.
    template = COPY / "template.yaml"
    template.write_text(re.sub(r"\bTimeout: \d\d\b", f"Timeout: {FUNCTION_TIMEOUT_S}", template.read_text()))
    built = subprocess.run(
        ["bash", "-c", command(SECTION, "sam build")], cwd=COPY, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if built.returncode:
        raise SystemExit(built.stdout + built.stderr)


def address_of(interface: str) -> str:
    request = struct.pack("256s", interface.encode())
    with socket.socket() as probe:
        return socket.inet_ntoa(fcntl.ioctl(probe, SIOCGIFADDR, request)[20:24])


def replace(file, old: str, new: str):
    text = file.read_text()
    assert old in text, f"{file.name} does not say {old}"
    file.write_text(text.replace(old, new))


class Invoke(unittest.TestCase):
    def test_every_function_answers_its_sample_event(self):
        line = command(SECTION, "sam local invoke")
        typed = re.search(r"invoke (\w+) -e (\S+)", line)
        self.assertEqual(str(event_file(typed[1]).relative_to(event_file(typed[1]).parents[1])), typed[2])
        for name in functions():
            with self.subTest(name):
                event = event_file(name)
                self.assertTrue((COPY / "events" / event.name).is_file(), f"{name} has no sample event {event.name}")
                done = subprocess.run(
                    ["bash", "-c", line.replace(typed[1], name).replace(typed[2], f"events/{event.name}")],
                    cwd=COPY, capture_output=True, text=True, stdin=subprocess.DEVNULL)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertTrue(done.stdout.strip(), f"no answer\n{done.stderr}")
                self.answered(name, json.loads(done.stdout), done.stderr)

    def answered(self, name: str, answer: dict, log: str):
        if name in ROUTES.values():
            self.assertIn(answer.get("statusCode"), (200, 201, 404), f"{answer}\n{log}")
            if answer["statusCode"] == 404:
                self.assertEqual(json.loads(answer["body"])["error"]["code"], "resource_missing")
        elif name == AUTHORIZER:
            self.assertEqual(answer["policyDocument"]["Statement"][0]["Effect"], "Deny")
        elif name == "PublishChangesFunction":
            self.assertEqual(answer, {"batchItemFailures": []}, log)
            with urllib.request.urlopen(f"{stack.api_url}/_local/events") as response:
                taken = [event["detail"]["data"]["object"]["id"] for event in json.load(response)["data"]]
            (changed,) = {record["dynamodb"]["Keys"]["id"]["S"] for record in json.loads(event_file(name).read_text())["Records"]
                          if record["dynamodb"]["Keys"]["id"]["S"].startswith("market-segment_")}
            self.assertEqual(taken.count(changed), 3, taken)
        elif name == "VerifyCountsFunction":
            self.assertIs(answer.get("complete"), True, f"{answer}\n{log}")
        elif answer and "errorType" in answer:
            self.assertEqual(answer["errorMessage"], NO_SUCH_KEY, f"{answer}\n{log}")


class StartApi(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        log = open(CACHE / "sam-local-api.log", "wb")
        cls.addClassCleanup(log.close)
        api = subprocess.Popen(
            ["bash", "-c", f"exec {command(SECTION, 'sam local start-api')}"], cwd=COPY, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
            # What runs in the background inherits that it is ignored.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
        cls.addClassCleanup(cls.stop, api)
        give_up = time.monotonic() + API_TIMEOUT_S
        while True:
            try:
                socket.create_connection(("127.0.0.1", api_port)).close()
                return
            except ConnectionRefusedError:
                if api.poll() is not None or time.monotonic() > give_up:
                    raise SystemExit(f"sam local start-api did not start, see {log.name}") from None
                time.sleep(0.2)

    @staticmethod
    def stop(api: subprocess.Popen):
        # As Ctrl-C does: it removes its containers then.
        os.killpg(api.pid, signal.SIGINT)
        try:
            api.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            os.killpg(api.pid, signal.SIGKILL)
            api.wait()
            raise

    def test_create_retrieve_list_update_and_delete(self):
        status, created = self.call("POST", PATH, {"market_segment": "By SAM"})
        self.assertEqual(status, 201, created)
        one = f"{PATH}/{created['id']}"
        self.assertEqual(self.call("GET", one), (200, created))
        status, listed = self.call("GET", f"{PATH}?limit=1")
        self.assertEqual((status, listed["data"]), (200, [created]), listed)
        status, updated = self.call("PATCH", one, {"market_segment": "By SAM, twice"})
        self.assertEqual((status, updated["market_segment"]), (200, "By SAM, twice"))
        self.assertEqual(self.call("GET", one), (200, updated))
        self.assertEqual(self.call("DELETE", one), (200, {"id": created["id"], "deleted": True}))
        self.assertEqual(self.call("GET", one)[0], 404)

    def test_without_a_key_it_is_401(self):
        self.assertEqual(self.call("GET", PATH, key=None)[0], 401)

    def test_with_a_bad_key_it_is_refused(self):
        bad = stack.key[:-1] + ("a" if stack.key[-1] != "a" else "b")
        self.assertIn(self.call("GET", PATH, key=bad)[0], (401, 403))

    @staticmethod
    def call(method: str, path: str, body: dict | None = None, key: str | None = "") -> tuple[int, dict]:
        headers = {"Content-Type": "application/json"}
        if key is not None:
            headers["Authorization"] = f"Bearer {key or stack.key}"
        request = urllib.request.Request(
            f"http://127.0.0.1:{api_port}{path}", method=method, headers=headers,
            data=None if body is None else json.dumps(body).encode())
        try:
            with urllib.request.urlopen(request, timeout=FUNCTION_TIMEOUT_S) as response:
                return response.status, json.load(response)
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read() or b"{}")
