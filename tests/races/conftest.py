"""Real transactions, without a new database after each test: every test has houses of its own."""

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.conftest import copy_afresh


@pytest.fixture(scope="module")
def one_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let the tests of a module share what they leave behind."""
    del django_db_setup
    with django_db_blocker.unblock():
        yield
        copy_afresh()
