"""Random histories: the tables follow the log, and every page can be shown at any point."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random

import pytest

from buckstop.domain.cases.commands import Command, PassBall
from buckstop.domain.cases.state.case import Case, replay
from buckstop.domain.words.ids import CaseId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER, Actor
from buckstop.records.cases import probes, queries
from buckstop.records.cases.acts import acts_of, targets_of
from buckstop.records.cases.attempts import probes_of
from buckstop.records.cases.handle import handle, sweep_case
from buckstop.records.cases.models import FAR, CaseRow, ClockRow, PromiseRow, TaskRow
from buckstop.records.cases.page import Target
from buckstop.records.cases.queue import Filter, queue
from buckstop.records.houses import queries as houses
from buckstop.records.log import store
from buckstop.records.log.isolation import inside
from buckstop.records.log.rebuild import rebuild
from buckstop.records.people import access
from tests.records.cases.builders import (
    COURIER,
    MERCHANT,
    SERVICE,
    SUPERVISION,
    Cast,
    a_case,
    house,
    sealed,
)

BEGINNING = datetime(2026, 10, 12, 2, tzinfo=UTC)
PASSES, ACTS = 0.3, 0.9
TALK = frozenset(
    {
        "send-message",
        "write-note",
        "submit-evidence",
        "correct-information",
        "log-contact",
        "claim-contacts",
        "change-owner",
        "join-party",
        "promise",
        "record-outside-result",
        "urge",
        "withdraw",
    }
)
_keys = count(1)


def a_walk(cast: Cast, case: CaseId, random: Random, steps: int) -> datetime:
    """Let random people try random things, and random time pass, in the house in force."""
    at = BEGINNING
    people = (cast.consumer_acts, cast.merchant_acts, cast.agent_acts, cast.supervisor_acts)
    for _ in range(steps):
        at += timedelta(hours=random.choice((0, 1, 5, 30)))
        sweep_case(case, at=at)
        command = a_command(case, random, random.choice(people), at)
        if command is not None:
            try:
                handle(case, command, at=at)
            except NotAllowed:
                continue
    return at


def a_command(case: CaseId, random: Random, by: Actor, at: datetime) -> Command | None:
    """Build one of the commands that the actor could give now, talk more seldom than acts."""
    state, now = state_of(case), houses.now(at)
    here = targets_of(state, by, now, (SERVICE, SUPERVISION))
    targets = [target for target in here if target.act.allowed]
    if targets and random.random() < PASSES:
        return passing_to(random.choice(targets), by)
    possible = {verb for verb, act in acts_of(state, by, now).items() if act.allowed}
    chosen = sorted(possible - TALK or possible) if random.random() < ACTS else sorted(possible)
    if not chosen:
        return None
    command = probes_of(state, by, now)[random.choice(chosen)]
    return replace(command, key=f"walk-{next(_keys)}")


def passing_to(target: Target, by: Actor) -> PassBall:
    return PassBall(
        by=by,
        key=f"walk-{next(_keys)}",
        reason="needs-answer",
        expected="respond",
        sentence=probes.TEXT,
        to=None if target.desk else target.party,
        desk=target.desk,
    )


def state_of(case: CaseId) -> Case:
    return replay(store.read(store.head(case)))


def check_tables(case: CaseId) -> None:
    """Compare every row with what the log says."""
    state, row = state_of(case), CaseRow.objects.get(case=case)
    clocks = {(r.clock, r.state, r.due, r.party) for r in ClockRow.objects.filter(case=case)}
    assert clocks == {(c.clock, c.state, c.due, c.party) for c in state.clocks.every.values()}
    tasks = {(t.task, t.end, t.ended_at) for t in TaskRow.objects.filter(case=case)}
    assert tasks == {(t.task, t.end or "", t.ended_at) for t in state.tasks.every.values()}
    promises = {(p.promise, p.word) for p in PromiseRow.objects.filter(case=case)}
    assert promises == {(p.promise, p.word) for p in state.promises.every.values()}
    holder, running = state.custody.holder, state.clocks.running
    assert holder is not None
    assert (row.holder_party, row.holder_desk) == (holder.party, holder.desk or "")
    assert row.due == (running[0].due if running else FAR)
    assert (row.open, row.seq, row.kicks) == (state.open, state.seq, state.custody.kicks)


def check_pages(cast: Cast, case: CaseId) -> None:
    """Show the case to everybody, and the queue to the desk."""
    everybody = (
        access.consumer(cast.house, case),
        access.party_of(cast.house, case, MERCHANT),
        access.party_of(cast.house, case, COURIER),
        cast.agent_looks,
        cast.supervisor_looks,
    )
    for viewer in everybody:
        page = queries.case_page(case, viewer)
        assert page.open == (page.turn is not None)
        assert page.holds
        assert page.turn is None or page.turn.due is not None
        if viewer.party not in {CONSUMER, "house"}:
            assert all(viewer.party in {offer.by, offer.to} for offer in page.offers)
            assert not {"NoteWritten", "DecisionProposed"} & {line.kind for line in page.thread}
    assert len(queue(cast.agent_looks, Filter.ALL).rows) <= 1


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(8))
def test_after_any_history_the_tables_say_what_the_log_says(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast, random = house(demo=True), Random(seed)
    case = a_case(cast, at=BEGINNING, first=MERCHANT if seed % 2 else None)
    monkeypatch.setattr(probes, "TEXT", sealed(cast, case, "一句话"))
    with inside(cast.house):
        for _ in range(4):
            a_walk(cast, case, random, 10)
            check_tables(case)
            check_pages(cast, case)


@pytest.mark.django_db(transaction=True)
def test_rebuilt_tables_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    cast, random = house(demo=True), Random(99)
    cases = [a_case(cast, at=BEGINNING) for _ in range(3)]
    for case in cases:
        monkeypatch.setattr(probes, "TEXT", sealed(cast, case, "一句话"))
        with inside(cast.house):
            a_walk(cast, case, random, 15)

    def rows() -> list[object]:
        with inside(cast.house):
            return [
                sorted(table.objects.values_list(), key=repr)
                for table in (CaseRow, ClockRow, TaskRow, PromiseRow)
            ]

    before = rows()
    assert rebuild(cast.house, Case()) == 3
    assert rows() == before
