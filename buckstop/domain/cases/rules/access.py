"""Who may do what: the questions about the actor that every rule asks the same way."""

from buckstop.domain.cases.rules.draft import Draft
from buckstop.domain.words.ids import DeskId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER, HOUSE, Role

AT_DESK = frozenset({Role.AGENT, Role.SUPERVISOR, Role.BOT})


def need_open(draft: Draft) -> None:
    """Refuse if the case is closed."""
    if not draft.case.open:
        raise NotAllowed("case-closed")


def need_desk(draft: Draft) -> None:
    """Refuse unless somebody at the house acts."""
    if draft.by.party != HOUSE or draft.by.role not in AT_DESK:
        raise NotAllowed("desk-only")


def need_house(draft: Draft) -> None:
    """Refuse unless the house acts, by a person or by itself."""
    if draft.by.party != HOUSE:
        raise NotAllowed("desk-only")


def need_person(draft: Draft) -> None:
    """Refuse a program where a person must answer for what is done."""
    if draft.by.role is Role.BOT:
        raise NotAllowed("person-only")


def need_supervisor(draft: Draft) -> None:
    """Refuse unless a supervisor acts."""
    if draft.by.party != HOUSE or draft.by.role is not Role.SUPERVISOR:
        raise NotAllowed("supervisor-only")


def need_consumer(draft: Draft) -> None:
    """Refuse unless the consumer acts."""
    if draft.by.party != CONSUMER:
        raise NotAllowed("consumer-only")


def need_member(draft: Draft) -> None:
    """Refuse whoever is not a party of the case."""
    if draft.by.party != HOUSE and draft.by.party not in draft.case.parties.members:
        raise NotAllowed("not-a-party")


def need_known_desk(draft: Draft, desk: DeskId) -> None:
    """Refuse a desk that the house has not published, unless the case is there."""
    if desk not in {*draft.now.rules.every_desk, draft.case.custody.desk}:
        raise NotAllowed("no-such-desk", desk=desk)


def need_holder(draft: Draft) -> None:
    """Refuse unless the actor may move the ball: its holder, or a supervisor of the house (C2)."""
    holder = draft.case.custody.holder
    if holder is None or draft.by.party != holder.party:
        raise NotAllowed("not-holder", holder=holder.party if holder else "")
    if draft.by.role is not Role.SUPERVISOR and not holds(draft):
        raise NotAllowed("not-holder", holder=holder.node)


def holds(draft: Draft) -> bool:
    """Tell whether the actor has the ball: the party, or somebody of the holding desk."""
    holder, by = draft.case.custody.holder, draft.by
    if holder is None or by.party != holder.party:
        return False
    return None in {holder.desk, by.desk} or by.desk == holder.desk
