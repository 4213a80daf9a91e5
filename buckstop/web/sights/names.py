"""Who is called what on a page."""

from collections.abc import Mapping
from dataclasses import dataclass

from buckstop.domain.cases.events import Outcome
from buckstop.domain.words.ids import DeskId, PartyId, PersonId
from buckstop.domain.words.party import CONSUMER, HOUSE, Holder
from buckstop.records.cases.page import CasePage
from buckstop.records.houses import queries as houses
from buckstop.records.people import queries as people
from buckstop.records.people.access import Viewer
from buckstop.web import language
from buckstop.web.language import said, t


@dataclass(frozen=True, kw_only=True, slots=True)
class Names:
    """Names of the parties, desks and people that a page mentions, and who reads it."""

    parties: Mapping[PartyId, str]
    roles: Mapping[PartyId, str]
    desks: Mapping[DeskId, str]
    people: Mapping[PersonId, str]
    house: str
    me: PartyId
    me_person: PersonId | None = None

    def party(self, party: PartyId) -> str:
        """Name a party; the reader is called "you"."""
        if party == self.me and party != HOUSE:
            return t("您")
        if party == HOUSE:
            return self.house
        return self.parties.get(party, str(party))

    def person(self, person: PersonId | None) -> str:
        """Name somebody at the house."""
        if person is None:
            return ""
        if person == self.me_person:
            return t("您")
        return self.people.get(person, "")

    def outcome(self, outcome: Outcome) -> str:
        """Say how a case ended, to who reads it."""
        if self.me == CONSUMER:
            return said(f"cases.outcome-for-consumer.{outcome}")
        if self.me == HOUSE:
            return said(f"cases.outcome.{outcome}")
        return said(f"cases.outcome-for-respondent.{outcome}")

    def desk(self, desk: DeskId) -> str:
        """Name a desk."""
        return self.desks.get(desk, str(desk))

    def holder(self, holder: Holder) -> str:
        """Name where the ball is: a party, or a desk and who took it there."""
        if holder.desk is None:
            return self.party(holder.party)
        if holder.person is not None and holder.person == self.me_person:
            return t("您")
        person = self.person(holder.person)
        desk = self.desk(holder.desk)
        return f"{desk} · {person}" if person else desk

    def node(self, node: str) -> str:
        """Name a place of the ball path."""
        party, _, desk = node.partition("/")
        return self.desk(DeskId(desk)) if desk else self.party(PartyId(party))

    def face(self, party: PartyId, person: PersonId | None) -> str:
        """Stand for somebody in one letter."""
        if party == self.me and party != HOUSE:
            return t("我")
        name = self.people.get(person, "") if person else ""
        if name:
            return name[-1:]
        return t("台") if party == HOUSE else self.parties.get(party, "？")[:1]


def names_of(page: CasePage, me_person: PersonId | None = None) -> Names:
    """Gather the names that a page of the house in force mentions."""
    return Names(
        parties={p.party: p.name for p in page.parties.values()},
        roles={p.party: said(f"cases.role.{p.role}") for p in page.parties.values()},
        desks={d.desk: desk_name(d.name) for d in houses.desks()},
        people=people.names(),
        house=t("服务台"),
        me=page.viewer,
        me_person=me_person,
    )


def desk_names(viewer: Viewer) -> Names:
    """Gather the names for a list of cases."""
    return Names(
        parties={},
        roles={},
        desks={d.desk: desk_name(d.name) for d in houses.desks()},
        people=people.names(),
        house=t("服务台"),
        me=viewer.party,
        me_person=viewer.person,
    )


def desk_name(name: houses.Name) -> str:
    """Choose a name in the reader's language."""
    match language.spoken():
        case language.TRADITIONAL:
            return name.hant
        case language.ENGLISH:
            return name.en
    return name.hans
