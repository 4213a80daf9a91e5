"""What a backup says of itself, so that a drill can tell what is missing or changed.

A backup is a folder: `database.dump` for `pg_restore`, `vault/` with the files as they lie,
encrypted, `vault.sha256` for `sha256sum -c`, `heads` with the end of every case's log, and
`manifest.json`, which is written last and signed with a key made from the master key.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from hashlib import file_digest, sha256
from importlib import import_module
from pathlib import Path

from django.conf import settings
from psycopg import Connection

from buckstop import domain
from buckstop.database import Unusable
from buckstop.records.people import keys

NAME, DUMP, HEADS, FILES, VAULT = (
    "manifest.json",
    "database.dump",
    "heads",
    "vault.sha256",
    "vault",
)
_HEADS = """
    SELECT house::text || ' ' || case_id::text || ' ' || seq || ' ' || encode(digest, 'hex')
    FROM log_head ORDER BY house::text COLLATE "C", case_id::text COLLATE "C"
"""
MIGRATIONS = """
    SELECT app || '.' || name FROM django_migrations ORDER BY app COLLATE "C", name COLLATE "C"
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    """What is in a backup; `key` tells which master key it needs, which is not in it."""

    format: int
    made_at: str
    program: str
    code: str
    server: int
    roles: Mapping[str, str]
    migrations: list[str]
    tables: Mapping[str, int]
    files: Mapping[str, str]
    vault_files: int
    vault_bytes: int
    key: str
    signature: str = ""

    def write(self, folder: Path) -> None:
        """Sign the manifest and put it into its folder: from now on there is a backup."""
        said = asdict(self) | {"signature": keys.signature(self._content())}
        draft = folder / f"{NAME}-unfinished"
        draft.write_text(json.dumps(said, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        draft.replace(folder / NAME)

    @property
    def is_ours(self) -> bool:
        """Tell whether it was written with this master key and not changed since."""
        return keys.signature(self._content()) == self.signature

    def _content(self) -> bytes:
        return json.dumps(asdict(self) | {"signature": ""}, sort_keys=True).encode()


def read(folder: Path) -> Manifest:
    """Read the manifest of a backup. Raises Unusable where there is none that we know."""
    try:
        said = json.loads((folder / NAME).read_text(encoding="utf-8"))
        if said["format"] != 1:
            msg = f"{folder} is a backup of a newer kind; restore it with the program that made it"
            raise Unusable(msg)
        return Manifest(**said)
    except (OSError, ValueError, TypeError, KeyError) as error:
        msg = f"{folder} is no finished backup: it has no {NAME} that this version can read."
        raise Unusable(msg) from error


def digest(path: Path) -> str:
    """Digest a file."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def code() -> str:
    """Tell by a digest one program from another in how it folds a log and keeps its tables."""
    sources = [*Path(domain.__file__).parent.rglob("*.py")]
    sources += [Path(str(import_module(name).__file__)) for name in settings.PROJECTIONS]
    found = sha256()
    for source in sorted(sources):
        found.update(source.read_bytes())
    return found.hexdigest()


def heads(connection: Connection[tuple[object, ...]]) -> Iterator[str]:
    """List where the log of every case ends: house, case, number of entries, last digest."""
    with connection.cursor(name="heads") as cursor:
        cursor.execute(_HEADS)
        yield from (str(line) for (line,) in cursor)


def migrations(connection: Connection[tuple[object, ...]]) -> list[str]:
    """List the migrations that a database has been through."""
    return [str(name) for (name,) in connection.execute(MIGRATIONS).fetchall()]


def files_in(vault: Path) -> Iterator[Path]:
    """List the finished files of a vault."""
    for path in sorted(vault.rglob("*")):
        if path.is_file() and not path.name.startswith("incoming-"):
            yield path
