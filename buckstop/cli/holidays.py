"""`buckstop holidays`: publish a yearly notice of days off, and reckon open clocks anew.

The file lists the days as the notice does:

    year = 2027
    source = "where the notice stands"
    off = ["2027-01-01", "2027-02-06"]
    make_up = ["2027-02-13"]
"""

import tomllib
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from buckstop import database
from buckstop.domain.words.holidays import Notice
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.records.cases.calendars import rederive
from buckstop.records.cases.queries import time_of
from buckstop.records.houses.actions import publish_notice
from buckstop.records.houses.queries import calendar_at, house_called
from buckstop.records.log.isolation import HouseId, inside


def main(arguments: Sequence[str]) -> int:
    """Publish what the file says for a house; run again, it goes on where it was ended."""
    parser = ArgumentParser(
        prog="buckstop holidays",
        description=__doc__,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("house", metavar="HOUSE", help="its word")
    parser.add_argument("notice", metavar="FILE", type=Path, help="the notice, as TOML")
    wanted = parser.parse_args(arguments)
    try:
        notice = _read(wanted.notice)
    except (OSError, KeyError, TypeError, ValueError) as error:
        parser.error(f"{wanted.notice} is no such notice: {error!r}")
    database.ensure_server()
    database.refuse_privileged()
    house = house_called(wanted.house)
    if house is None:
        parser.error(f"no such house: {wanted.house}")
    try:
        news = _publish(house.house, notice)
    except NotAllowed as no:
        parser.error(f"{wanted.notice}: {no.code}")
    done = rederive(house.house, notice.year)
    print(
        f"{notice.year} {'published' if news else 'was published before'}; {done} cases reckoned"
    )
    return 0


def _read(path: Path) -> Notice:
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    if unknown := said.keys() - {"year", "source", "off", "make_up"}:
        raise ValueError(unknown)
    return Notice(
        year=int(said["year"]),
        off_days=frozenset(map(date.fromisoformat, said["off"])),
        make_up_days=frozenset(map(date.fromisoformat, said["make_up"])),
        source=str(said["source"]),
    )


def _publish(house: HouseId, notice: Notice) -> bool:
    """Publish a notice; False if the house knows just this one already."""
    with inside(house):
        at = time_of(house)
        if notice in calendar_at(at).notices:
            return False
        publish_notice(house, notice, at=at)
    return True
