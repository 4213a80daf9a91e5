"""Bytes encrypted with a key of their own, which the master key wraps: destroyed with that key."""

import secrets
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap, aes_key_wrap

from buckstop.records.people.keys import KEY_BYTES, master_key

_NONCE_BYTES = 12
_WRAPPED_BYTES = KEY_BYTES + 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Envelope:
    """What is stored of something enclosed."""

    ciphertext: bytes
    nonce: bytes
    wrapped_key: bytes

    @property
    def in_one(self) -> bytes:
        """Join the three for a single column."""
        return self.nonce + self.wrapped_key + self.ciphertext


def enclose(plain: bytes, *, bound_to: bytes) -> Envelope:
    """Encrypt bytes so that they can be opened only with the same `bound_to`."""
    key, nonce = secrets.token_bytes(KEY_BYTES), secrets.token_bytes(_NONCE_BYTES)
    return Envelope(
        ciphertext=AESGCM(key).encrypt(nonce, plain, bound_to),
        nonce=nonce,
        wrapped_key=wrap(key),
    )


def opened(envelope: Envelope, *, bound_to: bytes) -> bytes:
    """Return what was enclosed."""
    key = unwrap(envelope.wrapped_key)
    return AESGCM(key).decrypt(envelope.nonce, envelope.ciphertext, bound_to)


def parted(in_one: bytes) -> Envelope:
    """Read what `in_one` joined."""
    begin = _NONCE_BYTES + _WRAPPED_BYTES
    return Envelope(
        nonce=in_one[:_NONCE_BYTES],
        wrapped_key=in_one[_NONCE_BYTES:begin],
        ciphertext=in_one[begin:],
    )


def wrap(key: bytes) -> bytes:
    """Wrap a key with the master key."""
    return aes_key_wrap(master_key(), key)


def unwrap(wrapped: bytes) -> bytes:
    """Return the key that was wrapped."""
    return aes_key_unwrap(master_key(), wrapped)
