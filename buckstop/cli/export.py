"""`buckstop export`: everything of a house in one ZIP file that any program can read.

It is readable by anybody who gets it: texts and files stand in it decrypted. What it holds and
how is described in the README.md inside.
"""

import json
import os
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.db import connection, transaction

from buckstop import database
from buckstop.cli.export_tables import LEFT_OUT, rows, tables
from buckstop.records.evidence.proving import files
from buckstop.records.houses.queries import House, house_called
from buckstop.records.log.isolation import inside
from buckstop.records.operations.actions import What, note
from buckstop.records.people.proving import every_text

_README = """# A house, exported

`manifest.json` names every member with its SHA-256, its size and, of a table, its rows.

* `house.json`: the house itself.
* `tables/NAME.jsonl`: one row a line, as a JSON object. Times are ISO 8601 with their zone,
  octets are `\\\\x` and hexadecimal, ids are UUIDs. `tables/log_entry.jsonl` is the log: `body`
  is the exact text that is digested; `leaf` is SHA-256(salt, SHA-256(body), SM3(body)); `digest`
  is SHA-256(digest of the entry before, or 32 zero octets; leaf).
* `texts.jsonl`: every personal text: `ref` as the log and the tables name it, `says`, and `salt`;
  the `commitment` in the log is SHA-256(salt, text in UTF-8). An erased one has neither.
* `files/CASE/SHA-256`: every file as it was received; its name is the text that `name` in
  `tables/evidence_received.jsonl` refers to.

What is left out, and why, stands in the manifest. Anybody who has this file can read all of it.
"""


@dataclass(slots=True)
class _Book:
    """A ZIP file that is written member by member, and knows what it holds."""

    zip: ZipFile
    members: dict[str, dict[str, object]] = field(default_factory=dict)

    def add(self, name: str, pieces: Iterable[bytes], *, plain: bool = False) -> None:
        """Write a member while it comes; count its lines unless it is a file."""
        member = ZipInfo(name, date_time=datetime.now(UTC).timetuple()[:6])
        member.compress_type = ZIP_STORED if plain else ZIP_DEFLATED
        member.external_attr = 0o600 << 16
        digest, size, lines = sha256(), 0, 0
        with self.zip.open(member, "w", force_zip64=True) as opened:
            for piece in pieces:
                opened.write(piece)
                digest.update(piece)
                size, lines = size + len(piece), lines + 1
        said: dict[str, object] = {"sha256": digest.hexdigest(), "bytes": size}
        self.members[name] = said | ({"rows": lines} if name.endswith(".jsonl") else {})


def main(arguments: Sequence[str]) -> int:
    """Write the file, private to who runs this, and leave a trace of it."""
    parser = ArgumentParser(
        prog="buckstop export",
        description=__doc__,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("house", metavar="HOUSE", help="its word")
    parser.add_argument("file", metavar="FILE", type=Path, help="a new file, such as fair.zip")
    wanted = parser.parse_args(arguments)
    if wanted.file.exists():
        parser.error(f"{wanted.file} is there already")
    database.ensure_server()
    database.refuse_privileged()
    house = house_called(wanted.house)
    if house is None:
        parser.error(f"no such house: {wanted.house}")
    draft = wanted.file.with_name(f"{wanted.file.name}-unfinished")
    handle = os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as opened, ZipFile(opened, "w", ZIP_DEFLATED) as zipped:
        members = _write(_Book(zipped), house)
    draft.replace(wanted.file)
    note(What.EXPORT, {"house": house.house, "members": members})
    print(f"{wanted.file}: {members} members. Texts and files in it are readable: keep it safe.")
    return 0


def _write(book: _Book, house: House) -> int:
    """Write what a house is at one moment; return how many members there are."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        with inside(house.house):
            book.add("README.md", [_README.encode()])
            book.add("house.json", [_json(asdict(house))])
            for table in tables():
                book.add(f"tables/{table}.jsonl", rows(table))
            book.add("texts.jsonl", map(_json, every_text(house.house, "export")))
            for case, digest, pieces in files(house.house):
                book.add(f"files/{case}/{digest}", pieces, plain=True)
            book.add("manifest.json", [_manifest(book, house)])
    return len(book.members)


def _manifest(book: _Book, house: House) -> bytes:
    said = {
        "format": 1,
        "house": house.slug,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "program": version("buckstop"),
        "members": book.members,
        "left_out": LEFT_OUT,
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


def _json(said: object) -> bytes:
    return json.dumps(said, ensure_ascii=False).encode() + b"\n"
