"""The demo houses of a first start."""

import pytest

from buckstop.cli import demo
from buckstop.domain.cases.events import Outcome
from buckstop.domain.cases.state.case import Case, replay
from buckstop.domain.words.clock import ClockKind
from buckstop.records.houses.queries import house_called, houses
from buckstop.records.log import store
from buckstop.records.log.isolation import inside

pytestmark = pytest.mark.django_db


def cases_of(word: str) -> dict[str, Case]:
    """Read every case of a demo house, by the last digits of its number."""
    house = house_called(word)
    assert house is not None
    with inside(house.house):
        found = [replay(store.read(store.head(case))) for case in store.cases()]
    return {case.claim.number.rpartition("-")[2]: case for case in found}


def test_a_first_start_shows_the_stories_at_different_stages() -> None:
    demo.load()
    here = cases_of("demo")
    phone, ball, bad_faith = here["0188"], here["0271"], here["0522"]

    assert phone.custody.holder is not None
    assert (phone.custody.holder.party, phone.custody.expected) == ("merchant", "prove")
    assert phone.clocks.alive(ClockKind.PROVE)
    assert ball.custody.taken_over
    assert bad_faith.custody.with_house
    assert bad_faith.open
    assert (here["0417"].closing.outcome, here["0417"].closing.given_up) == (
        Outcome.WITHDRAWN_TIRED,
        True,
    )
    assert here["0305"].open
    assert here["0046"].closing.outcome is Outcome.FULFILLED


def test_the_fuel_card_as_it_went_lies_in_a_house_without_rules() -> None:
    demo.load()
    (case,) = cases_of("before").values()
    assert (case.open, case.custody.kicks, case.custody.takeovers) == (True, 12, 0)


def test_a_second_start_adds_nothing() -> None:
    demo.load()
    before = houses(), cases_of("demo")
    demo.load()
    assert (houses(), cases_of("demo")) == before
