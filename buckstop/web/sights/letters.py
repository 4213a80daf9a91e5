"""What the demonstration's mailbox holds."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse

from buckstop.domain.cases.events import NoticeKind, Outcome
from buckstop.domain.words.event import Channel
from buckstop.domain.words.ids import CaseId
from buckstop.domain.words.party import CONSUMER
from buckstop.records.cases.actions import CONTACT_CHANGED, PACKET_RELEASED
from buckstop.records.cases.due import Letter as Sent
from buckstop.records.cases.page import CasePage
from buckstop.web.language import listed, said, t
from buckstop.web.sights import times, turn
from buckstop.web.sights.names import Names


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """One letter as its receiver would have it."""

    head: str
    when: str
    name: str
    ways: tuple[str, ...]
    state: str
    text: str
    url: str
    follow: str
    parts: tuple["Letter", ...] = ()

    @property
    def to(self) -> str:
        """Say to whom it went, by what, and whether it arrived."""
        via = listed(self.ways)
        return t("给{who}，{via}，{state}", who=self.name, via=via, state=self.state)


def letters_of(
    sent: Iterable[Sent], pages: Mapping[CaseId, CasePage], now: datetime, names: Names
) -> tuple[Letter, ...]:
    """Show what was sent, the latest first; what was gathered in one letter is one."""
    by_letter: dict[str, list[Letter]] = {}
    for one in sent:
        shown = _letter(one, pages[one.notice.case], now, names)
        by_letter.setdefault(one.gathered or one.notice.key, []).append(shown)
    letters = [_gathered(parts) if len(parts) > 1 else parts[0] for parts in by_letter.values()]
    return tuple(_both_ways(letters))


def _both_ways(letters: Iterable[Letter]) -> Iterator[Letter]:
    """Show what went to somebody by several channels as one."""
    same: dict[tuple[str, ...], list[Letter]] = {}
    for letter in letters:
        about = (letter.head, letter.when, letter.name, letter.text, letter.state)
        same.setdefault(about, []).append(letter)
    for first, *others in same.values():
        yield replace(first, ways=(*first.ways, *(way for one in others for way in one.ways)))


def _gathered(parts: list[Letter]) -> Letter:
    return Letter(
        head=t("合并通知：{n} 件事", n=len(parts)),
        when=parts[0].when,
        name=parts[0].name,
        ways=parts[0].ways,
        state=parts[0].state,
        text=t("一个小时里要通知的事太多，合在一封信里，每件一个链接。"),
        url="",
        follow="",
        parts=tuple(parts),
    )


def _letter(one: Sent, page: CasePage, now: datetime, names: Names) -> Letter:
    notice = one.notice
    party = page.parties.get(notice.party)
    name = party.name if party else names.party(notice.party)
    by_text = notice.via is Channel.PHONE and one.link
    via = t("短信") if by_text else said(f"cases.channel.{notice.via}")
    state = t("还没发出") if one.accepted is None else t("已送达") if one.accepted else t("没送到")
    asks = page.open and notice.kind is not NoticeKind.OUTCOME
    theirs = t("打开信里的链接，去答复") if asks else t("打开信里的链接，看案件")
    return Letter(
        head=t("{number}　{title}", number=one.number, title=one.title),
        when=times.at(one.said_at or one.planned_at, now),
        name=name,
        ways=(str(via),),
        state=state,
        text=_text(one, now, replace(names, me=notice.party)),
        url=reverse("open-link", kwargs={"token": one.link}) if one.link else "",
        follow=t("看我的案件") if notice.party == CONSUMER else theirs,
    )


def _text(one: Sent, now: datetime, reader: Names) -> str:
    notice = one.notice
    if notice.kind is NoticeKind.OUTCOME:
        if notice.code == "fresh-link":
            return t("这是您要的新链接。刚才写的要是还没发出去，打开就在。")
        if notice.code == CONTACT_CHANGED:
            return t("联系方式改了，以后的通知不再发到这里。不是您改的，请告诉服务台。")
        if notice.code == PACKET_RELEASED:
            return t(
                "可以去外部机构了：案件里的材料都在链接那一页，打印或另存就能带走。这里照常往下办。"
            )
        outcome = notice.code.removeprefix("closed-")
        if outcome in Outcome:
            return t("案件有结果了：{what}。", what=reader.outcome(Outcome(outcome)))
        return t("案件有新进展，请打开链接看。")
    what = turn.expected(_EXPECTED.get(notice.code, notice.code))
    due = times.at(notice.due, now) if notice.due else ""
    if notice.kind is NoticeKind.REMINDER:
        return t("提醒您：请在 {due} 前{what}。到期按公布的规则处理。", due=due, what=what)
    return t("请在 {due} 前{what}。不用注册，打开链接就能办。", due=due, what=what)


_EXPECTED = {"offer": "answer-offer", "fulfil": "fulfil-remedy"}
"""What a kind of clock asks for, where it is called otherwise."""
