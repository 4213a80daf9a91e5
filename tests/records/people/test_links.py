"""A link opens one case to one party, for a time; a secret opens a case to its consumer."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from pytest_django.fixtures import Settings

from buckstop.domain.words.ids import PartyId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER
from buckstop.records.log.isolation import HouseId, inside
from buckstop.records.people.access import Capacity
from buckstop.records.people.links import (
    give_secret,
    link_token,
    open_link,
    open_secret,
    renew_link,
    revoke_links,
)
from buckstop.records.people.models import Link, Secret
from tests.records.people.given import a_case, a_house

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 6, 1, 4, tzinfo=UTC)
LATER = NOON + timedelta(days=3)
MERCHANT = PartyId("merchant")


def a_link(house: HouseId) -> str:
    with inside(house):
        return link_token(house, a_case(), MERCHANT, purpose="answer", expires_at=LATER)


def test_a_link_opens_its_case_to_its_party_and_changes_nothing() -> None:
    house, case = a_house(), a_case()
    with inside(house):
        token = link_token(house, case, MERCHANT, purpose="answer", expires_at=LATER)

    first, again = open_link(token, at=NOON), open_link(token, at=NOON)

    assert first == again
    assert (first.case, first.purpose) == (case, "answer")
    assert (first.viewer.house, first.viewer.case) == (house, case)
    assert (first.viewer.party, first.viewer.capacity) == (MERCHANT, Capacity.RESPONDENT)


@pytest.mark.parametrize(
    "forge", [str.swapcase, lambda t: t[:-1], lambda t: "x" + t, lambda _: ""]
)
def test_a_forged_link_opens_nothing(forge: Callable[[str], str]) -> None:
    with pytest.raises(NotAllowed, match="link-unknown"):
        open_link(forge(a_link(a_house())), at=NOON)


def test_the_token_is_not_kept() -> None:
    house = a_house()
    token = a_link(house)
    with inside(house):
        assert token.encode() not in bytes(Link.objects.get().mark)


def test_an_expired_link_offers_a_fresh_one_once() -> None:
    token = a_link(a_house())
    with pytest.raises(NotAllowed, match="link-expired") as refused:
        open_link(token, at=LATER)
    assert refused.value.data == {"expired_at": LATER, "fresh": True}

    opened, fresh = renew_link(token, at=LATER, expires_at=LATER + timedelta(days=3))

    assert open_link(fresh, at=LATER) == opened
    with pytest.raises(NotAllowed, match="link-renewed-before"):
        renew_link(token, at=LATER, expires_at=LATER + timedelta(days=3))
    with pytest.raises(NotAllowed, match="link-expired") as refused:
        open_link(token, at=LATER)
    assert refused.value.data["fresh"] is False


def test_a_good_link_needs_no_fresh_one() -> None:
    with pytest.raises(NotAllowed, match="link-still-good"):
        renew_link(a_link(a_house()), at=NOON, expires_at=LATER)


def test_a_revoked_link_opens_nothing_and_cannot_be_renewed() -> None:
    house, case = a_house(), a_case()
    with inside(house):
        token = link_token(house, case, MERCHANT, purpose="answer", expires_at=LATER)
        revoke_links(case, MERCHANT, at=NOON)

    with pytest.raises(NotAllowed, match="link-revoked"):
        open_link(token, at=NOON)
    with pytest.raises(NotAllowed, match="link-revoked"):
        renew_link(token, at=LATER, expires_at=LATER)


def test_a_link_signed_with_the_key_before_still_opens_while_that_is_known(
    settings: Settings,
) -> None:
    token, old = a_link(a_house()), settings.SECRET_KEY

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new", [old]
    assert open_link(token, at=NOON).purpose == "answer"

    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(NotAllowed, match="link-unknown"):
        open_link(token, at=NOON)


def test_a_number_and_its_secret_open_my_case() -> None:
    house, case = a_house(), a_case()
    with inside(house):
        secret = give_secret(house, case, CONSUMER, "QH-2026-0001")

    opened = open_secret(" qh-2026-0001 ", secret.lower().replace("-", " "))

    assert (opened.case, opened.viewer.capacity) == (case, Capacity.CONSUMER)


@pytest.mark.parametrize("number", ["QH-2026-0001", "QH-2026-0002", "ZZ-1", ""])
def test_a_wrong_secret_and_a_wrong_number_are_told_alike(number: str) -> None:
    house, case = a_house(), a_case()
    with inside(house):
        give_secret(house, case, CONSUMER, "QH-2026-0001")

    with pytest.raises(NotAllowed, match="secret-wrong"):
        open_secret(number, "0000-0000-0000")


def test_a_new_secret_ends_the_one_before() -> None:
    house, case = a_house(), a_case()
    with inside(house):
        old = give_secret(house, case, CONSUMER, "QH-2026-0001")
        new = give_secret(house, case, CONSUMER, "QH-2026-0001")
        assert new.encode() not in bytes(Secret.objects.get().mark)

    assert open_secret("QH-2026-0001", new).case == case
    with pytest.raises(NotAllowed, match="secret-wrong"):
        open_secret("QH-2026-0001", old)
