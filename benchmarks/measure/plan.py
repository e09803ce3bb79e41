"""What a measurement will do, and about what it costs, said beforehand."""

import math
from dataclasses import dataclass

from workload import MIX

#: Dollars, us-east-1, as listed at https://aws.amazon.com/ on the pages api-gateway/pricing, lambda/pricing (arm64), dynamodb/pricing/on-demand,
#: cloudwatch/pricing, xray/pricing and eventbridge/pricing. Taken in 2026 from what others quote of them.
GATEWAY_REQUEST, LAMBDA_REQUEST, GB_SECOND = 3.50e-6, 0.20e-6, 13.3334e-6
READ_UNIT, WRITE_UNIT = 0.125e-6, 0.625e-6
LOGS_GB, TRACE, EVENT = 0.50, 5e-6, 1e-6
#: Units of an operation, read and write, by docs/listing.md; a listing at its dearest page there.
UNITS = {"create": (0, 5), "retrieve": (0.5, 0), "list": (10.5, 0), "update": (0, 2), "delete": (0, 5)}
WRITES = ("create", "update", "delete")
#: Assumed: a run of 20 ms, of the memory that the template gives, and what it logs; as many runs of the authorizer as of operations.
RUN_S, MEMORY_GB, LOG_BYTES = 0.020, 1769 / 1024, 2_500
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
        """About what all of it costs, without any free tier."""
        units = [sum(UNITS[operation][kind] for operation in MIX) / len(MIX) for kind in (0, 1)]
        writes = sum(operation in WRITES for operation in MIX) / len(MIX)
        run = LAMBDA_REQUEST + RUN_S * MEMORY_GB * GB_SECOND + LOG_BYTES / 1e9 * LOGS_GB
        one = (GATEWAY_REQUEST + 2 * run + units[0] * READ_UNIT + units[1] * WRITE_UNIT + writes * EVENT + 0.05 * TRACE)
        return self.requests * one + OTHERS

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
It takes about {self.minutes:.0f} minutes. The {self.requests:,} requests or so cost about ${math.ceil(self.dollars * 10) / 10:.2f} by the list
prices of us-east-1: an estimate, no promise."""
