"""Who works at the house in force."""

from dataclasses import dataclass

from django.db import connection

from buckstop.domain.words.ids import DeskId, PersonId
from buckstop.records.people.access import Capacity


@dataclass(frozen=True, kw_only=True, slots=True)
class Colleague:
    """Somebody who works at the house."""

    person: PersonId
    name: str
    capacity: Capacity
    desk: DeskId | None


def colleagues() -> tuple[Colleague, ...]:
    """List who works at the house in force now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id::text, name, role, desk FROM people_person"
            " WHERE is_active ORDER BY name, id"
        )
        return tuple(
            Colleague(
                person=PersonId(person),
                name=name,
                capacity=Capacity(role),
                desk=DeskId(desk) if desk else None,
            )
            for person, name, role, desk in cursor.fetchall()
        )


def names() -> dict[PersonId, str]:
    """Name everybody who ever worked at the house in force."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id::text, name FROM people_person")
        return {PersonId(person): name for person, name in cursor.fetchall()}
