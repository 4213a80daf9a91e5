"""The three drawings: of one case looked at closely, and of any case whatever."""

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings

from buckstop.letters.ball_path.frame import spread
from buckstop.letters.ball_path.picture import Came, Hold, Picture
from buckstop.letters.ball_path.spark import spark
from buckstop.letters.ball_path.tall import tall
from buckstop.letters.ball_path.wide import wide
from buckstop.letters.ball_path.words import EN
from tests.letters.ball_path.pictures import PHONE, on, pictures
from tests.letters.ball_path.svg import points_of, read, size_of

Drawer = Callable[[Picture], str]
DRAWERS = [wide, tall, spark]
RINGS = 1.5
"""Half a stroke, and a tenth lost in writing, may lie outside."""


def texts_of(drawing: str, kind: str) -> list[str]:
    found = re.findall(rf'<text class="{kind}"[^>]*>(.*?)</text>', drawing)
    return [re.sub(r"<title>.*?</title>", "", said) for said in found]


@pytest.mark.parametrize("draw", DRAWERS)
@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(picture=pictures())
def test_everything_lies_inside_the_drawing(draw: Drawer, picture: Picture) -> None:
    svg = read(draw(picture))
    width, height = size_of(svg)

    for x, y in points_of(svg):
        assert -RINGS <= x <= width + RINGS
        assert -RINGS <= y <= height + RINGS


@pytest.mark.parametrize("draw", DRAWERS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(picture=pictures())
def test_no_name_can_add_an_element_or_an_attribute(draw: Drawer, picture: Picture) -> None:
    allowed = {"svg", "title", "desc", "path", "circle", "g", "rect", "text"}
    attributes = {
        attribute for element in read(draw(picture)).iter() for attribute in element.attrib
    }

    assert {element.tag for element in read(draw(picture)).iter()} <= allowed
    assert not {name for name in attributes if name.startswith("on") or name == "href"}


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(picture=pictures())
def test_elbows_keep_their_order(picture: Picture) -> None:
    dots = re.findall(r'<circle class="kick" cx="([\d.]+)"', spark(picture))
    discs = re.findall(r'<g class="badge k"><circle cx="[\d.]+" cy="([\d.]+)"', tall(picture))

    assert [float(x) for x in dots] == sorted(float(x) for x in dots)
    assert [float(y) for y in discs] == sorted(float(y) for y in discs)


@pytest.mark.parametrize("draw", DRAWERS)
def test_a_drawing_carries_classes_and_no_colours(draw: Drawer) -> None:
    assert not re.search(r'(fill|stroke|style)="', draw(PHONE))


@pytest.mark.parametrize("draw", DRAWERS)
def test_a_drawing_has_a_title_and_a_description(draw: Drawer) -> None:
    svg = read(draw(PHONE))
    title, desc = svg.attrib["aria-labelledby"].split()

    assert svg.attrib["role"] == "img"
    assert [(e.attrib["id"], e.text) for e in (svg[0], svg[1])] == [
        (title, PHONE.title),
        (desc, PHONE.desc),
    ]


def test_the_same_case_can_stand_twice_in_a_page() -> None:
    ids = re.findall(r'id="([^"]+)"', wide(PHONE) + tall(PHONE) + spark(PHONE))

    assert len(set(ids)) == len(ids) == 6


@pytest.mark.parametrize("draw", [wide, tall])
def test_kicks_are_numbered_and_the_takeover_has_its_word(draw: Drawer) -> None:
    badges = re.findall(r'<g class="badge (.)">.*?<text[^>]*>(.*?)</text>', draw(PHONE))

    assert badges == [("k", "1"), ("k", "2"), ("t", "介入")]


@pytest.mark.parametrize("draw", [wide, tall])
def test_the_holder_stands_out_until_the_case_is_closed(draw: Drawer) -> None:
    closed = draw(replace(PHONE, closed=True))

    assert len(texts_of(draw(PHONE), "name(?: m)? here")) == 1
    assert 'class="ball"' in draw(PHONE)
    assert "here" not in closed
    assert 'class="ball"' not in closed
    assert 'class="done"' in closed


def test_a_kick_is_red_from_its_elbow_to_the_next_pass() -> None:
    kicks = re.findall(r'<path class="track k" d="([^"]+)"', wide(PHONE))

    assert len(kicks) == 2
    assert all(d.startswith("M") and "Q" in d and d.rsplit("H")[-1] for d in kicks)


def test_a_takeover_is_a_double_track() -> None:
    outer = re.findall(r'<path class="track t" d="([^"]+)"', wide(PHONE))

    assert outer == re.findall(r'<path class="track t in" d="([^"]+)"', wide(PHONE))
    assert len(outer) == 1


def test_tasks_are_named_beside_a_tall_drawing_by_their_letters() -> None:
    drawing = tall(PHONE)

    assert "维修点：交检测记录" in texts_of(drawing, "say")
    assert len(re.findall(r">a</text>", drawing)) == 2
    assert len(re.findall(r">b</text>", drawing)) == 2


def test_a_lapsed_clock_is_crossed_and_the_delay_is_marked() -> None:
    late = replace(PHONE.holds[1], due=on(20), lapsed=True)
    drawing = wide(replace(PHONE, holds=(PHONE.holds[0], late, *PHONE.holds[2:])))

    assert 'class="lapse"' in drawing
    assert 'class="late"' in drawing


def test_axis_labels_do_not_touch_each_other_or_now() -> None:
    labels = re.findall(r'<text class="axis(?: n)?" x="([\d.]+)"', wide(PHONE))
    places = sorted(float(x) for x in labels)

    assert len(places) > 8
    assert all(later - earlier > 20 for earlier, later in pairwise(places))


def test_a_very_short_case_shows_hours() -> None:
    quick = replace(PHONE, holds=PHONE.holds[:1], end=on(5), tasks=(), contacts=())

    assert texts_of(wide(quick), "axis")[:2] == ["10:00", "11:00"]


def test_a_long_case_names_the_new_year() -> None:
    long = Picture(
        key="long",
        title="-",
        desc="-",
        lanes=PHONE.lanes,
        holds=(Hold(lane=0, start=on(0), came=Came.OPEN),),
        end=on(24 * 150),
    )

    assert texts_of(wide(long), "axis") == ["12 月", "2027 年", "2 月", "3 月"]


def test_words_are_the_readers() -> None:
    drawing = tall(replace(PHONE, words=EN))

    assert any(said.startswith("now · 18 Nov") for said in texts_of(drawing, "when"))
    assert "took 13 hours" in texts_of(drawing, "what")


def test_a_long_name_is_cut_and_kept_under_the_pointer() -> None:
    lane = replace(PHONE.lanes[0], name="一家名字长得离谱的数码专营旗舰店")
    drawing = wide(replace(PHONE, lanes=(lane, *PHONE.lanes[1:])))

    assert f"<title>{lane.name}</title>" in drawing
    assert any(name.endswith("…") for name in texts_of(drawing, "name"))


def test_many_elbows_share_the_room_there_is() -> None:
    assert spread([0, 0, 0, 0], 0, 30, 20) == (0, 10, 20, 30)
    assert spread([0, 5, 90], 0, 100, 20) == (0, 20, 90)
    assert spread([0, 95, 100], 0, 100, 20) == (0, 80, 100)


@pytest.mark.parametrize(
    "broken",
    [
        {"holds": ()},
        {"lanes": PHONE.lanes[:1]},
        {"end": on(1)},
    ],
)
def test_what_cannot_be_drawn_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="hold"):
        replace(PHONE, **broken)  # type: ignore[arg-type]
