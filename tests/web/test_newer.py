"""While a new version comes in, a case that it has written in waits for the old one, loudly."""

import json
from datetime import UTC, datetime

import pytest
from pytest_django.fixtures import Settings

from buckstop.clockwork import lapses
from buckstop.domain.cases.events import ClockLapsed
from buckstop.records.log import store
from buckstop.records.log.codec import NewerVersion
from buckstop.records.log.isolation import inside
from buckstop.records.log.verify import verify
from tests.isolation.visitors import another_complaint
from tests.records.cases.builders import a_case, house
from tests.records.log.newer import a_newer_line
from tests.test_settings import logged
from tests.web.kit import Fair, a_house, a_scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair(settings: Settings) -> Fair:
    opened = a_house()
    settings.HOUSE = opened.slug
    return opened


def test_such_a_case_says_so_to_everybody_and_takes_nothing_in(fair: Fair) -> None:
    scene = a_scene(fair)
    case = fair.case(scene.number)
    agents = scene.agent.get(scene.desk)
    a_newer_line(fair.house, case)
    with inside(fair.house):
        before = store.head(case)

    with logged() as written:
        shown = [
            scene.consumer.get(scene.mine),
            scene.shop.get(scene.theirs),
            scene.agent.get(scene.desk),
            scene.agent.fill(agents, "as", text="在吗", **{"as": "message"}),
        ]

    for page in shown:
        assert page.status == 503
        assert "这个案件暂时打不开" in page.text
        assert "什么都没有丢" in page.text
    with inside(fair.house):
        assert (store.head(case).seq, store.head(case).digest) == (before.seq, before.digest)
    told = [json.loads(line) for line in written.getvalue().splitlines()]
    assert NewerVersion.__name__ in {line.get("exception") for line in told}
    assert {"a case cannot be read"} == {
        line["event"] for line in told if line["level"] == "error" and "case" in line
    }


def test_all_other_cases_and_lists_go_on(fair: Fair) -> None:
    scene = a_scene(fair)
    a_newer_line(fair.house, fair.case(scene.number))
    _, other = another_complaint(fair)
    assert scene.agent.get(f"/cases/{other}").status == 200
    assert scene.agent.get("/queue").status == 200


def test_the_worker_lets_all_other_clocks_lapse(fair: Fair) -> None:
    assert fair.slug
    cast = house(demo=True)
    late = datetime(2026, 10, 12, 2, tzinfo=UTC)
    stuck, well = a_case(cast, at=late), a_case(cast, at=late)
    a_newer_line(cast.house, stuck)

    with logged() as written:
        swept = lapses.sweep()

    assert swept.failed == {stuck}
    assert stuck in written.getvalue()
    with inside(cast.house):
        lapsed = {type(entry.event) for entry in store.read(store.head(well))}
    assert ClockLapsed in lapsed


def test_its_bytes_are_whole_for_who_verifies_and_only_not_readable_here(fair: Fair) -> None:
    scene = a_scene(fair)
    case = fair.case(scene.number)
    a_newer_line(fair.house, case)
    with inside(fair.house):
        assert {fault.code for fault in verify(case)} == {"not-readable"}
