#!/usr/bin/env python
"""Django's own commands, on a running database. Migrations run as the owner of the tables."""

import os
import sys

from django.core.management import execute_from_command_line

from buckstop import database

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "buckstop.settings")
    database.ensure_server()
    as_owner = ["--database=owner"] if sys.argv[1:2] == ["migrate"] else []
    execute_from_command_line([*sys.argv, *as_owner])
