"""`python -m buckstop.clockwork`: work until told to stop."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "buckstop.settings")
django.setup()

from buckstop import database  # noqa: E402 - settings come first
from buckstop.clockwork.worker import run  # noqa: E402 - tables need Django set up

if __name__ == "__main__":
    database.refuse_privileged()
    run()
