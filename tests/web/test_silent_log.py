"""Whatever people do on every page, the log tells nothing of them."""

import json
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.signals import request_started
from django.test import Client
from pytest_django.fixtures import Settings

from buckstop.clockwork import lapses, notices, sending
from buckstop.clockwork.transport import Demo
from buckstop.web.views import start
from tests.test_settings import logged
from tests.web.browsing import Browser
from tests.web.kit import (
    PASSWORD,
    SHOP,
    STORY,
    Fair,
    Scene,
    a_house,
    a_scene,
    everybodys_forms,
    open_complaint,
    order,
    wish,
)

pytestmark = pytest.mark.django_db

TYPED = (
    *("林晓禾", "13800000000", "青屿", "远帆", "qingyu.example", "20260712-0417"),
    *("安宁", "梅青", "柏舟", "anna", "黑屏", "人为损坏", "飞羽快递", "kuaidi", PASSWORD, STORY),
)
"""Names, telephone numbers, addresses, logins, passwords and words of the story."""


@pytest.fixture
def fair(settings: Settings) -> Fair:
    opened = a_house()
    settings.HOUSE = opened.slug
    return opened


@contextmanager
def noted() -> Iterator[set[str]]:
    """Note what in any address opens or names something: numbers, secrets, tokens, digests."""
    told: set[str] = set()

    def note(environ: dict[str, str], **_: object) -> None:
        address = f"{environ['PATH_INFO']}/{environ.get('QUERY_STRING', '')}"
        told.update(part for part in re.split(r"[/?&=]", address) if re.search(r"\d.{4}", part))

    request_started.connect(note)
    try:
        yield told
    finally:
        request_started.disconnect(note)


def walked(fair: Fair) -> Scene:
    """Let everybody do everything that they can come to, rightly and wrongly."""
    scene = a_scene(fair)
    for filled in everybodys_forms(scene):
        filled.send(**dict.fromkeys(list(filled.answers)[:1], ""))
        filled.send()
    open_complaint(Browser("zh-hans"), fair)
    Browser("zh-hans").get(fair.link(scene.number))
    for path in ("/queue", "/supervision", f"/queue/{scene.number}", f"/queue?text={STORY}"):
        scene.supervisor.get(path)
    Browser("zh-hans").get(f"/my/{scene.number}")
    Browser("zh-hans").get("/l/token-of-somebody-1")
    notices.follow()
    sending.send(Demo())
    lapses.sweep()
    return scene


def test_a_whole_walk_leaves_no_personal_data_in_the_log(fair: Fair) -> None:
    with logged() as written, noted() as told:
        scene = walked(fair)
    log = written.getvalue()

    lines = [json.loads(line) for line in log.splitlines()]
    requests = [line for line in lines if line["event"] == "request"]
    assert len(requests) > 50
    assert scene.number in told
    assert order(fair)["item"] == "远帆手机"
    assert wish()["name"] in TYPED
    assert not [said for said in (*TYPED, *told, f"/{SHOP}") if said in log]


def test_each_request_is_one_line_with_its_route_its_answer_and_its_number(
    client: Client,
) -> None:
    with logged() as written:
        answer = client.get("/sign-in")
    (line,) = map(json.loads, written.getvalue().splitlines())
    assert line.items() >= {
        "event": "request", "method": "GET", "route": "sign-in", "status": 200,
        "level": "info", "request": answer.headers["X-Request-Id"],
    }.items()  # fmt: skip
    assert line["took_ms"] > 0


def test_a_fault_is_told_by_its_kind_and_place_and_shares_the_number_of_its_request(
    fair: Fair, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ValueError(STORY)

    assert fair.slug
    monkeypatch.setattr(start, "render", fails)
    browser = Client(raise_request_exception=False)
    with logged() as written:
        answer = browser.get("/")

    assert answer.status_code == 500
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    assert {line["request"] for line in lines} == {answer.headers["X-Request-Id"]}
    assert "ValueError" in {line.get("exception") for line in lines}
    assert STORY not in written.getvalue()


def test_a_number_that_somebody_sends_along_is_not_taken_over(client: Client) -> None:
    answer = client.get("/healthz", headers={"X-Request-Id": "13800000000"})
    assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["X-Request-Id"])


def test_what_others_log_is_kept_to_known_keys() -> None:
    with logged() as written:
        logging.getLogger("somebody.else").warning("%s called", "林晓禾", extra={"name_": STORY})
    assert "林晓禾" not in written.getvalue()
    assert STORY not in written.getvalue()
