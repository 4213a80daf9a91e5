"""`buckstop rebuild`: make the tables that follow from the log again, and swap them in."""

from argparse import ArgumentParser
from collections.abc import Sequence

from buckstop import database
from buckstop.domain.cases.state.case import Case
from buckstop.records.houses.queries import houses
from buckstop.records.log.rebuild import rebuild


def main(arguments: Sequence[str]) -> int:
    """Rebuild house by house, while everybody goes on working."""
    parser = ArgumentParser(prog="buckstop rebuild", description=__doc__)
    parser.add_argument("houses", nargs="*", metavar="HOUSE", help="its word; default: all")
    wanted = parser.parse_args(arguments).houses
    database.ensure_server()
    database.refuse_privileged()
    known = houses()
    if unknown := set(wanted) - {house.slug for house in known}:
        parser.error(f"no such house: {', '.join(sorted(unknown))}")
    for house in known:
        if not wanted or house.slug in wanted:
            cases = rebuild(house.house, Case())
            print(f"{house.slug}: {cases} cases")
    return 0
