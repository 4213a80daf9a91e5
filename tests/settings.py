"""The product's settings, with a server of the tests' own beside the product's."""

import os
from pathlib import Path

os.environ.setdefault(
    "BUCKSTOP_DATA", str(Path(__file__).resolve().parent.parent / ".data" / "tests")
)
# Tests at the same time have a server each: who follows the log waits for every transaction of
# its server that is still running, and must not wait for another test's.
os.environ["BUCKSTOP_DATA"] = os.environ["BUCKSTOP_DATA"].removesuffix(
    os.environ.get("PYTEST_XDIST_WORKER", "")
) + os.environ.get("PYTEST_XDIST_WORKER", "")

from buckstop.settings import *  # noqa: F403 - after the data folder is named

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Straight from the source: nothing is collected for tests.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
# As slow as the real one, the hasher would be most of the time of the tests.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
