"""What the domain page says of each story."""

import pytest

from buckstop.domain.buck_passing.holds import holds_of
from buckstop.domain.cases.commands import RetractAcknowledgement
from buckstop.domain.cases.events import (
    CaseClosed,
    FactStood,
    Outcome,
    PromiseBroken,
    PromiseMade,
    RequestRejected,
    Ruling,
)
from buckstop.domain.cases.state.promises import Word
from buckstop.domain.words.ids import FactKey, PromiseId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER, HOUSE, Role
from buckstop.domain.words.standing import Standing
from stories.house import GUO
from stories.scene import Scene
from stories.sums import index_of, sums
from stories.telling import offers_below
from tests.stories.given import told


def nodes(scene: Scene) -> tuple[str, ...]:
    """Name where the ball stayed, one stay after the other."""
    stays = [hold.holder.node for hold in holds_of(scene.entries, index_of(scene))]
    return tuple(b for a, b in zip(["", *stays], stays, strict=False) if a != b)


def test_ball_game_has_two_kicks_and_an_idle_pass_before_the_house_takes_over() -> None:
    (scene,) = told("ball-game")
    said = sums(scene)
    assert (said["passes"], said["kicks"], said["idle_passes"]) == (4, 2, 1)
    assert said["takeovers"] == 1
    assert (said["index"], said["index_core"]) == (36, 33)
    assert said["outcome"] == Outcome.FULFILLED


def test_phone_warranty_goes_the_way_of_its_picture() -> None:
    (scene,) = told("phone-warranty")
    service, merchant, centre = "house/service", "merchant", "warranty-centre"
    assert nodes(scene) == (
        *(service, merchant, centre, merchant, centre, service),  # two kicks, then the takeover
        *(merchant, service, merchant, CONSUMER),  # asked for proof, decided, repaired
    )


def test_phone_warranty_stands_at_the_merchant_who_must_prove() -> None:
    (scene,) = told("phone-warranty", until=13)
    said = sums(scene)
    assert said["holder"] == "merchant"
    assert scene.case.custody.expected == "prove"
    assert (said["kicks"], said["takeovers"], said["index"]) == (2, 1, 53)
    assert said["contacts"] == {"consumer": 14, "desk": 11, "matched": 10, "claimed": None}


def test_phone_warranty_presumes_and_a_second_person_signs() -> None:
    (scene,) = told("phone-warranty")
    case = scene.case
    damage = case.facts.every[FactKey("human-damage")]
    decision = case.decisions.pronounced
    assert (damage.standing, damage.value) == (Standing.PRESUMED, "no")
    assert decision is not None
    assert decision.second not in {None, decision.written.by}
    assert [r.ground for r in case.refusals.unsupported] == ["human-damage", "human-damage"]
    assert len(offers_below(scene)) == 1


def test_fuel_card_as_it_went_was_kicked_twelve_times_and_is_still_open() -> None:
    before, _ = told("fuel-card")
    said = sums(before)
    assert (said["kicks"], said["idle_passes"], said["reasks"]) == (12, 3, 2)
    assert (said["open"], said["passes"], said["takeovers"], said["index"]) == (True, 16, 0, 80)
    assert index_of(before).points == 15.75
    assert said["acknowledgements_retracted"] == 1


def test_fuel_card_as_it_went_has_each_stay_of_its_picture() -> None:
    before, _ = told("fuel-card")
    front, dispute, merchants = "house/front", "house/dispute", "house/merchants"
    assert nodes(before) == (
        *(front, "merchant", "issuer", "merchant", front, dispute, CONSUMER, dispute),
        *("issuer", dispute, front, "merchant", front, CONSUMER, front, dispute),
        *(merchants, dispute, front, "issuer", front),
    )


def test_fuel_card_as_it_went_matches_the_calls_and_expands_no_claim() -> None:
    before, _ = told("fuel-card")
    claimed = {"consumer": 46, "desk": 30, "matched": 27, "claimed": 100}
    assert sums(before)["contacts"] == claimed
    assert any(contact.reconstructed for contact in before.case.contacts.every)


def test_fuel_card_here_turns_the_demand_to_who_keeps_the_record() -> None:
    _, here = told("fuel-card")
    rejected = [e.event for e in here.entries if isinstance(e.event, RequestRejected)]
    stood = [e.event for e in here.entries if isinstance(e.event, FactStood)]
    assert [(r.of, r.redirected_to) for r in rejected] == [(CONSUMER, ("issuer", "custodian"))]
    presumed = [(f.fact, f.value) for f in stood if f.standing is Standing.PRESUMED]
    assert presumed == [("used-amount", "0")]


def test_fuel_card_here_escalates_the_broken_call_back_and_it_is_then_kept() -> None:
    _, here = told("fuel-card")
    broken = [e.event for e in here.entries if isinstance(e.event, PromiseBroken)]
    made = [e for e in here.entries if isinstance(e.event, PromiseMade)]
    by_supervisor = [e for e in made if e.by.role is Role.CLOCKWORK]
    assert [b.node for b in broken] == ["house/service"]
    assert len(by_supervisor) == 1
    assert here.case.promises.count(Word.KEPT) == 1


def test_fuel_card_here_holds_the_house_to_what_it_acknowledged() -> None:
    _, here = told("fuel-card")
    with pytest.raises(NotAllowed, match="supervisor-only"):
        here.desk(
            GUO,
            RetractAcknowledgement,
            promise=PromiseId("promise-1"),
            reason=here.text("弄错了"),
        )


def test_fuel_card_here_pays_the_whole_principal_and_shows_that_half_is_too_little() -> None:
    _, here = told("fuel-card")
    (owed,) = here.case.remedies.every.values()
    assert (owed.by, owed.what.amount) == (HOUSE, 300_000)
    assert len(offers_below(here)) == 1
    assert sums(here)["outcome"] == Outcome.FULFILLED
    assert sums(here)["index_core"] == 0


def test_refund_not_received_takes_nobody_of_the_house_a_minute() -> None:
    (scene,) = told("refund-not-received")
    people = {Role.AGENT, Role.SUPERVISOR}
    assert not [entry for entry in scene.entries if entry.by.role in people]
    assert sums(scene)["outcome"] == Outcome.FULFILLED


def test_gave_up_is_counted_as_given_up_after_two_lapses() -> None:
    (scene,) = told("gave-up", until=8)
    said = sums(scene)
    assert (said["open"], said["lapses"]) == (False, 2)
    assert (said["outcome"], said["given_up"]) == (Outcome.WITHDRAWN_TIRED, True)


def test_gave_up_is_taken_back_with_one_tap_and_goes_on() -> None:
    (scene,) = told("gave-up")
    closed = [e.event for e in scene.entries if isinstance(e.event, CaseClosed)]
    assert scene.case.open
    assert scene.case.facts.every[FactKey("shipped")].standing is Standing.PRESUMED
    assert [c.given_up for c in closed] == [True]


def test_bad_faith_is_decided_by_a_person_for_the_merchant() -> None:
    (scene,) = told("bad-faith")
    decision = scene.case.decisions.pronounced
    assert decision is not None
    assert decision.written.ruling is Ruling.AGAINST_CONSUMER
    assert decision.written.facts == ("made-up",)
    assert [r.supported for r in scene.case.refusals.every] == [True]
    assert sums(scene)["index_parties"] == {}
