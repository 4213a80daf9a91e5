"""`buckstop restore`: bring a backup back into an empty place, and prove that it is whole.

With --drill the place is a temporary one with a server of its own, which is gone afterwards;
what is living is not touched. Ends with 1 if anything is broken, and names it.
"""

import os
import shutil
import subprocess
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connections
from django.db.migrations.loader import MigrationLoader

from buckstop import database
from buckstop.cli import manifest, proof
from buckstop.cli.manifest import Manifest
from buckstop.cli.proof import Finding
from buckstop.database import dump
from buckstop.database.place import temporary_home
from buckstop.records.log.restored import number_again
from buckstop.records.operations.actions import What, note
from buckstop.records.people import keys


def main(arguments: Sequence[str]) -> int:
    """Restore a backup, here or for a drill; 1 if anything is broken."""
    parser = ArgumentParser(
        prog="buckstop restore",
        description=__doc__,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="what `backup` made")
    parser.add_argument("--drill", action="store_true", help="only prove that it could be")
    wanted = parser.parse_args(arguments)
    folder = wanted.folder.absolute()
    made = manifest.read(folder)
    _need_key(made)
    return _drill(folder) if wanted.drill else _restore(folder, made)


def _need_key(made: Manifest) -> None:
    """Have the key that the backup was made with. A new one, made here, would open nothing."""
    where = Path(settings.DATA_DIR) / "keys" / "master"
    if not keys.is_kept():
        msg = (
            f"The master key {made.key} is needed, which is in no backup: put it into {where} (or"
            " BUCKSTOP_MASTER_KEY) and try again."
        )
        raise database.Unusable(msg)
    if keys.fingerprint() != made.key:
        msg = f"This place has the master key {keys.fingerprint()}; the backup needs {made.key}."
        raise database.Unusable(msg)


def _drill(folder: Path) -> int:
    """Restore into a place that is gone afterwards, as another process that knows no other."""
    with temporary_home() as home:
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "buckstop.cli", "restore", str(folder)],
            env={
                **{key: value for key, value in os.environ.items() if "DATABASE" not in key},
                "DJANGO_SETTINGS_MODULE": "buckstop.settings",
                "BUCKSTOP_DATA": str(home),
                "BUCKSTOP_VAULT": str(folder / manifest.VAULT),
                "BUCKSTOP_MASTER_KEY": urlsafe_b64encode(keys.master_key()).decode(),
            },
            stdin=subprocess.DEVNULL,
            check=False,
        )
    mark = manifest.digest(folder / manifest.NAME)
    # A drill must do where the living one is lost.
    with suppress(database.Unusable, DatabaseError):
        if database.is_running():
            note(What.DRILL, {"manifest": mark}, good=done.returncode == 0)
    return done.returncode


def _restore(folder: Path, made: Manifest) -> int:
    database.ensure_server()
    name = connections["default"].settings_dict["NAME"]
    vault = Path(settings.VAULT_DIR)
    is_its_own = vault == folder / manifest.VAULT
    if not dump.is_empty(name) or (vault.exists() and not is_its_own and any(vault.iterdir())):
        msg = "This place is not empty; a backup is restored into one that is. Nothing was done."
        raise database.Unusable(msg)
    sound = True
    for finding in _steps(folder, made, name):
        sound = sound and not finding.faults
        print(f"{'BROKEN' if finding.faults else 'ok':8}{finding.what:20}{finding.seen}")
        for fault in finding.faults:
            print(f"{'':8}{fault}")
        sys.stdout.flush()
    if sound and not is_its_own:
        note(What.RESTORE, {"manifest": manifest.digest(folder / manifest.NAME)})
    print("Everything is there, and whole." if sound else "What is broken is named above.")
    return 0 if sound else 1


def _steps(folder: Path, made: Manifest, name: str) -> Iterator[Finding]:
    """Look at the backup, bring it back, look at what came back; go on as far as one can."""
    yield from proof.of_files(folder, made)
    try:
        dump.restore(folder / manifest.DUMP, name)
    except database.Unusable as error:
        yield Finding(what="database", seen="", faults=(str(error),))
        return
    yield from proof.of_tables(name, folder, made)
    with database.connect("owner", name) as owner:
        number_again(owner)
    vault = Path(settings.VAULT_DIR)
    if vault != folder / manifest.VAULT:
        shutil.copytree(folder / manifest.VAULT, vault, dirs_exist_ok=True)
        vault.chmod(0o700)
    unknown = _unknown(made)
    yield Finding(what="program", seen=f"{len(made.migrations)} migrations", faults=unknown)
    if not unknown:
        call_command("migrate", database="owner", verbosity=0, interactive=False)
        yield from proof.of_content(made)


def _unknown(made: Manifest) -> tuple[str, ...]:
    """Name the migrations that this program does not know: a newer one made the backup."""
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    return tuple(f"{name} is unknown here" for name in made.migrations if name not in known)
