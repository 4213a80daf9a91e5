"""Codes: what stands in plain events is never free text."""

from typing import Any

import pytest

from buckstop.domain.cases import commands as ask
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import HOUSE, Actor
from tests.domain.cases.cast import AT_MERCHANT, BOSS, COURIER, SU, WORDS, given

FREE = ("Su lives at 3 Elm Road", "她不讲理", "", "a" * 41, "two--dashes", "Upper")


@pytest.mark.parametrize("text", FREE)
@pytest.mark.parametrize(
    ("by", "command", "field", "fields"),
    [
        (AT_MERCHANT, ask.PassBall, "reason",
         {"expected": "respond", "sentence": WORDS, "to": HOUSE}),
        (AT_MERCHANT, ask.PassBall, "expected",
         {"reason": "forwarded", "sentence": WORDS, "to": HOUSE}),
        (BOSS, ask.AssignTask, "expected", {"debtor": COURIER, "sentence": WORDS}),
        (BOSS, ask.TakeOver, "because", {}),
        (SU, ask.Reopen, "because", {}),
        (BOSS, ask.HandOver, "rung", {"because": "no-power"}),
        (BOSS, ask.HandOver, "because", {"rung": "regulator"}),
        (BOSS, ask.RecordOutsideResult, "body", {"text": WORDS}),
    ],
)  # fmt: skip
def test_codes_take_no_personal_text_into_the_log(
    by: Actor, command: type[ask.Command], field: str, fields: dict[str, Any], text: str
) -> None:
    with pytest.raises(NotAllowed, match="not-a-code") as no:
        given().does(by, command, **fields, **{field: text})
    assert no.value.data == {"field": field}


def test_codes_are_what_the_forms_send() -> None:
    table = given()

    assert table.passes(AT_MERCHANT, COURIER, reason="asked-to-respond-2")
