"""What a measurement will do, and about what it costs, said beforehand."""

import math
import sys
from dataclasses import dataclass
from pathlib import Path

from workload import MIX

sys.path.append(str(Path(__file__).resolve().parents[1]))
import costs  # noqa: E402

WRITES = ("create", "update", "delete")
#: Runs for each request, by far too many: those of the authorizer are fewer.
RUNS = 2
#: What no count of requests tells: the restores, queries of the logs, alarms, the bucket. Assumed.
OTHERS = 0.20
#: Requests at once that a process of Python sends without trouble.
MOST = 500
#: Concurrent runs that are left to the functions which are not measured.
SPARE = 5


@dataclass(frozen=True)
class Plan:
    stack: str
    region: str
    rate: float
    duration_s: float
    restores: int
    concurrency: int
    rounds: int
    idle_s: float

    @property
    def largest_burst(self) -> int:
        return max(1, min(MOST, self.concurrency - SPARE))

    @property
    def burst(self) -> int:
        """Requests at once, each of which meets its own copy of the function."""
        return min(self.restores, self.largest_burst)

    def later(self, number: int) -> tuple[int, bool]:
        """The size of a burst, and whether it needs silence before it: one that grows meets no more warm copies than the last has left."""
        size = min(self.largest_burst, self.burst * (number + 1))
        return size, number > 0 and size == self.largest_burst == self.later(number - 1)[0]

    @property
    def fresh_rounds(self) -> int:
        """Expected, if each request of a burst meets a copy of its own."""
        return min(self.rounds, math.ceil(self.restores / self.burst))

    @property
    def minutes(self) -> float:
        """About how long it takes: three for a version with its snapshot, five to deploy and five to remove. Assumed."""
        later, found, number = 0.0, 0, 0
        while found < self.restores and number < self.rounds:
            size, silent = self.later(number)
            found += size if silent or number == 0 else size - self.later(number - 1)[0]
            later += self.idle_s / 60 if silent else 0
            number += 1
        return 10 + 3 * (self.fresh_rounds + 1) + self.duration_s / 60 + later

    @property
    def requests(self) -> int:
        return round(self.rate * self.duration_s) + 6 * self.restores

    @property
    def dollars(self) -> float:
        """About what all of it costs, without any free tier, by the prices of docs/cost.md and by what benchmarks/costs.py assumes."""
        price = costs.prices()
        reads, writes = (sum(costs.units(operation)[kind] for operation in MIX) / len(MIX) for kind in (0, 1))
        events = sum(operation in WRITES for operation in MIX) / len(MIX)
        run = (price["Lambda, requests"] + costs.RUN_S * costs.MEMORY_GB * price["Lambda, GB-seconds on arm64"]
               + costs.LOG_BYTES / 1e9 * price["CloudWatch, GB of logs"])
        request = (costs.requests(1, price) + RUNS * run + reads * price["DynamoDB, read units"] + writes * price["DynamoDB, write units"]
                   + events * price["EventBridge, events"] + costs.TRACED * price["X-Ray, traces"])
        return self.requests * request + OTHERS

    def __str__(self) -> str:
        return f"""\
This will, in your account, Region {self.region}:
  1. deploy the stack {self.stack} from what `sam build` made;
  2. publish new versions of its functions and send {self.burst} requests at once to them, about {self.fresh_rounds} times, until {self.restores}
     restores right after a deployment are seen (at most {self.rounds} times);
  3. publish once more, and send {self.rate:g} requests a second for {self.duration_s:g} s;
  4. send more at once than there are warm copies of the functions, until {self.restores} later restores are seen (at most {self.rounds}
     times; where that would be more than {self.largest_burst}, each time after {self.idle_s:g} s of silence);
  5. read Lambda's reports, print the tables, and delete the stack, its tables and its logs. What SAM keeps for all stacks of the account
     (aws-sam-cli-managed-default, with its bucket) stays.
It takes about {self.minutes:.0f} minutes. The {self.requests:,} requests or so cost about ${math.ceil(self.dollars * 10) / 10:.2f} by the
prices of docs/cost.md: an estimate, no promise."""
