"""What is asked of the cases, always with a viewer and with the viewer's house in force."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from buckstop.domain.buck_passing.from_case import trail_of
from buckstop.domain.buck_passing.index import score
from buckstop.domain.cases.events import DecisionProposed
from buckstop.domain.cases.now import Now
from buckstop.domain.cases.state.case import Case
from buckstop.domain.cases.state.decisions import Stage
from buckstop.domain.words.calendar import CHINA, local_day
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Entry, frozen
from buckstop.domain.words.ids import CaseId, DeskId, PartyId, PersonId
from buckstop.domain.words.money import Fen
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER, HOUSE, Holder
from buckstop.domain.words.purchase import Problem
from buckstop.records.cases import showing, telling
from buckstop.records.cases.acts import acts_of, passing, targets_of
from buckstop.records.cases.folded import folded
from buckstop.records.cases.models import FAR, CaseRow, PartyRow
from buckstop.records.cases.page import Act, CasePage, Target
from buckstop.records.cases.showing import Shown
from buckstop.records.cases.sight import BETWEEN_TWO, eyes_of, texts_in
from buckstop.records.cases.turns import clock_line, holds_of, task_line, turn_of
from buckstop.records.houses import queries as houses
from buckstop.records.log import store
from buckstop.records.log.isolation import HouseId
from buckstop.records.people.access import (
    DESK_PEOPLE,
    Viewer,
    require,
    require_sight,
)
from buckstop.records.people.cleaning import shown
from buckstop.records.people.vault import reveal

PAGE = 50
MOST_COUNTED = 100
"""A filter with as many cases or more says so, and is not counted to the end."""


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
    return CaseRow.objects.values_list("number", flat=True).get(case=case)


def case_called(number: str) -> CaseId | None:
    """Find a case of the house in force for its operator, who is shown nothing of it."""
    found = CaseRow.objects.filter(number=number.strip().upper()).values_list("case", flat=True)
    return CaseId(str(found[0])) if found else None


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
    return not CaseRow.objects.filter(number=number).exists()


class Filter(StrEnum):
    """The parts of the queue that everybody at the desk has."""

    MINE = "mine"
    OWNED_OUTSIDE = "owned-outside"
    DUE_TODAY = "due-today"
    URGED = "urged"
    KICKED = "kicked"
    BROKEN = "broken"
    TO_CONFIRM = "to-confirm"
    TO_DECIDE = "to-decide"
    WISHED = "wished"
    TO_SIGN = "to-sign"
    UNHELD = "unheld"
    ALL = "all"


@frozen
class QueueRow:
    """One line of the queue; `due` is the case's next lapse."""

    case: CaseId
    number: str
    title: str
    consumer: str
    problem: Problem
    price: Fen | None
    open: bool
    holder: Holder
    holder_name: str | None
    owner: PersonId
    since: datetime
    expected: str
    due: datetime | None
    due_kind: ClockKind | None
    kicks: int
    broken: int
    urged: int
    lapses: int
    taken_over: bool
    takeover_wished: bool
    decision_proposed: bool


@frozen
class QueuePage:
    """One page of the queue; `after` asks for the next one, if there is one.

    `counts` stop at `MOST_COUNTED`.
    """

    at: datetime
    filter: Filter
    rows: tuple[QueueRow, ...]
    after: str | None
    counts: Mapping[Filter, int]


