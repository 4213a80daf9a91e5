"""What must hold of a case after every step of any history; the numbers are the domain page's."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from buckstop.domain.buck_passing.index import score
from buckstop.domain.buck_passing.moves import moves_of
from buckstop.domain.buck_passing.trail import Stretch, Term, Trail
from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.decide import lapse
from buckstop.domain.cases.events import (
    CaseClosed,
    ClockLapsed,
    LapseReversed,
    Outcome,
    ProofRequested,
)
from buckstop.domain.cases.now import Now
from buckstop.domain.cases.state.case import Case, replay
from buckstop.domain.cases.state.clocks import Clock
from buckstop.domain.words.ball import How
from buckstop.domain.words.clock import BESIDE, SPANS_ONLY, ClockKind
from buckstop.domain.words.party import CLOCKWORK, CONSUMER, HOUSE, Role
from tests.domain.cases import cast
from tests.invariants.history import History

NEVER_REFUSED = (ask.SendMessage, ask.SubmitEvidence)
TO_THE_CONSUMER = (ClockKind.ANSWER, ClockKind.OFFER, ClockKind.CONFIRM)
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
"""The ways a case closes, and who alone can bring each about."""


def one_holder_one_owner_and_a_running_clock(history: History) -> None:
    """1: an open case has a holder, an owner and a clock of the holder's; the due time is told."""
    case = history.case
    if not case.open:
        return
    assert case.custody.owner is not None
    assert case.custody.holder is not None
    assert case.custody.due is not None
    assert _duties(case), "no clock runs that moves the ball"
    holder = case.custody.holder.party
    if holder == HOUSE:
        own = any(c.party == HOUSE for c in _duties(case))
        assert own or case.tasks.open, "the house has the ball and no clock"
    else:
        assert any(c.party == holder and c.alive for c in case.clocks.every.values()), holder


def every_duty_has_a_living_clock(history: History) -> None:
    """1: every open task, request and offer has one; a length that is only a span has none."""
    case = history.case
    tasks = [task.clock for task in case.tasks.open]
    requests = [request.clock for request in case.requests.open]
    offers = [offer.clock for offer in case.offers.open]
    for clock in (*tasks, *requests, *offers) if case.open else ():
        assert case.clocks.every[clock].alive, clock
    assert not [c for c in case.clocks.every.values() if c.kind in SPANS_ONLY]


def the_ball_is_where_the_tasks_say(history: History) -> None:
    """1 (C8): a party outside holds only as the one debtor."""
    case = history.case
    if case.open and case.custody.holder and case.custody.holder.party not in {HOUSE, CONSUMER}:
        assert case.tasks.debtors == (case.custody.holder.party,)


def the_consumer_holds_for_a_reason(history: History) -> None:
    """1 (C7): only for a request, an offer or a confirmation."""
    case = history.case
    if case.open and case.custody.holder and case.custody.holder.party == CONSUMER:
        assert any(c.party == CONSUMER for c in case.clocks.alive(*TO_THE_CONSUMER))


def the_log_gives_the_state_and_never_changes(history: History) -> None:
    """2: replaying gives the same; what was seen before is what still stands."""
    assert not history.new or replay(history.log) == history.case
    assert tuple(history.log[: len(history.kept)]) == history.kept
    times = [entry.recorded_at for entry in history.log]
    assert times == sorted(times)


def every_lapse_has_one_consequence(history: History) -> None:
    """3: no clock lapses twice, unless its lapse was taken back; and only by the clockwork."""
    lapsed: set[str] = set()
    for entry in history.log:
        if isinstance(entry.event, ClockLapsed):
            assert entry.event.clock not in lapsed
            assert entry.by == CLOCKWORK
            lapsed.add(entry.event.clock)
        elif isinstance(entry.event, LapseReversed):
            lapsed.discard(entry.event.clock)


def nothing_settled_is_asked(history: History) -> None:
    """4: only a forced request is open for a settled fact."""
    asked = [e.event for e in history.log if isinstance(e.event, ProofRequested)]
    forced = {event.request for event in asked if event.forced_because is not None}
    for request in history.case.requests.open:
        settled = history.case.facts.standing(request.fact).settled
        assert request.request in forced or not settled, request


