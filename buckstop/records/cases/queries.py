"""What is asked of the cases, always with a viewer and with the viewer's house in force."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from django.db import connection

from buckstop.domain.buck_passing.from_case import trail_of
from buckstop.domain.buck_passing.index import score
from buckstop.domain.cases.events import DecisionProposed
from buckstop.domain.cases.now import Now
from buckstop.domain.cases.state.case import Case, to_come_back
from buckstop.domain.cases.state.decisions import Stage
from buckstop.domain.words.calendar import local_day
from buckstop.domain.words.event import Entry
from buckstop.domain.words.ids import CaseId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER
from buckstop.records.cases import showing, telling
from buckstop.records.cases.acts import acts_of, passing, targets_of
from buckstop.records.cases.folded import folded
from buckstop.records.cases.page import Act, CasePage, Target
from buckstop.records.cases.showing import Shown
from buckstop.records.cases.sight import BETWEEN_TWO, eyes_of, texts_in
from buckstop.records.cases.turns import clock_line, holds_of, task_line, turn_of
from buckstop.records.houses import queries as houses
from buckstop.records.log import store
from buckstop.records.log.isolation import HouseId
from buckstop.records.people.access import Viewer, require_sight
from buckstop.records.people.vault import reveal


def time_of(house: HouseId) -> datetime:
    """Return what time it is at a house: the database's, or that of the house's own clock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT clock_timestamp()"
            " + coalesce((SELECT ahead FROM log_clock WHERE house = %s), '0')",
            [house],
        )
        (at,) = cursor.fetchone()
    if not isinstance(at, datetime):
        raise TypeError(at)
    return at


def case_numbered(number: str, viewer: Viewer) -> CaseId:
    """Find a case by its number. Raises NotAllowed as if there were none it may not see."""
    case = case_called(number)
    if case is None:
        raise NotAllowed("no-such-case")
    require_sight(viewer, house=viewer.house, case=case)
    return case


def number_of(case: CaseId, viewer: Viewer) -> str:
    """Return the number of a case, without looking into it."""
    require_sight(viewer, house=viewer.house, case=case)
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM cases_case WHERE case_id = %s", [case])
        row = cursor.fetchone()
    if row is None:
        raise NotAllowed("no-such-case")
    return str(row[0])


def case_called(number: str) -> CaseId | None:
    """Find a case of the house in force for its operator, who is shown nothing of it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT case_id::text FROM cases_case WHERE number = %s", [number.strip().upper()]
        )
        row = cursor.fetchone()
    return None if row is None else CaseId(row[0])


def case_page(case: CaseId, viewer: Viewer) -> CasePage:
    """Return all that the viewer may see of a case, with its texts, leaving one trace."""
    require_sight(viewer, house=viewer.house, case=case)
    head = store.head(case)
    known, now, eyes = folded(head), houses.now(head.at), eyes_of(viewer)
    entries, state = known.entries, known.state
    refs = {
        text.ref
        for entry in entries
        if eyes.may_see(entry, state) or _pronounced(entry, state)
        for text in texts_in(entry.event).values()
    }
    said = reveal(refs, viewer, "case")
    return _page(case, Shown(case=state, entries=entries, now=now, eyes=eyes, said=said), viewer)


def _pronounced(entry: Entry, state: Case) -> bool:
    """Tell whether an entry is the writing of a decision that stands, and so is shown as one."""
    match entry.event:
        case DecisionProposed(decision=decision):
            return state.decisions.every[decision].stage is Stage.PRONOUNCED
        case _:
            return False


def _page(case: CaseId, of: Shown, viewer: Viewer) -> CasePage:
    state, now = of.case, of.now
    if state.closing.opened_at is None or state.last_at is None:
        raise NotAllowed("no-such-case")
    index = score(trail_of(of.entries, now.at))
    acts, targets = _possible(state, now, viewer)
    living = sorted(state.clocks.every.values(), key=lambda c: (not c.alive, c.due, c.clock))
    eyes = of.eyes
    return CasePage(
        case=case,
        seq=state.seq,
        number=state.claim.number,
        title=of.text(state.claim.title) or "",
        at=now.at,
        viewer=viewer.party,
        desk_view=eyes.desk,
        open=state.open,
        outcome=state.closing.outcome,
        given_up=state.closing.given_up,
        opened_at=state.closing.opened_at,
        closed_at=state.closing.closed_at,
        last_at=state.last_at,
        owner=state.custody.owner,
        deputy=state.custody.deputy,
        problem=state.claim.problem,
        purchase=showing.purchase(of),
        demand=of.remedy(state.claim.demand),
        stories=tuple(text for story in state.claim.stories if (text := of.text(story))),
        parties=showing.parties(of),
        turn=turn_of(state, now),
        clocks=tuple(
            clock_line(state, clock, now)
            for clock in living
            if clock.kind not in BETWEEN_TWO or eyes.sees_of(CONSUMER, clock.party)
        ),
        tasks=tuple(task_line(state, task) for task in state.tasks.every.values()),
        assessment=of.law,
        facts=showing.facts(of),
        evidence=showing.evidence(of),
        requests=showing.requests(of),
        rejected=showing.rejected(of),
        promises=showing.promises(of),
        records=showing.records(of),
        tally=showing.tally(of),
        offers=showing.offers(of),
        refusals=showing.refusals(of),
        owed=showing.owed(of),
        decisions=showing.decisions(of),
        to_come_back=to_come_back(state),
        appealing=state.decisions.appealing,
        frozen_at=state.decisions.frozen_at,
        packets=state.decisions.packets,
        holds=holds_of(state, of.entries, index, of.text),
        thread=telling.thread(of),
        notices=telling.notices(of),
        acts=acts,
        targets=targets,
        kicks=state.custody.kicks,
        passes=state.custody.passes,
        takeovers=state.custody.takeovers,
        taken_over=state.custody.taken_over,
        takeover_wished=state.custody.takeover_wished,
        urged=state.closing.urged,
        urges_left=_urges_left(state, now),
        index=index,
        linked=state.closing.linked if eyes.sees_of(CONSUMER) else (),
        absorbed=state.closing.absorbed if eyes.sees_of(CONSUMER) else (),
        joined_into=state.closing.joined_into if eyes.sees_of(CONSUMER) else None,
    )


def _possible(
    state: Case, now: Now, viewer: Viewer
) -> tuple[Mapping[str, Act], tuple[Target, ...]]:
    """Try what the viewer could do; who only looks can do nothing."""
    try:
        by = viewer.actor
    except NotAllowed:
        return MappingProxyType({}), ()
    desks = tuple(desk.desk for desk in houses.desks())
    targets = targets_of(state, by, now, desks) if by.party != CONSUMER else ()
    acts = {**acts_of(state, by, now), "pass-ball": passing(targets)}
    return MappingProxyType(acts), targets


def _urges_left(state: Case, now: Now) -> int:
    today = sum(1 for at in state.closing.urged if local_day(at) == local_day(now.at))
    return max(0, now.rules.urges_a_day - today)


def is_free(number: str) -> bool:
    """Tell whether no case of the house in force has a number yet."""
    return case_called(number) is None
