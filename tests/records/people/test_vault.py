"""Personal text is read by who may, leaves a trace, and can be forgotten."""

from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from buckstop.domain.cases.events import NoteWritten
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.records.log.isolation import inside
from buckstop.records.log.verify import verify
from buckstop.records.people import keys
from buckstop.records.people.access import Capacity, consumer
from buckstop.records.people.models import PersonalText, ReadTrace
from buckstop.records.people.vault import erase, reveal, seal
from tests.records.log.given import a_case as a_logged_case
from tests.records.log.given import tell
from tests.records.people.given import a_case, a_house, somebody

pytestmark = pytest.mark.django_db

STORY = "我叫王小明，电话 13900000000，商家推给快递"


def test_what_was_sealed_is_revealed_to_the_desk() -> None:
    house, case = a_house(), a_case()
    with inside(house):
        sealed = seal(case, STORY)

        assert reveal([sealed.ref], somebody(house), "case-page") == {sealed.ref: STORY}


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=50))
def test_a_commitment_tells_nothing_and_is_never_the_same(text: str) -> None:
    with transaction.atomic():
        house = a_house("h", "H")
        with inside(house):
            one, other = seal(a_case(), text), seal(a_case(), text)
        transaction.set_rollback(True)

    assert one.commitment != other.commitment
    assert one.ref != other.ref


def test_what_is_stored_cannot_be_read_without_the_key() -> None:
    house, case = a_house(), a_case()
    with inside(house):
        sealed = seal(case, STORY)
        row = PersonalText.objects.get(ref=sealed.ref)

        stored = bytes(row.ciphertext) + bytes(row.wrapped_key or b"") + bytes(row.nonce)
        assert STORY.encode() not in stored
        assert b"13900000000" not in stored


def test_a_text_cannot_be_passed_off_as_one_of_another_case() -> None:
    house, mine, other = a_house(), a_case(), a_case()
    with inside(house):
        sealed = seal(mine, STORY)
        with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute('UPDATE people_personaltext SET "case" = %s', [other])
        row = PersonalText.objects.get(ref=sealed.ref)
        PersonalText.objects.create(
            ref=a_case(),
            house=house,
            case=other,
            ciphertext=row.ciphertext,
            nonce=row.nonce,
            wrapped_key=row.wrapped_key,
        )
        copied = PersonalText.objects.get(case=other)

        with pytest.raises(InvalidTag):
            reveal([str(copied.ref)], consumer(house, other), "my-case")


def test_a_page_leaves_one_trace_of_who_read_what_for() -> None:
    house, case = a_house(), a_case()
    agent = somebody(house)
    with inside(house):
        refs = [seal(case, text).ref for text in ("一", "二", "三")]

        reveal(refs, agent, "case-page")

        trace = ReadTrace.objects.get()
        assert str(trace.person) == agent.person
        assert (trace.cases, trace.texts, trace.purpose) == ([case], 3, "case-page")


def test_a_trace_cannot_be_taken_back() -> None:
    house, case = a_house(), a_case()
    with inside(house):
        reveal([seal(case, STORY).ref], somebody(house), "case-page")
        for change in (ReadTrace.objects.all().delete, lambda: ReadTrace.objects.update(texts=0)):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                change()


def test_nothing_read_leaves_no_trace() -> None:
    house = a_house()
    with inside(house):
        assert reveal([], somebody(house), "case-page") == {}
        assert not ReadTrace.objects.exists()


def test_a_party_is_shown_texts_of_its_own_case_only() -> None:
    house, mine, other = a_house(), a_case(), a_case()
    with inside(house):
        own, foreign = seal(mine, "我的"), seal(other, "别人的")

        seen = reveal([own.ref, foreign.ref], consumer(house, mine), "my-case")

    assert seen == {own.ref: "我的"}


def test_an_administrator_reads_no_case() -> None:
    house, case = a_house(), a_case()
    with inside(house):
        sealed = seal(case, STORY)
        with pytest.raises(NotAllowed, match="not-yours"):
            reveal([sealed.ref], somebody(house, Capacity.ADMIN), "case-page")


def test_another_house_reads_nothing() -> None:
    house, other, case = a_house(), a_house("other", "OT"), a_case()
    with inside(house):
        sealed = seal(case, STORY)

    with inside(other):
        assert reveal([sealed.ref], somebody(other), "case-page") == {}
        assert reveal([sealed.ref], somebody(house), "case-page") == {}


def test_an_erased_text_is_gone_and_the_chain_still_holds() -> None:
    house = a_house()
    case = a_logged_case(house)
    with inside(house):
        sealed, kept = seal(case, STORY), seal(case, "另一句")
    tell(house, case, NoteWritten(text=sealed), NoteWritten(text=kept))

    with inside(house):
        erase(sealed.ref)

        assert reveal([sealed.ref, kept.ref], somebody(house), "page") == {kept.ref: "另一句"}
        row = PersonalText.objects.get(ref=sealed.ref)
        assert (row.wrapped_key, bytes(row.ciphertext), bytes(row.nonce)) == (None, b"", b"")
        assert verify(case) == ()


def test_the_master_key_is_made_once_and_is_private(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "master"

    made = keys._from_file(path)  # noqa: SLF001 - the place is the test's own

    assert keys._from_file(path) == made  # noqa: SLF001 - the same
    assert len(made) == keys.KEY_BYTES
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert list(path.parent.iterdir()) == [path]
