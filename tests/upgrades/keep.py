"""Keeps a database of this version for the tests of all later ones.

`python -m tests.upgrades.keep NAME` tells the demonstration's stories in an empty place and packs
a backup of it into `NAME.tar.xz` here. Its master key is the one below, which opens nothing else.
"""

import os
import subprocess
import sys
import tarfile
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from buckstop.database.place import temporary_home

KEY = urlsafe_b64encode(bytes(range(32))).decode()
HERE = Path(__file__).parent

_MAKE = """
import sys
from pathlib import Path
import django
django.setup()
from django.core.management import call_command
from buckstop import database
from buckstop.cli import demo
from buckstop.cli.backup import back_up
database.ensure_server()
call_command("migrate", database="owner", verbosity=0, interactive=False)
demo.load()
back_up(Path(sys.argv[1]), compress="none")
"""


def place(home: Path) -> Mapping[str, str]:
    """Name a place of its own for a process, with the key of what is kept here."""
    ours = {key: value for key, value in os.environ.items() if "DATABASE" not in key}
    return {
        **ours,
        "DJANGO_SETTINGS_MODULE": "buckstop.settings",
        "BUCKSTOP_DATA": str(home),
        "BUCKSTOP_MASTER_KEY": KEY,
    }


def keep(name: str) -> None:
    """Make a database, and keep it."""
    with temporary_home() as home, TemporaryDirectory() as made:
        subprocess.run([sys.executable, "-c", _MAKE, made], env=place(home), check=True)
        with tarfile.open(HERE / f"{name}.tar.xz", "w:xz", preset=9) as packed:
            packed.add(made, arcname="backup")


if __name__ == "__main__":
    keep(sys.argv[1])