def nothing_is_asked_twice(history: History) -> None:
    """4: a fact is asked once of a party, unless forced, or clarified, or made moot."""
    asked = Counter(
        (request.fact, request.of)
        for request in history.case.requests.every.values()
        if not (request.forced or request.clarifies or request.end == "moot")
    )
    assert all(times == 1 for times in asked.values()), asked


def it_closes_only_as_listed(history: History) -> None:
    """6: each outcome by who alone may bring it about."""
    for entry in history.log:
        if isinstance(entry.event, CaseClosed):
            assert entry.by.role in ENDED_BY[entry.event.outcome], entry


def nothing_the_consumer_sent_is_lost(history: History) -> None:
    """6: words and files are never refused, and every accepted word stands in the log."""
    told = history.told
    if told is not None and told.by == cast.SU and isinstance(told, NEVER_REFUSED):
        assert history.refused is None
    assert history.sent <= history.found, history.sent - history.found


def who_what_and_by_when_is_answered(history: History) -> None:
    """7: who has it, since when, what is expected, by when, and what silence would do."""
    case, custody = history.case, history.case.custody
    if not case.open:
        return
    assert custody.since is not None
    assert custody.expected
    assert custody.due is not None
    assert custody.holder is not None
    own = [c for c in _duties(case) if c.party == custody.holder.party]
    next_one = (own or _duties(case))[0]
    at = max(next_one.due, case.last_at or next_one.due)
    assert lapse(case, next_one, Now(at=at, rules=cast.RULES)), "silence would do nothing"


def the_index_never_falls(history: History) -> None:
    """9: as the log grows, or time passes; only a lapse that is taken back lowers it."""
    assert history.corrected or history.points >= history.points_before


def a_consumer_detour_changes_nothing(history: History) -> None:
    """9: sent to the consumer and back from where it is, the ball costs what it cost."""
    trail = history.trail
    if not trail.stretches:
        return
    last = trail.stretches[-1]
    away = replace(last, seq=last.seq + 1, node=str(CONSUMER), how=How.CONSUMER, by=None)
    back = replace(last, seq=last.seq + 2, how=How.ROLL, by=None)
    assert score(_longer(trail, away, back)).parts == score(trail).parts


def escalation_up_the_ladder_costs_nothing(history: History) -> None:
    """9: nothing is charged for what the holder did not do, nor for a first step upwards."""
    trail = history.trail
    moves = tuple(moves_of(trail))
    upwards = {s.seq for s in trail.stretches if s.sent_up}
    for move in moves:
        assert move.term is None or move.how in {How.PASS, How.BOUNCE}, move
        assert move.term is not Term.IDLE_PASS or move.seq not in upwards, move
    if trail.stretches and trail.stretches[-1].node not in trail.consumer:
        last = trail.stretches[-1]
        up = replace(last, seq=last.seq + 1, node="a-rung-above", how=How.PASS, sent_up=True)
        assert score(_longer(trail, up)).points == score(trail).points


def nobody_owes_whom_nobody_can_reach(history: History) -> None:
    """K8: a duty is of whom somebody can reach, or who was heard from."""
    members = history.case.parties.members
    for task in history.case.tasks.open:
        debtor = members.get(task.debtor)
        assert debtor is None or debtor.can_be_reached or debtor.reached, task


EVERY: tuple[Callable[[History], None], ...] = (
    one_holder_one_owner_and_a_running_clock,
    every_duty_has_a_living_clock,
    the_ball_is_where_the_tasks_say,
    the_consumer_holds_for_a_reason,
    the_log_gives_the_state_and_never_changes,
    every_lapse_has_one_consequence,
    nothing_settled_is_asked,
    nothing_is_asked_twice,
    it_closes_only_as_listed,
    nothing_the_consumer_sent_is_lost,
    who_what_and_by_when_is_answered,
    the_index_never_falls,
    a_consumer_detour_changes_nothing,
    escalation_up_the_ladder_costs_nothing,
    nobody_owes_whom_nobody_can_reach,
)


def _duties(case: Case) -> tuple[Clock, ...]:
    return tuple(c for c in case.clocks.running if c.kind not in BESIDE)


def _longer(trail: Trail, *more: Stretch) -> Trail:
    return replace(trail, stretches=(*trail.stretches, *more))
