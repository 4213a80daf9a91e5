"""Files that are in the vault and not yet in a case."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile

from buckstop.domain.words.event import Sealed
from buckstop.domain.words.ids import CaseId, PartyId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.records.evidence.actions import Receipt, receive
from buckstop.records.evidence.limits import MOST_FILES
from buckstop.records.log.isolation import HouseId
from buckstop.records.people.cleaning import shown
from buckstop.web.language import t
from buckstop.web.refusing import sentence

type Files = Iterable[UploadedFile[bytes]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """A file that is in the vault and not yet in a case, with what the command will need."""

    received: str
    shown: str
    name_ref: str
    name_commitment: str
    media_type: str
    size: str
    sha256: str
    sm3: str

    @staticmethod
    def of(receipt: Receipt, *, shown: str) -> "Kept":
        """Keep what the command will need."""
        return Kept(
            received=receipt.received,
            shown=shown,
            name_ref=receipt.name.ref,
            name_commitment=receipt.name.commitment,
            media_type=receipt.media_type,
            size=str(receipt.size),
            sha256=receipt.sha256,
            sm3=receipt.sm3,
        )

    @property
    def name(self) -> Sealed:
        """Give its name as it is sealed."""
        return Sealed(ref=self.name_ref, commitment=self.name_commitment)

    @property
    def note(self) -> str:
        """Say how large it is."""
        return t("{size} KB，已封存", size=max(1, int(self.size) // 1024))


@dataclass(frozen=True, kw_only=True, slots=True)
class NotTaken:
    """Why a file was not taken, said with its name."""

    sentence: str
    code: str


def take_in(
    house: HouseId, case: CaseId, party: PartyId, files: Files, *, room: int = MOST_FILES
) -> tuple[list[Kept], list[NotTaken]]:
    """Put files into the vault, as many as there is `room` for; the rest say why not."""
    taken: list[Kept] = []
    wrong: list[NotTaken] = []
    files = list(files)
    for file in files[: max(room, 0)]:
        name = shown(file.name or "?")
        try:
            receipt = receive(house, case, party, name=file.name or "?", pieces=file.chunks())
        except NotAllowed as no:
            why = t("{name}：{why}", name=name, why=sentence(no))
            wrong.append(NotTaken(sentence=why, code=no.code))
        else:
            taken.append(Kept.of(receipt, shown=name))
    if len(files) > room:
        crowd = NotAllowed("too-many-files", most=MOST_FILES)
        wrong.append(NotTaken(sentence=sentence(crowd), code=crowd.code))
    return taken, wrong
