"""Who works at the house in force."""

from dataclasses import dataclass

from buckstop.domain.words.ids import DeskId, PersonId
from buckstop.records.people.access import Capacity
from buckstop.records.people.models import Person


@dataclass(frozen=True, kw_only=True, slots=True)
class Colleague:
    """Somebody who works at the house."""

    person: PersonId
    name: str
    capacity: Capacity
    desk: DeskId | None


def colleagues() -> tuple[Colleague, ...]:
    """List who works at the house in force now."""
    rows = Person.objects.filter(is_active=True).order_by("name", "id")
    return tuple(map(_colleague, rows))


def names() -> dict[PersonId, str]:
    """Name everybody who ever worked at the house in force."""
    return {PersonId(str(key)): name for key, name in Person.objects.values_list("id", "name")}


def _colleague(row: Person) -> Colleague:
    return Colleague(
        person=PersonId(str(row.id)),
        name=row.name,
        capacity=Capacity(row.role),
        desk=DeskId(row.desk) if row.desk else None,
    )
