"""What somebody is writing in a form of a case: kept until it is sent, with the files chosen.

A drawer is found by the case, the party and the address that its form is sent to; it is there
again after a no, a lost session or a new link, in whatever browser its party comes back with.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import TypedDict

from django.http import QueryDict

from buckstop.domain.words.ids import EvidenceId, FactKey, ProofKind
from buckstop.domain.words.party import PartyRole
from buckstop.records.evidence import actions as vault
from buckstop.records.evidence.limits import MOST_FILES
from buckstop.records.evidence.queries import draft as draft_of
from buckstop.web import asking
from buckstop.web.forms.fields import without_what_nobody_typed
from buckstop.web.kept import Kept, NotTaken, take_in
from buckstop.web.limits import allow_case
from buckstop.web.refusing import Unfit
from buckstop.web.seats import SeatedRequest

_NOT_TYPED = frozenset({"csrfmiddlewaretoken", "form_token", "go", "drop"})
_TOO_LARGE = "file-too-large"
_MOST_KEPT = 100_000
"""Characters of a field; what is longer may not be sent and stands in the page that says so."""


class SentBefore(Exception):
    """This very form was sent already, and all that is in it came in."""


class Typing(TypedDict):
    """What a form is made of: what was sent, or else what was typed earlier."""

    data: QueryDict | None
    initial: dict[str, str]


@dataclass(kw_only=True, slots=True)
class Waiting:
    """A file chosen for a field; `evidence` is its name in the case, if it came in already."""

    field: str
    file: Kept
    evidence: str = ""


@dataclass(kw_only=True, slots=True)
class Drawer:
    """What was typed and chosen for one form and has not been sent."""

    request: SeatedRequest
    path: str
    typed: dict[str, str] = field(default_factory=dict)
    files: list[Waiting] = field(default_factory=list)
    sent: str = ""

    @property
    def typing(self) -> Typing:
        """Give what its form is made of."""
        posted = self.request.POST if self.request.method == "POST" else None
        return Typing(data=posted, initial=self.typed)

    def of(self, name: str) -> list[Waiting]:
        """List the files chosen for a field."""
        return [waiting for waiting in self.files if waiting.field == name]

    def submit(
        self,
        name: str,
        *,
        kind: ProofKind = asking.PHOTO,
        facts: tuple[FactKey, ...] = (),
        issuer: PartyRole | None = None,
    ) -> tuple[EvidenceId, ...]:
        """Put the files chosen for a field into the case; give what they are called there."""
        for waiting in self.of(name):
            if waiting.evidence:  # it came in, though what it came with was refused
                continue
            step = f"{name}-{waiting.file.sha256[:16]}"
            entered = asking.put_in(
                self.request, waiting.file, kind=kind, facts=facts, step=step, issuer=issuer
            )
            waiting.evidence = next(iter(entered), "")
            self.save()
        return tuple(EvidenceId(waiting.evidence) for waiting in self.of(name) if waiting.evidence)

    def close(self) -> None:
        """Forget what was sent, and remember that it was; files of other choices stay."""
        self.typed, self.sent = {}, self.request.POST.get("form_token", "")
        self.files = [waiting for waiting in self.files if not waiting.evidence]
        self.save()

    def save(self) -> None:
        """Keep it as it is now."""
        request = self.request
        written = {
            "typed": json.dumps({k: v for k, v in self.typed.items() if len(v) <= _MOST_KEPT}),
            "files": json.dumps([asdict(waiting) for waiting in self.files]),
            "sent": self.sent,
        }
        vault.save_draft(request.house, request.case, request.viewer.party, self.path, written)


def look(request: SeatedRequest, path: str) -> Drawer:
    """Look into the drawer of the form that is sent to an address."""
    drawer = Drawer(request=request, path=path)
    kept = draft_of(request.case, request.viewer.party, path)
    if kept:
        drawer.sent = kept["sent"]
        drawer.typed = json.loads(kept["typed"])
        drawer.files = [
            Waiting(field=one["field"], file=Kept(**one["file"]), evidence=one["evidence"])
            for one in json.loads(kept["files"])
        ]
    if request.method == "POST" and request.path == path:
        drawer.typed = as_typed(request.POST)
    return drawer


def drawer_of(request: SeatedRequest) -> Drawer:
    """Open the drawer of the form that this page is about; what was just sent goes into it."""
    drawer = look(request, request.path)
    if asking.asked(request):
        if drawer.sent and drawer.sent == request.POST.get("form_token"):
            raise SentBefore
        fill(drawer)
    return drawer


def fill(drawer: Drawer) -> None:
    """Keep what was sent. Raises Unfit, once all else is kept, if some files were not taken."""
    request = drawer.request
    unwanted = set(request.POST.getlist("drop"))
    drawer.files = [one for one in drawer.files if one.file.received not in unwanted]
    drawer.save()
    allow_case(request, "write", most=400)
    if not request.FILES:
        return
    allow_case(request, "upload", most=60)
    wrong: list[NotTaken] = []
    for name, files in request.FILES.lists():
        room = MOST_FILES - len(drawer.files)
        taken, refused = take_in(
            request.house, request.case, request.viewer.party, files, room=room
        )
        known = {one.file.sha256 for one in drawer.of(name)}
        drawer.files += [Waiting(field=name, file=one) for one in taken if one.sha256 not in known]
        wrong += refused
    drawer.save()
    if wrong:
        status = 413 if {one.code for one in wrong} == {_TOO_LARGE} else 422
        raise Unfit(" ".join(one.sentence for one in wrong), status=status)


def as_typed(posted: Mapping[str, object]) -> dict[str, str]:
    """Give what was typed into a form, without what nobody typed."""
    return {
        name: without_what_nobody_typed(str(value))
        for name, value in posted.items()
        if name not in _NOT_TYPED
    }
