"""Fingerprints of recorded bytes: one international, one Chinese, and a salted leaf over both."""

from hashlib import sha256

from cryptography.hazmat.primitives.hashes import SM3, Hash

SALT_BYTES = 16
DIGEST_BYTES = 32


def sm3(content: bytes) -> bytes:
    """Digest by GB/T 32905 (SM3)."""
    digest = Hash(SM3())
    digest.update(content)
    return digest.finalize()


def leaf(salt: bytes, content: bytes) -> bytes:
    """Commit to `content` so that whoever lacks the salt cannot guess what it says.

    The holder of the two plain digests and the salt can show that they belong to this leaf.
    """
    return sha256(salt + sha256(content).digest() + sm3(content)).digest()


def commitment(salt: bytes, text: str) -> str:
    """Commit to a text; once its salt is gone nobody can tell what it said."""
    return sha256(salt + text.encode()).hexdigest()
