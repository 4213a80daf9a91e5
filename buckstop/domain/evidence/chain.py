"""The chain of one case: every line's digest covers the line before it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from buckstop.domain.evidence.digests import DIGEST_BYTES, leaf

START = bytes(DIGEST_BYTES)
"""What the first line of a case follows."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """One stored line with the digests that were written beside it."""

    seq: int
    content: bytes
    salt: bytes
    leaf: bytes
    digest: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """What is wrong with which line, such as `seq-gap`, `leaf-differs` or `chain-broken`."""

    seq: int
    code: str


def follow(digest: bytes, line: bytes) -> bytes:
    """Return the digest of the chain after the leaf `line`, which follows `digest`."""
    return sha256(digest + line).digest()


def faults(links: Iterable[Link]) -> Iterator[Fault]:
    """Recompute a whole chain from its first line and name every fault."""
    before = START
    for expected, link in enumerate(links, start=1):
        if link.seq != expected:
            yield Fault(seq=link.seq, code="seq-gap")
        if leaf(link.salt, link.content) != link.leaf:
            yield Fault(seq=link.seq, code="leaf-differs")
        if follow(before, link.leaf) != link.digest:
            yield Fault(seq=link.seq, code="chain-broken")
        before = link.digest
