"""The demo houses that a first start shows: the stories as live cases, relative to today."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from buckstop.domain.cases.commands import Command, OpenCase
from buckstop.domain.cases.now import HouseRules
from buckstop.domain.words.calendar import local_day
from buckstop.domain.words.event import Channel, Entry, Sealed
from buckstop.domain.words.ids import CaseId, DeskId, PartyId, PersonId
from buckstop.records.cases.handle import case_id_of, handle, open_case, sweep_case
from buckstop.records.evidence.actions import receive
from buckstop.records.houses import actions as houses
from buckstop.records.houses.queries import Name
from buckstop.records.houses.queries import houses as every_house
from buckstop.records.log import store
from buckstop.records.log.isolation import HouseId, inside
from buckstop.records.operations.actions import What
from buckstop.records.operations.queries import every
from buckstop.records.people.access import Capacity
from buckstop.records.people.actions import add_person
from buckstop.records.people.vault import seal
from stories.live import BEFORE, HERE, LONGEST_AGO, SETTINGS, Setting
from stories.live import load as tell
from stories.world import Kept

PASSWORD = "guan-dao-di"  # noqa: S105 - of invented people in a demonstration, said on its page
NAMES = {
    HERE.word: Name(
        hans="观澜消费者服务台（演示）",
        hant="觀瀾消費者服務台（演示）",
        en="Guanlan Consumer Desk (demo)",
    ),
    BEFORE.word: Name(
        hans="旧走法的客服中心（演示）",
        hant="舊走法的客服中心（演示）",
        en="A call centre as it was (demo)",
    ),
}
DESKS = {
    "service": Name(hans="服务台", hant="服務台", en="Service desk"),
    "supervision": Name(hans="主管", hant="主管", en="Supervision"),
    "front": Name(hans="客服一线", hant="客服一線", en="Front line"),
    "dispute": Name(hans="争议组", hant="爭議組", en="Dispute desk"),
    "merchants": Name(hans="招商组", hant="招商組", en="Merchants' desk"),
}
LOGINS = {
    "周宁": "zhouning",
    "许澄": "xucheng",
    "郭晴": "guoqing",
    "丁可": "dingke",
    "何敏": "hemin",
    "孙澈": "sunche",
    "陆衡": "luheng",
    "方笛": "fangdi",
    "程野": "chengye",
    "钱默": "qianmo",
}


@dataclass
class DatabaseWorld:
    """A world in the tables of a demo house, which brings its own clock."""

    house: HouseId
    people: dict[str, PersonId]
    logs: dict[CaseId, tuple[Entry, ...]] = field(default_factory=dict)

    def case_of(self, key: str) -> CaseId:
        """Name the case that a complaint with this key opens."""
        return case_id_of(self.house, channel=Channel.WEB, key=key)

    def open(self, command: OpenCase, at: datetime, rules: HouseRules) -> None:
        """Begin a case; the house has published its rules already."""
        del rules
        case = open_case(self.house, command, at=at)
        self.logs[case] = store.read(store.head(case))

    def do(self, case: CaseId, command: Command, at: datetime) -> None:
        """Do what was asked; what lapsed until then lapses first."""
        self.logs[case] += handle(case, command, at=at)

    def lapse_until(self, case: CaseId, at: datetime) -> None:
        """Let time pass."""
        self.logs[case] += sweep_case(case, at=at)

    def entries(self, case: CaseId) -> tuple[Entry, ...]:
        """Return the log; nobody else writes it while the story is told."""
        return self.logs[case]

    def seal(self, case: CaseId, text: str) -> Sealed:
        """Put a text into the vault."""
        return seal(case, text)

    def keep(self, case: CaseId, by: PartyId, name: str, content: bytes) -> Kept:
        """Seal a file."""
        got = receive(self.house, case, by, name=name, pieces=(content,))
        return Kept(
            name=got.name,
            sha256=got.sha256,
            sm3=got.sm3,
            size=got.size,
            media_type=got.media_type,
        )

    def person(self, name: str) -> PersonId:
        """Find a person by name."""
        return self.people[name]


@transaction.atomic
def load() -> None:
    """Load the demo houses into a database that never had a house; all of them or nothing."""
    if every_house() or every(What.REMOVAL):
        return
    now = timezone.now()
    for setting in SETTINGS:
        _load(setting, now)


def _load(setting: Setting, now: datetime) -> None:
    """Open one house, and tell what happens there up to yesterday."""
    house = houses.open_house(
        slug=setting.word, prefix=setting.prefix, name=NAMES[setting.word], demo=True
    )
    with inside(house):
        people = _people(house, setting)
        supervisors = [people[p.name] for p in setting.staff if p.supervises]
        houses.publish_rules(
            house,
            replace(setting.rules, supervisor=supervisors[0]),
            valid_from=now - timedelta(days=2 * LONGEST_AGO),
        )
        tell(DatabaseWorld(house, people), setting, local_day(now))


def _people(house: HouseId, setting: Setting) -> dict[str, PersonId]:
    """Add the desks and everybody who works there; the first to supervise a desk leads it."""
    for desk in dict.fromkeys(player.desk for player in setting.staff):
        houses.add_desk(house, desk, DESKS[desk])
    people: dict[str, PersonId] = {}
    led: set[DeskId] = set()
    for player in setting.staff:
        people[player.name] = add_person(
            house,
            login=LOGINS[player.name],
            name=player.name,
            capacity=Capacity.SUPERVISOR if player.supervises else Capacity.AGENT,
            desk=player.desk,
            password=PASSWORD,
        )
        if player.supervises and player.desk not in led:
            led.add(player.desk)
            houses.put_on_duty(player.desk, people[player.name])
    return people
