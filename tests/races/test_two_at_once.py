"""Two at one case, in every order that the lock of its log allows."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from typing import Any

import pytest
from django.db import connection, transaction

from buckstop import database
from buckstop.clockwork.lapses import sweep
from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import (
    BallMoved,
    ClockLapsed,
    MessageSent,
    OfferEnded,
    OfferMade,
    PartyJoined,
    TaskOpened,
)
from buckstop.domain.cases.state.case import replay
from buckstop.domain.words.event import Channel, Entry, Sealed
from buckstop.domain.words.ids import CaseId, OfferId
from buckstop.domain.words.money import fen
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER, HOUSE, PartyRole
from buckstop.domain.words.purchase import Remedy, RemedyKind
from buckstop.records.cases import joining
from buckstop.records.cases.handle import handle, sweep_case
from buckstop.records.houses.actions import set_clock_ahead
from buckstop.records.log import store
from buckstop.records.log.isolation import inside
from buckstop.records.log.verify import verify
from tests.conftest import TEST_DATABASE
from tests.records.cases.builders import (
    BOUGHT,
    COURIER,
    MERCHANT,
    Cast,
    a_case,
    house,
    key,
    passed_to,
    said,
    sealed,
)

pytestmark = pytest.mark.usefixtures("one_database")

PATIENCE = 20.0
FULL = Remedy(kind=RemedyKind.REFUND, amount=fen(289_900))

type Outcome = tuple[Entry, ...] | str


@dataclass(frozen=True)
class Scene:
    """A case, and what the two are going to do at the same time."""

    cast: Cast
    case: CaseId
    one: Callable[[], Outcome]
    other: Callable[[], Outcome]
    loser: frozenset[str]
    """What the later of the two may be told, if it changes anything for them."""

    @property
    def log(self) -> tuple[Entry, ...]:
        with inside(self.cast.house):
            return store.read(store.head(self.case))


def asking(cast: Cast, case: CaseId, command: ask.Command) -> Callable[[], Outcome]:
    """Ask as a door does, in one transaction; a no is given by its code."""

    def asks() -> Outcome:
        with inside(cast.house):
            try:
                return handle(case, command)
            except NotAllowed as no:
                return no.code

    return asks


def agent_and_worker() -> Scene:
    """Let the agent write while the merchant's time has run out."""
    cast = house(demo=True)
    case = a_case(cast)
    with inside(cast.house):
        set_clock_ahead(cast.house, timedelta(days=5))
    words = said(cast, case, "?", by=cast.agent_acts)

    def sweeps() -> Outcome:
        with inside(cast.house):
            sweep_case(case)
        return ()

    return Scene(cast, case, asking(cast, case, words), sweeps, frozenset())


def agent_and_agent() -> Scene:
    """Let two agents pass the ball, each to somebody else."""
    cast = house()
    name, number = _sealed(cast, "快到物流"), _sealed(cast, "13900002222")
    newcomer = ask.NewParty(
        party=COURIER,
        role=PartyRole.COURIER,
        name=name,
        reach=(Channel.PHONE,),
        address=number,
    )
    case = a_case(cast, first=None)
    with inside(cast.house):
        joins = ask.JoinParty(by=cast.agent_acts, key=key("join"), party=newcomer)
        handle(case, joins)
        handle(case, ask.TakeUp(by=cast.agent_acts, key=key("up"), person=cast.agent))
    one, other = (
        asking(cast, case, passed_to(cast, case, party, by=cast.agent_acts))
        for party in (MERCHANT, COURIER)
    )
    return Scene(cast, case, one, other, frozenset({"not-holder"}))


def consumer_and_respondent() -> Scene:
    """Let the consumer accept an offer while the merchant takes it back."""
    cast = house()
    case = a_case(cast)
    offer = OfferId("offer-1")
    with inside(cast.house):
        handle(case, ask.MakeOffer(by=cast.merchant_acts, key=key("offer"), remedy=FULL))
    accept = ask.AcceptOffer(by=cast.consumer_acts, key=key("accept"), offer=offer)
    takes_back = ask.WithdrawOffer(by=cast.merchant_acts, key=key("back"), offer=offer)
    one, other = asking(cast, case, accept), asking(cast, case, takes_back)
    return Scene(cast, case, one, other, frozenset({"no-open-offer"}))


