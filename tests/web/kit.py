"""A house with people at its desk, and everybody's browser at one of its cases."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count

from buckstop.domain.cases.now import HouseRules
from buckstop.domain.words.calendar import CHINA, local_day
from buckstop.domain.words.ids import CaseId, DeskId, PartyId, PersonId
from buckstop.records.cases import queries
from buckstop.records.cases.page import CasePage
from buckstop.records.houses import actions as set_up
from buckstop.records.houses.queries import Name
from buckstop.records.log.isolation import HouseId, inside
from buckstop.records.people.access import Capacity, Viewer, person_of
from buckstop.records.people.actions import add_person
from buckstop.records.people.links import link_token
from tests.web.browsing import Browser, Page, PageForm

SHOP = PartyId("merchant")
SERVICE, SUPERVISION = DeskId("service"), DeskId("supervision")
PASSWORD = "the river is wide"
LANGUAGES = ("zh-hans", "zh-hant", "en")
STORY = "九月五日晚手机突然黑屏，店家说是人为损坏，不给保修。"
_numbers = count(1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Fair:
    """A house, and how its people sign in."""

    house: HouseId
    slug: str
    prefix: str
    agent: PersonId
    supervisor: PersonId

    def browser_of(self, login: str, language: str = "zh-hans") -> Browser:
        """Sign somebody of the desk in through the page."""
        browser = Browser(language)
        page = browser.get("/sign-in")
        browser.fill(page, "login", login=f"{login}@{self.slug}", password=PASSWORD)
        return browser

    @property
    def supervisor_looks(self) -> Viewer:
        """Give the eyes that see every case of the house."""
        return person_of(self.house, self.supervisor, Capacity.SUPERVISOR, SUPERVISION)

    def case(self, number: str) -> CaseId:
        """Find a case by its number."""
        with inside(self.house):
            return queries.case_numbered(number, self.supervisor_looks)

    def look(self, number: str) -> CasePage:
        """Look at a case, so as to see what became of it."""
        with inside(self.house):
            return queries.case_page(self.case(number), self.supervisor_looks)

    def link(
        self, number: str, party: PartyId = SHOP, *, lasts: timedelta = timedelta(days=3)
    ) -> str:
        """Make the link that a letter would bring to a party."""
        with inside(self.house):
            token = link_token(
                self.house,
                self.case(number),
                party,
                purpose="answer",
                expires_at=datetime.now(UTC) + lasts,
            )
        return f"/l/{token}"

    def today(self) -> date:
        """Say what day it is at the house."""
        with inside(self.house):
            return local_day(queries.time_of(self.house))


def a_house(word: str = "fair") -> Fair:
    """Open a house with an agent (anna, and bo beside her), a supervisor (mei), an admin (ada)."""
    number = next(_numbers)
    slug, prefix = f"{word}{number}", f"{word[0].upper()}W{number}"
    name = Name(hans="和风市集", hant="和風市集", en="Gentle Fair")
    house = set_up.open_house(slug=slug, prefix=prefix, name=name, demo=False)
    with inside(house):
        for desk in (SERVICE, SUPERVISION):
            set_up.add_desk(house, desk, Name(hans="一组", hant="一組", en="First team"))
        people = {
            login: add_person(
                house, login=login, name=shown, capacity=capacity, desk=desk, password=PASSWORD
            )
            for login, shown, capacity, desk in (
                ("anna", "安宁", Capacity.AGENT, SERVICE),
                ("bo", "柏舟", Capacity.AGENT, SERVICE),
                ("mei", "梅青", Capacity.SUPERVISOR, SUPERVISION),
                ("ada", "艾达", Capacity.ADMIN, None),
            )
        }
        set_up.publish_rules(
            house,
            HouseRules(version="1", supervisor=people["mei"]),
            valid_from=datetime(2020, 1, 1, tzinfo=UTC),
        )
    return Fair(
        house=house, slug=slug, prefix=prefix, agent=people["anna"], supervisor=people["mei"]
    )


def order(fair: Fair, **changes: object) -> Mapping[str, object]:
    """Say what was bought, as it is typed."""
    bought = fair.today() - timedelta(days=40)
    return {
        "shop": "青屿数码店",
        "item": "远帆手机",
        "shop_mail": "service@qingyu.example",
        "shop_phone": "",
        "goods": "phone",
        "price": "2899",
        "ordered_on": str(bought),
        "received_on": str(bought + timedelta(days=3)),
        "discovered_on": str(bought + timedelta(days=30)),
        "order_no": "20260712-0417",
    } | changes


def wish(**changes: object) -> Mapping[str, object]:
    """Say what is wanted, as it is typed."""
    return {
        "problem": "malfunction",
        "remedy": "repair",
        "amount": "",
        "name": "林晓禾",
        "contact": "13800000000",
    } | changes


def open_complaint(browser: Browser, fair: Fair, *, files: tuple[object, ...] = ()) -> str:
    """Walk through the pages to a receipt, and give the number of the case."""
    page = browser.fill(browser.get("/open"), "story", story=STORY, files=list(files))
    page = browser.fill(page, "shop", **order(fair))
    page = browser.fill(page, "problem", **wish())
    if page.at != "/opened":
        msg = f"the complaint did not open: {page.status} {page.at}\n{page.text}"
        raise AssertionError(msg)
    number = next(word for word in page.text.split() if f"{fair.prefix}-" in word)
    browser.get(next(tag["href"] for name, tag in page.read.tags if tag.get("id") == "secret"))
    return number


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """One case, and everybody's browser at it."""

    fair: Fair
    language: str
    number: str
    consumer: Browser
    shop: Browser
    agent: Browser
    supervisor: Browser

    @property
    def mine(self) -> str:
        """Where the consumer sees the case."""
        return f"/my/{self.number}"

    @property
    def theirs(self) -> str:
        """Where the shop answers."""
        return f"/answer/{self.number}/{SHOP}"

    @property
    def desk(self) -> str:
        """Where the desk sees it."""
        return f"/cases/{self.number}"

    def look(self) -> CasePage:
        """Look at the case as its house."""
        return self.fair.look(self.number)


