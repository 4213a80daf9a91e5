"""How cases with the same findings were decided, beside the one that is being decided."""

from collections import Counter
from dataclasses import dataclass

from django.urls import reverse

from buckstop.domain.cases.events import Ruling
from buckstop.domain.words.calendar import local_day
from buckstop.domain.words.ids import RowId
from buckstop.records.cases.like_cases import LikeCase, LikeCases, findings_key
from buckstop.records.cases.lines.outcome import DecisionLine
from buckstop.records.cases.page import CasePage
from buckstop.texts import money
from buckstop.web.language import later, listed, said, t, tongue
from buckstop.web.sights import times

RULINGS = {
    Ruling.FOR_CONSUMER: later("支持消费者"),
    Ruling.IN_PART: later("部分支持消费者"),
    Ruling.AGAINST_CONSUMER: later("没有支持消费者"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class LikeRow:
    """How one like case was decided."""

    number: str
    url: str
    when: str
    ruling: str
    tone: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Like:
    """Decided cases with the same findings; `seen` names the findings that they were sought by."""

    count: str
    usual: str
    rows: tuple[LikeRow, ...]
    none: str
    seen: str


def like_of(page: CasePage, likes: LikeCases, chosen: frozenset[str]) -> Like:
    """List them, and say how they went."""
    found, usual = likes.cases, likes.usual
    count = Counter(one.ruling for one in found)
    return Like(
        count=t("{n} 件", n=len(found)),
        usual=listed(
            t("{n} 件{ruling}", n=count[ruling], ruling=name)
            for ruling, name in RULINGS.items()
            if count[ruling]
        ),
        rows=tuple(_row(one, page, usual) for one in found),
        none=t("本机构还没有裁定过认定相同的案件。"),
        seen=findings_key(RowId(row) for row in chosen),
    )


def _row(one: LikeCase, page: CasePage, usual: Ruling | None) -> LikeRow:
    ruling = str(RULINGS[one.ruling])
    if one.remedy is not None:
        what = said(f"cases.remedy.{one.remedy}")
        if one.amount:
            what = t("{kind} {sum}", kind=what, sum=money(one.amount, tongue()))
        ruling = t("{ruling}：{what}", ruling=ruling, what=what)
    return LikeRow(
        number=one.number,
        url=reverse("case", kwargs={"number": one.number}),
        when=times.on(local_day(one.at), page.at),
        ruling=ruling,
        tone="" if usual in {None, one.ruling} else "amber",
    )


def compared(written: DecisionLine | None, likes: LikeCases) -> str:
    """Say how the decision stands to the like cases."""
    if likes.usual is None:
        return t("旧案没有多数") if likes.cases else t("还没有可比的")
    if written is None:
        return t("多数{ruling}", ruling=RULINGS[likes.usual])
    if likes.differ(written.ruling):
        return t("和多数不一样，写了理由")
    return t("和多数一样")
