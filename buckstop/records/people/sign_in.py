"""Signing in: the house is read from the login, so it is known before anybody is looked up."""

from uuid import UUID

from django.contrib.auth import login
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from buckstop.domain.words.ids import DeskId, PersonId
from buckstop.records.houses.queries import house_called
from buckstop.records.log.isolation import HouseId, inside
from buckstop.records.people.access import Capacity, Viewer, person_of
from buckstop.records.people.models import Person
from buckstop.records.people.traces import leave_trace

IN_SESSION = "house"
"""Where the session keeps the house, for the middleware to enter before anybody is looked up."""


class PersonBackend(BaseBackend):
    """Knows the people of the houses."""

    def authenticate(
        self,
        request: HttpRequest | None,  # noqa: ARG002 - Django's own signature
        username: str | None = None,
        password: str | None = None,
        **_others: object,
    ) -> Person | None:
        """Return the person with this login and password."""
        if not username or not password:
            return None
        house = house_called(username.rpartition("@")[2].lower())
        person = None
        if house is not None:
            with inside(house.house):
                person = Person.objects.filter(login=username.lower(), is_active=True).first()
                if person is not None and person.check_password(password):
                    return person
        if person is None:
            make_password(password)  # take as long as for a login that exists
        return None

    def get_user(self, user_id: UUID | str) -> Person | None:
        """Return a person of the house in force; outside every house there is nobody."""
        return Person.objects.filter(id=user_id, is_active=True).first()


def sign_in(request: HttpRequest, person: Person) -> None:
    """Let a person work in this session, in their house."""
    login(request, person, backend=f"{PersonBackend.__module__}.{PersonBackend.__qualname__}")
    request.session[IN_SESSION] = str(person.house)
    with inside(HouseId(str(person.house))):
        leave_trace(viewer_of(person), "sign-in", [])


def viewer_of(person: Person) -> Viewer:
    """Return the eyes of a person."""
    return person_of(
        HouseId(str(person.house)),
        PersonId(str(person.id)),
        Capacity(person.role),
        DeskId(person.desk) if person.desk else None,
    )
