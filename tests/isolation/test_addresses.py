"""Every address, tried by everybody: what is not theirs looks like what does not exist."""

from collections.abc import Iterator, Mapping
from enum import Enum

import pytest
from django.contrib.messages import get_messages
from django.test import Client, override_settings
from django.urls import URLPattern
from pytest_django.fixtures import Settings

from buckstop.domain.words.ids import PartyId
from buckstop.domain.words.party import CONSUMER
from buckstop.records.evidence.actions import receive
from buckstop.records.log.isolation import inside
from buckstop.web.seats import (
    CASE,
    DESK,
    MINE,
    OPERATORS,
    PUBLIC,
    RESPONDENT,
    SUPERVISED,
    SUPERVISORS,
)
from tests.isolation.visitors import (
    FILE_NAME,
    TOLD,
    Answer,
    Whole,
    a_whole_case,
    addresses,
    another_complaint,
    another_house,
    ask,
    filled,
    missing,
    people_of,
    shut_out,
    strangers,
)
from tests.web.browsing import Browser
from tests.web.kit import SHOP, a_house

pytestmark = pytest.mark.django_db


class For(Enum):
    """Whom an address is for, and the doors that such an address may be behind."""

    ANYBODY = (None, PUBLIC)
    MACHINES = (None,)
    OPERATORS = (OPERATORS,)
    DEMONSTRATIONS = (PUBLIC,)
    CONSUMER = (MINE,)
    RESPONDENT = (RESPONDENT,)
    DESK = (DESK, CASE)
    SUPERVISOR = (SUPERVISORS, SUPERVISED)


WHO_GETS_IN = {
    For.ANYBODY: """start speak open-complaint complaint-order complaint-wish keep-draft
        complaint-opened find-case open-link fresh-link open-secret sign-in sign-out""",
    For.MACHINES: "healthz readyz metrics",
    For.OPERATORS: "operations",
    For.DEMONSTRATIONS: "take-seat demo-case let-time-pass outbox",
    For.CONSUMER: """my-case my-news my-file urge send-message submit-evidence log-contact
        record-other-side claim-contacts withdraw-offer ask-takeover appeal withdraw reopen
        make-offer give-contact accept-offer reject-offer answer-request confirm-fulfilment
        dispute-fulfilment""",
    For.RESPONDENT: """answer their-file deliver-task answer-as-party submit-evidence-as-party
        appeal-as-party accept-offer-as-party reject-offer-as-party withdraw-offer-as-party
        contradict-record-as-party prove-fulfilment give-contact-as-party""",
    For.DESK: """queue peek case desk-news case-file desk-take-up desk-urge desk-take-over
        desk-send-message desk-pass-ball desk-assign-task desk-ask-proof desk-accept-proof
        desk-state-fact desk-log-contact desk-keep-promise desk-correct-information
        desk-change-owner desk-join-party desk-contradict-record desk-close-unreachable
        desk-record-outside-result desk-join-case desk-link-case desk-undo-join
        desk-reopen desk-prove-fulfilment
        desk-submit-evidence desk-bounce-ball desk-give-contact decide
        freeze-record propose-decision sign-decision send-back-decision""",
    For.SUPERVISOR: """supervision reads desk-make-offer desk-withdraw-offer desk-refuse-takeover
        desk-retract-acknowledgement desk-hand-over""",
}
"""Every address by its name. One that is not listed makes the tests fail: say whom it is for."""

EXPECTED: Mapping[str, For] = {
    name: whom for whom, names in WHO_GETS_IN.items() for name in names.split()
}
OF_A_PARTY, OF_THE_DESK = {For.CONSUMER, For.RESPONDENT}, {For.DESK, For.SUPERVISOR}
METHODS = ("get", "post", "head", "put", "patch", "delete", "options")


@pytest.fixture
def whole(settings: Settings) -> Whole:
    fair = a_house()
    settings.HOUSE = fair.slug
    return a_whole_case(fair)


def behind(*whom: For) -> Iterator[URLPattern]:
    """List the addresses that are for some."""
    return (one for one in addresses() if EXPECTED.get(one.name or "") in whom)


def of_a_case(*whom: For) -> Iterator[URLPattern]:
    """List the addresses among them that name a case."""
    return (one for one in behind(*whom) if "number" in str(one.pattern))


def test_it_is_written_down_of_every_address_whom_it_is_for() -> None:
    known = {str(one.name) for one in addresses()}
    assert known - set(EXPECTED) == set(), "say in WHO_GETS_IN whom these are for"


def test_every_address_is_behind_the_door_of_those_it_is_for() -> None:
    for one in addresses():
        door = getattr(one.callback, "door", None)
        whom = EXPECTED.get(str(one.name))
        assert whom is None or door in whom.value, one.name


