"""The figures at the top of a desk page: where the ball is, how long, who answers, the index."""

from dataclasses import dataclass
from numbers import Rational

from buckstop.records.cases.page import CasePage
from buckstop.web.language import said, t
from buckstop.web.sights import times
from buckstop.web.sights.names import Names


@dataclass(frozen=True, kw_only=True, slots=True)
class Strip:
    """One figure of the strip."""

    label: str
    text: str
    tone: str = ""


def strip_of(page: CasePage, names: Names) -> tuple[Strip, ...]:
    """Give the figures; of a closed case, how it ended."""
    owner = Strip(label=t("首问负责"), text=names.person(page.owner))
    index = Strip(label=t("推诿指数"), text=str(round(page.index.value)))
    if page.turn is None:
        outcome = said(f"cases.outcome.{page.outcome}") if page.outcome else ""
        return (Strip(label=t("结果"), text=outcome), owner, index)
    due = page.turn.due
    return (
        Strip(label=t("球在"), text=names.holder(page.turn.holder), tone="teal"),
        Strip(
            label=t("期限"),
            text=times.left(due, page.at) if due else t("没有时限"),
            tone=times.tone(due, page.at) if due else "",
        ),
        owner,
        index,
    )


def index_of(page: CasePage) -> str:
    """Say what the index is made of; the parts add up."""
    parts = [
        t("{term} {points}", term=said(f"turn.term.{term}"), points=_figure(points))
        for term, points in page.index.by_term().items()
    ]
    if not parts:
        return t("没有推诿，指数 0")
    return t(
        "{parts} = {sum} 分，指数 {index}",
        parts=" + ".join(parts),
        sum=_figure(page.index.points),
        index=round(page.index.value),
    )


def _figure(points: Rational) -> str:
    return f"{round(float(points), 2):g}"
