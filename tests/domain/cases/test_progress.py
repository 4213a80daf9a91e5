"""Progress: what makes a pass legitimate, and what does not."""

import pytest

from buckstop.domain.buck_passing.from_case import trail_of
from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import (
    FactStood,
    NoticeKind,
    OfferMade,
    PromiseKind,
    Ruling,
    Side,
)
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Channel
from buckstop.domain.words.ids import FactKey, RowId
from buckstop.domain.words.money import Fen
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER
from buckstop.domain.words.purchase import Remedy, RemedyKind
from buckstop.domain.words.reconcile import Precision
from buckstop.domain.words.standing import Standing
from tests.domain.cases.cast import (
    AGENT,
    AT_MERCHANT,
    COMPLETE,
    COURIER,
    HALF,
    MERCHANT,
    MISSING,
    OTHER_AGENT,
    PACKING,
    SU,
    WANTED,
    WORDS,
    Table,
    given,
    given_at_desk,
    given_owed,
    given_taken_over,
    of,
)


def progress_after(table: Table, seq: int) -> bool:
    """Tell whether there was progress since the log stood at `seq`."""
    last = table.case.custody.last_progress
    return last is not None and last > seq


@pytest.mark.parametrize("standing", [Standing.PROVEN, Standing.DISPROVED])
def test_progress_is_a_fact_that_changes_standing(standing: Standing) -> None:
    table = given_at_desk()
    proof = table.shows(AGENT, PACKING)
    seq = len(table.log)

    table.does(AGENT, ask.StateFact, fact=MISSING, standing=standing, evidence=(proof,))

    assert progress_after(table, seq)


def test_progress_is_no_return_of_a_fact_to_a_standing_that_it_had_before() -> None:
    table = given_at_desk()
    proof = table.shows(AGENT, PACKING)
    progress = []
    for standing in (Standing.PROVEN, Standing.DISPROVED, Standing.PROVEN, Standing.DISPROVED):
        seq = len(table.log)
        table.does(AGENT, ask.StateFact, fact=MISSING, standing=standing, evidence=(proof,))
        progress.append(progress_after(table, seq))

    assert progress == [True, True, False, False]
    assert len(trail_of(table.log, table.at).progress) == 2


def test_progress_is_not_alleging() -> None:
    table = given()
    seq = len(table.log)

    table.does(SU, ask.StateFact, fact=FactKey("malfunction"), standing=Standing.ALLEGED)

    assert not progress_after(table, seq)


def test_progress_is_proof_of_a_listed_kind_that_is_accepted() -> None:
    table = given_at_desk()
    proof = table.shows(AT_MERCHANT, PACKING)
    seq = len(table.log)

    table.does(AGENT, ask.AcceptProof, evidence=proof, fact=COMPLETE, kind=PACKING)

    assert progress_after(table, seq)


def test_progress_is_a_valid_request_that_is_answered() -> None:
    table = given_at_desk()
    table.does(AGENT, ask.AskProof, fact=COMPLETE, of=MERCHANT)
    proof = table.shows(AT_MERCHANT, PACKING)
    seq = len(table.log)

    table.does(AT_MERCHANT, ask.AnswerRequest, request="request-1", evidence=(proof,))

    assert progress_after(table, seq)


def test_progress_is_an_offer_better_than_the_last_from_that_side_and_no_other() -> None:
    table = given()
    better = Remedy(kind=RemedyKind.REFUND, amount=Fen(100_000))

    assert of(table.does(AT_MERCHANT, ask.MakeOffer, remedy=HALF), OfferMade).better
    assert not of(table.does(AT_MERCHANT, ask.MakeOffer, remedy=HALF), OfferMade).better
    assert of(table.does(AT_MERCHANT, ask.MakeOffer, remedy=better), OfferMade).better
    assert not of(table.does(AT_MERCHANT, ask.MakeOffer, remedy=HALF), OfferMade).better


def test_progress_is_a_decision() -> None:
    table = given_taken_over()
    table.does(AGENT, ask.FreezeRecord)
    seq = len(table.log)

    table.does(
        AGENT,
        ask.ProposeDecision,
        ruling=Ruling.AGAINST_CONSUMER,
        debtor=None,
        remedy=None,
        findings=(RowId("EVD-91"),),
        facts=(),
        reasons=WORDS,
    )
    table.does(OTHER_AGENT, ask.SignDecision, decision="decision-1")

    assert progress_after(table, seq)


def test_progress_is_a_fulfilment_step_with_proof() -> None:
    table = given_owed()
    proof = table.shows(AT_MERCHANT, PACKING)
    seq = len(table.log)

    table.does(AT_MERCHANT, ask.ProveFulfilment, remedy="remedy-1", evidence=proof, complete=False)

    assert progress_after(table, seq)


def test_progress_is_none_of_notes_contacts_promises_pauses_urging_or_unsupported_refusals() -> (
    None
):
    table = given()
    table.does(AGENT, ask.AskProof, fact=FactKey("freight-paid"), of=CONSUMER, why=WORDS)
    seq = len(table.log)

    table.does(AGENT, ask.WriteNote, text=WORDS)
    table.does(
        SU,
        ask.LogContact,
        side=Side.CONSUMER,
        medium=Channel.PHONE,
        direction="out",
        at=table.at,
        precision=Precision.EXACT,
    )
    table.does(AGENT, ask.Promise, kind=PromiseKind.CALL_BACK, text=WORDS)
    table.does(SU, ask.Urge)
    table.does(AT_MERCHANT, ask.Refuse, ground="complete")
    table.served(MERCHANT, kind=NoticeKind.REMINDER)

    assert not progress_after(table, seq)
    assert table.case.claim.demand == WANTED


def test_progress_is_no_fact_that_is_found_again_as_it_stands() -> None:
    table = given_at_desk()
    proof = table.shows(AGENT, PACKING)
    found = {"fact": MISSING, "standing": Standing.PROVEN, "evidence": (proof,)}
    table.does(AGENT, ask.StateFact, value="yes", **found)
    seq = len(table.log)

    table.does(AGENT, ask.StateFact, value="no", **found)
    table.does(AGENT, ask.StateFact, value="yes", **found)

    assert not progress_after(table, seq)
    assert not [p for p in trail_of(table.log, table.at).progress if p.seq > seq]


def test_progress_is_no_step_shown_twice_by_the_same_item() -> None:
    table = given_owed()
    proof = table.shows(AT_MERCHANT, PACKING)
    step = {"remedy": "remedy-1", "evidence": proof}
    table.does(AT_MERCHANT, ask.ProveFulfilment, complete=False, **step)

    with pytest.raises(NotAllowed, match="shown-already"):
        table.does(AT_MERCHANT, ask.ProveFulfilment, complete=False, **step)


def test_progress_is_none_of_not_being_reached_and_two_parties_do_not_toggle_it() -> None:
    table = given_at_desk()
    seq = len(table.log)
    for party in (MERCHANT, COURIER, MERCHANT):
        table.does(AGENT, ask.AssignTask, debtor=party, expected="respond", sentence=WORDS)
        table.until_due(ClockKind.RESPOND)

    facts = [e.event for e in table.log[seq:] if isinstance(e.event, FactStood)]

    assert [f.value for f in facts] == [MERCHANT, COURIER]
    assert not progress_after(table, seq)
    assert table.case.parties.members[COURIER].contact_fails


def test_K8_a_party_that_acts_again_can_be_reached_again() -> None:
    table = given()
    table.until_due(ClockKind.RESPOND)

    table.says(AT_MERCHANT)

    assert not table.case.parties.members[MERCHANT].contact_fails