def a_scene(fair: Fair, language: str = "zh-hans") -> Scene:
    """Open a complaint through the pages and pass it to the shop, whose link is opened."""
    consumer = Browser(language)
    number = open_complaint(consumer, fair)
    agent = fair.browser_of("anna", language)
    scene = Scene(
        fair=fair,
        language=language,
        number=number,
        consumer=consumer,
        shop=Browser(language),
        agent=agent,
        supervisor=fair.browser_of("mei", language),
    )
    take_up = agent.get(scene.desk)
    agent.send(take_up, take_up.form(action="/take-up"))
    pass_to_shop(scene)
    scene.shop.get(fair.link(number))
    return scene


def pass_to_shop(scene: Scene) -> Page:
    """Let the agent give the ball to the shop."""
    page = scene.agent.get(f"{scene.desk}/pass")
    return scene.agent.fill(
        page, "sentence", to=SHOP, expected="respond", sentence="请店家两天内答复。"
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Filled:
    """A form as somebody fills it in rightly; `of` names one of its fields."""

    browser: Browser
    page: str
    of: str
    answers: Mapping[str, object]

    def send(self, **changes: object) -> Page:
        """Send it, with some answers changed."""
        page = self.browser.get(self.page)
        return self.browser.send_only(page, page.form(self.of), {**self.answers, **changes})

    def form(self) -> PageForm:
        """Look at it."""
        return self.browser.get(self.page).form(self.of)

    def kept(self, page: Page, name: str) -> str:
        """Give what stands in one of its fields when it comes back."""
        return page.typed(self.of, name)


def newcomer(fair: Fair, language: str, *, steps: int) -> Browser:
    """Let somebody come as far as a step of a complaint."""
    browser = Browser(language)
    if steps > 0:
        browser.fill(browser.get("/open"), "story", story=STORY)
    if steps > 1:
        browser.fill(browser.get("/open/order"), "shop", **order(fair))
    return browser


def everybodys_forms(scene: Scene) -> tuple[Filled, ...]:
    """Fill in every form that can be reached while the shop is to answer."""
    return (*_newcomers(scene), *_consumers(scene), *_shops(scene), *_desks(scene))


def _newcomers(scene: Scene) -> Iterator[Filled]:
    fair, language = scene.fair, scene.language
    for steps, page, of, answers in (
        (0, "/open", "story", {"story": STORY}),
        (1, "/open/order", "shop", order(fair)),
        (2, "/open/wish", "problem", wish(amount="100")),
        (0, "/find", "secret", {"number": scene.number, "secret": "x"}),
        (0, "/sign-in", "login", {"login": "anna", "password": "x"}),
    ):
        browser = newcomer(fair, language, steps=steps)
        yield Filled(browser=browser, page=page, of=of, answers=answers)


def call() -> Mapping[str, object]:
    """Tell of a call an hour ago."""
    at = datetime.now(CHINA) - timedelta(hours=1)
    return {
        "at": f"{at:%Y-%m-%dT%H:%M}",
        "direction": "out",
        "medium": "phone",
        "minutes": "5",
        "text": "说会回电话。",
    }


def _consumers(scene: Scene) -> Iterator[Filled]:
    soon = f"{datetime.now(CHINA) + timedelta(days=2):%Y-%m-%dT%H:%M}"
    promise = {"precision": "exact", "record": "promise", "promised_for": soon}
    offer = {"remedy": "refund", "amount": "99", "text": "退钱", "days": "7"}
    for rest, of, answers in (
        ("", "text", {"text": "请快一点。"}),
        ("/evidence", "kind", {"kind": "invoice", "text": "发票"}),
        ("/contact", "at", {**call(), **promise}),
        ("/offer", "remedy", offer),
        ("/takeover", "text", {"text": "请接手。"}),
        ("/appeal", "text", {"text": "有新的照片。"}),
        ("/reach", "mail", {"party": "consumer", "mail": "lin@example.test", "phone": ""}),
    ):
        yield Filled(browser=scene.consumer, page=scene.mine + rest, of=of, answers=answers)


def _shops(scene: Scene) -> Iterator[Filled]:
    offer = {"answer": "offer", "remedy": "refund", "amount": "88", "plan": "退一部分",
             "offer_days": "7"}  # fmt: skip
    yield Filled(browser=scene.shop, page=scene.theirs, of="answer", answers=offer)


def _desks(scene: Scene) -> Iterator[Filled]:
    asked_on = {"expected": "respond", "sentence": "请答复"}
    passed = {**asked_on, "to": SHOP}
    asked = {"fact": "human-damage", "of": SHOP, "why": "要认定"}
    found = {"fact": "malfunction", "standing": "proven", "value": ""}
    owner = {"owner": scene.fair.agent, "text": "换班"}
    party = {"role": "courier", "name": "飞羽快递", "mail": "a@kuaidi.example"}
    decision = {"ruling": "for-consumer", "debtor": SHOP, "remedy": "repair",
                "fulfil_days": "7", "reasons": "质保期内。"}  # fmt: skip
    for who, rest, of, answers in (
        (scene.agent, "", "as", {"text": "您好", "as": "message", "to": "", "hours": "24"}),
        (scene.agent, "/pass", "sentence", asked_on),
        (scene.agent, "/task", "sentence", passed),
        (scene.agent, "/ask", "why", asked),
        (scene.agent, "/fact", "standing", found),
        (scene.agent, "/contact", "at", call()),
        (scene.agent, "/correct", "wrong", {"wrong": "七天", "right": "十五天"}),
        (scene.agent, "/owner", "owner", owner),
        (scene.agent, "/party", "role", party),
        (scene.agent, "/reach", "mail", {"party": SHOP, "mail": "b@qingyu.example"}),
        (scene.supervisor, "/refuse-takeover", "text", {"text": "店家还在期限内。"}),
        (scene.supervisor, "/decide", "reasons", decision),
    ):
        yield Filled(browser=who, page=scene.desk + rest, of=of, answers=answers)
