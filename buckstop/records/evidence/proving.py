"""Every file of a house, for its operator: whether it is whole, and to take it along."""

from collections.abc import Iterator
from hashlib import sha256

from cryptography.hazmat.primitives.hashes import SM3, Hash
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap

from buckstop.domain.words.ids import CaseId
from buckstop.records.evidence import gateways
from buckstop.records.evidence.models import ReceivedRow
from buckstop.records.log.isolation import HouseId
from buckstop.records.people.envelope import unwrap


def received() -> int:
    """Count the files of the house in force that were not erased."""
    return ReceivedRow.objects.filter(wrapped_key__isnull=False).count()


def unfit(house: HouseId) -> Iterator[str]:
    """Read every file of the house in force, and name those that are not what was received."""
    rows = ReceivedRow.objects.filter(wrapped_key__isnull=False).order_by("case", "received_at")
    for row in rows.iterator(chunk_size=500):
        fault = _fault(house, row)
        if fault:
            yield f"file {row.sha256} of case {row.case} {fault}"


def files(house: HouseId) -> Iterator[tuple[CaseId, str, Iterator[bytes]]]:
    """Give every file of the house in force once: its case, its digest, and its pieces."""
    given = None
    rows = ReceivedRow.objects.filter(wrapped_key__isnull=False).order_by("case", "sha256", "id")
    for row in rows.iterator(chunk_size=500):
        case = CaseId(str(row.case))
        if given != (case, row.sha256):
            given = (case, row.sha256)
            key = unwrap(bytes(row.wrapped_key or b""))
            yield case, row.sha256, gateways.read(house, case, row.sha256, key)


def _fault(house: HouseId, row: ReceivedRow) -> str:
    western, chinese, size = sha256(), Hash(SM3()), 0
    try:
        key = unwrap(bytes(row.wrapped_key or b""))
        for piece in gateways.read(house, CaseId(str(row.case)), row.sha256, key):
            western.update(piece)
            chinese.update(piece)
            size += len(piece)
    except InvalidUnwrap:
        return "has a key that this master key does not open"
    except gateways.NotInVault:
        return "is not in the vault as it was put there"
    found = (western.hexdigest(), chinese.finalize().hex(), size)
    return "" if found == (row.sha256, row.sm3, row.size) else "has other digests"
