"""Setting up a house, and publishing for it."""

from datetime import datetime, timedelta
from uuid import uuid4

from buckstop.domain.cases.now import HouseRules
from buckstop.domain.words.holidays import Notice
from buckstop.domain.words.ids import DeskId, PersonId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.records.houses import models, rules_text
from buckstop.records.houses.queries import Name
from buckstop.records.log import store
from buckstop.records.log.isolation import HouseId, inside


def open_house(*, slug: str, prefix: str, name: Name, demo: bool = False) -> HouseId:
    """Open a house. A demonstration brings its own clock, and the logs of its cases say so."""
    house = HouseId(str(uuid4()))
    with inside(house):
        models.House.objects.create(
            id=house,
            slug=slug,
            prefix=prefix,
            name_hans=name.hans,
            name_hant=name.hant,
            name_en=name.en,
            demo=demo,
        )
        if demo:
            store.bring_clock(house, ahead_seconds=0)
    return house


def set_clock_ahead(house: HouseId, ahead: timedelta) -> None:
    """Let a demonstration live in the future. Only its clock can be set, and only forward."""
    row = models.House.objects.get(id=house)
    if not row.demo:
        raise NotAllowed("clock-is-real")
    if ahead < timedelta(0):
        raise NotAllowed("clock-goes-forward")
    store.bring_clock(house, ahead_seconds=int(ahead.total_seconds()))


def add_desk(house: HouseId, desk: DeskId, name: Name) -> None:
    """Add a team to a house."""
    models.Desk.objects.create(
        house=house, desk=desk, name_hans=name.hans, name_hant=name.hant, name_en=name.en
    )


def put_on_duty(desk: DeskId, lead: PersonId) -> None:
    """Let a person lead a desk of the house in force from now on."""
    models.Desk.objects.filter(desk=desk).update(lead=lead)


def publish_rules(house: HouseId, rules: HouseRules, *, valid_from: datetime) -> None:
    """Publish a version of the rules; what is decided from `valid_from` on cites it."""
    if models.PublishedRules.objects.filter(version=rules.version).exists():
        raise NotAllowed("version-published-before", version=rules.version)
    models.PublishedRules.objects.create(
        house=house, version=rules.version, valid_from=valid_from, body=rules_text.write(rules)
    )


def publish_notice(house: HouseId, notice: Notice, *, at: datetime) -> None:
    """Enter the yearly notice of days off and make-up days; it counts for the house from `at`."""
    outside = [day for day in (*notice.off_days, *notice.make_up_days) if day.year != notice.year]
    if outside:
        raise NotAllowed("day-of-another-year", day=min(outside), year=notice.year)
    if both := notice.off_days & notice.make_up_days:
        raise NotAllowed("day-both-off-and-worked", day=min(both))
    models.CalendarNotice.objects.create(
        house=house,
        year=notice.year,
        published_at=at,
        off_days=[day.isoformat() for day in sorted(notice.off_days)],
        make_up_days=[day.isoformat() for day in sorted(notice.make_up_days)],
        source=notice.source,
    )
