"""Everything that was said and done: to a party the newest first, to the desk last."""

from collections.abc import Mapping
from dataclasses import dataclass

from buckstop.domain.cases import events as fact
from buckstop.domain.words.ball import How
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Event
from buckstop.domain.words.ids import EvidenceId
from buckstop.domain.words.party import CONSUMER, HOUSE, Role
from buckstop.records.cases.lines.outcome import DecisionLine
from buckstop.records.cases.lines.proof import ItemLine
from buckstop.records.cases.lines.words import ThreadLine
from buckstop.records.cases.page import CasePage
from buckstop.web.language import said, t
from buckstop.web.sights import sayings, times
from buckstop.web.sights.names import Names
from buckstop.web.sights.rights import Tag

_SHOWN = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class File:
    """A file that stands in the thread."""

    name: str
    url: str
    icon: str
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One thing that was said or done."""

    seq: int
    face: str
    who: str
    mine: bool
    tags: tuple[Tag, ...]
    when: str
    iso: str
    said: str
    event: str
    files: tuple[File, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Thread:
    """The last lines, and how to see the others."""

    lines: tuple[Line, ...]
    more: str


def thread_of(page: CasePage, names: Names, files: str, *, every: bool) -> Thread:
    """Tell the thread; `files` is where the files of this case are handed out."""
    items = {item.evidence: item for item in page.evidence}
    full = [
        line
        for line in page.thread
        if not isinstance(line.event, fact.TakenOver)  # the move that goes with it says it
        and (
            _spoken(line)
            or isinstance(line.event, fact.EvidenceSubmitted)
            or sayings.told(line.event, names, page)
        )
    ]
    full = [line for line in full if not _repeats(line, full)]
    kept = full if every else _once([line for line in full if _worth(line)])[-_SHOWN:]
    more = t("看全部 {n} 条", n=len(full)) if len(full) > len(kept) else ""
    lines = [_line(line, page, names, items, files) for line in kept]
    return Thread(lines=tuple(lines if page.desk_view else lines[::-1]), more=more)


def _once(lines: list[ThreadLine]) -> list[ThreadLine]:
    """Tell only the last of a row of lapses that leave the ball where it is, day after day."""
    again = [line for line in lines if _stays(line)]
    return [line for line in lines if line not in again[:-1] and not _of_supervisor(line)]


def _stays(line: ThreadLine) -> bool:
    return isinstance(line.event, fact.BallMoved) and line.event.reason == "supervise-lapsed"


def _of_supervisor(line: ThreadLine) -> bool:
    """Tell the lapse that such a move says as well."""
    return isinstance(line.event, fact.ClockLapsed) and line.event.kind is ClockKind.SUPERVISE


def _repeats(line: ThreadLine, full: list[ThreadLine]) -> bool:
    """Tell a message that another event of the same act says with the same words."""
    if not isinstance(line.event, fact.MessageSent):
        return False
    same = (x for x in full if x is not line and x.at == line.at and x.by == line.by)
    return any(_spoken(x) == _spoken(line) for x in same)


def _worth(line: ThreadLine) -> bool:
    """Leave out what another line of the same act says better."""
    if isinstance(line.event, fact.BallMoved) and line.event.reason in _SAID_ELSEWHERE:
        return False
    if isinstance(line.event, fact.ContactLogged) and not line.said:
        return False
    return line.weight > 0


_SAID_ELSEWHERE = frozenset({"asked", "offered", "countered", "several-tasks", "appeal"})


def _line(
    line: ThreadLine,
    page: CasePage,
    names: Names,
    items: Mapping[EvidenceId, ItemLine],
    files: str,
) -> Line:
    brought = isinstance(line.event, fact.CaseAbsorbed)  # these words are the consumer's own
    by_rule = not brought and (line.role is Role.CLOCKWORK or _by_rule(line.event))
    who, face = (t("按公布的规则"), t("规")) if by_rule else _speaker(line, page, names)
    return Line(
        seq=line.seq,
        face=face,
        who=who,
        mine=(line.mine and not by_rule) or (brought and names.me == CONSUMER),
        tags=() if by_rule and line.role is not Role.CLOCKWORK else tuple(_tags(line, page)),
        when=times.at(line.at, page.at),
        iso=line.at.isoformat(timespec="minutes"),
        said=_spoken(line),
        event=sayings.told(line.event, names, page),
        files=_files(line.event, items, files),
    )


_OWN_MOVES = frozenset({How.PASS, How.BOUNCE, How.AGENT})
_OWN_ENDS = frozenset(
    {
        fact.Outcome.WITHDRAWN_SOLVED,
        fact.Outcome.WITHDRAWN_TIRED,
        fact.Outcome.WITHDRAWN_OTHER,
        fact.Outcome.UNREACHABLE,
        fact.Outcome.HANDED_OVER,
    }
)


def _by_rule(event: Event) -> bool:
    """Tell what follows from the published rules, whoever's act brought it about."""
    match event:
        case fact.BallMoved(how=How.TAKEOVER, reason=reason):
            return reason != "supervisor"
        case fact.BallMoved(how=how):
            return how not in _OWN_MOVES
        case fact.CaseClosed(outcome=outcome):
            return outcome not in _OWN_ENDS
        case fact.RequestRejected() | fact.RemedyOwed():
            return True
        case _:
            return False


