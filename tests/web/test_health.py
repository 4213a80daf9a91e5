"""Machines that watch are told whether it works, and nobody else is told more."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from buckstop import database
from buckstop.domain.cases.events import NoticeKind
from buckstop.domain.words.event import Channel
from buckstop.records.cases import watching
from buckstop.records.cases.actions import Notice, plan_notices
from buckstop.records.cases.queries import time_of
from buckstop.records.log.isolation import inside
from buckstop.records.operations.actions import What, beat, note, rest
from buckstop.web import vitals
from tests.records.cases.builders import MERCHANT, Cast, a_case, house

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2026, 10, 12, 2, tzinfo=UTC)


@pytest.fixture
def machine() -> Client:
    return Client(REMOTE_ADDR="127.0.0.1")


@pytest.fixture
def cast() -> Cast:
    return house(slug="fair", demo=True)


def numbers(machine: Client) -> dict[str, float]:
    answer = machine.get("/metrics")
    assert answer.status_code == 200
    lines = answer.content.decode().splitlines()
    told = (line.rpartition(" ") for line in lines if not line.startswith("#"))
    return {name: float(value) for name, _, value in told}


def test_it_lives_without_a_database_and_tells_everybody(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("django.db.backends.base.base.BaseDatabaseWrapper.cursor", away)
    answer = client.get("/healthz", REMOTE_ADDR="203.0.113.9")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_it_is_ready_while_a_worker_is_at_work(machine: Client) -> None:
    worker = uuid4()
    beat(worker, round_ms=12)
    answer = machine.get("/readyz")
    assert answer.status_code == 200
    vital = ("database", "migrations", "role", "worker", "disk")
    said = {name: told["state"] for name, told in answer.json()["vitals"].items()}
    assert said == dict.fromkeys(vital, "good")


def test_a_silent_worker_is_said_and_keeps_no_page_from_anybody(machine: Client) -> None:
    rest(uuid4())
    answer = machine.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["vitals"]["worker"] == {"state": "look", "says": "none"}


@pytest.mark.parametrize(
    ("broken", "vital"),
    [("migrations", "migrations"), ("role", "role"), ("room", "disk")],
)
def test_nobody_is_sent_where_pages_cannot_work(
    broken: str, vital: str, machine: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_name: str) -> None:
        msg = "The app's database role is a superuser."
        raise database.Unusable(msg)

    match broken:
        case "migrations":
            monkeypatch.setattr(vitals, "_ours", lambda: frozenset({("log", "9999_to_come")}))
        case "role":
            monkeypatch.setattr(database, "refuse_privileged", refused)
        case _:
            full = vitals.Room(free=vitals.FULL - 1, whole=vitals.LOW)
            monkeypatch.setattr(vitals, "room", lambda: full)
    answer = machine.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["ready"] is False
    assert answer.json()["vitals"][vital]["state"] == "bad"


@pytest.mark.parametrize("path", ["/readyz", "/metrics"])
@pytest.mark.parametrize(
    "comes",
    [
        {"REMOTE_ADDR": "203.0.113.9"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.9"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_VIA": "1.1 proxy"},
        {"REMOTE_ADDR": ""},
        {"REMOTE_ADDR": "203.0.113.9", "HTTP_AUTHORIZATION": "Bearer "},
        {"REMOTE_ADDR": "203.0.113.9", "HTTP_AUTHORIZATION": "Bearer guessed"},
    ],
)
@pytest.mark.parametrize("token", ["", "let me in"])
def test_from_elsewhere_nothing_is_told_without_the_token(
    path: str, comes: dict[str, str], token: str, client: Client, settings: Settings
) -> None:
    settings.OPERATIONS_TOKEN = token
    answer = client.get(path, headers={}, **comes)  # type: ignore[arg-type]  # the environ of a request
    assert (answer.status_code, answer.content) == (403, b"for operators\n")


@pytest.mark.parametrize("path", ["/readyz", "/metrics"])
def test_the_token_lets_in_from_elsewhere(path: str, client: Client, settings: Settings) -> None:
    settings.OPERATIONS_TOKEN = "let me in"
    told = client.get(path, REMOTE_ADDR="203.0.113.9", HTTP_AUTHORIZATION="Bearer let me in")
    assert told.status_code == 200


def test_metrics_tell_what_is_late_and_waiting_by_house(machine: Client, cast: Cast) -> None:
    case = a_case(cast, at=LONG_AGO)
    with inside(cast.house):
        notice = Notice(
            key="n1",
            case=case,
            party=MERCHANT,
            via=Channel.WEB,
            kind=NoticeKind.SERVICE,
            code="respond",
            about=None,
            due=None,
        )
        plan_notices(cast.house, [notice], at=time_of(cast.house))
    beat(uuid4(), round_ms=250)
    note(What.BACKUP, {})

    told = numbers(machine)

    assert told['buckstop_lapses_late{house="fair"}'] >= 1
    assert told['buckstop_lapses_late_seconds{house="fair"}'] > 24 * 3600
    assert told['buckstop_notices_waiting{house="fair"}'] == 1
    assert told["buckstop_worker_round_seconds"] == 0.25
    assert told["buckstop_backup_good"] == 1
    assert told["buckstop_database_up"] == 1
    assert told["buckstop_database_bytes"] > 1_000_000


def test_metrics_count_requests_by_route_and_never_by_address(machine: Client) -> None:
    name = 'buckstop_requests_total{method="GET",route="open-link",status="409"}'
    before = numbers(machine).get(name, 0)
    status = machine.get("/l/token-of-somebody").status_code
    name = name.replace("409", str(status))

    told = numbers(machine)

    assert told[name] >= before + 1
    assert told['buckstop_request_seconds_count{route="open-link"}'] >= 1
    assert "token-of-somebody" not in machine.get("/metrics").content.decode()


def test_what_is_counted_stays_small_whatever_comes(machine: Client) -> None:
    for path in ("/no-such-page", "/another"):
        machine.generic("INVENTED", path)
    assert not [name for name in numbers(machine) if "INVENTED" in name or "/another" in name]


def test_too_much_is_not_counted_to_the_end(
    machine: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert watching.MOST_COUNTED == 10_000
    for _ in range(3):
        a_case(cast, at=LONG_AGO)
    capped = watching._WATCHED.replace("10000", "2")  # noqa: SLF001 - the number is in the query
    monkeypatch.setattr(watching, "_WATCHED", capped)
    assert numbers(machine)['buckstop_lapses_late{house="fair"}'] == 2
