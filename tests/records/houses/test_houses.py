"""A house publishes what it decides under, and lives within its own walls."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from buckstop.domain.cases.now import LENGTHS, HouseRules
from buckstop.domain.words.calendar import Span, Unit
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.holidays import Notice
from buckstop.domain.words.ids import CaseId, DeskId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.records.houses import actions, models, queries, rules_text
from buckstop.records.houses.queries import Name
from buckstop.records.log import canonical, store
from buckstop.records.log.forms import NotReadable
from buckstop.records.log.isolation import HouseId, inside

JUNE = datetime(2026, 6, 1, tzinfo=UTC)
NAME = Name(hans="青禾调解", hant="青禾調解", en="Qinghe Mediation")
SPANS = st.builds(Span, st.integers(1, 400), st.sampled_from(Unit))


def a_house(slug: str = "qinghe", prefix: str = "QH", *, demo: bool = False) -> HouseId:
    return actions.open_house(slug=slug, prefix=prefix, name=NAME, demo=demo)


@given(
    st.dictionaries(st.sampled_from(ClockKind), SPANS),
    st.integers(0, 10**6),
    st.none() | st.integers(1, 9),
    st.lists(st.text("abc", min_size=1), max_size=3),
)
def test_rules_come_back_as_they_were_published(
    lengths: dict[ClockKind, Span], seconds: int, kicks: int | None, ladder: list[str]
) -> None:
    rules = HouseRules(
        version="2026-1",
        lengths={**LENGTHS, **lengths},
        reminder_gap=timedelta(seconds=seconds),
        takeover_kicks=kicks,
        ladder=tuple(ladder),
    )

    assert rules_text.read(rules_text.write(rules)) == rules


def test_rules_older_than_a_rule_have_its_default() -> None:
    assert rules_text.read('{"version":"old"}') == HouseRules(version="old")


def test_rules_that_nobody_knows_are_not_read() -> None:
    with pytest.raises(NotReadable, match="whim"):
        rules_text.read(canonical.write({"version": "x", "whim": True}))


@pytest.mark.django_db
def test_the_rules_in_force_are_those_last_published() -> None:
    house = a_house()
    with inside(house):
        for version, days in (("1", 0), ("2", 10)):
            actions.publish_rules(
                house, HouseRules(version=version), valid_from=JUNE + timedelta(days=days)
            )

        assert queries.rules_at(JUNE + timedelta(days=9)).version == "1"
        assert queries.rules_at(JUNE + timedelta(days=10)).version == "2"
        with pytest.raises(queries.NoRules):
            queries.rules_at(JUNE - timedelta(days=1))


@pytest.mark.django_db
def test_a_version_is_published_once_and_never_changed() -> None:
    house = a_house()
    with inside(house):
        actions.publish_rules(house, HouseRules(version="1"), valid_from=JUNE)
        with pytest.raises(NotAllowed, match="version-published-before"):
            actions.publish_rules(house, HouseRules(version="1"), valid_from=JUNE)
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            models.PublishedRules.objects.update(body="{}")


@pytest.mark.django_db
def test_a_notice_that_the_house_entered_counts_from_then_on() -> None:
    house = a_house()
    spring = date(2027, 2, 6)
    notice = Notice(
        year=2027,
        off_days=frozenset({spring}),
        make_up_days=frozenset({date(2027, 2, 20)}),
        source="entered",
    )
    with inside(house):
        assert queries.calendar_at(JUNE).is_working(spring) is None

        actions.publish_notice(house, notice, at=JUNE)

        assert queries.calendar_at(JUNE - timedelta(seconds=1)).is_working(spring) is None
        assert queries.calendar_at(JUNE).is_working(spring) is False
        assert queries.calendar_at(JUNE).is_working(date(2027, 2, 20)) is True


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("off", "worked", "code"),
    [
        (date(2026, 1, 1), date(2027, 1, 2), "day-of-another-year"),
        (date(2027, 1, 2), date(2027, 1, 2), "day-both-off-and-worked"),
    ],
)
def test_a_notice_that_cannot_be_right_is_not_taken(off: date, worked: date, code: str) -> None:
    house = a_house()
    notice = Notice(2027, frozenset({off}), frozenset({worked}), "entered")

    with inside(house), pytest.raises(NotAllowed, match=code):
        actions.publish_notice(house, notice, at=JUNE)


@pytest.mark.django_db
def test_everybody_may_know_which_houses_there_are() -> None:
    house = a_house()

    assert [known.slug for known in queries.houses()] == ["qinghe"]
    assert queries.house_called("qinghe") == queries.house(house)
    assert queries.house_of_number("QH-2026-7") == house
    assert queries.house_of_number("XX-2026-7") is None
    assert queries.house_called("nobody") is None


@pytest.mark.django_db
def test_a_house_is_changed_from_within_only() -> None:
    house = a_house()
    rows = models.House.objects.filter(id=house)

    with inside(HouseId(str(uuid4()))):
        assert rows.update(slug="taken") == 0
    with inside(house):
        assert rows.update(slug="renamed") == 1


@pytest.mark.django_db
def test_desks_are_the_house_s_own() -> None:
    house, other = a_house(), a_house("other", "OT")
    with inside(house):
        actions.add_desk(house, DeskId("service"), NAME)
        assert [desk.desk for desk in queries.desks()] == ["service"]
    with inside(other):
        assert queries.desks() == ()


@pytest.mark.django_db
def test_only_a_demonstration_has_a_clock_that_can_be_set() -> None:
    real, demo = a_house(), a_house("demo", "DM", demo=True)
    day = timedelta(days=1)

    with inside(real):
        assert store.create(CaseId(str(uuid4())), real).own_clock is False
        with pytest.raises(NotAllowed, match="clock-is-real"):
            actions.set_clock_ahead(real, day)
    with inside(demo):
        before = store.create(CaseId(str(uuid4())), demo)
        actions.set_clock_ahead(demo, day)
        assert store.head(before.case).at - before.at >= day
        with pytest.raises(NotAllowed, match="clock-goes-forward"):
            actions.set_clock_ahead(demo, -day)
