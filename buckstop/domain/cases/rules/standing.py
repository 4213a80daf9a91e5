"""What is held to be so: alleged and admitted by parties, found by the desk."""

from datetime import date

from buckstop.domain.cases.commands import Alleged, StateFact
from buckstop.domain.cases.events import FactStood
from buckstop.domain.cases.rules.access import need_desk, need_member, need_open, need_person
from buckstop.domain.cases.rules.draft import Draft
from buckstop.domain.cases.rules.facts import need_items
from buckstop.domain.cases.rules.law import assessment
from buckstop.domain.cases.rules.requests import settled
from buckstop.domain.law.facts import FACTS, ValueKind
from buckstop.domain.words.money import FEN_LIMIT
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import HOUSE
from buckstop.domain.words.standing import Standing

MOST_COUNTED = 36_500
FIRST_YEAR, LAST_YEAR = 1990, 2100


def state_fact(draft: Draft, command: StateFact) -> None:
    """Give a fact a standing: parties allege or admit, the desk finds it proven or disproved."""
    need_open(draft)
    need_member(draft)
    need_value(Alleged(fact=command.fact, value=command.value))
    need_items(draft, command.evidence)
    _need_say(draft, command)
    known = draft.case.facts.every.get(command.fact)
    if known and known.standing is command.standing and command.value in {None, known.value}:
        raise NotAllowed("stands-already", fact=command.fact)
    value = command.value
    if value is None and known is not None:
        value = known.value
    burden = assessment(draft.case, draft.now).burden(command.fact)
    draft.add(
        FactStood(
            fact=command.fact,
            standing=command.standing,
            value=value,
            by=draft.by.party,
            evidence=command.evidence,
            rows=burden.rows if burden else (),
        )
    )
    settled(draft, command.fact)


def _need_say(draft: Draft, command: StateFact) -> None:
    """Refuse whoever may not give the fact this standing."""
    known = draft.case.facts.every.get(command.fact)
    match command.standing:
        case Standing.ALLEGED:
            if known is not None and known.standing.settled:
                raise NotAllowed("fact-settled", fact=command.fact)
        case Standing.ADMITTED:
            if draft.by.party == HOUSE or (known is not None and known.by == draft.by.party):
                raise NotAllowed("admit-others-only", fact=command.fact)
        case Standing.PROVEN | Standing.DISPROVED:
            need_desk(draft)
            need_person(draft)
            if not command.evidence:
                raise NotAllowed("finding-needs-evidence", fact=command.fact)
        case _:
            raise NotAllowed("not-stated-by-hand", standing=command.standing)


def need_value(told: Alleged) -> None:
    """Refuse a fact that the law does not know, or a value that it could not read."""
    if told.fact not in FACTS:
        raise NotAllowed("no-such-fact", fact=told.fact)
    if told.value is None:
        return
    if not _reads(FACTS[told.fact].value, told.value):
        raise NotAllowed("value-does-not-fit", fact=told.fact, value=told.value)


def _reads(kind: ValueKind, value: str) -> bool:
    match kind:
        case ValueKind.YES_NO:
            return value in {"yes", "no"}
        case ValueKind.DAY:
            return _is_day(value)
        case ValueKind.FEN:
            return _is_number(value) and int(value) < FEN_LIMIT
        case ValueKind.COUNT:
            return _is_number(value) and int(value) <= MOST_COUNTED


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) <= len(str(FEN_LIMIT))


def _is_day(value: str) -> bool:
    try:
        return FIRST_YEAR <= date.fromisoformat(value).year <= LAST_YEAR
    except ValueError:
        return False
