"""What can be done with a case at the desk, and why the rest cannot."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from buckstop.domain.cases.state.decisions import Stage
from buckstop.domain.words.ids import PersonId
from buckstop.records.cases.page import Act, CasePage
from buckstop.texts import knows
from buckstop.web.language import later, said, t
from buckstop.web.refusing import first_sentence
from buckstop.web.sights.names import Names

_ACTS = (
    ("u", "take-up", later("我来接手"), True),
    ("t", "pass-ball", later("转给……"), False),
    ("y", "bounce-ball", later("按公布的理由退回"), False),
    ("g", "assign-task", later("让某一方办一件事"), False),
    ("q", "ask-proof", later("请某一方举证"), False),
    ("m", "submit-evidence", later("交一份材料"), False),
    ("e", "accept-proof", later("收作证据"), False),
    ("f", "state-fact", later("认定一个事实"), False),
    ("p", "urge", later("催办"), True),
    ("c", "log-contact", later("记一次通话"), False),
    ("k", "keep-promise", later("兑现承诺"), False),
    ("o", "correct-information", later("更正说错的话"), False),
    ("v", "take-over", later("介入"), True),
    ("n", "refuse-takeover", later("不介入，说明理由"), False),
    ("d", "propose-decision", later("裁定"), False),
    ("s", "sign-decision", later("复核签字"), False),
    ("i", "prove-fulfilment", later("办好了，交凭证"), False),
    ("l", "make-offer", later("由本机构提方案"), False),
    ("w", "withdraw-offer", later("撤回本机构的方案"), False),
    ("x", "change-owner", later("换负责人"), False),
    ("j", "join-party", later("加一方进来"), False),
    ("4", "give-contact", later("补联系方式"), False),
    ("r", "contradict-record", later("提出相反的记录"), False),
    ("b", "retract-acknowledgement", later("收回承认过的事"), False),
    ("z", "close-unreachable", later("联系不上，结案"), True),
    ("h", "hand-over", later("移交外部机构"), False),
    ("w", "record-outside-result", later("记录外部机构的结果"), False),
    ("a", "reopen", later("恢复案件"), False),
)
"""Its key, its verb, its name, and whether one press does it. One case shows no key twice."""
_RARE = frozenset(
    {"bounce-ball", "keep-promise", "refuse-takeover", "sign-decision", "prove-fulfilment",
     "make-offer", "withdraw-offer", "contradict-record", "retract-acknowledgement",
     "close-unreachable", "hand-over", "record-outside-result", "reopen"}
)  # fmt: skip
"""Acts that most cases never see; greyed they would only lengthen the list with another no."""
_PAGES = {"propose-decision": "decide", "sign-decision": "decide"}
_ON_ITS_PAGE = {
    "freeze-first": later("先冻结记录"),
    "decision-waits-for-signature": later("写好了，等第二人签字"),
}
"""The page of the decision is where one freezes, and reads what waits to be signed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Doable:
    """One act; what is not possible says why."""

    key: str
    word: str
    name: str
    no: str
    url: str
    post: bool
    about: str


def doing_of(page: CasePage, names: Names) -> tuple[Doable, ...]:
    """List the acts, those that are possible first."""
    return tuple(sorted(_doable(page, names), key=lambda act: bool(act.no)))


def _doable(page: CasePage, names: Names) -> Iterator[Doable]:
    for key, word, name, post in _ACTS:
        act = page.acts.get(word)
        if act is None:
            continue
        about = _ON_ITS_PAGE.get(act.why or "") if word in _PAGES else None
        if about and barred(page, names.me_person):
            about, act = None, Act(verb=word, allowed=False, why="another-decider-needed")
        no = "" if about else _no(act, word, page, names)
        if no and (word in _RARE or not page.open):
            continue
        yield Doable(
            key="" if no else key,
            word=word,
            name=str(name),
            no=no,
            url="" if no else _url(page, word),
            post=post,
            about=str(about) if about else _beside(page, word),
        )


def _no(act: Act, word: str, page: CasePage, names: Names) -> str:
    """Say in a few words why an act is not possible; nothing where it is."""
    if act.allowed:
        lacks = _LACKS.get(word) if not page.evidence else None
        return said(f"short.{lacks}") if lacks else ""
    holder = page.turn.holder if page.turn else None
    if act.why == "your-turn" and holder is not None and holder.person != names.me_person:
        who = names.person(holder.person)
        return t("在{who}手上，同事不用催", who=who) if who else t("还没有人接手")
    if act.why == "not-holder" and holder is not None:
        return t("球在{who}", who=names.holder(holder))
    code = f"short.{act.why}"
    return (
        said(code, **act.data or {})
        if knows(code)
        else first_sentence(act.why or "", act.data or {})
    )


_LACKS = {"accept-proof": "no-such-evidence", "state-fact": "finding-needs-evidence"}
"""Acts on what was handed in, where nothing was."""


def _url(page: CasePage, word: str) -> str:
    return reverse(_PAGES.get(word, f"desk-{word}"), kwargs={"number": page.number})


def _beside(page: CasePage, word: str) -> str:
    if word == "urge":
        return t("今天还能催 {n} 次", n=page.urges_left)
    if word == "take-over" and page.takeover_wished:
        return t("消费者请求介入")
    if word == "sign-decision":
        return t("等您签")
    return ""


def barred(page: CasePage, person: PersonId | None) -> bool:
    """Tell whether somebody wrote or signed the decision that is appealed against."""
    stood = (d for d in page.decisions if d.stage is Stage.PRONOUNCED)
    return page.appealing and any(person in {d.by, d.second} for d in stood)
