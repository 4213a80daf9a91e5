"""What is enclosed says nothing, and opens only where it belongs."""

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap
from hypothesis import given
from hypothesis import strategies as some

from buckstop.records.people.envelope import Envelope, enclose, opened, parted


@given(some.binary(), some.binary())
def test_what_was_enclosed_comes_out_of_one_column_as_it_went_in(
    plain: bytes, bound_to: bytes
) -> None:
    envelope = enclose(plain, bound_to=bound_to)
    assert opened(parted(envelope.in_one), bound_to=bound_to) == plain


def test_two_envelopes_of_the_same_have_nothing_in_common() -> None:
    one, other = (enclose(b"the same", bound_to=b"") for _ in range(2))
    assert one.ciphertext != other.ciphertext
    assert one.wrapped_key != other.wrapped_key


def test_an_envelope_moved_to_another_row_stays_shut() -> None:
    envelope = enclose(b"text", bound_to=b"one")
    with pytest.raises(InvalidTag):
        opened(envelope, bound_to=b"other")


def test_without_its_key_nothing_opens() -> None:
    envelope = enclose(b"text", bound_to=b"")
    erased = Envelope(ciphertext=envelope.ciphertext, nonce=envelope.nonce, wrapped_key=bytes(40))
    with pytest.raises(InvalidUnwrap):
        opened(erased, bound_to=b"")
