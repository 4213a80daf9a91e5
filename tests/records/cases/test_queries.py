"""What a page about a case says, and to whom."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import override_settings

from buckstop.domain.cases import commands as ask
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.ids import ProofKind
from buckstop.domain.words.money import fen
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER
from buckstop.domain.words.purchase import Remedy, RemedyKind
from buckstop.records.cases import queries
from buckstop.records.cases.handle import handle
from buckstop.records.cases.queue import Filter, found, queue
from buckstop.records.evidence.actions import receive
from buckstop.records.evidence.queries import served
from buckstop.records.log.isolation import inside
from buckstop.records.people import access
from tests.records.cases.builders import COURIER, MERCHANT, Cast, a_case, house, key, said, sealed

MONDAY = datetime(2026, 11, 9, 2, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return house(demo=True)


def test_a_page_answers_who_since_when_what_by_when_and_what_if_not(cast: Cast) -> None:
    case = a_case(cast, at=MONDAY)
    with inside(cast.house):
        page = queries.case_page(case, access.consumer(cast.house, case))
    assert page.title == "手机黑屏，店家不给保修"
    assert page.turn is not None
    assert page.turn.holder.party == MERCHANT
    assert page.turn.since == MONDAY
    assert page.turn.kind is ClockKind.RESPOND
    assert page.turn.due is not None
    assert page.turn.or_else is not None
    assert page.turn.or_else.code in {"decision-due", "ball-moves"}
    assert page.acts["urge"].allowed
    assert page.acts["accept-offer"].why == "no-open-offer"


def test_a_respondent_sees_neither_the_desks_notes_nor_how_the_consumer_is_reached(
    cast: Cast,
) -> None:
    case = a_case(cast, at=MONDAY)
    with inside(cast.house):
        note = sealed(cast, case, "店家常这样")
        handle(case, ask.WriteNote(by=cast.agent_acts, key=key(), text=note))
        page = queries.case_page(case, access.party_of(cast.house, case, MERCHANT))
        desk = queries.case_page(case, cast.agent_looks)
    assert page.parties[CONSUMER].reach == ()
    assert "NoteWritten" not in {line.kind for line in page.thread}
    assert page.tally is None
    assert any(line.said.get("text") == "店家常这样" for line in desk.thread)
    assert desk.parties[CONSUMER].reach


def test_an_offer_is_between_the_two_it_concerns(cast: Cast) -> None:
    case = a_case(cast, at=MONDAY)
    offer = ask.MakeOffer(
        by=cast.merchant_acts,
        key=key(),
        remedy=Remedy(
            kind=RemedyKind.COMPENSATION, amount=fen(20_000), text=sealed(cast, case, "补偿两百")
        ),
    )
    with inside(cast.house):
        handle(case, offer, at=MONDAY + timedelta(hours=3))
        consumer = queries.case_page(case, access.consumer(cast.house, case))
        courier = queries.case_page(case, access.party_of(cast.house, case, COURIER))
    assert consumer.offers[0].remedy.text == "补偿两百"
    assert consumer.acts["accept-offer"].allowed
    assert courier.offers == ()
    assert "OfferMade" not in {line.kind for line in courier.thread}


def test_a_party_of_one_case_sees_no_other(cast: Cast) -> None:
    mine, other = a_case(cast, at=MONDAY), a_case(cast, at=MONDAY)
    with inside(cast.house), pytest.raises(NotAllowed, match="no-such-case"):
        queries.case_page(other, access.consumer(cast.house, mine))


def test_the_queue_shows_what_lapses_next_first_and_counts_each_filter(cast: Cast) -> None:
    later = a_case(cast, at=MONDAY + timedelta(days=1))
    first = a_case(cast, at=MONDAY)
    unheld = a_case(cast, at=MONDAY + timedelta(days=2), first=None)
    with inside(cast.house):
        page = queue(cast.agent_looks, Filter.ALL)
        mine = queue(cast.agent_looks)
    assert {row.case for row in page.rows} == {first, later, unheld}
    assert [row.due for row in page.rows] == sorted(row.due for row in page.rows if row.due)
    assert page.counts[Filter.ALL] == 3
    assert page.counts[Filter.OWNED_OUTSIDE] == 2
    assert [row.case for row in mine.rows] == [unheld]
    assert mine.rows[0].consumer == "林晓禾"


def test_a_party_has_no_queue(cast: Cast) -> None:
    case = a_case(cast, at=MONDAY)
    with inside(cast.house), pytest.raises(NotAllowed, match="not-yours"):
        queue(access.consumer(cast.house, case))


def test_a_case_is_found_by_its_number_in_any_case_of_letters(cast: Cast) -> None:
    case = a_case(cast, at=MONDAY)
    with inside(cast.house):
        number = queries.case_page(case, cast.agent_looks).number
        assert queries.case_numbered(f" {number.lower()} ", cast.agent_looks) == case
        with pytest.raises(NotAllowed, match="no-such-case"):
            queries.case_numbered("GD-1", cast.agent_looks)


def test_what_was_said_is_read_by_those_it_was_said_to(cast: Cast) -> None:
    case = a_case(cast, at=MONDAY)
    with inside(cast.house):
        handle(case, said(cast, case, "我没碰过水", by=cast.consumer_acts))
        page = queries.case_page(case, access.party_of(cast.house, case, MERCHANT))
    assert page.thread[-1].said == {"text": "我没碰过水"}
    assert page.thread[-1].weight == 2


def test_an_item_is_there_for_all_parties_of_its_case(cast: Cast, tmp_path: Path) -> None:
    case = a_case(cast, at=MONDAY)
    with inside(cast.house), override_settings(VAULT_DIR=tmp_path):
        got = receive(cast.house, case, CONSUMER, name="机.png", pieces=[b"\x89PNG\r\n\x1a\n...."])
        item = ask.SubmitEvidence(
            by=cast.consumer_acts,
            key=key(),
            kind=ProofKind("photo"),
            name=got.name,
            media_type=got.media_type,
            size=got.size,
            sha256=got.sha256,
            sm3=got.sm3,
        )
        handle(case, item)
        merchant = access.party_of(cast.house, case, MERCHANT)
        (line,) = queries.case_page(case, merchant).evidence
        assert line.name == "机.png"
        file = served(case, line.sha256, merchant, submitted=True)
        assert b"".join(file.pieces) == b"\x89PNG\r\n\x1a\n...."
        with pytest.raises(NotAllowed, match="no-such-file"):
            served(case, "0" * 64, merchant, submitted=True)


def test_the_queue_goes_on_where_it_stopped(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = {a_case(cast, at=MONDAY + timedelta(hours=hours)) for hours in (0, 0, 0, 24, 48)}
    monkeypatch.setattr("buckstop.records.cases.queue.PAGE", 2)
    seen, after = [], None
    with inside(cast.house):
        while True:
            page = queue(cast.agent_looks, Filter.ALL, after)
            seen += [row.case for row in page.rows]
            after = page.after
            if after is None:
                break
        assert [row.case for row in found(cast.agent_looks, page.rows[0].number)] == [
            page.rows[0].case
        ]
        with pytest.raises(NotAllowed, match="no-such-page"):
            queue(cast.agent_looks, Filter.ALL, "yesterday")
    assert len(seen) == len(cases) == 5
    assert set(seen) == cases
