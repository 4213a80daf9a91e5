"""`buckstop verify`: reckon every digest of the log again, and name what does not fit."""

from argparse import ArgumentParser
from collections.abc import Iterable, Sequence

from buckstop import database
from buckstop.domain.words.ids import CaseId
from buckstop.records.cases.queries import case_called
from buckstop.records.houses.queries import house_called, house_of_number, houses
from buckstop.records.log import store
from buckstop.records.log.isolation import HouseId, inside
from buckstop.records.log.verify import verify


def main(arguments: Sequence[str]) -> int:
    """Verify all cases, those of some houses, or some cases; 1 if anything is wrong."""
    parser = ArgumentParser(prog="buckstop verify", description=__doc__)
    parser.add_argument(
        "wanted", nargs="*", metavar="CASE|HOUSE", help="a case's number or a house's word"
    )
    wanted = parser.parse_args(arguments).wanted
    database.ensure_server()
    database.refuse_privileged()
    entries = cases = broken = 0
    for house, case in _found(parser, wanted):
        with inside(house):
            faults, head = verify(case), store.head(case)
        cases, entries, broken = cases + 1, entries + head.seq, broken + bool(faults)
        for fault in faults:
            print(f"{case} entry {fault.seq}: {fault.code}")
    print(f"{cases} cases, {entries} entries: {f'{broken} cases broken' if broken else 'whole'}")
    return 1 if broken else 0


def _found(parser: ArgumentParser, wanted: Sequence[str]) -> Iterable[tuple[HouseId, CaseId]]:
    for word in wanted or [house.slug for house in houses()]:
        if (house := house_called(word)) is not None:
            with inside(house.house):
                cases = store.cases()
            yield from ((house.house, case) for case in cases)
        elif (owner := house_of_number(word.upper())) is not None:
            with inside(owner):
                case = case_called(word)
            if case is None:
                parser.error(f"no such case: {word}")
            yield owner, case
        else:
            parser.error(f"no such house or case: {word}")
