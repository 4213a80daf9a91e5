"""The vault: files on disk, each under a key of its own, named by what stands in it.

One folder for each house and case, so that equal files of two cases never meet. A file is
written aside, digested on its way, and put in its place whole; its key is kept elsewhere, and
destroying that destroys the file.
"""

import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SM3, Hash
from django.conf import settings

from buckstop.domain.words.ids import CaseId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.records.evidence.limits import MEGABYTE, MOST_BYTES
from buckstop.records.evidence.media import SAMPLE, media_type
from buckstop.records.log.isolation import HouseId

_PIECE = MEGABYTE
_TAG = 16


class NotInVault(LookupError):
    """The file is gone, or is not what was put there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """A file in the vault: its digests, its size, what it is, and the key that opens it."""

    sha256: str
    sm3: str
    size: int
    media_type: str
    key: bytes


def write(house: HouseId, case: CaseId, pieces: Iterable[bytes]) -> Written:
    """Put a file into the vault while it comes in. Raises NotAllowed if empty or too large."""
    folder = _folder(house, case)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = secrets.token_bytes(32)
    with NamedTemporaryFile(dir=folder, prefix="incoming-", delete=False) as draft:
        try:
            written = _write(draft, pieces, key)
            draft.flush()
            os.fsync(draft.fileno())
            Path(draft.name).replace(folder / _name(written.sha256, key))
        except BaseException:
            with suppress(FileNotFoundError):
                Path(draft.name).unlink()
            raise
    return written


def read(house: HouseId, case: CaseId, digest: str, key: bytes) -> Iterator[bytes]:
    """Give a file piece by piece. Raises NotInVault as soon as anything in it is not right."""
    path = _folder(house, case) / _name(digest, key)
    if not path.is_file():
        raise NotInVault(digest)
    return _read(path, digest, key)


def remove(house: HouseId, case: CaseId, digest: str, key: bytes) -> None:
    """Take a file out of the vault."""
    (_folder(house, case) / _name(digest, key)).unlink(missing_ok=True)


def _write(draft: IO[bytes], pieces: Iterable[bytes], key: bytes) -> Written:
    cipher, western, chinese = AESGCM(key), sha256(), Hash(SM3())
    size, sample = 0, b""
    for number, (piece, last) in enumerate(_cut(pieces)):
        size += len(piece)
        if size > MOST_BYTES:
            raise NotAllowed("file-too-large", most_megabytes=MOST_BYTES // MEGABYTE)
        western.update(piece)
        chinese.update(piece)
        sample = sample or piece[:SAMPLE]
        draft.write(cipher.encrypt(_nonce(number), piece, _end(last=last)))
    if not size:
        raise NotAllowed("file-empty")
    return Written(
        sha256=western.hexdigest(),
        sm3=chinese.finalize().hex(),
        size=size,
        media_type=media_type(sample),
        key=key,
    )


def _cut(pieces: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Cut what comes in to pieces of one size, and tell which is the last."""
    held = bytearray()
    for piece in pieces:
        held += piece
        while len(held) > _PIECE:
            yield bytes(held[:_PIECE]), False
            del held[:_PIECE]
    if held:
        yield bytes(held), True


def _read(path: Path, digest: str, key: bytes) -> Iterator[bytes]:
    cipher, seen = AESGCM(key), sha256()
    with path.open("rb") as file:
        sealed, number = file.read(_PIECE + _TAG), 0
        while sealed:
            following = file.read(_PIECE + _TAG)
            try:
                piece = cipher.decrypt(_nonce(number), sealed, _end(last=not following))
            except InvalidTag as error:
                raise NotInVault(digest) from error
            seen.update(piece)
            yield piece
            sealed, number = following, number + 1
    if seen.hexdigest() != digest:
        raise NotInVault(digest)


def _folder(house: HouseId, case: CaseId) -> Path:
    # Ids may come from an address that somebody typed.
    return Path(settings.VAULT_DIR) / str(UUID(house)) / str(UUID(case))


def _name(digest: str, key: bytes) -> str:
    """Name a file so that who sees the folder cannot tell whether a known file is in it."""
    return sha256(key + bytes.fromhex(digest)).hexdigest()


def _nonce(number: int) -> bytes:
    return number.to_bytes(12)


def _end(*, last: bool) -> bytes:
    return b"last" if last else b"more"