def _both(whole: Whole, client: Client, method: str, one: URLPattern) -> tuple[Answer, Answer]:
    """Ask for the same of this case and of one that does not exist.

    What is posted is kept for its sender, who tries once before, so that both find it so.
    """
    number, none = whole.scene.number, missing(whole.scene.number)
    first = [none] if method == "post" else []
    *_, theirs, nothing = (
        ask(client, method, filled(one, number=asked, digest=whole.digest), asked)
        for asked in (*first, number, none)
    )
    return theirs, nothing


def _nobody_learns(
    whole: Whole, clients: Mapping[str, Client], patterns: list[URLPattern], *methods: str
) -> None:
    """See that nothing tells this case from none: no word, no header, no work done for it."""
    before = whole.state()
    for one in patterns:
        for who, client in clients.items():
            for method in methods:
                theirs, none = _both(whole, client, method, one)
                asked = f"{method} {one.name} as {who}"
                assert theirs.status in {302, 403, 404, 405}, asked
                assert theirs == none, asked
                assert theirs.betrays() == [], asked
    assert whole.state() == before


@pytest.mark.parametrize("whom", sorted({*OF_A_PARTY, *OF_THE_DESK}, key=str))
def test_nobody_learns_by_any_method_whether_a_case_exists(whole: Whole, whom: For) -> None:
    _nobody_learns(whole, {"nobody": Client()}, list(of_a_case(whom)), *METHODS)


def test_who_has_another_case_learns_nothing_of_this_one(whole: Whole) -> None:
    of_parties = list(of_a_case(*OF_A_PARTY))
    _nobody_learns(whole, strangers(whole), of_parties, "get", "post")


def test_people_of_another_house_learn_nothing(whole: Whole, settings: Settings) -> None:
    there = another_house()
    settings.HOUSE = there.slug
    everybody = people_of(there)
    _nobody_learns(whole, everybody, list(of_a_case(*OF_THE_DESK)), "get")
    some = {who: everybody[who] for who in everybody if who.startswith(("agent", "super"))}
    _nobody_learns(whole, some, list(of_a_case(*OF_THE_DESK)), "post")
    _nobody_learns(whole, some, list(of_a_case(*OF_A_PARTY)), "get")


def test_whose_link_is_over_gets_no_further_than_to_hear_it(whole: Whole) -> None:
    for who, browser in shut_out(whole).items():
        before = whole.state()
        for one in of_a_case(*OF_A_PARTY):
            address = filled(one, number=whole.scene.number, digest=whole.digest)
            for method in ("get", "post"):
                answer = ask(browser.client, method, address)
                assert answer.status in {302, 403, 405, 410}, f"{method} {one.name} as {who}"
                assert answer.betrays() == [], f"{method} {one.name} as {who}"
        assert whole.state() == before


def test_a_party_gets_to_the_pages_of_no_other_party_of_its_case(whole: Whole) -> None:
    scene = whole.scene
    courier = Browser()
    form = scene.agent.get(f"{scene.desk}/party")
    scene.agent.fill(form, "role", role="courier", name="飞羽快递", mail="a@kuaidi.example")
    courier.get(scene.fair.link(scene.number, PartyId("courier")))
    others = {
        For.CONSUMER: {"shop": scene.shop.client, "courier": courier.client},
        For.RESPONDENT: {"consumer": scene.consumer.client, "courier": courier.client},
    }
    for whom, clients in others.items():
        _nobody_learns(whole, clients, list(of_a_case(whom)), "get", "post")
    desk = {"consumer": scene.consumer.client, "shop": scene.shop.client}
    _nobody_learns(whole, desk, list(of_a_case(*OF_THE_DESK)), "get")


def test_who_works_here_in_another_role_gets_to_no_case_and_no_supervisors_page(
    whole: Whole,
) -> None:
    everybody = people_of(whole.scene.fair)
    agent, _, admin, _, dismissed = everybody.values()
    supervisors = list(behind(For.SUPERVISOR, For.OPERATORS))
    desk = list(behind(*OF_THE_DESK))
    before = whole.state()
    for client, patterns in ((agent, supervisors), (admin, desk), (dismissed, desk)):
        for one in patterns:
            for method in ("get", "post"):
                answer = ask(client, method, filled(one, number=whole.scene.number))
                assert answer.status in {302, 403, 405}, f"{method} {one.name}"
                assert answer.betrays() == [], f"{method} {one.name}"
    assert whole.state() == before


def test_who_pays_looks_at_a_case_and_does_nothing_in_it(whole: Whole) -> None:
    finance = people_of(whole.scene.fair)[f"finance of {whole.scene.fair.slug}"]
    seq, digest, _ = whole.state()
    for one in of_a_case(For.DESK):
        ask(finance, "post", filled(one, number=whole.scene.number))
    assert whole.state()[:2] == (seq, digest)


def test_those_whom_a_case_is_for_do_see_it(whole: Whole) -> None:
    """See that the words looked for are there to be found."""
    scene = whole.scene
    for browser, address in (
        (scene.consumer, scene.mine),
        (scene.shop, scene.theirs),
        (scene.agent, scene.desk),
        (scene.supervisor, scene.desk),
        (scene.agent, f"{scene.desk}/files/{whole.digest}"),
    ):
        assert ask(browser.client, "get", address).betrays(), address


