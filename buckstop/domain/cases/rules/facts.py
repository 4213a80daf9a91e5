"""What is said, shown and held to be so."""

from collections.abc import Iterable

from buckstop.domain.cases.commands import (
    AcceptProof,
    CorrectInformation,
    SendMessage,
    SubmitEvidence,
    WriteNote,
)
from buckstop.domain.cases.events import (
    EvidenceSubmitted,
    InformationCorrected,
    MessageSent,
    NoteWritten,
    ProofAccepted,
)
from buckstop.domain.cases.rules.access import need_desk, need_member, need_open, need_person
from buckstop.domain.cases.rules.draft import Draft
from buckstop.domain.cases.rules.law import assessment
from buckstop.domain.cases.state.evidence import Item
from buckstop.domain.law.assessment import Ground
from buckstop.domain.law.facts import FACTS
from buckstop.domain.words.event import Sealed
from buckstop.domain.words.ids import EvidenceId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import HOUSE, PartyRole


def send_message(draft: Draft, command: SendMessage) -> None:
    """Say something; nothing a party sends is refused, not even after the end."""
    need_member(draft)
    for party in command.to:
        if party != HOUSE and party not in draft.case.parties.members:
            raise NotAllowed("not-a-party", party=party)
    draft.add(MessageSent(text=command.text, to=command.to))


def write_note(draft: Draft, command: WriteNote) -> None:
    """Write something for the desk only."""
    need_desk(draft)
    draft.add(NoteWritten(text=command.text))


def say(draft: Draft, text: Sealed | None) -> None:
    """Put words that came with an act into the thread."""
    if text is not None:
        draft.add(MessageSent(text=text))


def submit_evidence(draft: Draft, command: SubmitEvidence) -> None:
    """Put a sealed item into the case; late if it comes between the freezing and the decision."""
    need_member(draft)
    draft.add(
        EvidenceSubmitted(
            evidence=draft.case.evidence.next_id,
            kind=command.kind,
            by=draft.by.party,
            name=command.name,
            media_type=command.media_type,
            size=command.size,
            sha256=command.sha256,
            sm3=command.sm3,
            facts=command.facts,
            issuer=command.issuer,
            late=_is_late(draft),
        )
    )


def _is_late(draft: Draft) -> bool:
    """Tell whether an item reached our edge after the freezing; when it is recorded is nothing."""
    decisions = draft.case.decisions
    if decisions.frozen_at is None or decisions.used:
        return False
    return draft.received_at >= decisions.frozen_at


def need_items(draft: Draft, items: Iterable[EvidenceId]) -> None:
    """Refuse if an item named does not exist in the case."""
    for item in items:
        if item not in draft.case.evidence.every:
            raise NotAllowed("no-such-evidence", evidence=item)


def supports(draft: Draft, items: Iterable[EvidenceId], ground: Ground) -> bool:
    """Tell whether an item is what the ground needs, from who may issue it.

    What the desk accepted for the fact of the ground does, whoever issued it.
    """
    if not ground.needs:
        return True
    found = tuple(draft.case.evidence.every[name] for name in items)
    if any(ground.establishes in item.accepted_for for item in found):
        return True
    fit = (item for item in found if item.kind in ground.needs)
    return any(not ground.issuers or _issuer(draft, item) in ground.issuers for item in fit)


def _issuer(draft: Draft, item: Item) -> PartyRole:
    if item.issuer is not None:
        return item.issuer
    return PartyRole.HOUSE if item.by == HOUSE else draft.case.parties.members[item.by].role


def accept_proof(draft: Draft, command: AcceptProof) -> None:
    """Accept an item as proof of a kind that the fact's burden lists."""
    need_open(draft)
    need_desk(draft)
    need_person(draft)
    need_items(draft, (command.evidence,))
    if command.fact in draft.case.evidence.every[command.evidence].accepted_for:
        raise NotAllowed("accepted-already")
    if command.fact not in FACTS:
        raise NotAllowed("no-such-fact", fact=command.fact)
    burden = assessment(draft.case, draft.now).burden(command.fact)
    listed = burden.proofs if burden else FACTS[command.fact].proofs
    if command.kind not in listed:
        raise NotAllowed("not-a-listed-kind", kind=command.kind, needs=listed)
    draft.add(ProofAccepted(evidence=command.evidence, fact=command.fact, kind=command.kind))


def accept_listed(draft: Draft, items: Iterable[EvidenceId]) -> None:
    """Accept those items whose kind is listed for a fact they were given for."""
    says = assessment(draft.case, draft.now)
    for name in items:
        item = draft.case.evidence.every[name]
        for fact in item.facts:
            burden = says.burden(fact)
            listed = burden is not None and item.kind in burden.proofs
            if listed and fact not in item.accepted_for:
                draft.add(ProofAccepted(evidence=name, fact=fact, kind=item.kind))


def correct_information(draft: Draft, command: CorrectInformation) -> None:
    """Correct something wrong that the desk told, openly and with notice (D11)."""
    need_desk(draft)
    draft.add(InformationCorrected(wrong=command.wrong, right=command.right))
