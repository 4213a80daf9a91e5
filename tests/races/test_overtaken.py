"""Who is overtaken again and again is told that the page has changed, and keeps the words."""

from typing import Never

import pytest
from pytest_django.fixtures import Settings

from buckstop.records.log import store
from buckstop.records.log.errors import Overtaken
from tests.web.kit import a_house, a_scene

WORDS = "店家又来电话了"


@pytest.mark.django_db
def test_who_cannot_get_in_is_shown_what_is_so_now_with_what_was_typed(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    fair = a_house()
    settings.HOUSE = fair.slug
    scene = a_scene(fair)
    page = scene.consumer.get(scene.mine)
    before = scene.look().seq

    def is_overtaken(head: store.Head, *_: object, **__: object) -> Never:
        raise Overtaken(head.case, head.seq)

    with monkeypatch.context() as patch:
        patch.setattr(store, "append", is_overtaken)
        told = scene.consumer.send_only(page, page.form("text"), {"text": WORDS})

    assert told.status == 409
    assert told.read.alerts != []
    assert told.typed("text", "text") == WORDS
    assert scene.look().seq == before
    again = scene.consumer.send_only(told, told.form("text"), {"text": WORDS})
    assert again.status == 302
    assert scene.look().seq > before
