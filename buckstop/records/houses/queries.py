"""What the houses have published. All but the houses themselves needs a house in force."""

from dataclasses import dataclass
from datetime import date, datetime

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


class NoRules(LookupError):
    """A house had published nothing yet at that time."""


def houses() -> tuple[House, ...]:
    """List all houses, for work that is done for one after the other."""
    return tuple(map(_house, models.House.objects.order_by("slug")))


def house(house: HouseId) -> House:
    """Return one house."""
    return _house(models.House.objects.get(id=house))


def house_called(slug: str) -> House | None:
    """Return the house with this word in its address, if there is one."""
    row = models.House.objects.filter(slug=slug).first()
    return None if row is None else _house(row)


def desks() -> tuple[Desk, ...]:
    """List the desks of the house in force."""
    return tuple(
        Desk(
            desk=DeskId(row.desk),
            name=Name(hans=row.name_hans, hant=row.name_hant, en=row.name_en),
            lead=None if row.lead is None else PersonId(str(row.lead)),
        )
        for row in models.Desk.objects.order_by("desk")
    )


def rules_at(at: datetime) -> HouseRules:
    """Return the rules of the house in force as published at `at`."""
    row = models.PublishedRules.objects.filter(valid_from__lte=at).order_by("-valid_from").first()
    if row is None:
        raise NoRules(at)
    return rules_text.read(row.body)


def calendar_at(at: datetime) -> Calendar:
    """Return the calendar known at `at`; what the house entered goes before what we brought."""
    entered = {
        row.year: Notice(
            year=row.year,
            off_days=frozenset(map(date.fromisoformat, row.off_days)),
            make_up_days=frozenset(map(date.fromisoformat, row.make_up_days)),
            source=row.source,
        )
        for row in models.CalendarNotice.objects.filter(published_at__lte=at).order_by(
            "published_at"
        )
    }
    if not entered:
        return MAINLAND
    brought = (notice for notice in MAINLAND.notices if notice.year not in entered)
    return Calendar((*brought, *entered.values()))


def now(at: datetime) -> Now:
    """Return what the house in force decides under at `at`."""
    return Now(at=at, rules=rules_at(at), calendar=calendar_at(at))


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
    row = models.House.objects.filter(prefix=number.partition("-")[0]).first()
    return None if row is None else HouseId(str(row.id))
