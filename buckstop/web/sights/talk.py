"""Both sides' calls beside each other."""

from dataclasses import dataclass, replace

from buckstop.domain.cases.events import Side
from buckstop.records.cases.lines.words import ContactLine
from buckstop.records.cases.page import CasePage
from buckstop.web.language import clauses, t, unended
from buckstop.web.sights import lists


@dataclass(frozen=True, kw_only=True, slots=True)
class TalkRow:
    """One exchange, from one side or both."""

    consumer: str
    desk: str
    said: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Talk:
    """Both sides' calls beside each other."""

    count: str
    rows: tuple[TalkRow, ...]
    claims: tuple[str, ...]
    none: str


def talk_of(page: CasePage) -> Talk:
    """Match what both sides logged, line by line."""
    tally = page.tally
    if tally is None:
        return Talk(count="", rows=(), claims=(), none=t("没有"))
    told = {r.contact: r.text for r in page.records if r.text}
    lines = [replace(c, text=c.text or told.get(c.contact)) for c in tally.lines]
    by_id = {c.contact: c for c in lines}
    rows = [
        TalkRow(
            consumer=lists.when(c, page),
            desk=lists.when(by_id[c.matched], page) if c.matched else "",
            said=_both(c, by_id.get(c.matched) if c.matched else None),
        )
        for c in lines
        if c.side is Side.CONSUMER
    ]
    rows += [
        TalkRow(consumer="", desk=lists.when(c, page), said=_both(c, None))
        for c in lines
        if c.side is Side.DESK and c.matched is None
    ]
    return Talk(
        count=t(
            "消费者 {a}，服务台 {b}，对上 {c}", a=tally.consumer, b=tally.desk, c=tally.matched
        ),
        rows=tuple(rows),
        claims=lists.claims_of(page),
        none=t("没有"),
    )


def _both(one: ContactLine, other: ContactLine | None) -> str:
    texts = [one.text or "", other.text or "" if other else ""]
    minutes = t("{n} 分钟", n=one.minutes) if one.minutes else ""
    rebuilt = t("事后补记") if one.reconstructed else ""
    return clauses((*dict.fromkeys(unended(text) for text in texts), minutes, rebuilt))
