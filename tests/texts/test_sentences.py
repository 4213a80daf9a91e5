"""Codes become sentences, or it is said which one is missing."""

from datetime import UTC, date, datetime, timedelta

import pytest

from buckstop.texts import Language, NoText, knows, say

ZH, EN = Language.ZH_HANS, Language.EN


def test_a_sentence_shows_its_values_as_it_asks() -> None:
    assert say("law.finding.use-settled", ZH, used=0) == "已经认定：用掉 0 元"
    assert say("law.finding.refund-overdue", EN, due=date(2026, 11, 10)) == (
        "The refund was due by 10 Nov 2026 and is overdue"
    )


def test_days_near_now_carry_their_weekday() -> None:
    now = datetime(2026, 11, 9, tzinfo=UTC)

    said = say("law.finding.courier-must-answer", ZH, due=date(2026, 11, 10), now=now)

    assert said == "快递公司最晚在 11 月 10 日（周二）答复投诉"


def test_a_value_may_be_a_code_itself() -> None:
    assert say("law.finding.exclusion-proven", EN, fact="liquid-ingress") == (
        "“liquid got in” is proven, so the free warranty does not apply"
    )


def test_rates_are_shown_in_percent() -> None:
    assert "3%" in say("law.formula.interest-prime", ZH, rate=300)
    assert "1.5%" in say("law.formula.interest-deposit", ZH, rate=150)


def test_an_unknown_code_is_named() -> None:
    assert not knows("law.finding.no-such-code")
    with pytest.raises(NoText, match="no-such-code"):
        say("law.finding.no-such-code", ZH)


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(KeyError, match="due"):
        say("law.finding.refund-overdue", ZH)


def test_a_value_of_the_wrong_kind_is_an_error() -> None:
    with pytest.raises(ValueError, match="no way to show"):
        say("law.finding.refund-overdue", ZH, due=timedelta(days=1))
