"""Days off and make-up working days on the mainland, as the yearly notices list them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Notice:
    """What one yearly notice says: every day off, and the weekend days worked instead."""

    year: int
    off_days: frozenset[date]
    make_up_days: frozenset[date]
    source: str


def _days(year: int, listed: str) -> Iterator[date]:
    """Read `MM-DD` and inclusive `MM-DD..MM-DD`, as the notices are summarised."""
    for item in listed.split():
        first, _, last = item.partition("..")
        day = date.fromisoformat(f"{year}-{first}")
        until = date.fromisoformat(f"{year}-{last or first}")
        while day <= until:
            yield day
            day += timedelta(days=1)


def _notice(year: int, *, off: str, make_up: str) -> Notice:
    return Notice(
        year=year,
        off_days=frozenset(_days(year, off)),
        make_up_days=frozenset(_days(year, make_up)),
        source="CAL-Y",
    )


NOTICES = (
    _notice(
        2024,
        off=("01-01 02-10..02-17 04-04..04-06 05-01..05-05 06-10 09-15..09-17 10-01..10-07"),
        make_up="02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    ),
    _notice(
        2025,
        off="01-01 01-28..02-04 04-04..04-06 05-01..05-05 05-31..06-02 10-01..10-08",
        make_up="01-26 02-08 04-27 09-28 10-11",
    ),
    _notice(
        2026,
        off=(
            "01-01..01-03 02-15..02-23 04-04..04-06 05-01..05-05 06-19..06-21"
            " 09-25..09-27 10-01..10-07"
        ),
        make_up="01-04 02-14 02-28 05-09 09-20 10-10",
    ),
)
