"""Every code that an event of a case can carry has its words."""

import ast
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest

from buckstop.domain.cases import events, rules
from buckstop.domain.cases.state.clocks import HANDED_ON, RESTED
from buckstop.domain.cases.state.promises import Record, Word
from buckstop.domain.cases.state.remedies import Delivery
from buckstop.domain.words.ball import How
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Channel
from buckstop.domain.words.party import PartyRole
from buckstop.domain.words.purchase import Goods, Problem, RemedyKind
from buckstop.domain.words.standing import Standing
from buckstop.texts import Language, knows

WORDS: tuple[tuple[str, type[StrEnum]], ...] = (
    ("how", How),
    ("lapse-for-consumer", ClockKind),
    ("lapse-for-respondent", ClockKind),
    ("promise", events.PromiseKind),
    ("word", Word),
    ("record", events.RecordKind),
    ("record-state", Record),
    ("notice", events.NoticeKind),
    ("task-end", events.TaskEnd),
    ("request-end", events.RequestEnd),
    ("offer-end", events.OfferEnd),
    ("delivery", Delivery),
    ("ruling", events.Ruling),
    ("outcome", events.Outcome),
    ("standing", Standing),
    ("channel", Channel),
    ("role", PartyRole),
    ("problem", Problem),
    ("goods", Goods),
    ("remedy", RemedyKind),
)
REJECTED = ("settled", "answered", "asked-before", "negative", "burden-elsewhere")
MOVES = {"move", "place", "to_desk", "place_beside_consumer", "back_from_consumer"}
RULES = Path(rules.__file__).parent


def reasons() -> Iterator[str]:
    """Find every reason for a move of the ball that a rule writes out."""
    for file in sorted(RULES.glob("*.py")):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name)):
                continue
            if call.func.id in MOVES:
                named = [k.value for k in call.keywords if k.arg == "reason"]
                for told in (*named, *call.args[1:2]):
                    if isinstance(told, ast.Constant):
                        yield str(told.value)


def postponements() -> Iterator[str]:
    """Find every cause for another due time that a rule writes out."""
    for file in sorted(RULES.glob("*.py")):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name)):
                continue
            if call.func.id == "ClockPostponed":
                told = [k.value for k in call.keywords if k.arg == "because"]
                yield from (str(v.value) for v in told if isinstance(v, ast.Constant))


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(("table", "codes"), WORDS, ids=[name for name, _ in WORDS])
def test_every_code_of_an_event_has_its_words(
    table: str, codes: type[StrEnum], language: Language
) -> None:
    assert [c for c in codes if not knows(f"cases.{table}.{c}", language)] == []


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("code", REJECTED)
def test_every_reason_why_nobody_need_answer_has_its_words(code: str, language: Language) -> None:
    assert knows(f"cases.rejected.{code}", language)


@pytest.mark.parametrize("language", list(Language))
def test_every_reason_for_a_move_has_its_words(language: Language) -> None:
    told = sorted(set(reasons()))

    assert "lapsed" in told
    assert [reason for reason in told if not knows(f"path.moved.{reason}", language)] == []


@pytest.mark.parametrize("language", list(Language))
def test_every_cause_for_another_date_has_its_words(language: Language) -> None:
    causes = sorted(set(postponements()))

    assert "proof-asked" in causes
    assert [c for c in causes if not knows(f"turn.postponed.{c}", language)] == []
    moved = [*causes, HANDED_ON, RESTED]
    assert [c for c in moved if not knows(f"turn.moved.{c}", language)] == []
