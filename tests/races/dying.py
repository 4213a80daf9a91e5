"""Dying between any two statements, as a process or as its connection."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Any
from unittest.mock import patch

from django.db import connection
from django.db.utils import Error

from buckstop import database
from tests.conftest import TEST_DATABASE

type Run = Callable[[str, Any, bool, dict[str, Any]], Any]


class How(StrEnum):
    """What is taken away."""

    PROCESS = "process"
    CONNECTION = "connection"


class Died(BaseException):
    """The process is no more: no handler of ours may go on after it."""


class Countdown:
    """Counts statements and both sides of each commit, and dies at the one it is told."""

    def __init__(self, at: int, how: How) -> None:
        """Die before statement `at`, the first being 1."""
        self.left, self.how, self.died = at, how, False

    def __call__(self, execute: Run, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: ANN401, FBT001 - Django's signature
        """Let a statement through, or die before it."""
        self.step()
        return execute(sql, params, many, context)

    def step(self) -> None:
        """Come one step nearer."""
        self.left -= 1
        if self.left == 0:
            self.died = True
            if self.how is How.PROCESS:
                raise Died
            _end_backend()


@contextmanager
def dying(at: int, how: How) -> Iterator[Countdown]:
    """Die at the statement of this number, and swallow the death; the connection is new after."""
    countdown = Countdown(at, how)
    commit = connection._commit  # type: ignore[attr-defined]  # noqa: SLF001 - no other hook

    def commits() -> None:
        countdown.step()
        commit()
        countdown.step()

    try:
        with connection.execute_wrapper(countdown), patch.object(connection, "_commit", commits):
            yield countdown
    except (Died, Error):
        if not countdown.died:
            raise
    finally:
        if countdown.died:
            connection.close()


def _end_backend() -> None:
    """End the connection from the server's side; what it says next finds nobody."""
    number = connection.connection.info.backend_pid
    with database.connect("app", TEST_DATABASE) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [number])
