"""Nobody is flooded: much to tell one person comes in one letter, and each of it once."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from time import monotonic

import pytest

from buckstop.clockwork import notices, sending
from buckstop.clockwork.transport import Linked
from buckstop.domain.cases.commands import NewParty
from buckstop.domain.cases.events import NoticeServed
from buckstop.domain.words.event import Channel
from buckstop.domain.words.ids import CaseId
from buckstop.domain.words.party import PartyRole
from buckstop.records.cases import gathering
from buckstop.records.cases.actions import Notice
from buckstop.records.cases.gathering import FEW, PAUSE
from buckstop.records.cases.handle import case_id_of
from buckstop.records.cases.models import NoticeRow
from buckstop.records.cases.queries import time_of
from buckstop.records.houses.actions import set_clock_ahead
from buckstop.records.log import store
from buckstop.records.log.isolation import inside
from buckstop.records.people.links import open_link
from tests.records.cases.builders import MERCHANT, Cast, a_case, house, key, sealed

# The follower holds back what running transactions might still add to.
pytestmark = pytest.mark.django_db(transaction=True)

SHOP, OTHER = "service@qingyu.example 0571-8000-1234", "desk@shiqiao.example"


class Postbox:
    """A transport that keeps what it was given, and sends nothing twice."""

    name = "postbox"
    keeps_links = False

    def __init__(self) -> None:
        """Begin empty."""
        self.letters: dict[str, tuple[Linked, ...]] = {}
        self.asked: list[str] = []

    def send(self, notice: Notice, link: str) -> bool:
        return self.send_gathered(notice.key, (Linked(notice=notice, link=link),))

    def send_gathered(self, key: str, parts: Sequence[Linked]) -> bool:
        self.asked.append(key)
        self.letters.setdefault(key, tuple(parts))
        return True

    @property
    def sizes(self) -> list[int]:
        return [len(parts) for parts in self.letters.values()]


@pytest.fixture
def cast() -> Cast:
    return house(demo=True)


def against(cast: Cast, address: str, at: datetime | None = None) -> CaseId:
    """Open a case against a shop that is reached at an address by mail alone."""
    word = key("complaint")
    case = case_id_of(cast.house, channel=Channel.WEB, key=word)
    shop = NewParty(
        party=MERCHANT,
        role=PartyRole.MERCHANT,
        name=sealed(cast, case, "青屿数码店"),
        reach=(Channel.MAIL,),
        address=sealed(cast, case, address),
    )
    return a_case(cast, word=word, respondents=(shop,), at=at)


def follow() -> None:
    """Follow the log to its end; the server's own housekeeping may hold that up for a moment."""
    give_up = monotonic() + 10
    while not notices.follow() and monotonic() < give_up:
        pass
    while notices.follow():
        pass


def served(cast: Cast, case: CaseId) -> int:
    with inside(cast.house):
        entries = store.read(store.head(case))
    return sum(isinstance(entry.event, NoticeServed) for entry in entries)


def let_pass(cast: Cast, time: timedelta) -> None:
    with inside(cast.house):
        set_clock_ahead(cast.house, time)


def test_a_few_notices_go_out_singly(cast: Cast) -> None:
    cases, box = [against(cast, SHOP) for _ in range(3)], Postbox()
    follow()
    sending.send(box)
    assert box.sizes == [1, 1, 1]
    assert [served(cast, case) for case in cases] == [1, 1, 1]


def test_much_to_tell_one_shop_comes_in_one_letter_and_counts_in_every_case(cast: Cast) -> None:
    cases, box = [against(cast, SHOP) for _ in range(FEW + 5)], Postbox()
    follow()
    assert sending.send(box).given == len(cases)
    assert box.sizes == [len(cases)]
    (parts,) = box.letters.values()
    with inside(cast.house):
        at = time_of(cast.house)
    assert {open_link(part.link, at=at).case for part in parts} == set(cases)
    assert [served(cast, case) for case in cases] == [1] * len(cases)
    assert sending.send(box).given == 0


