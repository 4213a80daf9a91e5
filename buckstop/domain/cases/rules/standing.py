"""What is held to be so: alleged and admitted by parties, found by the desk."""

from datetime import date

from buckstop.domain.cases.commands import Alleged, StateFact
from buckstop.domain.cases.events import FactStood
from buckstop.domain.cases.rules.access import need_desk, need_member, need_open, need_person
from buckstop.domain.cases.rules.draft import Draft
from buckstop.domain.cases.rules.facts import need_items
from buckstop.domain.cases.rules.law import assessment, bearers
from buckstop.domain.cases.rules.requests import settled
from buckstop.domain.cases.state.facts import Allegation
from buckstop.domain.law.facts import FACTS, ValueKind
from buckstop.domain.words.ids import FactKey
from buckstop.domain.words.money import FEN_LIMIT
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER, HOUSE
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
    if _stands(draft, command):
        raise NotAllowed("stands-already", fact=command.fact)
    burden = assessment(draft.case, draft.now).burden(command.fact)
    draft.add(
        FactStood(
            fact=command.fact,
            standing=command.standing,
            value=_value(draft, command),
            by=draft.by.party,
            evidence=command.evidence,
            rows=burden.rows if burden else (),
        )
    )
    settled(draft, command.fact)


def _stands(draft: Draft, command: StateFact) -> bool:
    """Tell whether the fact stands so already, or its side has said so already."""
    known = draft.case.facts.every.get(command.fact)
    if known is None or known.standing is not command.standing:
        return False
    mine = known.said_by(draft.by.party) if command.standing is Standing.ALLEGED else None
    return command.value in {None, known.value, mine.value if mine else known.value}


def _value(draft: Draft, command: StateFact) -> str | None:
    """Say what the fact is held to be; an admission keeps what was alleged."""
    known = draft.case.facts.every.get(command.fact)
    if command.standing is Standing.ADMITTED:
        return _admissible(draft, command).value
    if known is None or command.value is not None:
        return command.value
    return known.value


def _need_say(draft: Draft, command: StateFact) -> None:
    """Refuse whoever may not give the fact this standing."""
    known = draft.case.facts.every.get(command.fact)
    match command.standing:
        case Standing.ALLEGED:
            found = known is not None and known.standing is Standing.DISPROVED
            if found or (known is not None and known.standing.settled):
                raise NotAllowed("fact-settled", fact=command.fact)
        case Standing.ADMITTED:
            _admissible(draft, command)
        case Standing.PROVEN | Standing.DISPROVED:
            need_desk(draft)
            need_person(draft)
            if not command.evidence:
                raise NotAllowed("finding-needs-evidence", fact=command.fact)
        case _:
            raise NotAllowed("not-stated-by-hand", standing=command.standing)


def _admissible(draft: Draft, command: StateFact) -> Allegation:
    """Find what the other side alleges of a fact; refuse whoever would not be bound by it."""
    if draft.by.party == HOUSE:
        raise NotAllowed("admit-others-only", fact=command.fact)
    known = draft.case.facts.every.get(command.fact)
    if known is None or known.standing is not Standing.ALLEGED:
        raise NotAllowed("nothing-to-admit", fact=command.fact)
    against = [a for a in known.alleged if _against(draft, a, command)]
    if known.said_by(draft.by.party) and not against:
        raise NotAllowed("admit-others-only", fact=command.fact)
    if not against:
        raise NotAllowed("not-yours-to-admit", fact=command.fact)
    wanted = {None, *(_plain(command.fact, a.value) for a in against)}
    if command.value not in wanted:
        raise NotAllowed("admit-as-alleged", fact=command.fact)
    told = (a for a in against if command.value in {None, _plain(command.fact, a.value)})
    return next(told)


def _against(draft: Draft, told: Allegation, command: StateFact) -> bool:
    """Tell whether an allegation speaks against who would admit it.

    What the consumer alleges binds those who are responsible, bear the burden or keep the
    record; what a respondent alleges binds the consumer.
    """
    by = draft.by.party
    if by == CONSUMER:
        return told.by not in {CONSUMER, HOUSE}
    if told.by != CONSUMER:
        return False
    says = assessment(draft.case, draft.now)
    burden = says.burden(command.fact)
    bears = burden is not None and by in bearers(draft.case, burden)
    return bears or draft.case.parties.members[by].role in says.responsible


def _plain(fact: FactKey, value: str | None) -> str | None:
    """Write out the value of a yes-no fact that was alleged without one."""
    return "yes" if value is None and FACTS[fact].value is ValueKind.YES_NO else value


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
