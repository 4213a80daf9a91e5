"""The invariants of the domain page, after every step of random histories.

The seeds are fixed: a red build must mean that the change is wrong, and everybody must see
the same failure. To look for new histories run with `BUCKSTOP_SEED=<any number>`; what that
finds becomes a named test of a rule. The histories come in parts, one for each worker.
"""

import os
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from buckstop.domain.buck_passing.from_case import trail_of
from buckstop.domain.buck_passing.index import score
from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.decide import RULES, lapse
from buckstop.domain.cases.events import (
    CaseClosed,
    ClockLapsed,
    LapseReversed,
    Outcome,
    ProofRequested,
)
from buckstop.domain.cases.now import Now
from buckstop.domain.cases.state.case import Case
from buckstop.domain.cases.state.clocks import Clock
from buckstop.domain.words.clock import BESIDE, SPANS_ONLY, ClockKind
from buckstop.domain.words.event import Entry
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CLOCKWORK, CONSUMER, HOUSE, Role
from tests.domain.cases import cast
from tests.domain.cases.cast import COURIER, MERCHANT, Table, complaint
from tests.invariants.play import MAKERS, Improviser

HISTORIES = 2_000
PARTS = 4
STEPS = 14
FIRST_SEED = int(os.environ.get("BUCKSTOP_SEED", "0"))


