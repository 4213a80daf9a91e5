"""The ball path of a case, drawn from its holds."""

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from buckstop.domain.buck_passing.index import Kick
from buckstop.domain.cases.events import Side
from buckstop.domain.words.ball import How
from buckstop.domain.words.party import CONSUMER, HOUSE
from buckstop.letters.ball_path.picture import Lane, Picture
from buckstop.letters.ball_path.stays import Duty, assembled
from buckstop.letters.ball_path.tall import tall
from buckstop.letters.ball_path.wide import wide
from buckstop.records.cases.lines.claim import PartyLine
from buckstop.records.cases.lines.turn import TaskLine
from buckstop.records.cases.page import CasePage
from buckstop.web.language import t, tongue
from buckstop.web.sights import times
from buckstop.web.sights.names import Names

_SHORT = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Path:
    """Both drawings of one path; the page shows the one that fits."""

    wide: SafeString
    tall: SafeString


@dataclass(frozen=True, kw_only=True, slots=True)
class Kicked:
    """One return with nothing new, in words."""

    when: str
    who: str
    said: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Kicks:
    """What the red numbers are."""

    label: str
    about: str
    lines: tuple[Kicked, ...]


def path_of(page: CasePage, names: Names, *, width: int = 1080, gap: int = 58) -> Path:
    """Draw the path twice: wide, and tall for a phone."""
    picture = picture_of(page, names)
    return Path(wide=_svg(wide(picture, width, gap)), tall=_svg(tall(picture)))


def _svg(drawn: str) -> SafeString:
    return mark_safe(drawn)  # noqa: S308 - the drawers escape every name and text


def picture_of(page: CasePage, names: Names) -> Picture:
    """Put a case into the picture's own words."""
    moves = [hold for hold in page.holds if hold.how is not How.AGENT]
    last = moves[-1] if moves else None
    who = names.node(last.holder.node) if last else ""
    opened, kicks = times.on(page.opened_at.date(), page.at), page.kicks
    if page.open and last is not None:
        since = times.at(last.since, page.at)
        desc = t("{opened}受理，踢了 {kicks} 次；现在在{who}，从 {since} 起。",
                 opened=opened, kicks=kicks, who=who, since=since)  # fmt: skip
    else:
        desc = t("{opened}受理，踢了 {kicks} 次，已经结束。", opened=opened, kicks=kicks)
    contacts = page.tally.lines if page.tally else ()
    end = page.at if page.open else page.closed_at or page.last_at
    return assembled(
        page.holds,
        tuple(_duty(task, page) for task in page.tasks),
        {node: _lane(node, page, names) for node in _nodes(page)},
        lambda hold: hold.sentence or "",
        tongue(),
        key=f"path-{page.number.lower()}",
        title=page.title,
        desc=desc,
        end=end,
        closed=not page.open,
        contacts=tuple(c.at for c in contacts if c.side is Side.CONSUMER),
    )


def _nodes(page: CasePage) -> list[str]:
    """Order the lanes: the consumer, the desks as the ball met them, then the others."""
    visited = list(dict.fromkeys(hold.holder.node for hold in page.holds))
    debtors = [str(task.debtor) for task in page.tasks]
    parties = [str(party) for party in page.parties if party != CONSUMER]
    desks = [node for node in visited if node.startswith(f"{HOUSE}/") or node == HOUSE]
    others = [node for node in (*parties, *visited, *debtors) if node not in {*desks, CONSUMER}]
    used = {*visited, *debtors}
    return [str(CONSUMER), *desks, *dict.fromkeys(node for node in others if node in used)]


def _lane(node: str, page: CasePage, names: Names) -> Lane:
    party = node.partition("/")[0]
    if party == HOUSE:
        owner = names.person(page.owner)
        name = names.node(node)
        return Lane(name=name, what=t("首问负责：{who}", who=owner) if owner else "",
                    short=name[:_SHORT])  # fmt: skip
    line = next(p for p in page.parties.values() if p.party == party)
    return Lane(name=line.name, what=names.roles[line.party], short=_short(line, page, names))


def _short(line: PartyLine, page: CasePage, names: Names) -> str:
    """Name a party in the room of a phone: by what it is, unless two are that."""
    if line.party == CONSUMER == page.viewer:
        return t("您")
    role = names.roles[line.party]
    alone = list(names.roles.values()).count(role) == 1
    if len(line.name) <= _SHORT or not alone or role.isascii():
        return line.name[:_SHORT]
    return role if len(role) <= _SHORT else role[:2]


def _duty(task: TaskLine, page: CasePage) -> Duty:
    return Duty(
        debtor=task.debtor,
        expected=task.expected,
        since=task.since,
        ended_at=task.ended_at or page.closed_at,
        due=task.due,
        lapsed=task.lapsed,
    )


def kicks_of(page: CasePage, names: Names) -> Kicks | None:
    """Say in words what the red numbers are."""
    kicks = page.index.kicks
    if not kicks:
        return None
    said_by = {hold.kick: hold.sentence or "" for hold in page.holds if hold.kick}
    numbers = [str(kick.number) for kick in kicks]
    label = (
        t("红色的 {list} 是什么", list=t(" 和 ").join(numbers))
        if len(numbers) <= _SHORT
        else t("红色的 1 到 {n} 是什么", n=len(numbers))
    )
    return Kicks(
        label=label,
        about=t("退了回去，没有拿出新的东西，算踢一次。"),
        lines=tuple(_kicked(kick, page, names, said_by.get(kick.number, "")) for kick in kicks),
    )


def _kicked(kick: Kick, page: CasePage, names: Names, sentence: str) -> Kicked:
    way = t("{one} → {other}", one=names.node(kick.from_node), other=names.node(kick.to_node))
    return Kicked(when=times.at(kick.at, page.at), who=way, said=sentence)
