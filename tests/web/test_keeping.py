"""What was typed and chosen is there again, whatever stood against its sending."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.conf import settings as product
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django.fixtures import Settings

from buckstop.domain.words.party import CONSUMER
from buckstop.records.cases.due import unsent
from buckstop.records.log.isolation import inside
from tests.web.browsing import Browser, Page, PageForm
from tests.web.kit import LANGUAGES, PASSWORD, SHOP, Scene, a_house, a_scene, newcomer

pytestmark = pytest.mark.django_db

WORDS = "这一段写了很久，不想再写一遍。"
LONG = "长" * 30_000


@pytest.fixture(params=LANGUAGES)
def scene(request: pytest.FixtureRequest, settings: Settings) -> Scene:
    fair = a_house()
    settings.HOUSE = fair.slug
    return a_scene(fair, request.param)


@pytest.fixture
def chinese_scene(settings: Settings) -> Scene:
    fair = a_house()
    settings.HOUSE = fair.slug
    return a_scene(fair)


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """A form with a text and files: where it stands, where it goes, what its fields are called."""

    browser: Browser
    page: str
    action: str
    text: str
    files: str
    more: tuple[tuple[str, str], ...] = ()

    def send(self, **answers: object) -> Page:
        page = self.browser.get(self.page)
        return self.browser.send_only(page, self.on(page), {**dict(self.more), **answers})

    def on(self, page: Page) -> PageForm:
        return page.form(action=self.action) if self.action else page.form(self.text)

    def kept(self, page: Page) -> str:
        return "".join(self.on(page).sent.get(self.text, []))


def _ask_both(scene: Scene) -> None:
    """Let the desk ask the consumer and the shop for proof."""
    for of, fact in (("consumer", "malfunction"), (SHOP, "human-damage")):
        page = scene.agent.get(f"{scene.desk}/ask")
        asked = scene.agent.fill(page, "why", fact=fact, of=of, why="要认定")
        assert asked.at == scene.desk, asked.read.alerts


def _forms(scene: Scene) -> Iterator[Form]:
    _ask_both(scene)
    mine, theirs = scene.mine, scene.theirs
    (ours,) = [line.request for line in scene.look().requests if line.of == "consumer"]
    (asked,) = [line.request for line in scene.look().requests if line.of == SHOP]
    kind = (("kind", "invoice"),)
    for page, action, files, more in (
        (mine, f"{mine}/message", "files", ()),
        (f"{mine}/evidence", "", "attached", kind),
        (f"{mine}/requests/{ours}/answer", "", "attached", kind),
        (f"{mine}/appeal", "", "attached", ()),
    ):
        yield Form(
            browser=scene.consumer, page=page, action=action, text="text", files=files, more=more
        )
    for rest in (f"/requests/{asked}", "/evidence"):
        yield Form(
            browser=scene.shop, page=theirs, action=theirs + rest, text="text", files="files"
        )
    refusal = (("answer", "refuse"), ("ground", "human-damage"), ("go", "send"))
    proof = "proof-human-damage-appraisal-report"
    yield Form(
        browser=scene.shop, page=theirs, action=theirs, text="ground_text", files=proof,
        more=refusal,
    )  # fmt: skip


def _picture(name: str, content: bytes = b"abc") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_files_stay_chosen_when_the_words_beside_them_are_refused(scene: Scene) -> None:
    for number, form in enumerate(_forms(scene)):
        name = f"chosen{number}.png"
        file = _picture(name, name.encode())
        refused = form.send(**{form.text: LONG, form.files: file})
        assert refused.status == 422, form
        assert refused.read.alerts != [], form
        assert name in refused.text, form
        assert form.kept(refused) == LONG, form
        assert name in form.browser.get(form.page).text, form
        if form.page.endswith("/appeal"):
            continue  # nothing is decided yet
        sent = form.send(**{form.text: WORDS})
        assert sent.status == 302, (form, sent.read.alerts)
        assert name in [item.name for item in scene.look().evidence], form


def test_an_appeal_that_is_not_open_loses_neither_its_words_nor_its_files(scene: Scene) -> None:
    form = next(form for form in _forms(scene) if form.page.endswith("/appeal"))
    refused = form.send(**{form.text: WORDS, form.files: _picture("new.png")})
    assert refused.status == 409
    again = form.browser.get(form.page)
    assert form.kept(again) == WORDS
    assert "new.png" in again.text


def test_a_file_that_is_not_wanted_any_more_can_be_left_out(chinese_scene: Scene) -> None:
    scene = chinese_scene
    for form in _forms(scene):
        refused = form.send(**{form.text: LONG, form.files: _picture("no.png")})
        page = form.browser.get(form.page)
        found = form.on(page)
        (unwanted,) = found.options["drop"]
        left = form.browser.send(
            refused, found, {**dict(form.more), form.text: LONG, "drop": unwanted}
        )
        assert "no.png" not in left.text, form


def test_one_bad_file_keeps_none_of_the_others_back(chinese_scene: Scene) -> None:
    for form in _forms(chinese_scene):
        both = [_picture("right.png"), _picture("empty.png", b"")]
        answer = form.send(**{form.text: WORDS, form.files: both})
        assert answer.status == 422, form
        assert "empty.png" in "".join(answer.read.alerts), form
        assert "right.png" in answer.text, form
        assert form.kept(answer) == WORDS, form


def test_of_ten_thousand_files_the_words_and_the_first_ones_stay(chinese_scene: Scene) -> None:
    form = next(iter(_forms(chinese_scene)))
    crowd = [_picture(f"{number}.png", str(number).encode()) for number in range(10_000)]
    answer = form.send(**{form.text: WORDS, form.files: crowd})
    assert answer.status == 422
    assert "20" in "".join(answer.read.alerts)
    assert form.kept(answer) == WORDS
    assert "19.png" in answer.text
    assert "20.png" not in answer.text


def test_what_was_kept_and_is_sent_twice_comes_in_once(chinese_scene: Scene) -> None:
    scene = chinese_scene
    form = next(iter(_forms(scene)))
    form.send(**{form.text: LONG, form.files: _picture("once.png")})
    page = form.browser.get(form.page)
    presses = [form.browser.send_only(page, form.on(page), {form.text: WORDS}) for _ in "ab"]
    assert [press.status for press in presses] == [302, 302]
    assert [item.name for item in scene.look().evidence] == ["once.png"]
    assert [line.kind for line in scene.look().thread].count("MessageSent") == 1


def test_a_link_that_ends_while_its_reader_writes_loses_nothing(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    fair, forms = scene.fair, [form for form in _forms(scene) if form.browser is scene.shop]
    for number, form in enumerate(forms):
        browser = Browser(scene.language)
        browser.get(fair.link(scene.number))
        page = browser.get(form.page)
        with monkeypatch.context() as later:
            now = datetime.now(UTC) + timedelta(days=9)
            later.setattr("buckstop.web.seats.timezone", SimpleNamespace(now=lambda now=now: now))
            file = _picture(f"late{number}.png", str(number).encode())
            answers = {**dict(form.more), form.text: WORDS, form.files: file}
            ended = browser.send_only(page, form.on(page), answers)
        assert ended.status == 410, form
        assert WORDS in ended.html, form
        assert any(found.action.endswith("/fresh") for found in ended.read.forms), form
        elsewhere = Browser(scene.language)
        elsewhere.get(fair.link(scene.number))
        again = elsewhere.get(form.page)
        kept = form.on(again)
        assert kept.sent[form.text] == [WORDS], form
        assert f"late{number}.png" in again.text, form


def test_a_fresh_link_is_really_sent(chinese_scene: Scene) -> None:
    scene = chinese_scene
    old = scene.fair.link(scene.number, lasts=timedelta(days=-1))
    browser = Browser()
    page = browser.get(old)
    assert page.status == 410
    assert browser.send(page, page.form(action="/fresh")).status == 200
    with inside(scene.fair.house):
        waiting = unsent(scene.fair.house, at=datetime.now(UTC), but=(), most=99)
        planned = [notice for notice in waiting if notice.code == "fresh-link"]
    assert [notice.party for notice in planned] == [SHOP]


def _forget(browser: Browser) -> None:
    """Lose the session, as a browser does that was closed for long."""
    del browser.client.cookies[product.SESSION_COOKIE_NAME]


def test_a_session_that_ends_while_its_reader_writes_loses_no_word(scene: Scene) -> None:
    fair = scene.fair
    to_shop, to_consumer = fair.link(scene.number), fair.link(scene.number, CONSUMER)
    for form in _forms(scene):
        page = form.browser.get(form.page)
        found = form.on(page)
        _forget(form.browser)
        ended = form.browser.send_only(page, found, {**dict(form.more), form.text: WORDS})
        assert ended.status == 403, form
        assert WORDS in ended.html, form
        back = form.browser.get(to_shop if form.browser is scene.shop else to_consumer)
        assert back.status == 200, form
        assert form.kept(back) == WORDS, form
        assert back.read.alerts != [], form


def test_a_page_left_open_too_long_leads_back_to_all_that_was_typed(scene: Scene) -> None:
    newcomers = [
        Form(browser=newcomer(scene.fair, scene.language, steps=steps), page=page, action="",
             text=text, files="files")
        for steps, page, text in ((0, "/open", "story"), (1, "/open/order", "shop"))
    ]  # fmt: skip
    for form in (*_forms(scene), *newcomers):
        page = form.browser.get(form.page)
        found = form.on(page)
        found.sent["csrfmiddlewaretoken"] = ["x" * 64]
        form.browser.client.defaults["HTTP_ORIGIN"] = "http://testserver"
        answers = {**dict(form.more), form.text: WORDS}
        stopped = form.browser.send_only(page, found, answers)
        assert stopped.status == 403, form
        assert WORDS in stopped.html, form
        there = next(tag["href"] for _, tag in stopped.read.tags if tag.get("class") == "btn main")
        back = form.browser.get(there)
        assert back.status == 200, form
        assert form.kept(back) == WORDS, form


def test_a_form_of_another_site_leaves_nothing_behind(chinese_scene: Scene) -> None:
    scene = chinese_scene
    page = scene.consumer.get(scene.mine)
    found = page.form("text")
    found.sent["csrfmiddlewaretoken"] = ["x" * 64]
    scene.consumer.client.defaults["HTTP_ORIGIN"] = "https://elsewhere.example"
    assert scene.consumer.send_only(page, found, {"text": "不是我写的"}).status == 403
    del scene.consumer.client.defaults["HTTP_ORIGIN"]
    assert "不是我写的" not in scene.consumer.get(scene.mine).html


def test_the_desk_goes_on_writing_after_it_signs_in_again(scene: Scene) -> None:
    page = scene.agent.get(f"{scene.desk}/ask")
    found = page.form("why")
    _forget(scene.agent)
    asked = scene.agent.send(page, found, {"why": WORDS, "of": SHOP, "fact": "human-damage"})
    assert asked.at == "/sign-in"
    login = {"login": f"anna@{scene.fair.slug}", "password": PASSWORD}
    back = scene.agent.fill(asked, "login", **login)
    assert back.typed("why", "why") == WORDS
    assert back.read.alerts != []


def test_a_password_is_kept_nowhere(chinese_scene: Scene) -> None:
    browser = Browser()
    page = browser.get("/sign-in")
    found = page.form("login")
    found.sent["csrfmiddlewaretoken"] = ["x" * 64]
    browser.client.defaults["HTTP_ORIGIN"] = "http://testserver"
    stopped = browser.send_only(page, found, {"login": "anna", "password": PASSWORD})
    assert stopped.status == 403
    assert PASSWORD not in stopped.html
    del chinese_scene
