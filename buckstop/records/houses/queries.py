"""What the houses have published. All but the houses themselves needs a house in force."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.db import connection

from buckstop.domain.cases.now import HouseRules, Now
from buckstop.domain.words.calendar import MAINLAND, Calendar
from buckstop.domain.words.holidays import Notice
from buckstop.domain.words.ids import DeskId, PersonId
from buckstop.records.houses import models, rules_text
from buckstop.records.log.isolation import HouseId


@dataclass(frozen=True, kw_only=True, slots=True)
class Name:
    """A name in the three languages of the screens."""

    hans: str
    hant: str
    en: str


@dataclass(frozen=True, kw_only=True, slots=True)
class House:
    """Who runs a desk; `prefix` begins the numbers of its cases."""

    house: HouseId
    slug: str
    prefix: str
    name: Name
    demo: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """A team of the house in force, and who leads it on duty."""

    desk: DeskId
    name: Name
    lead: PersonId | None


_VERSIONS = 256
"""Things published, kept as read."""


class NoRules(LookupError):
    """A house had published nothing yet at that time."""


def houses() -> tuple[House, ...]:
    """List all houses, for work that is done for one after the other."""
    return tuple(map(_house, models.House.objects.order_by("slug")))


@lru_cache(maxsize=_VERSIONS)
def house(house: HouseId) -> House:
    """Return one house. What stands here never changes once it is open."""
    return _house(models.House.objects.get(id=house))


def house_called(slug: str) -> House | None:
    """Return the house with this word in its address, if there is one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id::text FROM houses_house WHERE slug = %s", [slug])
        row = cursor.fetchone()
    return None if row is None else house(HouseId(row[0]))


def desks() -> tuple[Desk, ...]:
    """List the desks of the house in force."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT desk, name_hans, name_hant, name_en, lead::text FROM houses_desk ORDER BY desk"
        )
        return tuple(
            Desk(
                desk=DeskId(desk),
                name=Name(hans=hans, hant=hant, en=en),
                lead=None if lead is None else PersonId(lead),
            )
            for desk, hans, hant, en, lead in cursor.fetchall()
        )


_PUBLISHED = """
    SELECT r.body, n.year, n.off_days, n.make_up_days, n.source
    FROM (SELECT) one
    LEFT JOIN (
        SELECT body FROM houses_publishedrules
        WHERE valid_from <= %(at)s ORDER BY valid_from DESC LIMIT 1
    ) r ON true
    LEFT JOIN houses_calendarnotice n ON n.published_at <= %(at)s
    ORDER BY n.published_at
"""


def now(at: datetime) -> Now:
    """Return what the house in force decides under at `at`: what was published by then."""
    body, notices = _published(at)
    if body is None:
        raise NoRules(at)
    return Now(at=at, rules=_rules(body), calendar=_calendar(notices))


def rules_at(at: datetime) -> HouseRules:
    """Return the rules of the house in force as published at `at`."""
    return now(at).rules


def calendar_at(at: datetime) -> Calendar:
    """Return the calendar known at `at`; what the house entered goes before what we brought."""
    _, notices = _published(at)
    return _calendar(notices)


type _Entered = tuple[int, str, str, str]


def _published(at: datetime) -> tuple[str | None, tuple[_Entered, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(_PUBLISHED, {"at": at})
        rows = cursor.fetchall()
    return rows[0][0], tuple(row[1:] for row in rows if row[1] is not None)


_rules = lru_cache(maxsize=_VERSIONS)(rules_text.read)
"""Read rules, once for each text."""


@lru_cache(maxsize=_VERSIONS)
def _calendar(entered: tuple[_Entered, ...]) -> Calendar:
    """Make a calendar, once for each set of notices; of those for one year the last counts."""
    if not entered:
        return MAINLAND
    notices = {
        year: Notice(
            year=year,
            off_days=frozenset(map(date.fromisoformat, json.loads(off_days))),
            make_up_days=frozenset(map(date.fromisoformat, json.loads(make_up_days))),
            source=source,
        )
        for year, off_days, make_up_days, source in entered
    }
    brought = (notice for notice in MAINLAND.notices if notice.year not in notices)
    return Calendar((*brought, *notices.values()))


def _house(row: models.House) -> House:
    return House(
        house=HouseId(str(row.id)),
        slug=row.slug,
        prefix=row.prefix,
        name=Name(hans=row.name_hans, hant=row.name_hant, en=row.name_en),
        demo=row.demo,
    )


def house_of_number(number: str) -> HouseId | None:
    """Return the house whose prefix a case's number begins with."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id::text FROM houses_house WHERE prefix = %s", [number.partition("-")[0]]
        )
        row = cursor.fetchone()
    return None if row is None else HouseId(row[0])
