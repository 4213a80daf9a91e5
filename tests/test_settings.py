"""The settings keep personal text out of logs and bind the app's role."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection
from django.test import Client


@contextmanager
def logged() -> Iterator[io.StringIO]:
    """Catch what is logged, as the lines that are written."""
    handler, written = logging.getHandlerByName("lines"), io.StringIO()
    assert isinstance(handler, logging.StreamHandler)
    # What was written to before may have been closed by the test that brought it.
    before, handler.stream = handler.stream, written
    try:
        yield written
    finally:
        handler.stream = before


def test_a_log_line_says_what_and_where_but_never_whom() -> None:
    with logged() as written:
        try:
            int("call from 13800001234")
        except ValueError:
            logging.getLogger("buckstop").exception("call from %s failed", "13800001234")

    line = written.getvalue()
    assert '"event": "call from %s failed"' in line
    assert '"exception": "ValueError"' in line
    assert "test_settings.py" in line
    assert "13800001234" not in line


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "route", "status"),
    [("/no-such-page/token-of-somebody", None, 404), ("/l/token-of-somebody", "open-link", None)],
)
def test_a_request_that_failed_is_logged_by_route_and_never_by_path(
    client: Client, path: str, route: str | None, status: int | None
) -> None:
    with logged() as written:
        answer = client.get(path)

    (line,) = map(json.loads, written.getvalue().splitlines())
    assert (line["status"], line["method"]) == (status or answer.status_code, "GET")
    assert line["route"] == route
    assert line["event"] == "request"
    assert "somebody" not in written.getvalue()


@pytest.mark.django_db
def test_tests_work_as_the_role_of_the_app() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        assert cursor.fetchone() == ("buckstop_app",)


@pytest.mark.django_db
def test_the_app_cannot_change_tables() -> None:
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="permission denied"):
        cursor.execute("create table anything (id int)")