def test_a_file_of_another_case_is_none_of_this_one(whole: Whole) -> None:
    scene = whole.scene
    consumer, number = another_complaint(scene.fair)
    shop = Browser()
    shop.get(scene.fair.link(number))
    for client, base in (
        (consumer.client, f"/my/{number}/files/"),
        (shop.client, f"/answer/{number}/{SHOP}/files/"),
        (scene.agent.client, f"/cases/{number}/files/"),
    ):
        theirs, none = (
            ask(client, "get", base + digest, digest) for digest in (whole.digest, "0" * 64)
        )
        assert theirs.status == 404
        assert theirs == none


def test_a_file_that_was_not_handed_in_is_its_senders_and_the_desks(whole: Whole) -> None:
    scene = whole.scene
    case = scene.fair.case(scene.number)
    with inside(scene.fair.house):
        kept = receive(scene.fair.house, case, CONSUMER, name=FILE_NAME, pieces=[b"still mine"])
    assert ask(scene.consumer.client, "get", f"{scene.mine}/files/{kept.sha256}").status == 200
    assert ask(scene.agent.client, "get", f"{scene.desk}/files/{kept.sha256}").status == 200
    theirs, none = (
        ask(scene.shop.client, "get", f"{scene.theirs}/files/{digest}", digest)
        for digest in (kept.sha256, "0" * 64)
    )
    assert theirs.status == 404
    assert theirs == none


@pytest.mark.parametrize("act", ["join", "link", "undo-join"])
def test_no_case_is_tied_to_one_of_another_house(whole: Whole, act: str) -> None:
    there = another_house()
    with override_settings(HOUSE=there.slug):
        _, number = another_complaint(there)
    agent = there.browser_of("anna").client
    before, answers = whole.state(), []
    for other in (whole.scene.number, missing(whole.scene.number)):
        sent = {"number": other, "other": other, "case": other, "first": other}
        response = agent.post(f"/cases/{number}/{act}", sent)
        told = {str(message) for message in get_messages(response.wsgi_request)}
        body = response.content.decode().replace(other, "NUMBER")
        answers.append((response.status_code, {t.replace(other, "NUMBER") for t in told},
                        len(body)))  # fmt: skip
    assert answers[0] == answers[1]
    assert whole.state() == before


LISTS = ("/queue", "/queue?filter=all", "/queue?filter=unheld", "/supervision", "/", "/find")


def test_what_another_house_is_shown_does_not_change_with_what_happens_here(
    settings: Settings,
) -> None:
    here, there = a_house(), another_house()
    everybody = people_of(there)
    settings.HOUSE = there.slug

    def shown() -> list[Answer]:
        return [ask(client, "get", page) for client in everybody.values() for page in LISTS]

    before = shown()
    settings.HOUSE = here.slug
    number = a_whole_case(here).scene.number
    settings.HOUSE = there.slug
    assert shown() == before
    for find in (number, number[:4], "林晓禾"):
        for client in everybody.values():
            found = ask(client, "get", f"/queue?find={find}", number)
            assert found.betrays() in ([], [find]), find
            assert found.body.count("/cases/") == 0, find


def test_what_anybody_may_open_tells_nothing_of_a_case(whole: Whole) -> None:
    number = whole.scene.number
    for one in behind(For.ANYBODY, For.DEMONSTRATIONS):
        for method in METHODS:
            client = Client()
            ask(client, method, filled(one, number="none"))  # a session is begun once
            theirs, none = _both(whole, client, method, one)
            assert theirs == none, f"{method} {one.name}"
            assert theirs.betrays() == [], f"{method} {one.name}"
    for page in ("/find", "/sign-in"):
        theirs, none = (
            ask(Client(), "get", f"{page}?number={one}&next=/cases/{one}", one)
            for one in (number, missing(number))
        )
        assert theirs == none


def test_a_house_that_is_no_demonstration_shows_nobody_its_seats(whole: Whole) -> None:
    agent = whole.scene.agent.client
    for one in behind(For.DEMONSTRATIONS):
        for method in ("get", "post"):
            answer = ask(agent, method, filled(one, number=whole.scene.number, role="agent"))
            assert answer.status in {404, 405}, one.name
            assert answer.betrays() == [], one.name


def test_operators_addresses_are_closed_to_others_and_name_no_case(
    whole: Whole,
) -> None:
    for one in behind(For.MACHINES):
        answer = ask(Client(), "get", filled(one))
        assert answer.status in {200, 503}, one.name
        for word in (*TOLD, whole.scene.number, str(whole.scene.fair.house)):
            assert word not in answer.body, one.name
        far = Client(REMOTE_ADDR="203.0.113.7").get(filled(one))
        assert far.status_code == (200 if one.name == "healthz" else 403)
