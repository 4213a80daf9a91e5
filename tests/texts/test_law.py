"""Every legal answer can be said in every language."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buckstop.domain.law.assess import assess
from buckstop.domain.law.facts import FACTS
from buckstop.domain.law.facts import Fact as Stated
from buckstop.domain.law.proofs import PROOFS
from buckstop.domain.law.question import Matter
from buckstop.domain.words.ids import FactKey, RowId
from buckstop.domain.words.money import Fen
from buckstop.domain.words.party import PartyRole
from buckstop.domain.words.purchase import Goods, Problem, Purchase, RemedyKind
from buckstop.domain.words.standing import Standing
from buckstop.texts import Language, law, say

days = st.dates(date(2014, 1, 1), date(2026, 12, 31))
yes = st.sets(st.sampled_from(sorted(FACTS)), max_size=10)


@given(
    problem=st.sampled_from(Problem),
    goods=st.sampled_from(Goods),
    bought=days,
    told=yes,
    language=st.sampled_from(Language),
)
def test_whatever_the_law_answers_has_words(
    problem: Problem, goods: Goods, bought: date, told: set[FactKey], language: Language
) -> None:
    purchase = Purchase(goods=goods, price=Fen(289900), ordered_on=bought, received_on=bought)
    matter = Matter(problem=problem, purchase=purchase, parties=frozenset(PartyRole))
    settled = {
        key: Stated(Standing.PROVEN, {"yes-no": "yes", "day": "2026-03-02"}.get(kind, "20"))
        for key in sorted(told)
        for kind in [FACTS[key].value]
    }

    found = assess(matter, settled, date(2026, 11, 22))

    said = [law.finding(line, language) for line in found.findings]
    for line in found.entitlements:
        said += [law.entitlement(line, language), law.why(line, language)]
    for burden in found.burdens:
        said += [law.burden(burden, language), law.proofs(burden.proofs, language)]
    for ground in found.grounds:
        said += [law.ground(ground.code, language), law.proofs(ground.needs, language)]
    said += [law.unsettled(code, language) for code in found.unsettled]
    assert all(said)


@pytest.mark.parametrize("language", Language)
def test_every_fact_proof_and_word_of_a_case_has_a_name(language: Language) -> None:
    assert all(law.fact(key, language) for key in FACTS)
    assert all(law.proofs([kind], language) for kind in PROOFS)
    for area, words in {
        "problem": Problem,
        "goods": Goods,
        "remedy": RemedyKind,
        "role": PartyRole,
        "standing": Standing,
    }.items():
        assert all(say(f"cases.{area}.{word}", language) for word in words)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["SBP-3", "SBP-8", "SBP-24"], "第三条、第八条、第二十四条"),
        (["CPL-23-3"], "《消费者权益保护法》第二十三条第三款"),
        (["EVD-108"], "第一百零九条"),
        (["CIV-512"], "第五百一十二条"),
        (["CIV-582"], "第五百八十二条"),
        (["ECL-20"], "《电子商务法》第二十条"),
    ],
)
def test_articles_are_numbered_as_in_the_statute_book(rows: list[str], said: str) -> None:
    assert law.citations([RowId(row) for row in rows], Language.ZH_HANS).endswith(said)


def test_each_instrument_is_named_once() -> None:
    rows = [RowId(row) for row in ("SBP-8", "EVD-91", "SBP-24", "house:bounce")]

    assert law.citations(rows, Language.ZH_HANS) == (
        "《移动电话机商品修理更换退货责任规定》第八条、第二十四条；"
        "《民事诉讼法司法解释》第九十一条"
    )
    assert law.citations([RowId("CPL-24")], Language.EN) == (
        "Consumer Rights Protection Law art. 24"
    )


def test_usual_practice_is_marked() -> None:
    purchase = Purchase(goods=Goods.PHONE, ordered_on=date(2026, 7, 12))
    matter = Matter(problem=Problem.MALFUNCTION, purchase=purchase)

    found = assess(matter, {}, date(2026, 11, 5))
    burden = found.burden(FactKey("human-damage"))

    assert burden is not None
    assert law.burden(burden, Language.ZH_HANS) == "“人为损坏”由商家证明（法院通常这样认定）"
