"""What the law is asked: a purchase, its problem, the facts so far, and on which day."""

from dataclasses import dataclass
from datetime import date

from buckstop.domain.law.answer import Confidence
from buckstop.domain.law.assessment import Burden, Entitlement, Finding, Shown
from buckstop.domain.law.facts import FACTS, Facts
from buckstop.domain.law.lookup import cite
from buckstop.domain.words.calendar import MAINLAND, Calendar
from buckstop.domain.words.ids import FactKey, RowId
from buckstop.domain.words.money import Fen
from buckstop.domain.words.party import PartyRole
from buckstop.domain.words.purchase import Problem, Purchase
from buckstop.domain.words.standing import Standing

_TOLD = frozenset({Standing.ALLEGED, Standing.ADMITTED, Standing.PROVEN, Standing.PRESUMED})


@dataclass(frozen=True, kw_only=True, slots=True)
class Matter:
    """The purchase in dispute, what went wrong with it, and which parties the case has."""

    problem: Problem
    purchase: Purchase
    parties: frozenset[PartyRole] = frozenset()
    online: bool = True


@dataclass(frozen=True, slots=True)
class Question:
    """A matter with its facts on one day, and small questions about it."""

    matter: Matter
    facts: Facts
    on: date
    calendar: Calendar = MAINLAND

    @property
    def trigger(self) -> date:
        """The day whose law governs the purchase; unknown, the day of asking."""
        purchase = self.matter.purchase
        return purchase.ordered_on or purchase.received_on or self.on

    @property
    def price(self) -> Fen | None:
        """What was really paid for the item, where that is known."""
        return self.matter.purchase.price

    @property
    def seller(self) -> PartyRole:
        """The role that answers as seller or provider; self-operated goods are the platform's."""
        purchase, parties = self.matter.purchase, self.matter.parties
        if self.matter.problem is Problem.PREPAID_COLLAPSED:
            return PartyRole.ISSUER
        if purchase.self_operated or self.holds("taken-for-self-operated"):
            return PartyRole.PLATFORM
        if PartyRole.MERCHANT not in parties and PartyRole.ISSUER in parties:
            return PartyRole.ISSUER
        return PartyRole.MERCHANT

    def keeper(self, fact: FactKey) -> PartyRole:
        """Name who has the record of a fact: the usual keeper if a party, else the seller."""
        usual = FACTS[fact].keeper
        return usual if usual in self.matter.parties else self.seller

    def rows(self, *ids: str) -> tuple[RowId, ...]:
        """Keep the rows in force: by the day of handling for procedure, else of purchase."""
        return tuple(row for row in map(RowId, dict.fromkeys(ids)) if self.in_force(row))

    def in_force(self, row: RowId) -> bool:
        """Tell whether a row applies to this question."""
        citation = cite(row)
        return citation.in_force_from <= (self.on if citation.procedural else self.trigger)

    def holds(self, fact: str) -> bool:
        """Tell whether a yes-no fact is settled as so."""
        known = self.facts.get(FactKey(fact))
        return known is not None and known.standing.settled and known.value in {None, "yes"}

    def fails(self, fact: str) -> bool:
        """Tell whether a yes-no fact is settled as not so."""
        known = self.facts.get(FactKey(fact))
        if known is None:
            return False
        return known.standing is Standing.DISPROVED or (
            known.standing.settled and known.value == "no"
        )

    def told(self, fact: str) -> bool:
        """Tell whether a yes-no fact is at least alleged."""
        known = self.facts.get(FactKey(fact))
        return known is not None and known.standing in _TOLD and known.value in {None, "yes"}

    def day(self, fact: str) -> date | None:
        """Read the day that a fact names, alleged or better."""
        value = self._value(fact)
        return None if value is None else date.fromisoformat(value)

    def number(self, fact: str) -> int | None:
        """Read the number that a fact names, alleged or better."""
        value = self._value(fact)
        return None if value is None else int(value)

    def _value(self, fact: str) -> str | None:
        known = self.facts.get(FactKey(fact))
        return known.value if known is not None and known.standing in _TOLD else None

    def finding(
        self, code: str, *ids: str, because: Shown = (), confidence: Confidence = Confidence.A
    ) -> Finding:
        """Make a finding of the rows in force; without any, it is dropped on joining."""
        rows = self.rows(*ids)
        return Finding(code=code, rows=rows, confidence=weakest(rows, confidence), because=because)

    def owed(self, code: str, *ids: str, confidence: Confidence = Confidence.A) -> Entitlement:
        """Make an entitlement against the seller, of the rows in force."""
        rows = self.rows(*ids)
        return Entitlement(
            code=code, against=self.seller, rows=rows, confidence=weakest(rows, confidence)
        )

    def burden(
        self,
        fact: FactKey,
        *ids: str,
        bearer: PartyRole | None = None,
        confidence: Confidence = Confidence.A,
    ) -> Burden:
        """Say that the seller, or `bearer`, must prove a fact, by the rows in force."""
        rows = self.rows(*ids)
        kind = FACTS[fact]
        return Burden(
            fact=fact,
            bearer=bearer or self.seller,
            keeper=None if kind.keeper is None else self.keeper(fact),
            negative=kind.negative,
            proofs=kind.proofs,
            presumption=None,
            rows=rows,
            confidence=weakest(rows, confidence),
            counter=kind.counter,
        )


def weakest(rows: tuple[RowId, ...], least: Confidence = Confidence.A) -> Confidence:
    """Give the weakest confidence among the rows and `least`."""
    return max((least, *(cite(row).confidence for row in rows)), key=lambda level: level.value)
