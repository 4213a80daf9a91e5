"""Sessions, forms, files and addresses: what a hostile page, link or file cannot do."""

from uuid import uuid4

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.sessions.models import Session
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from buckstop.web.seats import PUBLIC
from tests.isolation.visitors import (
    Whole,
    a_whole_case,
    addresses,
    another_complaint,
    ask,
    filled,
    insider,
    missing,
)
from tests.web.browsing import Browser
from tests.web.kit import PASSWORD, a_house

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole(settings: Settings) -> Whole:
    fair = a_house()
    settings.HOUSE = fair.slug
    return a_whole_case(fair)


def everybody(whole: Whole) -> tuple[Client, ...]:
    scene = whole.scene
    return tuple(b.client for b in (scene.consumer, scene.shop, scene.agent, scene.supervisor))


def test_nothing_is_done_by_a_form_of_another_site(whole: Whole) -> None:
    seq, digest, _ = whole.state()
    for client in everybody(whole):
        client.handler.enforce_csrf_checks = True
        for one in addresses():
            address = filled(one, number=whole.scene.number)
            answer = client.post(address, {"text": "x", "form_token": str(uuid4())})
            assert answer.status_code in {302, 403, 404, 405}, one.name
            assert not getattr(one.callback, "csrf_exempt", False), one.name
    assert whole.state()[:2] == (seq, digest)


def test_opening_an_address_changes_nothing_in_a_case(whole: Whole) -> None:
    seq, digest, _ = whole.state()
    for one in addresses():
        client, _ = insider(whole, one)
        ask(client, "get", filled(one, number=whole.scene.number, digest=whole.digest))
    assert whole.state()[:2] == (seq, digest)


def test_a_session_that_was_planted_does_not_come_to_a_case_with_its_reader(
    whole: Whole,
) -> None:
    scene = whole.scene
    for link in (scene.fair.link(scene.number), "sign-in"):
        planted, reader = Browser(), Browser()
        planted.get("/open")
        planted.fill(planted.get("/open"), "story", story="先写一点。")
        name = planted.client.cookies["sessionid"].value
        reader.client.cookies["sessionid"] = name
        if link == "sign-in":
            login = f"anna@{scene.fair.slug}"
            reader.fill(reader.get("/sign-in"), "login", login=login, password=PASSWORD)
            address = scene.desk
        else:
            reader.get(link)
            address = scene.theirs
        assert reader.get(address).status == 200
        assert reader.client.cookies["sessionid"].value != name
        shown = ask(planted.client, "get", address)
        assert shown.status in {302, 403}
        assert shown.betrays() == []


class Raw:
    """Gives what stands in the database as it stands there."""

    def dumps(self, obj: bytes) -> bytes:
        return obj

    def loads(self, data: bytes) -> bytes:
        return data


def test_a_stolen_session_table_opens_no_case_and_tells_nothing(whole: Whole) -> None:
    link = whole.scene.fair.link(whole.scene.number)
    Browser().get(link)
    another_complaint(whole.scene.fair)
    assert Session.objects.count() > 1
    for row in Session.objects.all():
        held = signing.loads(
            row.session_data, salt="django.contrib.sessions.SessionStore", serializer=Raw
        )
        assert b"grants" not in held
        assert link.removeprefix("/l/").encode() not in held
        assert whole.scene.number.encode() not in held


def test_who_signs_out_leaves_nothing_in_the_session(whole: Whole) -> None:
    agent = whole.scene.agent
    before = agent.client.cookies["sessionid"].value
    page = agent.get(whole.scene.desk)
    agent.send(page, page.form(action="/sign-out"))
    stale = Browser()
    stale.client.cookies["sessionid"] = before
    assert stale.get(whole.scene.desk).at == "/sign-in"


def test_what_only_some_may_see_is_kept_in_no_cache(whole: Whole) -> None:
    for one in addresses():
        door = getattr(one.callback, "door", None)
        if door is None or door is PUBLIC:
            continue
        client, _ = insider(whole, one)
        for method in ("get", "post"):
            address = filled(one, number=whole.scene.number, digest=whole.digest)
            answer = ask(client, method, address)
            if answer.status not in {302, 405}:
                assert "no-store" in answer.headers["Cache-Control"], one.name
                assert "private" in answer.headers["Cache-Control"], one.name


