"""What every answer tells a browser, so that a page of ours does nothing that is not ours."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from pytest_django.fixtures import Settings

from tests.isolation.visitors import Whole, a_whole_case, addresses, filled, insider
from tests.web.browsing import Browser, Page, Reader
from tests.web.kit import PASSWORD, a_house, newcomer

pytestmark = pytest.mark.django_db

ENCRYPTED = "https://help.example"
OURS = {"'self'", "'none'"}
LOADING = {"script", "link", "img", "source", "iframe", "embed", "object", "video", "audio", "use"}


@pytest.fixture
def whole(settings: Settings) -> Whole:
    fair = a_house()
    settings.HOUSE = fair.slug
    return a_whole_case(fair)


def policy_of(headers: Mapping[str, str]) -> Mapping[str, set[str]]:
    """Take the policy of an answer apart."""
    parts = (part.split() for part in headers["Content-Security-Policy"].split(";"))
    return {name: set(sources) for name, *sources in parts}


def inline(read: Reader) -> Iterator[str]:
    """List what would run or be painted from within a page, and what it loads from elsewhere."""
    for tag, told in read.tags:
        if tag == "style" or (tag == "script" and not told.get("src")):
            yield f"<{tag}>"
        for name, value in told.items():
            if name == "style" or name.startswith(("on", "hx-on")):
                yield f"<{tag} {name}={value!r}>"
            if value.strip().lower().startswith(("javascript:", "data:")):
                yield f"<{tag} {name}={value!r}>"
            if tag in LOADING and name in {"src", "href", "data", "srcset"} and "//" in value:
                yield f"<{tag} {name}={value!r}>"
        if tag == "a" and "://" in told.get("href", "") and "noopener" not in told.get("rel", ""):
            yield f"<a href={told['href']!r}>"


def wrong_with(headers: Mapping[str, str], html: str) -> list[str]:
    """Say what of an answer would let a browser do what is not ours."""
    policy = policy_of(headers)
    wrong = [
        f"{name} {one}" for name, of in policy.items() for one in of - OURS if name != "sandbox"
    ]
    if policy["frame-ancestors"] != {"'none'"} or headers["X-Frame-Options"] != "DENY":
        wrong.append("may be framed")
    if policy["default-src"] - OURS or not policy["default-src"]:
        wrong.append("loads from anywhere")
    if "sandbox" not in policy and (
        policy["base-uri"] != {"'none'"} or policy["form-action"] != {"'self'"}
    ):
        wrong.append("sends forms anywhere")
    if headers["X-Content-Type-Options"] != "nosniff":
        wrong.append("is guessed at")
    if headers["Referrer-Policy"] not in {"same-origin", "strict-origin"}:
        wrong.append("tells where its reader was")
    if headers["Cross-Origin-Opener-Policy"] != "same-origin":
        wrong.append("shares its window")
    if headers["Content-Type"].startswith("text/html"):
        wrong += inline(Reader(html))
    return wrong


def test_every_address_answers_everybody_with_nothing_inline(whole: Whole) -> None:
    wrong, shown = {}, 0
    for one in addresses():
        client, _ = insider(whole, one)
        client.raise_request_exception = False
        address = filled(one, number=whole.scene.number, digest=whole.digest, token="x" * 43)
        for method in ("get", "post", "delete"):
            for asker in (client, Client()):
                answer = getattr(asker, method)(address)
                html = "" if answer.streaming else answer.content.decode("utf-8", "replace")
                wrong[f"{method} {one.name}"] = wrong_with(answer.headers, html)
                shown += len(html) > 0
    assert {where: what for where, what in wrong.items() if what} == {}
    assert shown > 2 * len(list(addresses()))


def test_every_page_that_links_lead_to_runs_nothing_inline(whole: Whole) -> None:
    scene = whole.scene
    walks = [
        (Browser(), "/"),
        (newcomer(scene.fair, "zh-hans", steps=2), "/open/wish"),
        (scene.consumer, scene.mine),
        (scene.consumer, "/opened"),
        (scene.shop, scene.theirs),
        (scene.agent, "/queue?filter=all"),
        (scene.agent, scene.desk),
        (scene.supervisor, "/supervision"),
        (scene.supervisor, f"{scene.desk}/decide"),
        (scene.fair.browser_of("ada"), "/operations"),
    ]
    seen: dict[str, list[str]] = {}
    for browser, start in walks:
        for page, at in _walked(browser, start):
            assert page.status in {200, 403, 404}, at
            seen[f"{start} {at}"] = wrong_with(page.headers, page.html)
    assert {where: what for where, what in seen.items() if what} == {}
    assert len(seen) > 60


def _walked(browser: Browser, start: str) -> Iterator[tuple[Page, str]]:
    """Follow every link of ours from a page on."""
    waiting, known = [start], {start}
    while waiting:
        at = waiting.pop()
        page = browser.get(at)
        yield page, at
        links = {told["href"].partition("#")[0] for tag, told in page.read.tags if tag == "a"}
        new = {link for link in links if link.startswith("/") and "/static/" not in link} - known
        known |= new
        waiting += sorted(new)


def test_answers_to_nonsense_and_our_own_faults_are_no_less_safe(
    whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = whole.scene.consumer.client
    asked = {
        404: client.get("/no/such/page"),
        403: Client(enforce_csrf_checks=True).post("/open", {"story": "<b onclick=x>"}),
        405: client.get(f"{whole.scene.mine}/urge"),
        413: client.post("/open", {"story": "x"}, CONTENT_LENGTH="99999999999"),
    }
    monkeypatch.setattr("buckstop.web.views.my_case.sight", None)
    client.raise_request_exception = False
    asked[500] = client.get(whole.scene.mine)
    for status, answer in asked.items():
        assert answer.status_code == status
        assert wrong_with(answer.headers, answer.content.decode()) == [], status


def test_what_is_looked_for_would_be_found() -> None:
    for bad in (
        "<p style='x'>", "<style>p{}</style>", "<script>1</script>", "<b onclick='x'>",
        "<a href='JavaScript:x'>", "<img src='https://elsewhere.example/x'>",
        "<script src='//elsewhere.example/x'></script>", "<a href='https://elsewhere.example'>",
    ):  # fmt: skip
        assert list(inline(Reader(bad))) != [], bad


def test_a_picture_and_a_paper_act_as_no_page(whole: Whole) -> None:
    """See that the file's own answer is sandboxed, whichever it is."""
    scene = whole.scene
    for name, content in (("图.png", b"\x89PNG\r\n\x1a\n" + b"0" * 64), ("页.html", b"<script>")):
        page = scene.consumer.get(f"{scene.mine}/evidence")
        paper = SimpleUploadedFile(name, content)
        scene.consumer.fill(page, "kind", kind="invoice", attached=[paper])
        digest = scene.look().evidence[-1].sha256
        answer = scene.agent.client.get(f"{scene.desk}/files/{digest}")
        assert answer.status_code == 200
        policy = policy_of(answer.headers)
        assert policy["sandbox"] == set()
        assert wrong_with(answer.headers, "") == [], name


