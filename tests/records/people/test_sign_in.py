"""People sign in at their house, and are known nowhere else."""

import pytest
from django.contrib.auth import authenticate, get_user
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory

from buckstop.domain.words.ids import DeskId, PersonId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.records.log.isolation import HouseId, inside
from buckstop.records.people.access import Capacity
from buckstop.records.people.actions import add_person, let_go
from buckstop.records.people.models import Person
from buckstop.records.people.queries import colleagues, names
from buckstop.records.people.sign_in import IN_SESSION, sign_in, viewer_of
from tests.records.people.given import a_house

pytestmark = pytest.mark.django_db

PASSWORD = "a long sentence nobody guesses"


def anna(house: HouseId) -> PersonId:
    with inside(house):
        return add_person(
            house,
            login="Anna",
            name=" 安娜 ",
            capacity=Capacity.AGENT,
            desk=DeskId("service"),
            password=PASSWORD,
        )


def test_a_login_names_its_house_so_no_house_need_be_known_before() -> None:
    house = a_house()
    person = anna(house)

    found = authenticate(username="ANNA@qinghe", password=PASSWORD)

    assert isinstance(found, Person)
    assert (str(found.id), found.name) == (person, "安娜")
    viewer = viewer_of(found)
    assert (viewer.house, viewer.person, viewer.capacity) == (house, person, Capacity.AGENT)


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("anna@qinghe", "wrong"),
        ("anna@qinghe", ""),
        ("anna@other", PASSWORD),
        ("anna@nowhere", PASSWORD),
        ("anna", PASSWORD),
        ("", PASSWORD),
    ],
)
def test_a_wrong_login_or_password_signs_nobody_in(login: str, password: str) -> None:
    anna(a_house())
    a_house("other", "OT")

    assert authenticate(username=login, password=password) is None


def test_who_was_let_go_cannot_sign_in_but_is_still_named() -> None:
    house = a_house()
    person = anna(house)
    with inside(house):
        let_go(person)

        assert colleagues() == ()
        assert names() == {person: "安娜"}
    assert authenticate(username="anna@qinghe", password=PASSWORD) is None


def test_a_login_is_given_once() -> None:
    house = a_house()
    anna(house)
    with pytest.raises(NotAllowed, match="login-taken"):
        anna(house)


def test_two_houses_may_each_have_an_anna() -> None:
    one, other = a_house(), a_house("other", "OT")
    anna(one)
    anna(other)

    with inside(one):
        assert [colleague.name for colleague in colleagues()] == ["安娜"]


def test_without_a_password_nobody_signs_in() -> None:
    house = a_house()
    with inside(house):
        add_person(house, login="bo", name="博", capacity=Capacity.ADMIN, desk=None, password=None)

    assert authenticate(username="bo@qinghe", password=PASSWORD) is None


def test_a_party_gets_no_account() -> None:
    house = a_house()
    with inside(house), pytest.raises(NotAllowed, match="not-a-person-of-the-house"):
        add_person(
            house, login="x", name="x", capacity=Capacity.CONSUMER, desk=None, password=None
        )


def test_a_session_is_somebody_s_only_within_their_house() -> None:
    house, other = a_house(), a_house("other", "OT")
    anna(house)
    found = authenticate(username="anna@qinghe", password=PASSWORD)
    assert isinstance(found, Person)
    request = RequestFactory().get("/")
    request.session = SessionStore()

    sign_in(request, found)

    with inside(HouseId(request.session[IN_SESSION])):
        assert get_user(request) == found
    with inside(other):
        assert get_user(request).is_anonymous
    assert get_user(request).is_anonymous
