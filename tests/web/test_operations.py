"""Supervisors and administrators are told in words what is late, failing or full."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from pytest_django.fixtures import Settings

from buckstop.records.cases.watching import Watched
from buckstop.records.operations.actions import What, note
from buckstop.records.operations.queries import Done, Worker
from buckstop.web.sights.operations import Known, Line, operations_page
from buckstop.web.vitals import LOW, Room
from tests.web.browsing import Browser
from tests.web.kit import LANGUAGES, PASSWORD, Fair, a_house, open_complaint

NOW = datetime(2026, 6, 3, 4, tzinfo=UTC)
LONG = timedelta(hours=3)
WORKER = Worker(since=NOW - LONG, silent=timedelta(seconds=4), program="1.0", round_ms=80)
DONE = Done(at=NOW - LONG, good=True, said={"rows": 7, "files": 2})
WATCHED = Watched(
    at=NOW,
    late=0,
    late_since=None,
    waiting=0,
    waiting_since=None,
    refused=0,
    left=0,
    provisional_from=None,
)
WELL = Known(
    now=NOW,
    watched=WATCHED,
    workers=(WORKER,),
    backlogs={"notices": 3},
    database_bytes=1 << 30,
    room=Room(free=LOW * 4, whole=LOW * 40),
    years=frozenset({2025, 2026}),
    backup=DONE,
    drill=DONE,
    program="1.0",
    server="18.6",
)


def line(known: Known, name: str) -> Line:
    return next(one for one in operations_page(known).lines if one.name == name)


def test_where_all_is_well_it_says_so_and_asks_nothing() -> None:
    page = operations_page(WELL)
    assert page.head == "都正常"
    assert {(one.state, one.todo) for one in page.lines} == {("ok", "")}


@pytest.mark.parametrize(
    ("name", "known", "state", "word"),
    [
        (
            "到点的钟",
            replace(WELL, watched=replace(WATCHED, late=3, late_since=NOW - LONG)),
            "bad",
            "3 个到点没处理，最早的是 6 月 3 日（周三）09:00 到的",
        ),
        ("工作进程", replace(WELL, workers=()), "bad", "没有一个报到"),
        ("工作进程", replace(WELL, workers=(replace(WORKER, silent=LONG),)), "bad", "3 小时"),
        (
            "等着发的通知",
            replace(WELL, watched=replace(WATCHED, waiting=2, waiting_since=NOW - LONG)),
            "bad",
            "2 条没发出",
        ),
        ("没送到的通知", replace(WELL, watched=replace(WATCHED, refused=4)), "due", "4 条被退回"),
        ("跟着记录做的事", replace(WELL, watched=replace(WATCHED, left=1)), "due", "没做成"),
        ("跟着记录做的事", replace(WELL, backlogs={"notices": 5000}), "due", "还落后 5000 件"),
        (
            "地方",
            replace(WELL, room=Room(free=LOW // 2, whole=LOW * 40)),
            "bad",
            "磁盘还剩 1.0 GB",
        ),
        ("放假日历", replace(WELL, years=frozenset({2025})), "due", "只录到 2025 年"),
        (
            "放假日历",
            replace(WELL, watched=replace(WATCHED, at=datetime(2026, 11, 20, tzinfo=UTC))),
            "due",
            "只录到 2026 年",
        ),
        (
            "放假日历",
            replace(WELL, watched=replace(WATCHED, provisional_from=NOW + LONG)),
            "due",
            "暂定",
        ),
        ("最近的备份", replace(WELL, backup=None), "bad", "从来没有备份过"),
        ("最近的备份", replace(WELL, now=NOW + 9 * LONG), "bad", "7 行，2 个文件"),
        ("最近的恢复演练", replace(WELL, drill=None), "due", "从来没有演练过"),
        ("最近的恢复演练", replace(WELL, drill=replace(DONE, good=False)), "bad", "没有通过"),
        ("最近的恢复演练", replace(WELL, now=NOW + timedelta(days=40)), "due", "通过"),
        ("版本", replace(WELL, workers=(replace(WORKER, program="0.9"),)), "due", "程序 1.0"),
    ],
)
def test_what_is_not_well_is_said_in_words_with_what_to_do(
    name: str, known: Known, state: str, word: str
) -> None:
    found = line(known, name)
    assert found.state == state
    assert word in found.says
    assert found.todo
    assert operations_page(known).head != "都正常"


def test_what_must_be_acted_on_comes_first() -> None:
    known = replace(WELL, drill=None, workers=())
    states = [one.state for one in operations_page(known).lines]
    assert states == sorted(states, key=("bad", "due", "ok").index)
    assert states[:2] == ["bad", "due"]


@pytest.fixture
def fair(settings: Settings) -> Fair:
    opened = a_house()
    settings.HOUSE = opened.slug
    return opened


@pytest.mark.django_db
@pytest.mark.parametrize("login", ["mei", "ada"])
def test_supervisor_and_administrator_see_it_and_it_tells_of_no_case(
    login: str, fair: Fair
) -> None:
    number = open_complaint(Browser(), fair)
    note(What.BACKUP, {"rows": 12, "files": 3})
    page = fair.browser_of(login).get("/operations")
    assert page.status == 200
    assert "12 行，3 个文件" in page.text
    assert "要处理" in page.text
    assert not [word for word in (number, "林晓禾", "青屿数码店") if word in page.text]


@pytest.mark.django_db
def test_an_administrator_who_signs_in_begins_there(fair: Fair) -> None:
    browser = Browser()
    typed = {"login": f"ada@{fair.slug}", "password": PASSWORD}
    assert browser.fill(browser.get("/sign-in"), "login", **typed).at == "/operations"


@pytest.mark.django_db
@pytest.mark.parametrize(("login", "offered"), [("mei", True), ("ada", False)])
def test_only_who_sees_cases_is_offered_the_queue_and_the_search(
    login: str, fair: Fair, *, offered: bool
) -> None:
    page = fair.browser_of(login).get("/operations")
    assert ('href="/queue"' in page.html, 'role="search"' in page.html) == (offered, offered)


@pytest.mark.django_db
def test_nobody_else_does(fair: Fair) -> None:
    assert fair.browser_of("anna").get("/operations").status == 403
    assert Browser().get("/operations").at == "/sign-in"


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_every_language(language: str, fair: Fair) -> None:
    page = fair.browser_of("mei", language).get("/operations")
    heads = {"zh-hans": "运行情况", "zh-hant": "運行情況", "en": "How it runs"}
    assert heads[language] in page.text
    with translation.override(language):
        assert operations_page(WELL).head in {"都正常", "All is well"}


@pytest.mark.django_db
def test_it_asks_no_more_of_the_database_where_there_are_more_cases(fair: Fair) -> None:
    browser = fair.browser_of("mei")

    def asked() -> int:
        with CaptureQueriesContext(connection) as statements:
            browser.get("/operations")
        return len(statements)

    before = asked()
    for _ in range(3):
        open_complaint(Browser(), fair)
    assert asked() == before
