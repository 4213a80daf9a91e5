"""What every command from a page has in common: its key, its files, its words."""

import re
from typing import TypedDict

from django.contrib import messages
from django.http import HttpRequest, QueryDict

from buckstop.domain.cases.commands import Command, SendMessage, SubmitEvidence
from buckstop.domain.cases.events import EvidenceSubmitted
from buckstop.domain.words.event import Channel, Sealed
from buckstop.domain.words.ids import EvidenceId, FactKey, ProofKind
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import HOUSE, Actor, PartyRole
from buckstop.records.cases.handle import handle
from buckstop.records.evidence.actions import receive
from buckstop.records.evidence.limits import refuse_crowd
from buckstop.records.people.vault import seal
from buckstop.texts import knows
from buckstop.web.kept import Files, Kept
from buckstop.web.language import t
from buckstop.web.seats import SeatedRequest

_TOKEN = re.compile(r"[0-9A-Za-z-]{8,64}")

PHOTO = ProofKind("chat-record")
"""What a file counts as until somebody says what it is."""


def key(request: SeatedRequest, step: str = "") -> str:
    """Name what was asked, so that it happens once; a form without a token asks anew."""
    token = request.POST.get("form_token", "")
    if not _TOKEN.fullmatch(token):
        token = request.spare_key
    return f"{token}:{step}" if step else token


def channel(request: SeatedRequest) -> Channel:
    """Tell by which way the request came: a respondent comes by a link."""
    by_link = request.viewer.actor.party != HOUSE and request.viewer.actor.role == "respondent"
    return Channel.LINK if by_link else Channel.WEB


class Signed(TypedDict):
    """What every command says of how it came."""

    by: Actor
    key: str
    channel: Channel


def signed(request: SeatedRequest, step: str = "") -> Signed:
    """Say who asks, by which way, and what makes it happen once."""
    return Signed(by=request.viewer.actor, key=key(request, step), channel=channel(request))


def asked(request: SeatedRequest) -> bool:
    """Tell whether the page is to act: it was posted, and no no stands against it yet."""
    return request.method == "POST" and request.refused is None


def posted(request: HttpRequest) -> QueryDict | None:
    """Give what was posted, for a form to look at: also nothing at all, which it refuses."""
    return request.POST if request.method == "POST" else None


def sealed(request: SeatedRequest, text: str) -> Sealed:
    """Put a personal text of the case into the vault."""
    return seal(request.case, text)


def sealed_or_none(request: SeatedRequest, text: str) -> Sealed | None:
    """Put a text into the vault, if there is one."""
    return seal(request.case, text) if text else None


def submit(  # noqa: PLR0913 - all that is told of a file
    request: SeatedRequest,
    files: Files,
    *,
    kind: ProofKind = PHOTO,
    facts: tuple[FactKey, ...] = (),
    step: str = "file",
    issuer: PartyRole | None = None,
) -> tuple[EvidenceId, ...]:
    """Seal files and put them into the case; give what they are called there.

    One that is not taken is told of, as a no, once the others are in.
    """
    files = list(files)
    refuse_crowd(len(files))
    items: list[EvidenceId] = []
    wrong: NotAllowed | None = None
    for number, file in enumerate(files):
        try:
            receipt = receive(
                request.house,
                request.case,
                request.viewer.party,
                name=file.name or "?",
                pieces=file.chunks(),
            )
        except NotAllowed as no:
            wrong = wrong or no
            continue
        kept, at = Kept.of(receipt, shown=""), f"{step}-{number}"
        items += put_in(request, kept, kind=kind, facts=facts, step=at, issuer=issuer)
    if wrong is not None:
        if items:
            messages.success(request, t("收到 {n} 个文件，已经封存。", n=len(items)))
        raise wrong
    return tuple(items)


def put_in(  # noqa: PLR0913 - all that is told of a file
    request: SeatedRequest,
    file: Kept,
    *,
    kind: ProofKind,
    facts: tuple[FactKey, ...],
    step: str,
    issuer: PartyRole | None,
) -> list[EvidenceId]:
    """Put a file of the vault into the case; give what it is called there."""
    entries = handle(
        request.case,
        SubmitEvidence(
            **signed(request, step),
            kind=kind if knows(f"law.proof.{kind}") else PHOTO,
            name=file.name,
            media_type=file.media_type,
            size=int(file.size),
            sha256=file.sha256,
            sm3=file.sm3,
            facts=facts,
            issuer=issuer,
        ),
    )
    return [e.event.evidence for e in entries if isinstance(e.event, EvidenceSubmitted)]


def beside(request: SeatedRequest, text: str) -> tuple[Command, ...]:
    """Say in the case what was written beside something else, if anything was."""
    if not text:
        return ()
    return (SendMessage(**signed(request, "text"), text=sealed(request, text)),)
