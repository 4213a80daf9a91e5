"""`buckstop backup`: everything that is kept, but the keys, in one folder, while work goes on.

The keys are not in it, and without them nobody can read a text or a file of it, you neither:
keep keys/master (or BUCKSTOP_MASTER_KEY) and secret_key (or BUCKSTOP_SECRET_KEY) somewhere else.
"""

import os
import shutil
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connections

from buckstop import database
from buckstop.cli import manifest
from buckstop.cli.manifest import Manifest
from buckstop.database import dump
from buckstop.records.operations.actions import What, note
from buckstop.records.people import keys

_PIECE = 1 << 20


def main(arguments: Sequence[str]) -> int:
    """Make a backup and say what is in it and what is not."""
    parser = ArgumentParser(
        prog="buckstop backup",
        description=__doc__,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="a new or empty folder")
    folder = parser.parse_args(arguments).folder.absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        parser.error(f"{folder} is not empty; every backup has a folder of its own")
    if folder.is_relative_to(settings.VAULT_DIR):
        parser.error(f"{folder} lies in the vault, which is part of what is kept")
    database.ensure_server()
    made = back_up(folder)
    mark = manifest.digest(folder / manifest.NAME)
    note(
        What.BACKUP,
        {"manifest": mark, "rows": sum(made.tables.values()), "files": made.vault_files},
    )
    print(
        f"{folder}: {len(made.tables)} tables, {sum(made.tables.values())} rows,"
        f" {made.vault_files} files. Digest of its manifest: {mark}\n"
        f"Not in it, and needed to read anything of it: the master key {made.key}"
        f" ({_place_of('BUCKSTOP_MASTER_KEY', 'keys/master')}) and the secret key"
        f" ({_place_of('BUCKSTOP_SECRET_KEY', 'secret_key')}). Keep them somewhere else.\n"
        f"Prove it: buckstop restore {folder} --drill"
    )
    return 0


def back_up(folder: Path, *, compress: str = dump.COMPRESS) -> Manifest:
    """Write a backup into an empty folder.

    Files are immutable and lie in the vault before any row tells of them, so those that are
    copied after the database are at least those that its snapshot tells of.
    """
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    name = connections["default"].settings_dict["NAME"]
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    with dump.snapshot(name) as (seen, snapshot):
        dump.dump(name, folder / manifest.DUMP, snapshot=snapshot, compress=compress)
        with (folder / manifest.HEADS).open("w", encoding="ascii") as heads:
            heads.writelines(f"{line}\n" for line in manifest.heads(seen))
        tables, migrations = dump.counted(seen), manifest.migrations(seen)
        server = seen.info.server_version
    many, size = _copy(Path(settings.VAULT_DIR), folder)
    made = Manifest(
        format=1,
        made_at=made_at,
        program=version("buckstop"),
        code=manifest.code(),
        server=server,
        roles={"owner": database.role_name("owner"), "app": database.role_name("app")},
        migrations=migrations,
        tables=tables,
        files={
            kept: manifest.digest(folder / kept)
            for kept in (manifest.DUMP, manifest.HEADS, manifest.FILES)
        },
        vault_files=many,
        vault_bytes=size,
        key=keys.fingerprint(),
    )
    os.sync()
    made.write(folder)
    return made


def _copy(vault: Path, folder: Path) -> tuple[int, int]:
    """Copy the vault and list the digest of each file; what is erased meanwhile is left out."""
    many = size = 0
    (folder / manifest.VAULT).mkdir(mode=0o700)
    with (folder / manifest.FILES).open("w", encoding="utf-8") as listed:
        for path in manifest.files_in(vault):
            to = folder / manifest.VAULT / path.relative_to(vault)
            to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            try:
                digest = _copied(path, to)
            except FileNotFoundError:
                continue
            listed.write(f"{digest}  {to.relative_to(folder)}\n")
            many, size = many + 1, size + to.stat().st_size
    return many, size


def _copied(path: Path, to: Path) -> str:
    digest = sha256()
    with path.open("rb") as source, to.open("wb") as copy:
        while piece := source.read(_PIECE):
            digest.update(piece)
            copy.write(piece)
    shutil.copymode(path, to)
    return digest.hexdigest()


def _place_of(variable: str, file: str) -> str:
    return variable if os.environ.get(variable) else str(Path(settings.DATA_DIR) / file)