def _settings_of(origin: str) -> dict[str, object]:
    """Read what the product's own settings say of safety, as they are for an origin."""
    program = (
        "import json, os; os.environ['BUCKSTOP_ORIGIN'] = " + repr(origin) + "\n"
        "from buckstop import settings as s\n"
        "names = [n for n in dir(s) if n.startswith(('SECURE_', 'SESSION_', 'CSRF_'))]\n"
        "print(json.dumps({n: getattr(s, n) for n in names}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    told: dict[str, object] = json.loads(done.stdout)
    return told


@pytest.fixture
def encrypted(whole: Whole) -> Iterator[Whole]:
    told = _settings_of(ENCRYPTED)
    told["SECURE_PROXY_SSL_HEADER"] = ("HTTP_X_FORWARDED_PROTO", "https")
    with override_settings(**told, ALLOWED_HOSTS=["help.example"]):
        yield whole


def _signed_in(whole: Whole) -> Client:
    client = Client(
        enforce_csrf_checks=True,
        headers={"host": "help.example", "x-forwarded-proto": "https", "origin": ENCRYPTED},
    )
    shown = Reader(client.get("/sign-in").content.decode())
    form = next(form for form in shown.forms if "login" in form.names)
    sent = {name: values[0] for name, values in form.sent.items()}
    login = {"login": f"anna@{whole.scene.fair.slug}", "password": PASSWORD}
    assert client.post("/sign-in", sent | login).status_code == 302
    client.post("/language", {**sent, "language": "en"})
    return client


def test_where_pages_are_encrypted_cookies_are_for_nobody_else(encrypted: Whole) -> None:
    client = _signed_in(encrypted)
    assert client.get("/queue").status_code == 200
    names = set(client.cookies)
    assert {"__Host-sessionid", "__Host-csrftoken"} <= names
    assert "sessionid" not in names
    for name in names:
        told = client.cookies[name]
        assert told["secure"], name
        assert told["httponly"], name
        assert told["samesite"] == "Lax", name
        assert told["path"] == "/", name
        assert not told["domain"], name


def test_where_pages_are_encrypted_browsers_stay_with_it(encrypted: Whole) -> None:
    client = _signed_in(encrypted)
    year = 365 * 24 * 3600
    for address in ("/", "/queue", encrypted.scene.desk, "/no/such/page", "/static/base.css"):
        told = client.get(address).headers["Strict-Transport-Security"]
        assert told == f"max-age={year}", address


@pytest.mark.parametrize("away", ["http://help.example/queue", "http:help.example"])
def test_nobody_is_led_back_to_an_unprotected_page(encrypted: Whole, away: str) -> None:
    client = _signed_in(encrypted)
    shown = Reader(client.get("/").content.decode())
    form = next(form for form in shown.forms if form.action == "/language")
    sent = {name: values[0] for name, values in form.sent.items()}
    answer = client.post("/language", {**sent, "language": "en", "next": away})
    assert answer.headers["Location"] == "/"


def test_where_pages_are_not_encrypted_cookies_are_kept_from_scripts_and_other_sites(
    whole: Whole,
) -> None:
    for browser in (whole.scene.agent, whole.scene.consumer):
        for name in ("sessionid", "csrftoken"):
            told = browser.client.cookies[name]
            assert told["httponly"], name
            assert told["samesite"] == "Lax", name
