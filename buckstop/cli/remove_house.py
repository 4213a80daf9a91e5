"""`buckstop remove-house`: remove everything of a house for ever, its files and keys with it.

Without --yes-for-ever it only tells what would go. It stops for cases that are open or ended
less than three years ago, unless --although says why; the reason stays. Only the owner of the
tables can do it. Backups made before still hold the house: let them run out.
"""

import shutil
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connections

from buckstop import database
from buckstop.records.cases.watching import Kept, kept
from buckstop.records.houses.queries import House, house_called
from buckstop.records.houses.removal import remove
from buckstop.records.log.isolation import HouseId, inside
from buckstop.records.operations.actions import What
from buckstop.records.operations.queries import every


def main(arguments: Sequence[str]) -> int:
    """Tell what would go, or remove it."""
    parser = ArgumentParser(
        prog="buckstop remove-house",
        description=__doc__,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("house", metavar="HOUSE", help="its word")
    parser.add_argument("--yes-for-ever", metavar="HOUSE", help="its word again, to do it")
    parser.add_argument("--although", metavar="REASON", help="remove also what is to be kept")
    wanted = parser.parse_args(arguments)
    database.ensure_server()
    house = house_called(wanted.house)
    if house is None:
        return _finish(parser, wanted.house)
    with inside(house.house):
        holds = kept(house.house)
    print(f"{house.slug}: {holds.cases} cases, {holds.open} of them open,")
    print(f"{holds.recent} ended less than three years ago, and all that belongs to them.")
    must_stay = bool(holds.open or holds.recent)
    if wanted.yes_for_ever is None:
        although = ' --although "REASON"' if must_stay else ""
        print("Nothing was removed. First: buckstop backup, buckstop export. Then:")
        print(f"buckstop remove-house {house.slug} --yes-for-ever {house.slug}{although}")
        return 0
    if wanted.yes_for_ever != house.slug:
        parser.error(f"--yes-for-ever names {wanted.yes_for_ever}, not {house.slug}")
    if must_stay and not (wanted.although or "").strip():
        parser.error("these cases are to be kept; --although says why they are not")
    _remove(house, holds, wanted.although)
    return 0


def _remove(house: House, holds: Kept, although: str | None) -> None:
    said = {
        "word": house.slug,
        "prefix": house.prefix,
        "open": holds.open,
        "recent": holds.recent,
        "although": although,
    }
    with database.connect("owner", connections["default"].settings_dict["NAME"]) as owner:
        removed = remove(owner, house.house, said)
    files = _empty(house.house)
    print(f"Removed: {sum(removed.values())} rows of {len(removed)} tables, {files} files.")


def _finish(parser: ArgumentParser, word: str) -> int:
    """Remove the files that were left if a removal was killed after its rows had gone."""
    gone = [str(deed.said["house"]) for deed in every(What.REMOVAL) if deed.said["word"] == word]
    if not gone:
        parser.error(f"no such house: {word}")
    files = sum(_empty(HouseId(house)) for house in gone)
    print(f"{word} was removed before; {files} files were left, and are gone now.")
    return 0


def _empty(house: HouseId) -> int:
    folder = Path(settings.VAULT_DIR) / str(UUID(house))
    files = sum(path.is_file() for path in folder.rglob("*"))
    if folder.exists():
        shutil.rmtree(folder)
    return files
