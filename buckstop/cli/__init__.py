"""The door for operators: one module per command, found by the command's name."""

import os
import runpy
import sys
from importlib import import_module

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import ProgrammingError
from psycopg.errors import UndefinedTable

from buckstop.database import Unusable

COMMANDS = {
    "run": "start everything and print the address",
    "worker": "do what happens by itself: lapses, notices",
    "story": "play a story in virtual time",
    "rebuild": "make the tables that follow from the log again",
    "verify": "reckon every digest of the log again",
    "holidays": "publish a notice of days off, and reckon open clocks anew",
    "backup": "write everything but the keys into a folder, while work goes on",
    "export": "write everything of a house into one open file",
    "remove-house": "remove a house for ever; without further words it only tells what would go",
    "restore": "bring a backup back into an empty place, or only prove that it could be",
}

_NO_TABLES = (
    "This database has no tables of Buckstop yet, or not all of them."
    " Start `buckstop run` once, which makes them, and try again."
)


def main() -> int:
    """Do the command that the first argument names."""
    if sys.getfilesystemencoding() != "utf-8":
        return _give_up("This terminal has no UTF-8 locale; set LC_ALL=C.UTF-8 and try again.")
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in COMMANDS:
        print("usage: buckstop COMMAND [--help]\n")
        for known, purpose in COMMANDS.items():
            print(f"  {known:14} {purpose}")
        return 0 if name in {"", "-h", "--help"} else 2
    if name == "story":  # plain Python: no Django, no database
        sys.argv = sys.argv[1:]
        runpy.run_module("stories", run_name="__main__", alter_sys=True)
        return 0
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "buckstop.settings")
    try:
        django.setup()
        # By name, since a command may use tables only when Django is set up.
        return int(import_module(f"buckstop.cli.{name.replace('-', '_')}").main(sys.argv[2:]))
    except (Unusable, ImproperlyConfigured) as error:
        return _give_up(str(error))
    except (ProgrammingError, UndefinedTable) as error:
        if not _lacks_tables(error):
            raise
        return _give_up(_NO_TABLES)


def _lacks_tables(error: Exception) -> bool:
    """Tell whether a table was asked for that is not there, through Django or beside it."""
    return isinstance(error, UndefinedTable) or isinstance(error.__cause__, UndefinedTable)


def _give_up(why: str) -> int:
    print(why, file=sys.stderr)
    return 1