def queue(
    viewer: Viewer,
    which: Filter = Filter.MINE,
    after: str | None = None,
    problem: Problem | None = None,
) -> QueuePage:
    """Return open cases, the next to lapse first, and how many each filter has."""
    require(viewer, *DESK_PEOPLE)
    at = time_of(viewer.house)
    rows = _filtered(which, viewer, at)
    if problem is not None:
        rows = rows.filter(problem=problem)
    if after is not None:
        due, case = _cursor(after)
        # The first condition says nothing new, but lets the index be entered at the right place.
        rows = rows.filter(Q(due__gte=due), Q(due__gt=due) | Q(case__gt=case))
    found = list(rows.order_by("due", "case")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return QueuePage(
        at=at,
        filter=which,
        rows=_rows(found[:PAGE], viewer, "queue"),
        after=f"{last.due.isoformat()}~{last.case}" if last else None,
        counts=MappingProxyType({one: _count(_filtered(one, viewer, at)) for one in Filter}),
    )


def latest(viewer: Viewer, most: int = PAGE) -> tuple[QueueRow, ...]:
    """Return the cases that changed last, open or closed."""
    require(viewer, *DESK_PEOPLE)
    return _rows(list(CaseRow.objects.order_by("-last_at")[:most]), viewer, "latest")


def found(viewer: Viewer, number: str) -> tuple[QueueRow, ...]:
    """Search cases by the beginning of their number."""
    require(viewer, *DESK_PEOPLE)
    first = number.strip().upper()
    # A range, since under row security a pattern would not use the index.
    rows = CaseRow.objects.filter(
        house=viewer.house, number__gte=first, number__lt=first + "\U0010ffff"
    )
    return _rows(list(rows.order_by("number")[:PAGE]), viewer, "search")


def _filtered(which: Filter, viewer: Viewer, at: datetime) -> QuerySet[CaseRow]:
    """Narrow the open cases of the house, each time along an index."""
    rows = CaseRow.objects.filter(house=viewer.house, open=True)
    me, desk = viewer.person or "", viewer.desk or ""
    held = Q(holder_party=HOUSE)
    midnight = datetime.combine(local_day(at) + timedelta(days=1), time(), CHINA)
    match which:
        case Filter.MINE:
            mine = Q(holder_person=me) | Q(holder_person="", holder_desk=desk)
            return rows.filter(held & mine)
        case Filter.OWNED_OUTSIDE:
            return rows.filter(owner=me).exclude(held)
        case Filter.DUE_TODAY:
            return rows.filter(due__lt=midnight)
        case Filter.URGED:
            return rows.filter(urged__gt=0)
        case Filter.KICKED:
            return rows.filter(kicks__gte=2)
        case Filter.BROKEN:
            return rows.filter(broken__gt=0)
        case Filter.TO_CONFIRM:
            return rows.filter(expected="confirm")
        case Filter.TO_DECIDE:
            return rows.filter(held, expected="decide")
        case Filter.WISHED:
            return rows.filter(takeover_wished=True)
        case Filter.TO_SIGN:
            return rows.filter(decision_proposed=True)
        case Filter.UNHELD:
            return rows.filter(held, holder_person="")
        case Filter.ALL:
            return rows


def _count(rows: QuerySet[CaseRow]) -> int:
    return len(rows.values_list("case", flat=True)[:MOST_COUNTED])


def _cursor(after: str) -> tuple[datetime, str]:
    due, _, case = after.partition("~")
    try:
        return datetime.fromisoformat(due).astimezone(UTC), str(UUID(case))
    except (ValueError, OverflowError) as error:
        raise NotAllowed("no-such-page") from error


def _rows(rows: Sequence[CaseRow], viewer: Viewer, purpose: str) -> tuple[QueueRow, ...]:
    """Read the titles and names of a page of rows at once, leaving one trace."""
    names = {
        (row.case, row.party): row.name
        for row in PartyRow.objects.filter(case__in=[row.case for row in rows])
    }
    wanted = {row.title for row in rows}
    wanted |= {
        names[key]
        for row in rows
        for key in ((row.case, CONSUMER), (row.case, row.holder_party))
        if key in names
    }
    said = {ref: shown(text) for ref, text in reveal(wanted, viewer, purpose).items()}

    def name(row: CaseRow, party: str) -> str | None:
        return said.get(names.get((row.case, PartyId(party)), ""))

    return tuple(
        QueueRow(
            case=CaseId(str(row.case)),
            number=row.number,
            title=said.get(row.title, ""),
            consumer=name(row, CONSUMER) or "",
            problem=Problem(row.problem),
            price=None if row.price_fen is None else Fen(row.price_fen),
            open=row.open,
            holder=Holder(
                party=PartyId(row.holder_party),
                desk=DeskId(row.holder_desk) if row.holder_desk else None,
                person=PersonId(row.holder_person) if row.holder_person else None,
            ),
            holder_name=name(row, row.holder_party),
            owner=PersonId(row.owner),
            since=row.since or row.opened_at,
            expected=row.expected,
            due=None if row.due == FAR else row.due,
            due_kind=ClockKind(row.due_kind) if row.due_kind else None,
            kicks=row.kicks,
            broken=row.broken,
            urged=row.urged,
            lapses=row.lapses,
            taken_over=row.taken_over,
            takeover_wished=row.takeover_wished,
            decision_proposed=row.decision_proposed,
        )
        for row in rows
    )
