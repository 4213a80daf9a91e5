"""Every question that can be asked of the tables, asked by those whom it does not concern."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, transaction
from pytest_django.fixtures import Settings

from buckstop import records
from buckstop.domain.cases.events import NoticeKind
from buckstop.domain.words.event import Channel
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER
from buckstop.domain.words.purchase import Problem
from buckstop.records.cases import sought
from buckstop.records.cases.actions import Notice, plan_notices
from buckstop.records.cases.folded import folded
from buckstop.records.cases.queue import Filter
from buckstop.records.evidence.queries import Served
from buckstop.records.houses.queries import NoRules
from buckstop.records.log import store
from buckstop.records.log.errors import NoSuchCase
from buckstop.records.log.isolation import HouseId, inside
from buckstop.records.people import access
from buckstop.records.people.access import Capacity, Viewer
from buckstop.records.people.models import PersonalText, ReadTrace
from tests.isolation.visitors import TOLD, Whole, a_whole_case, another_complaint, another_house
from tests.web.kit import SERVICE, SHOP, Fair, a_house

pytestmark = pytest.mark.django_db

type Query = Callable[..., object]

OF_NO_CASE = {
    "houses.queries.houses": "what a house is called is public",
    "houses.queries.house": "the same",
    "houses.queries.house_called": "the same",
    "houses.queries.house_of_number": "how the numbers of a house begin is public",
    "people.access.may_see": "decides, and shows nothing",
    "people.access.require_sight": "the same",
    "people.access.require": "the same",
    "cases.sight.eyes_of": "the same",
    "people.traces.leave_trace": "writes, and shows nothing",
}
"""What tells of no case or of no house in particular, and so is not asked here."""

SAY_NOTHING_OF_CASES = {
    "cases.queries.time_of": "a time",
    "cases.queries.is_free": "yes or no, within the house",
    "cases.like_cases.like_cases": "of decided cases only, and none is",
    "evidence.queries.draft": "nothing is being typed",
    "evidence.queries.drafts": "the same",
    "houses.queries.desks": "how a house is set up",
    "houses.queries.now": "the same",
    "houses.queries.rules_at": "the same",
    "houses.queries.calendar_at": "the same",
    "people.queries.colleagues": "who works at the house",
    "people.queries.names": "the same",
}


def modules() -> Iterator[str]:
    for found in pkgutil.walk_packages(records.__path__, "buckstop.records."):
        if not found.ispkg and ".migrations." not in found.name:
            yield found.name


def queries() -> dict[str, Query]:
    """Find every public function of `queries.py`, and whatever else takes a viewer."""
    found = {}
    for name in modules():
        for word, member in vars(importlib.import_module(name)).items():
            if not inspect.isfunction(member) or member.__module__ != name or word[0] == "_":
                continue
            takes = inspect.signature(member).parameters.values()
            is_asked = name.endswith(".queries") and ".operations." not in name
            if is_asked or any(p.annotation in (Viewer, "Viewer") for p in takes):
                short = f"{name}.{word}".removeprefix("buckstop.records.")
                found[short] = member
    return {name: query for name, query in found.items() if name not in OF_NO_CASE}


@pytest.fixture
def whole(settings: Settings) -> Whole:
    fair = a_house()
    settings.HOUSE = fair.slug
    whole = a_whole_case(fair)
    case = fair.case(whole.scene.number)
    with inside(fair.house):
        sought.keep(fair.house, case, folded(store.head(case)).state)
    letter = Notice(key="one", case=fair.case(whole.scene.number), party=SHOP, via=Channel.MAIL,
                    kind=NoticeKind.OUTCOME, code="decision", about=None, due=None)  # fmt: skip
    with inside(fair.house):
        plan_notices(fair.house, [letter], at=datetime.now(UTC))
    return whole


def arguments(whole: Whole) -> Mapping[str, object]:
    """Say what is given for each name of a parameter: always what leads to the case."""
    fair = whole.scene.fair
    case = fair.case(whole.scene.number)
    with inside(fair.house):
        refs = [str(ref) for ref in PersonalText.objects.values_list("ref", flat=True)]
    return {
        "house": fair.house,
        "case": case,
        "cases": [case],
        "number": whole.scene.number,
        "digest": whole.digest,
        "submitted": True,
        "scope": case,
        "party": CONSUMER,
        "form": "message",
        "refs": refs,
        "purpose": "test",
        "which": Filter.ALL,
        "at": datetime.now(UTC),
        "before": None,
        "findings": [],
        "person": None,
        "words": "林晓禾",
        "problem": Problem.MALFUNCTION,
    }


def asked(query: Query, known: Mapping[str, object], viewer: Viewer) -> object:
    """Ask; what is refused is nothing."""
    given = {
        name: viewer if name == "viewer" else known[name]
        for name, one in inspect.signature(query).parameters.items()
        if name in {"viewer", *known} or one.default is inspect.Parameter.empty
    }
    with suppress(NotAllowed, NoSuchCase):
        return query(**given)
    return None


def tells(answer: object, whole: Whole, known: Mapping[str, object]) -> list[str]:
    """Name what an answer tells of the case."""
    said = repr(answer)
    if isinstance(answer, Served):
        said += b"".join(answer.pieces).decode()
    case = str(known["case"])
    return [word for word in (*TOLD, whole.scene.number, case, whole.digest) if word in said]


def strangers(whole: Whole, there: Fair) -> Iterator[tuple[HouseId, Viewer]]:
    """Give the eyes of everybody who has no business with the case, and where they look."""
    here = whole.scene.fair
    _, number = another_complaint(here)
    other = here.case(number)
    for capacity in (Capacity.AGENT, Capacity.SUPERVISOR, Capacity.FINANCE, Capacity.ADMIN):
        yield there.house, access.person_of(there.house, there.agent, capacity, SERVICE)
    yield here.house, access.person_of(here.house, here.agent, Capacity.ADMIN, None)
    for party in (CONSUMER, SHOP):
        yield here.house, access.party_of(here.house, other, party)
        yield there.house, access.party_of(there.house, here.case(whole.scene.number), party)


def looks_elsewhere(query: Query) -> bool:
    """Tell whether a query has nothing but the house in force to keep it apart."""
    return "viewer" not in inspect.signature(query).parameters


def test_nobody_is_answered_about_a_case_that_is_not_theirs(whole: Whole) -> None:
    known, there = arguments(whole), another_house()
    for house, viewer in strangers(whole, there):
        for name, query in queries().items():
            if looks_elsewhere(query) and house != there.house:
                continue
            with inside(house):
                answer = asked(query, known, viewer)
                assert tells(answer, whole, known) == [], (name, viewer)


def test_outside_every_house_nothing_is_known(whole: Whole) -> None:
    known = arguments(whole)
    viewer = whole.scene.fair.supervisor_looks
    for name, query in queries().items():
        # Without a house a trace cannot be written, and so nothing be read.
        with suppress(NoRules, DatabaseError), transaction.atomic():
            assert tells(asked(query, known, viewer), whole, known) == [], name


def test_those_who_may_are_answered(whole: Whole) -> None:
    """See that the questions are asked so that an answer would be noticed."""
    known, house = arguments(whole), whole.scene.fair.house
    with inside(house):
        answered = {
            name
            for name, query in queries().items()
            if tells(asked(query, known, whole.scene.fair.supervisor_looks), whole, known)
        }
    missed = queries().keys() - answered - SAY_NOTHING_OF_CASES.keys()
    assert missed == set(), "give arguments that lead to the case, or say why it tells of none"


def test_a_refusal_leaves_no_trace_of_a_read(whole: Whole) -> None:
    known, there = arguments(whole), another_house()
    case, before = str(known["case"]), 0
    for house, viewer in strangers(whole, there):
        with inside(house):
            before = ReadTrace.objects.count()
            for query in queries().values():
                asked(query, known, viewer)
            new = ReadTrace.objects.order_by("id")[before:]
            assert [
                one.purpose for one in new if one.purpose != "reads" and case in one.cases
            ] == []
