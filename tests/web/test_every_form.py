"""Whatever is typed into any form gets a clear answer in its reader's language, and stays."""

import re
from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from tests.web.browsing import Page
from tests.web.kit import LANGUAGES, Fair, Filled, Scene, a_house, a_scene, everybodys_forms

pytestmark = pytest.mark.django_db

WRONG_SECRET = "AAAA-BBBB-CCCC"
MEGABYTE = "长" * 350_000
NUL = "坏\x00字节"
HAN = re.compile(r"[\u4e00-\u9fff]")
LATIN_WORD = re.compile(r"[A-Za-z]{3,}")
EXAMPLES = re.compile(r"\S+@\S+|\bGD-\S+")
CODE = re.compile(r"^[a-z]+(-[a-z]+)+$")
TYPED_AS_IT_IS = {
    "emoji": "👩‍👩‍👧‍👦手机🔥",
    "marks": "订\u202e1200\u202c元",
    "mojibake": "锟斤拷Ã¤Â½é”™",
    "script": "<script>alert(1)</script><b onmouseover=alert(2)>粗</b>&amp;\"'",
}
SHAPED = frozenset({
    "price", "amount", "ordered_on", "received_on", "discovered_on", "shop_mail", "shop_phone",
    "mail", "phone", "contact", "at", "promised_for", "minutes", "days", "agree_days",
    "offer_days", "hours", "fulfil_days", "value",
})  # fmt: skip
"""Fields that take figures, days and addresses only."""


@pytest.fixture(params=LANGUAGES)
def scene(request: pytest.FixtureRequest, settings: Settings) -> Scene:
    return _scene(settings, request.param)


@pytest.fixture
def chinese_scene(settings: Settings) -> Scene:
    return _scene(settings, "zh-hans")


def _scene(settings: Settings, language: str) -> Scene:
    fair = a_house()
    settings.HOUSE = fair.slug
    return a_scene(fair, language)


def _is_clear(page: Page, language: str) -> bool:
    """Tell whether the page says in the reader's language what is the matter."""
    told = [EXAMPLES.sub("", alert).strip() for alert in page.read.alerts]
    foreign = HAN if language == "en" else LATIN_WORD
    own = LATIN_WORD if language == "en" else HAN
    return bool(told) and all(
        own.search(alert) and not foreign.search(alert) and not CODE.match(alert) for alert in told
    )


def _refused(form: Filled, page: Page, language: str, name: str) -> Iterator[str]:
    """List what is wrong with how a form came back with a no."""
    where = f"{form.page} {name}"
    if page.status not in {409, 422}:
        yield f"{where}: {page.status} {page.headers.get('Location', '')}"
        return
    if not _is_clear(page, language):
        yield f"{where}: not clear: {page.read.alerts}"
    for other, value in form.answers.items():
        if other not in {name, "password", "kind"} and form.kept(page, other) != str(value):
            yield f"{where}: {other} was {value!r}, now {form.kept(page, other)!r}"


def test_a_megabyte_in_any_field_is_answered_and_nothing_is_lost(scene: Scene) -> None:
    wrong: list[str] = []
    for form in everybodys_forms(scene):
        for name in sorted(form.form().words - {"password"}):
            page = form.send(**{name: MEGABYTE})
            wrong += _refused(form, page, scene.language, name)
            if form.kept(page, name) != MEGABYTE:
                wrong.append(f"{form.page} {name}: lost what was typed")
    assert "\n".join(wrong) == ""


def test_null_bytes_in_any_field_are_told_and_the_words_around_them_stay(scene: Scene) -> None:
    wrong: list[str] = []
    for form in everybodys_forms(scene):
        for name in sorted(form.form().words - {"password"}):
            page = form.send(**{name: NUL})
            wrong += _refused(form, page, scene.language, name)
            if form.kept(page, name) not in {NUL, NUL.replace("\x00", "")}:
                wrong.append(f"{form.page} {name}: lost what was typed")
    assert "\n".join(wrong) == ""


def test_an_empty_form_says_what_is_missing(scene: Scene) -> None:
    wrong: list[str] = []
    for form in everybodys_forms(scene):
        blank = dict.fromkeys(form.form().words, "")
        page = form.send(**blank)
        may_be_empty = form.page.endswith(("/takeover", "/fact"))
        if not may_be_empty and (
            page.status not in {409, 422} or not _is_clear(page, scene.language)
        ):
            wrong.append(f"{form.page}: {page.status} {page.read.alerts}")
    assert "\n".join(wrong) == ""