HOSTILE = (
    ("页.html", b"<!doctype html><script>alert(document.cookie)</script>"),
    ("图.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    ("图.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"),
    ("a.xhtml", b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>"),
    ("混.png", b"\x89PNG\r\n\x1a\n<script>alert(1)</script>"),
    ('a"; filename="b.html', b"%PDF-1.7 <script>alert(1)</script>"),
)


@pytest.mark.parametrize(("name", "content"), HOSTILE)
def test_no_file_acts_as_a_page_of_ours(whole: Whole, name: str, content: bytes) -> None:
    scene = whole.scene
    page = scene.consumer.get(f"{scene.mine}/evidence")
    scene.consumer.fill(
        page, "kind", kind="invoice", attached=[SimpleUploadedFile(name, content, "text/html")]
    )
    digest = scene.look().evidence[-1].sha256
    assert digest != whole.digest
    for browser, base in (
        (scene.consumer, scene.mine),
        (scene.shop, scene.theirs),
        (scene.agent, scene.desk),
    ):
        headers = ask(browser.client, "get", f"{base}/files/{digest}").headers
        is_shown = headers["Content-Type"].startswith("image/")
        assert is_shown or headers["Content-Type"] == "application/octet-stream"
        assert "svg" not in headers["Content-Type"]
        kind, _, rest = headers["Content-Disposition"].partition(";")
        assert kind == ("inline" if is_shown else "attachment")
        assert '"' not in rest
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert "no-store" in headers["Cache-Control"]


AWAY = (
    "https://elsewhere.example/",
    "//elsewhere.example/",
    "/\\elsewhere.example",
    "\\\\elsewhere.example",
    "javascript:alert(1)",
    "http:///elsewhere.example",
    " //elsewhere.example",
    "/\t/elsewhere.example",
    "https:elsewhere.example",
)


@pytest.mark.parametrize("away", AWAY)
def test_no_address_leads_away(whole: Whole, away: str) -> None:
    fair = whole.scene.fair
    sent = {"login": f"anna@{fair.slug}", "password": PASSWORD, "next": away}
    for address, form in (("/sign-in", sent), ("/language", {"language": "en", "next": away})):
        answer = Client().post(address, form)
        assert answer.status_code == 302
        assert "elsewhere" not in answer.headers["Location"].replace("%", ""), address
        assert "javascript" not in answer.headers["Location"], address


def test_another_host_is_not_answered(whole: Whole) -> None:
    for host in ("elsewhere.example", "localhost.elsewhere.example", "localhost:80@x"):
        answer = Client(HTTP_HOST=host, raise_request_exception=False).get(whole.scene.mine)
        assert answer.status_code == 400
        assert "elsewhere" not in answer.content.decode()


@pytest.mark.parametrize("way", ["typed", "link", "login"])
def test_guessing_is_ended_kindly(whole: Whole, way: str) -> None:
    number, fair = whole.scene.number, whole.scene.fair
    answers = []
    for turn in range(55):
        client = Client(REMOTE_ADDR=f"203.0.113.{turn if way == 'login' else 1}")
        if way == "typed":
            answer = client.post("/find", {"number": number, "secret": "AAAA-BBBB-CCCC"})
        elif way == "link":
            answer = client.get(f"/my/{number}/key/AAAA-BBBB-CCCC")
        else:
            answer = client.post("/sign-in", {"login": f"anna@{fair.slug}", "password": "no"})
        answers.append(answer)
        if answer.status_code == 429:
            break
    assert answers[-1].status_code == 429
    assert "请过" in answers[-1].content.decode()
    assert len(answers) == (50 if way == "login" else 21)  # one was who signed in


def test_a_wrong_secret_costs_as_much_as_a_wrong_number(whole: Whole) -> None:
    right, none = whole.scene.number, missing(whole.scene.number)
    asked = []
    for number in (none, right, none):
        client = Client()
        ask(client, "get", "/find")
        asked.append(ask(client, "get", f"/my/{number}/key/AAAA-BBBB-CCCC", number))
    assert asked[1] == asked[2]
    assert asked[1].status == 404


def test_a_login_that_does_not_exist_costs_as_much_as_a_wrong_password(
    whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    costs = {}
    for login in ("anna", "nobody", "ada"):
        hashed.clear()
        name = f"{login}@{whole.scene.fair.slug}"
        Client().post("/sign-in", {"login": name, "password": "no"})
        costs[login] = len(hashed)
    assert set(costs.values()) == {1}