@pytest.mark.parametrize("part", range(PARTS))
def test_the_invariants_hold_after_every_step_of_any_history(part: int) -> None:
    play = settings(
        max_examples=HISTORIES // PARTS,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )(given(st.data())(play_and_look))
    seed(FIRST_SEED + part)(play)()


def play_and_look(data: st.DataObject) -> None:
    """Play one history, and look at every invariant after each of its steps."""

    def choose(options: Sequence[Any]) -> Any:  # noqa: ANN401
        return data.draw(st.sampled_from(options))

    table = Watched()
    table.play(complaint(MERCHANT, COURIER, first=choose((None, MERCHANT))))
    table.look()
    for _ in range(data.draw(st.integers(3, STEPS))):
        if choose(range(5)) == 0:
            table.waits(hours=choose((1, 20, 30, 80, 200, 800)))
        else:
            table.tries(Improviser(choose, table.case).command())
        table.look()


def test_the_histories_use_every_command() -> None:
    assert {name for name, _ in MAKERS} | {ask.OpenCase} == set(RULES)


class Watched(Table):
    """A table at which every invariant is looked at after every step."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self.points: Any = 0
        self.looked = 0

    def tries(self, command: ask.Command) -> None:
        """Ask; a no changes nothing."""
        before = self.case
        try:
            facts = self.play(command)
        except NotAllowed:
            return
        if command.by.party == CONSUMER and isinstance(command, ask.SendMessage):
            assert facts
        assert self.case.seq > before.seq or not facts

    def look(self) -> None:
        """Look at all of them."""
        case = self.case
        if case.open:
            _one_holder_owner_clock(case)
            _ball_is_where_the_tasks_say(case)
            _the_consumer_holds_for_a_reason(case)
            _who_what_when_is_answered(case)
        _every_lapse_once(self.log)
        _nothing_settled_is_asked(self.log, case)
        _nothing_asked_twice(case)
        _closed_as_listed(self.log)
        _no_clock_of_spans_only(case)
        self._index_never_falls()
        self.looked = len(self.log)

    def _index_never_falls(self) -> None:
        """Invariant 9; only a step that takes a lapse back lowers it."""
        points = score(trail_of(self.log, self.at)).points
        new = self.log[self.looked :]
        reversed_now = any(isinstance(e.event, LapseReversed) for e in new)
        assert reversed_now or points >= self.points
        self.points = points


def _one_holder_owner_clock(case: Case) -> None:
    """Invariant 1, for the party that holds: its own duty has a living clock."""
    custody = case.custody
    assert custody.owner is not None
    assert custody.holder is not None
    assert _duties(case), "no clock runs that moves the ball"
    holder = custody.holder.party
    if holder == HOUSE:
        own = any(c.party == HOUSE for c in _duties(case))
        assert own or case.tasks.open, "the house has the ball and no clock"
    else:
        assert any(c.party == holder and c.alive for c in case.clocks.every.values()), holder


def _no_clock_of_spans_only(case: Case) -> None:
    assert not [c for c in case.clocks.every.values() if c.kind in SPANS_ONLY]


def _duties(case: Case) -> tuple[Clock, ...]:
    return tuple(c for c in case.clocks.running if c.kind not in BESIDE)


def _ball_is_where_the_tasks_say(case: Case) -> None:
    """C8: a party outside holds only as the one debtor; every open task has a living clock."""
    assert case.custody.holder is not None
    holder = case.custody.holder.party
    for task in case.tasks.open:
        assert case.clocks.every[task.clock].alive, task
    for request in case.requests.open:
        assert case.clocks.every[request.clock].alive, request
    for offer in case.offers.open:
        assert case.clocks.every[offer.clock].alive, offer
    if holder not in {HOUSE, CONSUMER}:
        assert case.tasks.debtors == (holder,)


def _the_consumer_holds_for_a_reason(case: Case) -> None:
    """C7."""
    assert case.custody.holder is not None
    if case.custody.holder.party == CONSUMER:
        kinds = (ClockKind.ANSWER, ClockKind.OFFER, ClockKind.CONFIRM)
        assert any(c.party == CONSUMER for c in case.clocks.alive(*kinds))


def _who_what_when_is_answered(case: Case) -> None:
    """Invariant 7: who, since when, what, by when, what if not."""
    custody = case.custody
    assert custody.since is not None
    assert custody.expected
    assert custody.due is not None
    assert custody.holder is not None
    own = [c for c in _duties(case) if c.party == custody.holder.party]
    duties = own or _duties(case)
    at = max(duties[0].due, case.last_at or duties[0].due)
    told = lapse(case, duties[0], Now(at=at, rules=cast.RULES))
    assert told, "silence would do nothing"


def _every_lapse_once(log: list[Entry]) -> None:
    """Invariant 3: no clock lapses twice, unless its lapse was taken back."""
    lapsed: set[str] = set()
    for entry in log:
        if isinstance(entry.event, ClockLapsed):
            assert entry.event.clock not in lapsed
            assert entry.by == CLOCKWORK
            lapsed.add(entry.event.clock)
        elif isinstance(entry.event, LapseReversed):
            lapsed.discard(entry.event.clock)


def _nothing_settled_is_asked(log: list[Entry], case: Case) -> None:
    """Invariant 4, first half: only a forced request may be open for a settled fact."""
    forced = {
        e.event.request
        for e in log
        if isinstance(e.event, ProofRequested) and e.event.forced_because is not None
    }
    for request in case.requests.open:
        assert request.request in forced or not case.facts.standing(request.fact).settled


def _nothing_asked_twice(case: Case) -> None:
    """Invariant 4, second half: a fact is asked once of a party, and clarified once."""
    asked: dict[tuple[str, str], int] = {}
    for request in case.requests.every.values():
        if request.forced or request.clarifies or request.end == "moot":
            continue
        key = (request.fact, request.of)
        asked[key] = asked.get(key, 0) + 1
    assert all(times == 1 for times in asked.values())


ENDED_BY = {
    Outcome.FULFILLED: {Role.CONSUMER},
    Outcome.FULFILLED_UNCONFIRMED: {Role.CLOCKWORK},
    Outcome.DECIDED_AGAINST: {Role.AGENT, Role.SUPERVISOR},
    Outcome.WITHDRAWN_SOLVED: {Role.CONSUMER},
    Outcome.WITHDRAWN_TIRED: {Role.CONSUMER},
    Outcome.WITHDRAWN_OTHER: {Role.CONSUMER},
    Outcome.JOINED: {Role.AGENT, Role.SUPERVISOR, Role.BOT, Role.CLOCKWORK},
    Outcome.UNREACHABLE: {Role.AGENT, Role.SUPERVISOR, Role.BOT},
    Outcome.HANDED_OVER: {Role.SUPERVISOR},
}
"""Invariant 6: the ways a case closes, and who alone can bring each about."""


def _closed_as_listed(log: list[Entry]) -> None:
    for entry in log:
        if isinstance(entry.event, CaseClosed):
            assert entry.by.role in ENDED_BY[entry.event.outcome]
