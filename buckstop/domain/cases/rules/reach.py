"""How a party can be reached, where nobody knows it yet or it changed (K8)."""

from buckstop.domain.cases.commands import GiveContact
from buckstop.domain.cases.events import ContactGiven
from buckstop.domain.cases.rules.access import need_member
from buckstop.domain.cases.rules.draft import Draft
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.ids import PartyId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER, HOUSE, PartyRole


def give_contact(draft: Draft, command: GiveContact) -> None:
    """Tell how a party can be reached: the desk of anybody, anybody of themselves.

    The consumer tells of a respondent only while no contact with it works, so that nobody turns
    away what reaches it.
    """
    need_member(draft)
    member = draft.case.parties.members.get(command.party)
    if member is None:
        raise NotAllowed("not-a-party", party=command.party)
    if not command.reach:
        raise NotAllowed("no-way-told")
    if draft.by.party not in {HOUSE, command.party}:
        if draft.by.party != CONSUMER:
            raise NotAllowed("not-your-contact", party=command.party)
        if member.contact_works:
            raise NotAllowed("contact-known", party=command.party)
    draft.add(ContactGiven(party=command.party, reach=command.reach, address=command.address))
    sought = draft.case.clocks.about(_sought(command.party))
    draft.stop("contact-given", sought.clock if sought else None)


def need_contact(draft: Draft, party: PartyId) -> None:
    """Refuse to give a duty to a party that nobody knows how to reach."""
    member = draft.case.parties.members.get(party)
    if member is not None and not member.can_be_reached:
        raise NotAllowed("no-contact", party=party)


def seek_contacts(draft: Draft) -> None:
    """Give the house its time to find those respondents that nobody knows how to reach."""
    for member in draft.case.parties.members.values():
        subject = _sought(member.party)
        sought = member.role not in {PartyRole.CONSUMER, PartyRole.OUTSIDE}
        if member.can_be_reached or not sought or draft.case.clocks.about(subject):
            continue
        draft.start(ClockKind.FIND, HOUSE, subject)


def _sought(party: PartyId) -> str:
    return f"find-{party}"


def sought_by(subject: str) -> PartyId:
    """Name the party that a clock of this subject is for."""
    return PartyId(subject.removeprefix("find-"))
