"""What holds of every answer, whatever the matter."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from buckstop.domain.law.answer import Confidence
from buckstop.domain.law.assess import assess
from buckstop.domain.law.assessment import Assessment, Burden, Entitlement, Finding, Ground
from buckstop.domain.law.facts import FACTS, Fact, ValueKind
from buckstop.domain.law.lookup import cite
from buckstop.domain.law.proofs import PROOFS
from buckstop.domain.law.question import Matter
from buckstop.domain.words.ids import FactKey
from buckstop.domain.words.money import Fen
from buckstop.domain.words.party import PartyRole
from buckstop.domain.words.purchase import Goods, Problem, Purchase
from buckstop.domain.words.standing import Standing

days = st.dates(date(2012, 1, 1), date(2027, 6, 30))
VALUES = {
    ValueKind.YES_NO: st.sampled_from([None, "yes", "no"]),
    ValueKind.DAY: days.map(date.isoformat),
    ValueKind.FEN: st.integers(0, 2_000_000).map(str),
    ValueKind.COUNT: st.integers(0, 60).map(str),
}
purchases = st.builds(
    Purchase,
    goods=st.sampled_from(Goods),
    price=st.none() | st.integers(0, 10_000_000).map(Fen),
    ordered_on=st.none() | days,
    received_on=st.none() | days,
    discovered_on=st.none() | days,
    self_operated=st.none() | st.booleans(),
)
matters = st.builds(
    Matter,
    problem=st.sampled_from(Problem),
    purchase=purchases,
    parties=st.frozensets(st.sampled_from(PartyRole)),
    online=st.booleans(),
)


@st.composite
def some_facts(draw: st.DrawFn) -> dict[FactKey, Fact]:
    keys = draw(st.sets(st.sampled_from(sorted(FACTS)), max_size=12))
    return {
        key: Fact(draw(st.sampled_from(Standing)), draw(VALUES[FACTS[key].value]))
        for key in sorted(keys)
    }


def all_lines(found: Assessment) -> list[Finding | Entitlement | Burden | Ground]:
    return [*found.findings, *found.entitlements, *found.burdens, *found.grounds]


@given(matter=matters, facts=some_facts(), on=days)
def test_every_answer_rests_on_rows_in_force_that_are_sure_enough(
    matter: Matter, facts: dict[FactKey, Fact], on: date
) -> None:
    bought = matter.purchase.ordered_on or matter.purchase.received_on or on

    found = assess(matter, facts, on)

    lines = all_lines(found)
    assert all(line.rows for line in lines)
    assert all(line.confidence is not Confidence.C for line in lines)
    for citation in {cite(row) for line in lines for row in line.rows}:
        assert citation.in_force_from <= (on if citation.procedural else bought)


@given(matter=matters, facts=some_facts(), on=days)
def test_every_answer_names_somebody_and_asks_only_for_listed_proof(
    matter: Matter, facts: dict[FactKey, Fact], on: date
) -> None:
    found = assess(matter, facts, on)

    assert found.responsible
    assert found.findings
    for burden in found.burdens:
        assert burden.proofs
        assert set(burden.proofs) <= PROOFS
        assert burden.bearer is PartyRole.CONSUMER or burden.counter is None or burden.presumption
    for ground in found.grounds:
        assert ground.needs
        assert set(ground.needs) <= PROOFS


@given(matter=matters, facts=some_facts(), on=days)
def test_no_refund_is_more_than_was_paid(
    matter: Matter, facts: dict[FactKey, Fact], on: date
) -> None:
    price = matter.purchase.price

    found = assess(matter, facts, on)

    for line in found.entitlements:
        if line.code in {"refund", "return", "advance"} and line.amount is not None:
            assert price is not None
            assert line.amount <= price


@given(matter=matters, facts=some_facts(), on=days)
def test_each_fact_has_one_burden(matter: Matter, facts: dict[FactKey, Fact], on: date) -> None:
    asked = [burden.fact for burden in assess(matter, facts, on).burdens]

    assert len(asked) == len(set(asked))


@given(matter=matters, on=days)
def test_a_negative_fact_is_never_for_the_consumer_to_prove(matter: Matter, on: date) -> None:
    burdens = assess(matter, {}, on).burdens

    assert not [line for line in burdens if line.negative and line.bearer is PartyRole.CONSUMER]


@given(matter=matters, on=st.dates(date(2026, 1, 1), date(2026, 11, 30)))
def test_self_operated_goods_are_answered_for_by_the_platform(matter: Matter, on: date) -> None:
    prepaid = matter.problem is Problem.PREPAID_COLLAPSED
    matter = replace(matter, purchase=replace(matter.purchase, self_operated=True))

    named = assess(matter, {}, on).responsible

    assert named[0] is (PartyRole.ISSUER if prepaid else PartyRole.PLATFORM)
