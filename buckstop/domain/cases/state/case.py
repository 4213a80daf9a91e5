"""A case: all its aspects, each following every fact."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from buckstop.domain.cases.state.claim import Claim
from buckstop.domain.cases.state.clocks import Clocks
from buckstop.domain.cases.state.closing import Closing
from buckstop.domain.cases.state.contacts import Contacts
from buckstop.domain.cases.state.custody import Custody
from buckstop.domain.cases.state.decisions import Decisions
from buckstop.domain.cases.state.evidence import Evidence
from buckstop.domain.cases.state.facts import Facts
from buckstop.domain.cases.state.offers import Offers
from buckstop.domain.cases.state.parties import Parties
from buckstop.domain.cases.state.promises import Promises
from buckstop.domain.cases.state.refusals import Refusals
from buckstop.domain.cases.state.remedies import Delivery, Remedies
from buckstop.domain.cases.state.requests import Requests
from buckstop.domain.cases.state.tasks import Tasks
from buckstop.domain.words.event import Entry
from buckstop.domain.words.ids import PartyId
from buckstop.domain.words.money import Fen


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """What is so after `seq` entries; `last_at` is when the last of them was recorded."""

    seq: int = 0
    last_at: datetime | None = None
    claim: Claim = Claim()
    parties: Parties = Parties()
    custody: Custody = Custody()
    tasks: Tasks = Tasks()
    clocks: Clocks = Clocks()
    facts: Facts = Facts()
    evidence: Evidence = Evidence()
    requests: Requests = Requests()
    promises: Promises = Promises()
    contacts: Contacts = Contacts()
    refusals: Refusals = Refusals()
    offers: Offers = Offers()
    remedies: Remedies = Remedies()
    decisions: Decisions = Decisions()
    closing: Closing = Closing()

    @property
    def open(self) -> bool:
        """Whether somebody still has to act."""
        return self.closing.open

    def after(self, entry: Entry) -> Self:
        """Follow one fact. Raises ValueError if it is not the next of the log."""
        if entry.seq != self.seq + 1:
            msg = f"entry {entry.seq} cannot follow entry {self.seq}"
            raise ValueError(msg)
        return type(self)(
            seq=entry.seq,
            last_at=entry.recorded_at,
            claim=self.claim.after(entry),
            parties=self.parties.after(entry),
            custody=self.custody.after(entry, self.facts),
            tasks=self.tasks.after(entry),
            clocks=self.clocks.after(entry),
            facts=self.facts.after(entry),
            evidence=self.evidence.after(entry),
            requests=self.requests.after(entry),
            promises=self.promises.after(entry),
            contacts=self.contacts.after(entry),
            refusals=self.refusals.after(entry),
            offers=self.offers.after(entry),
            remedies=self.remedies.after(entry),
            decisions=self.decisions.after(entry),
            closing=self.closing.after(entry),
        )


def to_come_back(case: Case) -> Mapping[PartyId, Fen]:
    """Tell what a decision on appeal leaves paid too much, by who paid it.

    It is no duty in the case: the consumer never holds the ball for it (C7), so it is told with
    the decision and left to the two.
    """
    stands = case.decisions.pronounced
    if stands is None or case.decisions.appealing or not stands.written.on_appeal:
        return {}
    if stands.form == "recommendation":
        return {}
    paid: dict[PartyId, int] = {}
    for owed in case.remedies.every.values():
        done = owed.delivery in {Delivery.DELIVERED, Delivery.CONFIRMED}
        if done and owed.source == "decision":
            paid[owed.by] = paid.get(owed.by, 0) + owed.what.amount
    debtor, remedy = stands.written.debtor, stands.written.remedy
    if debtor in paid and remedy is not None:
        paid[debtor] -= remedy.amount
    return {party: Fen(amount) for party, amount in paid.items() if amount > 0}


def replay(entries: Iterable[Entry]) -> Case:
    """Fold a case's log into what is so now."""
    state = Case()
    for entry in entries:
        state = state.after(entry)
    return state
