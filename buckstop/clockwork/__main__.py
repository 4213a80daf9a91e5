"""`python -m buckstop.clockwork`: work until told to stop."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "buckstop.settings")
django.setup()

from buckstop.clockwork.worker import run  # noqa: E402 - tables need Django set up

if __name__ == "__main__":
    run()