def consumer_and_respondent_talking() -> Scene:
    """Let both sides write."""
    cast = house()
    case = a_case(cast)
    one, other = (
        asking(cast, case, said(cast, case, "?", by=by))
        for by in (cast.consumer_acts, cast.merchant_acts)
    )
    return Scene(cast, case, one, other, frozenset())


SCENES = (
    agent_and_worker,
    agent_and_agent,
    consumer_and_respondent,
    consumer_and_respondent_talking,
)


def _sealed(cast: Cast, text: str) -> Sealed:
    return sealed(cast, a_case(cast), text)


@contextmanager
def hands(many: int = 1) -> Iterator[Callable[[Callable[[], Any]], Future[Any]]]:
    """Give hands with connections of their own."""

    def alone(act: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever it gives
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(many) as pool:
        yield lambda act: pool.submit(alone, act)


def waits_or_ends(done: Future[Any], *, waiting: int = 1) -> bool:
    """Wait until so many stand at a lock, or until somebody is done; tell whether they stand."""
    give_up = monotonic() + PATIENCE
    with database.connect("app", TEST_DATABASE) as looks:
        while monotonic() < give_up and not done.done():
            (count,) = looks.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND wait_event_type = 'Lock'"
            ).fetchone() or (0,)
            if count == waiting:
                return True
    return False


def is_sound(scene: Scene) -> None:
    """Check that the log verifies, and that nothing lapsed twice."""
    with inside(scene.cast.house):
        assert not verify(scene.case)
    clocks = [e.event.clock for e in scene.log if isinstance(e.event, ClockLapsed)]
    assert len(clocks) == len(set(clocks))


def all_is_there(scene: Scene, *outcomes: Outcome) -> None:
    """No lost word: what anybody was told had happened stands in the log, once."""
    log = scene.log
    for outcome in outcomes:
        if isinstance(outcome, str):
            assert outcome in scene.loser
        else:
            assert all(log.count(entry) == 1 for entry in outcome)


@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize("scene_of", SCENES)
def test_who_comes_while_another_is_at_the_case_decides_on_what_the_other_did(
    scene_of: Callable[[], Scene], *, swapped: bool
) -> None:
    scene = scene_of()
    first, second = (scene.other, scene.one) if swapped else (scene.one, scene.other)
    before = len(scene.log)

    with hands() as hand:
        with inside(scene.cast.house):
            mine = first()
            theirs = hand(second)
            waited = waits_or_ends(theirs)
        late = theirs.result(PATIENCE)
    sweep()

    # Only a worker does not wait: it leaves the case to whoever is at it.
    assert waited is (second is not scene.other or scene_of is not agent_and_worker)
    all_is_there(scene, mine, late)
    assert not isinstance(mine, str)
    if scene.loser:
        assert late in scene.loser
    assert len(scene.log) > before
    is_sound(scene)
    if scene_of is agent_and_worker:
        kinds = [type(e.event) for e in scene.log]
        assert kinds.count(ClockLapsed) >= 1
        assert kinds.count(MessageSent) == 1


@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize("scene_of", SCENES)
def test_who_waits_for_one_who_dies_finds_the_case_as_it_was(
    scene_of: Callable[[], Scene], *, swapped: bool
) -> None:
    scene = scene_of()
    first, second = (scene.other, scene.one) if swapped else (scene.one, scene.other)
    before = scene.log

    with hands() as hand:
        with inside(scene.cast.house):
            first()
            theirs = hand(second)
            waits_or_ends(theirs)
            transaction.set_rollback(True)
        late = theirs.result(PATIENCE)

    assert not isinstance(late, str), "the dead one's act came between"
    all_is_there(scene, late)
    assert scene.log[: len(before)] == before
    is_sound(scene)