@pytest.mark.parametrize("kind", TYPED_AS_IT_IS)
def test_what_people_really_type_is_taken_and_shown_harmless(
    chinese_scene: Scene, kind: str
) -> None:
    scene, text = chinese_scene, TYPED_AS_IT_IS[kind]
    taken = 0
    for form in everybodys_forms(scene):
        names = form.form().words - SHAPED - {"forced_because"}
        page = form.send(**dict.fromkeys(names, text))
        assert page.status in {302, 409, 422}, f"{form.page}: {page.status}"
        if page.status == 302:
            taken += 1
        else:
            assert _is_clear(page, "zh-hans"), f"{form.page}: {page.read.alerts}"
            for name in names - {"password"}:
                assert form.kept(page, name).strip() == text, f"{form.page}: lost {name}"
        _is_harmless(page)
    assert taken >= 10
    for page in _all_that_was_said(scene):
        assert page.status == 200
        _is_harmless(page)
    assert text.replace("\u202e", "\ufffd").replace("\u202c", "\ufffd") in "\n".join(
        page.text for page in _all_that_was_said(scene)
    )


def _is_harmless(page: Page) -> None:
    for tag, attributes in page.read.tags:
        assert not (tag == "script" and "src" not in attributes), page.at
        assert not [name for name in attributes if name.startswith("on")], page.at
    said = [word for word in page.read.words if "\u202e" in word]
    assert said == [], page.at


def _all_that_was_said(scene: Scene) -> tuple[Page, ...]:
    return (
        scene.consumer.get(f"{scene.mine}?all=1"),
        scene.shop.get(f"{scene.theirs}?all=1"),
        scene.agent.get(f"{scene.desk}?all=1"),
        scene.agent.get("/queue?filter=all"),
        scene.supervisor.get(f"{scene.desk}/decide"),
        scene.supervisor.get("/supervision"),
    )


def test_a_choice_that_was_not_offered_is_refused(chinese_scene: Scene) -> None:
    wrong: list[str] = []
    for form in everybodys_forms(chinese_scene):
        for name in sorted(form.form().options):
            page = form.send(**{name: "no-such-choice"})
            unasked = form.page == chinese_scene.theirs and name in {"ground", "bounce", "to"}
            if unasked and page.status == 302:
                return  # an offer needs no ground: it was sent, and the form is gone
            if page.status not in {409, 422} or not _is_clear(page, "zh-hans"):
                wrong.append(f"{form.page} {name}: {page.status} {page.read.alerts}")
    assert "\n".join(wrong) == ""


def test_a_form_sent_twice_happens_once(chinese_scene: Scene) -> None:
    scene = chinese_scene
    wrong: list[str] = []
    for form in everybodys_forms(scene):
        if scene.number not in form.page:
            continue
        page = form.browser.get(form.page)
        before = scene.look().seq
        sent = [form.browser.send_only(page, page.form(form.of), form.answers) for _ in "ab"]
        grown = scene.look().seq
        again = form.browser.send_only(page, page.form(form.of), form.answers)
        if sent[0].status == 302 and grown == before:
            wrong.append(f"{form.page}: nothing happened")
        if sent[0].status != again.status or scene.look().seq != grown:
            wrong.append(f"{form.page}: {sent[0].status}, then {again.status}")
    assert "\n".join(wrong) == ""


def test_another_houses_number_is_told_like_one_that_is_none(
    chinese_scene: Scene, settings: Settings
) -> None:
    ours = chinese_scene
    there: Fair = a_house("elsewhere")
    settings.HOUSE = there.slug
    theirs = a_scene(there)
    for number in (theirs.number, theirs.number[:-1] + "x"):
        page = ours.agent.get(f"/cases/{number}")
        assert page.status == 404
        assert number not in page.text
        found = ours.agent.get(f"/queue?find={number}")
        assert "远帆手机" not in found.text
    told = {
        _found(ours, number) for number in (theirs.number, theirs.number[:-1] + "x", "nothing")
    }
    assert len(told) == 1


def _found(scene: Scene, number: str) -> str:
    page = scene.consumer.fill(
        scene.consumer.get("/find"), "secret", number=number, secret=WRONG_SECRET
    )
    assert page.status == 422
    return page.read.alerts[0]
