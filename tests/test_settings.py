"""The settings keep personal text out of logs and bind the app's role."""

import io
import logging

import pytest
from django.db import DatabaseError, connection


def test_a_log_line_says_what_and_where_but_never_whom() -> None:
    handler, written = logging.getHandlerByName("lines"), io.StringIO()
    assert isinstance(handler, logging.StreamHandler)
    before = handler.setStream(written)
    try:
        int("call from 13800001234")
    except ValueError:
        logging.getLogger("buckstop").exception("call from %s failed", "13800001234")
    finally:
        handler.setStream(before)

    line = written.getvalue()
    assert '"event": "call from %s failed"' in line
    assert '"exception": "ValueError"' in line
    assert "test_settings.py" in line
    assert "13800001234" not in line


@pytest.mark.django_db
def test_tests_work_as_the_role_of_the_app() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        assert cursor.fetchone() == ("buckstop_app",)


@pytest.mark.django_db
def test_the_app_cannot_change_tables() -> None:
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="permission denied"):
        cursor.execute("create table anything (id int)")
