"""A holiday published late reckons open clocks anew, visibly (K9)."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from buckstop.cli import holidays
from buckstop.domain.cases.commands import Command
from buckstop.domain.cases.events import ClockPostponed
from buckstop.domain.words.event import Entry
from buckstop.domain.words.ids import CaseId
from buckstop.records.cases import calendars
from buckstop.records.cases.handle import handle
from buckstop.records.cases.queries import case_page
from buckstop.records.houses.actions import set_clock_ahead
from buckstop.records.log import store
from buckstop.records.log.isolation import inside
from tests.records.cases.builders import Cast, a_case, house

pytestmark = pytest.mark.django_db(transaction=True)

NEW_YEARS_EVE = datetime(2026, 12, 31, 2, tzinfo=UTC)


@pytest.fixture
def cast() -> Cast:
    cast = house(slug="fair", demo=True)
    with inside(cast.house):
        set_clock_ahead(cast.house, NEW_YEARS_EVE - datetime.now(UTC))
    return cast


@pytest.fixture
def notice(tmp_path: Path) -> str:
    file = tmp_path / "2027.toml"
    file.write_text(
        'year = 2027\nsource = "made up"\nmake_up = ["2027-01-09"]\n'
        'off = ["2027-01-01", "2027-01-04", "2027-01-05", "2027-01-06"]\n'
    )
    return str(file)


def postponed(cast: Cast, case: CaseId) -> list[ClockPostponed]:
    with inside(cast.house):
        events = [entry.event for entry in store.read(store.head(case))]
    return [event for event in events if isinstance(event, ClockPostponed)]


def provisional(cast: Cast, case: CaseId) -> set[str]:
    with inside(cast.house):
        page = case_page(case, cast.agent_looks)
    return {clock.clock for clock in page.clocks if clock.provisional and not clock.ended}


def test_open_cases_with_uncertain_due_times_are_reckoned_anew_once(
    cast: Cast, notice: str, capsys: pytest.CaptureFixture[str]
) -> None:
    cases = [a_case(cast, first=None) for _ in range(3)]
    assert all(provisional(cast, case) for case in cases)
    assert holidays.main(["fair", notice]) == 0
    assert "3 cases reckoned" in capsys.readouterr().out
    for case in cases:
        assert provisional(cast, case) == set()
        assert {event.because for event in postponed(cast, case)} == {"calendar-published"}
    before = [postponed(cast, case) for case in cases]
    assert holidays.main(["fair", notice]) == 0
    assert "0 cases reckoned" in capsys.readouterr().out
    assert [postponed(cast, case) for case in cases] == before


def test_a_year_that_is_amended_moves_what_was_certain_and_later_only(
    cast: Cast, notice: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    holidays.main(["fair", notice])
    case = a_case(cast, first=None)
    assert provisional(cast, case) == set()
    more = tmp_path / "more.toml"
    text = Path(notice).read_text()
    for off, moved in (('"2027-01-07"', 1), ("", 0)):
        more.write_text(text.replace('"2027-01-06"', f'"2027-01-06", {off}'))
        assert holidays.main(["fair", str(more)]) == 0
        assert f"{moved} cases reckoned" in capsys.readouterr().out.splitlines()[-1]
    assert len(postponed(cast, case)) == 1


def test_who_was_interrupted_goes_on_with_the_cases_that_were_left(
    cast: Cast, notice: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [a_case(cast, first=None) for _ in range(3)]
    done: list[CaseId] = []

    def dies(case: CaseId, command: Command) -> tuple[Entry, ...]:
        if done:
            raise KeyboardInterrupt
        done.append(case)
        return handle(case, command)

    with monkeypatch.context() as patch:
        patch.setattr(calendars, "handle", dies)
        with pytest.raises(KeyboardInterrupt):
            holidays.main(["fair", notice])
    holidays.main(["fair", notice])
    assert [len(postponed(cast, case)) for case in cases] == [
        len(postponed(cast, done[0])) for _ in cases
    ]
    assert postponed(cast, done[0])


@pytest.mark.parametrize(
    "text",
    [
        "year = 2027",
        "no toml",
        'year = 2027\nsource = ""\noff = ["2027-02-30"]\nmake_up = []',
        'year = 2027\nsource = ""\noff = ["2028-01-01"]\nmake_up = []',
    ],
)
def test_a_file_that_is_no_notice_publishes_nothing(cast: Cast, tmp_path: Path, text: str) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(text)
    case = a_case(cast, first=None)
    with pytest.raises(SystemExit):
        holidays.main(["fair", str(file)])
    assert postponed(cast, case) == []