def _speaker(line: ThreadLine, page: CasePage, names: Names) -> tuple[str, str]:
    """Name who said or did it, and the letter that stands for them."""
    if isinstance(line.event, fact.CaseAbsorbed):
        return names.party(CONSUMER), names.face(CONSUMER, None)
    decided = _decided(line.event, page)
    if decided is not None:
        return _deciders(decided, names), names.face(HOUSE, decided.by)
    return _who(line, names), names.face(line.by, line.person)


def _decided(event: Event, page: CasePage) -> DecisionLine | None:
    if not isinstance(event, fact.DecisionPronounced):
        return None
    return next((d for d in page.decisions if d.decision == event.decision), None)


def _deciders(decision: DecisionLine, names: Names) -> str:
    by = names.person(decision.by)
    if decision.second is None:
        return t("{by}裁定", by=by)
    return t("{by}裁定，{second}复核", by=by, second=names.person(decision.second))


def _who(line: ThreadLine, names: Names) -> str:
    if line.person is not None:
        return names.person(line.person) or names.party(line.by)
    return names.party(line.by)


def _tags(line: ThreadLine, page: CasePage) -> list[Tag]:
    tags = []
    if line.by == HOUSE and line.role in {Role.AGENT, Role.SUPERVISOR}:
        tags.append(Tag(word=t("服务台") if line.role is Role.AGENT else t("主管")))
    if page.desk_view and line.by != HOUSE:
        tags.append(Tag(word=said(f"cases.channel.{line.channel}")))
    match line.event:
        case fact.NoteWritten():
            tags.append(Tag(word=t("内部备注"), tone="due"))
        case fact.OfferMade():
            tags.append(Tag(word=t("和解方案"), tone="due"))
        case fact.RefusalMade(supported=False):
            tags.append(Tag(word=t("没有证据"), tone="bad"))
        case fact.PromiseBroken():
            tags.append(Tag(word=t("失信"), tone="bad"))
        case fact.EvidenceSubmitted(late=True):
            tags.append(Tag(word=t("迟交"), tone="due"))
        case fact.ContactLogged() as contact:
            tags.append(_matched(contact, page))
    return tags


def _matched(contact: fact.ContactLogged, page: CasePage) -> Tag:
    lines = page.tally.lines if page.tally else ()
    known = next((c for c in lines if c.contact == contact.contact), None)
    if known is not None and known.matched:
        return Tag(word=t("两边都有记录"), tone="ok")
    if contact.side is fact.Side.CONSUMER:
        return Tag(word=t("服务台没有记录"), tone="bad")
    return Tag(word=t("消费者没有记录"))


def _spoken(line: ThreadLine) -> str:
    return "\n".join(line.said[name] for name in _SPOKEN if line.said.get(name))


_SPOKEN = (
    "story", "text", "sentence", "reasons", "reason", "why", "forced_because", "remedy",
    "demand", "right",
)  # fmt: skip
"""The texts that stand in the thread, in the order in which they are read."""


def _files(event: Event, items: Mapping[EvidenceId, ItemLine], files: str) -> tuple[File, ...]:
    if not isinstance(event, fact.EvidenceSubmitted):
        return ()
    item = items.get(event.evidence)
    name = item.name if item else t("文件")
    return (
        File(
            name=name,
            url=f"{files}{event.sha256}",
            icon="image" if event.media_type.startswith("image/") else "doc",
            note=t("已封存"),
        ),
    )
