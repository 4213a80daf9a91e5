"""The house of the stories: what it has published, and who works there."""

from types import MappingProxyType

from buckstop.domain.cases.now import LENGTHS, HouseRules, Powers
from buckstop.domain.words.calendar import Span, Unit
from buckstop.domain.words.clock import ClockKind
from stories.scene import SUPERVISION, Player

MERCHANT = "merchant"
RULES = HouseRules(
    version="2026-1",
    powers=Powers(decide=True, advance_money=True),
    # A duty to decide outlives one round of asking the merchant for proof.
    lengths=MappingProxyType({**LENGTHS, ClockKind.DECIDE: Span(10, Unit.WORKING_DAYS)}),
    # A workshop that gets the goods by way of the merchant needs days to look at them.
    after_pass_hours=120,
    ladder=(MERCHANT, "house/service", "house/supervision"),
)
ZHOU, XU, GUO = Player("周宁"), Player("许澄"), Player("郭晴")
HE = Player("何敏", SUPERVISION, supervises=True)
SUN = Player("孙澈", SUPERVISION, supervises=True)
DING = Player("丁可")
STAFF = (ZHOU, XU, GUO, DING, HE, SUN)
