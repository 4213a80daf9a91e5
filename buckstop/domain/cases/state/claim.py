"""What the complaint is about."""

from dataclasses import dataclass, replace
from typing import Self

from buckstop.domain.cases.events import CaseAbsorbed, CaseOpened
from buckstop.domain.words.event import Entry, Sealed
from buckstop.domain.words.purchase import Goods, Problem, Purchase, Remedy, RemedyKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """Purchase, problem and demand, as told when the case was opened (and joined to it)."""

    number: str = ""
    problem: Problem = Problem.OTHER
    purchase: Purchase = Purchase(goods=Goods.OTHER)
    demand: Remedy = Remedy(kind=RemedyKind.OTHER)
    title: Sealed | None = None
    stories: tuple[Sealed, ...] = ()

    def after(self, entry: Entry) -> Self:
        """Follow one fact."""
        match entry.event:
            case CaseOpened() as event:
                return replace(
                    self,
                    number=event.number,
                    problem=event.problem,
                    purchase=event.purchase,
                    demand=event.demand,
                    title=event.title,
                    stories=(event.story,),
                )
            case CaseAbsorbed() as event:
                return replace(self, stories=(*self.stories, event.story))
            case _:
                return self