@pytest.mark.parametrize("scene_of", SCENES)
def test_three_who_wait_for_a_case_all_get_their_turn(scene_of: Callable[[], Scene]) -> None:
    scene = scene_of()
    words = [
        asking(scene.cast, scene.case, said(scene.cast, scene.case, "?", by=by))
        for by in (scene.cast.consumer_acts, scene.cast.merchant_acts)
    ]

    with hands(3) as hand:
        with inside(scene.cast.house):
            mine = scene.one()
            theirs = [hand(act) for act in (*words, scene.other)]
            waits_or_ends(theirs[-1], waiting=3)
        late = [one.result(PATIENCE) for one in theirs]
    sweep()

    all_is_there(scene, mine, *late)
    written = [e for e in scene.log if isinstance(e.event, MessageSent)]
    assert {e.by.party for e in written} >= {CONSUMER, MERCHANT}
    is_sound(scene)


def test_two_who_answer_at_once_are_both_heard_and_the_ball_moves_once() -> None:
    scene = agent_and_agent()

    with hands(2) as hand:
        outcomes = [hand(act) for act in (scene.one, scene.other)]
        done = [one.result(PATIENCE) for one in outcomes]

    assert sorted(isinstance(one, str) for one in done) == [False, True]
    moved = [e.event for e in scene.log if isinstance(e.event, BallMoved)]
    assert moved[-1].to.party in {MERCHANT, COURIER}
    assert sum(move.to.party != HOUSE for move in moved) == 1
    assert sum(isinstance(e.event, TaskOpened) for e in scene.log) == 1
    assert sum(isinstance(e.event, PartyJoined) for e in scene.log) == 3


def test_an_offer_accepted_and_taken_back_at_once_ends_in_one_of_both_ways() -> None:
    scene = consumer_and_respondent()

    with hands(2) as hand:
        outcomes = [hand(act) for act in (scene.one, scene.other)]
        done = [one.result(PATIENCE) for one in outcomes]

    assert sorted(isinstance(one, str) for one in done) == [False, True]
    ended = [e.event.end for e in scene.log if isinstance(e.event, OfferEnded)]
    owed = replay(scene.log).remedies.open
    assert (ended, len(owed)) in ((["accepted"], 1), (["withdrawn"], 0))
    assert sum(isinstance(e.event, OfferMade) for e in scene.log) == 1


@pytest.mark.parametrize("swapped", [False, True])
def test_two_who_link_two_cases_to_each_other_do_not_wait_for_ever(*, swapped: bool) -> None:
    cast = house()
    one, other = sorted((a_case(cast), a_case(cast)), reverse=swapped)

    def links() -> str:
        try:
            with inside(cast.house):
                joining.link(other, one, cast.supervisor_acts)
        except NotAllowed as no:
            return no.code
        return ""

    with hands() as hand:
        with inside(cast.house):
            store.lock(min(one, other))  # where each of them begins
            theirs = hand(links)
            waits_or_ends(theirs)
            joining.link(one, other, cast.agent_acts)
        told = theirs.result(PATIENCE)

    assert told in {"", "linked-already", "key-used-before"}
    with inside(cast.house):
        linked = {
            case: replay(store.read(store.head(case))).closing.linked for case in (one, other)
        }
    assert linked == {one: (other,), other: (one,)}


@pytest.mark.parametrize("swapped", [False, True])
def test_one_who_joins_two_cases_and_one_who_links_them_do_not_wait_for_ever(
    *, swapped: bool
) -> None:
    cast = house()
    first, later = (a_case(cast, bought=BOUGHT, first=None) for _ in range(2))

    def links() -> None:
        one, other = (later, first) if swapped else (first, later)
        with inside(cast.house):
            joining.link(one, other, cast.supervisor_acts)

    with hands() as hand:
        with inside(cast.house):
            store.lock(min(first, later))
            theirs = hand(links)
            waits_or_ends(theirs)
            joining.join(cast.house, first, later, cast.agent_acts)
        theirs.result(PATIENCE)

    with inside(cast.house):
        ours, gone = (replay(store.read(store.head(case))) for case in (first, later))
    assert (ours.closing.absorbed, ours.closing.linked) == ((later,), (later,))
    assert (gone.closing.joined_into, gone.closing.linked) == (first, (first,))
