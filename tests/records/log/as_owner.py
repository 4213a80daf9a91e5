"""The tables as their owner has them, who can do what the application cannot."""

import psycopg

from buckstop import database
from tests.conftest import TEST_DATABASE


def as_owner() -> psycopg.Connection[tuple[object, ...]]:
    """Connect to the database of the tests as the owner of its tables."""
    return database.connect("owner", TEST_DATABASE)
