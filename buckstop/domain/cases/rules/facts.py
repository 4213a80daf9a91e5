"""What is said, shown and held to be so."""

from collections.abc import Iterable

from buckstop.domain.cases.commands import (
    AcceptProof,
    CorrectInformation,
    SendMessage,
    StateFact,
    SubmitEvidence,
    WriteNote,
)
from buckstop.domain.cases.events import (
    EvidenceSubmitted,
    FactStood,
    InformationCorrected,
    MessageSent,
    NoteWritten,
    ProofAccepted,
)
from buckstop.domain.cases.rules.access import need_desk, need_member, need_open
from buckstop.domain.cases.rules.draft import Draft
from buckstop.domain.cases.rules.law import assessment
from buckstop.domain.law.facts import FACTS
from buckstop.domain.words.event import Sealed
from buckstop.domain.words.ids import EvidenceId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import HOUSE
from buckstop.domain.words.standing import Standing


def send_message(draft: Draft, command: SendMessage) -> None:
    """Say something; nothing a party sends is refused, not even after the end."""
    need_member(draft)
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
    """Put a sealed item into the case; late if the record is frozen."""
    need_member(draft)
    if draft.case.seq == 0:
        raise NotAllowed("no-case")
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
            late=draft.case.decisions.frozen_at is not None,
        )
    )


def need_items(draft: Draft, items: Iterable[EvidenceId]) -> None:
    """Refuse if an item named does not exist in the case."""
    for item in items:
        if item not in draft.case.evidence.every:
            raise NotAllowed("no-such-evidence", evidence=item)


def accept_proof(draft: Draft, command: AcceptProof) -> None:
    """Accept an item as proof of a kind that the fact's burden lists."""
    need_open(draft)
    need_desk(draft)
    need_items(draft, (command.evidence,))
    if command.fact in draft.case.evidence.every[command.evidence].accepted_for:
        raise NotAllowed("accepted-already")
    burden = assessment(draft.case, draft.now).burden(command.fact)
    if burden is not None and command.kind not in burden.proofs:
        raise NotAllowed("not-a-listed-kind", kind=command.kind, needs=burden.proofs)
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


def state_fact(draft: Draft, command: StateFact) -> None:
    """Give a fact a standing: parties allege or admit, the desk finds it proven or disproved."""
    need_open(draft)
    need_member(draft)
    if command.fact not in FACTS:
        raise NotAllowed("no-such-fact", fact=command.fact)
    need_items(draft, command.evidence)
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
            if not command.evidence:
                raise NotAllowed("finding-needs-evidence", fact=command.fact)
        case _:
            raise NotAllowed("not-stated-by-hand", standing=command.standing)
    if known and known.standing is command.standing and known.value == command.value:
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


def correct_information(draft: Draft, command: CorrectInformation) -> None:
    """Correct something wrong that the desk told, openly and with notice (D11)."""
    need_desk(draft)
    draft.add(InformationCorrected(wrong=command.wrong, right=command.right))
