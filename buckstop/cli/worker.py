"""`buckstop worker`: do what happens by itself."""

import runpy
from argparse import ArgumentParser
from collections.abc import Sequence

from buckstop import database
from buckstop.records.houses.queries import houses


def main(arguments: Sequence[str]) -> int:
    """Work until told to stop, on a database that runs."""
    ArgumentParser(prog="buckstop worker", description=__doc__).parse_args(arguments)
    database.ensure_server()
    houses()  # without tables it ends here, in words
    # A door of its own, so it is started by name and not known here.
    runpy.run_module("buckstop.clockwork", run_name="__main__", alter_sys=True)
    return 0