def test_another_shop_is_not_kept_waiting(cast: Cast) -> None:
    box = Postbox()
    for _ in range(FEW + 5):
        against(cast, SHOP)
    other = against(cast, OTHER)
    follow()
    sending.send(box)
    assert sorted(box.sizes) == [1, FEW + 5]
    assert served(cast, other) == 1


def test_what_comes_within_the_hour_waits_and_comes_together(cast: Cast) -> None:
    box = Postbox()
    for _ in range(FEW + 1):
        against(cast, SHOP)
    follow()
    sending.send(box)
    later = [against(cast, SHOP.upper()) for _ in range(3)]
    follow()
    for _ in range(3):
        assert sending.send(box).given == 0
    let_pass(cast, PAUSE + timedelta(minutes=1))
    sending.send(box)
    assert box.sizes == [FEW + 1, 1, 1, 1]
    assert [served(cast, case) for case in later] == [1] * 3


def test_those_who_are_told_little_by_little_get_no_more_than_a_few_an_hour(cast: Cast) -> None:
    box = Postbox()
    for _ in range(FEW + 6):
        against(cast, SHOP)
        follow()
        sending.send(box)
    assert len(box.letters) == FEW + 1
    let_pass(cast, PAUSE + timedelta(minutes=1))
    sending.send(box)
    assert sum(box.sizes) == FEW + 6


def test_a_letter_that_was_interrupted_goes_on_as_the_same_letter(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases, box = [against(cast, SHOP) for _ in range(FEW + 5)], Postbox()
    follow()
    record, done = sending._record, 0  # noqa: SLF001 - where the worker is killed

    def dies(*given: object, **more: object) -> None:
        nonlocal done
        done += 1
        if done > 4:
            raise SystemExit
        record(*given, **more)  # type: ignore[arg-type]  # handed on as it came

    with monkeypatch.context() as patch:
        patch.setattr(sending, "_record", dies)
        with pytest.raises(SystemExit):
            sending.send(box)
    assert 0 < sum(served(cast, case) for case in cases) < len(cases)
    sending.send(box)
    assert len(set(box.asked)) == 1
    assert len(box.asked) == 2
    assert [served(cast, case) for case in cases] == [1] * len(cases)


def test_what_one_letter_cannot_carry_goes_out_in_the_next_without_waiting(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "MOST", 6)
    cases, box = [against(cast, SHOP) for _ in range(FEW + 5)], Postbox()
    follow()
    sending.send(box)
    assert box.sizes == [6, 6, 3]
    assert [served(cast, case) for case in cases] == [1] * len(cases)
    against(cast, SHOP)
    follow()
    assert sending.send(box).given == 0


def test_a_letter_that_was_not_accepted_is_told_in_every_case_and_tried_no_more(
    cast: Cast,
) -> None:
    class Deaf(Postbox):
        def send_gathered(self, key: str, parts: Sequence[Linked]) -> bool:
            super().send_gathered(key, parts)
            return False

    cases, box = [against(cast, SHOP) for _ in range(FEW + 5)], Deaf()
    follow()
    sending.send(box)
    assert box.sizes == [len(cases)]
    assert sum(served(cast, case) for case in cases) == 0
    with inside(cast.house):
        assert not NoticeRow.objects.filter(said_at=None).exists()


def test_nobody_can_read_from_a_notice_whom_it_reaches(cast: Cast) -> None:
    against(cast, SHOP), against(cast, f" {SHOP.title()}"), against(cast, OTHER)
    elsewhere = house(demo=True)
    against(elsewhere, SHOP)
    follow()
    marks = []
    for at in (cast, elsewhere):
        with inside(at.house):
            marks.append([bytes(row.person) for row in NoticeRow.objects.order_by("planned_at")])
    (one, same, other), (there,) = marks
    assert one == same
    assert len({one, other, there}) == 3
    assert b"qingyu" not in one
