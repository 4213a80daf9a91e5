"""What tests share: a real PostgreSQL, worked with as the app's role, and a real browser."""

import os
import shutil
from collections.abc import Iterator

import psutil
import pytest
from django.core.management import call_command
from django.db import connections
from django.test import TransactionTestCase
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.plugin import DjangoDbBlocker

from buckstop import database

TEST_DATABASE = f"test_{os.getpid()}"
_MIGRATED = f"{TEST_DATABASE}_migrated"


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Migrate once as the owner, then give the tests copies that they use as the app.

    Tests that need real transactions (`transaction=True`) leave with the whole copy thrown
    away, since what is append-only cannot be emptied.
    """
    database.ensure_server()
    _drop_what_dead_runs_left()
    database.create(_MIGRATED)
    with django_db_blocker.unblock():
        _use(_MIGRATED)
        call_command("migrate", database="owner", verbosity=0, interactive=False)
        _use(TEST_DATABASE)
        copy_afresh()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _self: copy_afresh())
        yield
    with django_db_blocker.unblock():
        connections.close_all()
    for name in (TEST_DATABASE, _MIGRATED):
        database.drop(name)


def _use(name: str) -> None:
    connections.close_all()
    for alias in connections:
        connections.settings[alias]["NAME"] = name


def copy_afresh() -> None:
    """Throw the tests' database away, with whatever was done in it, for an empty one."""
    connections.close_all()
    database.drop(TEST_DATABASE)
    database.create(TEST_DATABASE, like=_MIGRATED)


def _drop_what_dead_runs_left() -> None:
    for name in database.databases():
        kind, _, rest = name.partition("_")
        pid = rest.partition("_")[0]
        if kind == "test" and pid.isdecimal() and not psutil.pid_exists(int(pid)):
            database.drop(name)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the system's chromium; browser tests fail, and say how to get it, without."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.fail("no chromium: install the packages chromium and fonts-noto-cjk")
    # Its event loop makes Django take this thread for an asynchronous one.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=program,
            args=["--no-sandbox"] if os.geteuid() == 0 else [],
        )
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open an empty page on a phone that asks for Chinese."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()
