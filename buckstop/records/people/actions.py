"""Setting up the people of a house."""

from uuid import uuid4

from django.contrib.auth.hashers import make_password

from buckstop.domain.words.ids import DeskId, PersonId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.records.houses.queries import house as house_of
from buckstop.records.log.isolation import HouseId
from buckstop.records.people.access import DESK_PEOPLE, Capacity
from buckstop.records.people.cleaning import clean_line
from buckstop.records.people.models import Person


def add_person(  # noqa: PLR0913 - an account is these six things
    house: HouseId,
    *,
    login: str,
    name: str,
    capacity: Capacity,
    desk: DeskId | None,
    password: str | None,
) -> PersonId:
    """Give somebody an account at the house in force; `login` gets the house's word behind it.

    Without a password nobody can sign in to it, except where a demonstration lets them.
    """
    if capacity not in {*DESK_PEOPLE, Capacity.ADMIN}:
        raise NotAllowed("not-a-person-of-the-house", capacity=capacity)
    full = f"{clean_line(login).lower()}@{house_of(house).slug}"
    if Person.objects.filter(login=full).exists():
        raise NotAllowed("login-taken", login=full)
    person = Person.objects.create(
        id=uuid4(),
        house=house,
        login=full,
        name=clean_line(name),
        role=capacity.value,
        desk=desk or "",
        password=make_password(password),
    )
    return PersonId(str(person.id))


def let_go(person: PersonId) -> None:
    """Close an account; what the person did stays under their name."""
    Person.objects.filter(id=person).update(is_active=False)
