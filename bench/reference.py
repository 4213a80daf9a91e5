"""What the same machine can do at the same moment, for every figure to stand beside."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from bench.client import Visitor
from bench.load import Ask, Plan, Took, send
from bench.product import Running, served
from buckstop.database.place import place, socket_folder
from buckstop.database.server import SUPERUSER, administrator

CLIENTS = 8
_SECONDS = 3
_WARM_UP = 0.5
_OFTEN = 100_000
_TABLE = "CREATE TABLE bench_row (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, said text)"


@dataclass(frozen=True, kw_only=True, slots=True)
class References:
    """What stands beside the figures, each a second.

    (a): durable single-row inserts, by clients. (c): trivial pages. `django`: the same page as
    a view of Django's, which tells how much of a page is Django and how much is ours.
    """

    a: dict[int, float]
    c: float
    django: float


def references(product: Running) -> References:
    """Measure both, against the server that the product works on."""
    with administrator() as connection:
        connection.execute(_TABLE)
    a = {clients: _inserts(clients) for clients in (1, CLIENTS, 32)}
    return References(
        a=a,
        c=_pages("bench.trivial:application", product),
        django=_pages("bench.trivial_django:application", product),
    )


def _pages(application: str, product: Running) -> float:
    def load(port: int, seconds: float) -> Took:
        return send(
            Plan(
                port=port,
                visitors=[Visitor() for _ in range(CLIENTS)],
                asks=[Ask(number, "/") for number in range(CLIENTS)],
                clients=CLIENTS,
                rounds=_OFTEN,
                seconds=seconds,
            )
        )

    with served(application, product) as port:
        load(port, _WARM_UP)
        return load(port, _SECONDS).rate


def _inserts(clients: int) -> float:
    done = subprocess.run(
        [
            place().programs / "pgbench",
            *("-n", "-c", str(clients), "-j", str(min(clients, 2)), "-T", str(_SECONDS)),
            *("-f", Path(__file__).with_name("insert.sql")),
            *("-h", socket_folder(), "-U", SUPERUSER, "postgres"),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    return float(re.findall(r"tps = ([\d.]+)", done.stdout)[0])
