"""Load from a process of its own: it asks what it is told to, and says how long that took."""

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from statistics import median, quantiles
from threading import Barrier
from time import perf_counter

from bench.client import Connection, Visitor

_GOOD = frozenset({200, 204, 302})


@dataclass(frozen=True, slots=True)
class Ask:
    """One request of one visitor. Of the answer, the first that `find` matches is kept."""

    visitor: int
    path: str
    fields: dict[str, str] | None = None
    find: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What to ask: each visitor's asks in order, `rounds` times, by so many clients at once.

    No ask begins after `seconds`, so that a slow product makes a short run and not a long one.
    """

    port: int
    visitors: list[Visitor]
    asks: list[Ask]
    clients: int = 1
    rounds: int = 1
    seconds: float = 20.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Took:
    """How long it took: all of it, and each answer; and what the visitors came away with."""

    seconds: float
    each_ms: list[float]
    found: dict[int, str]
    visitors: list[Visitor]

    @property
    def rate(self) -> float:
        """Count answers a second."""
        return len(self.each_ms) / self.seconds

    @property
    def median_ms(self) -> float:
        """Tell how long an answer takes that half of them beat."""
        return median(self.each_ms)

    @property
    def p95_ms(self) -> float:
        """Tell how long an answer takes that nineteen of twenty beat."""
        return quantiles(self.each_ms, n=20, method="inclusive")[-1]


class Failed(RuntimeError):
    """A page was not answered as it should be, so there is nothing to be measured."""


def send(plan: Plan) -> Took:
    """Do a plan from another process. Raises Failed if any answer was an error."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.load"],
        input=json.dumps(asdict(plan)),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Failed(done.stderr)
    told = json.loads(done.stdout)
    return Took(
        seconds=told["seconds"],
        each_ms=told["each_ms"],
        found={int(visitor): text for visitor, text in told["found"].items()},
        visitors=[Visitor(**visitor) for visitor in told["visitors"]],
    )


def _do(plan: Plan) -> Took:
    """Give each client its share of the visitors, and let all begin together."""
    start = Barrier(plan.clients + 1)
    until: list[float] = []

    def work(client: int) -> tuple[list[float], dict[int, str]]:
        mine = [ask for ask in plan.asks if ask.visitor % plan.clients == client]
        start.wait()
        return _asked(plan, mine, until[0])

    with ThreadPoolExecutor(plan.clients) as clients:
        shares = [clients.submit(work, client) for client in range(plan.clients)]
        began = perf_counter()
        until.append(began + plan.seconds)
        start.wait()
        done = [share.result() for share in shares]
        seconds = perf_counter() - began
    return Took(
        seconds=seconds,
        each_ms=[ms for each, _ in done for ms in each],
        found={visitor: text for _, found in done for visitor, text in found.items()},
        visitors=plan.visitors,
    )


def _asked(plan: Plan, asks: Sequence[Ask], until: float) -> tuple[list[float], dict[int, str]]:
    each: list[float] = []
    found: dict[int, str] = {}
    connection: Connection | None = None
    for ask in list(asks) * plan.rounds:
        visitor = plan.visitors[ask.visitor]
        began = perf_counter()
        if began > until:
            break
        if connection is None or connection.source != visitor.source:
            if connection is not None:
                connection.close()
            connection = Connection(plan.port, visitor.source)
        method = "GET" if ask.fields is None else "POST"
        answer = connection.ask(visitor, method, ask.path, ask.fields)
        each.append((perf_counter() - began) * 1000)
        if answer.status not in _GOOD:
            msg = f"{answer.status} at {method} {ask.path}: {answer.body[:2000].decode()}"
            raise Failed(msg)
        if ask.find:
            found[ask.visitor] = re.findall(ask.find, answer.body.decode())[0]
    if connection is not None:
        connection.close()
    return each, found


def _main() -> None:
    told = json.load(sys.stdin)
    told["visitors"] = [Visitor(**visitor) for visitor in told["visitors"]]
    told["asks"] = [Ask(**ask) for ask in told["asks"]]
    json.dump(asdict(_do(Plan(**told))), sys.stdout)


if __name__ == "__main__":
    _main()
