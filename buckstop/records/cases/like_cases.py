"""Decided cases that rest on the same findings, for who is to decide another one."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from buckstop.domain.cases.events import Ruling
from buckstop.domain.words.event import frozen
from buckstop.domain.words.ids import CaseId, RowId
from buckstop.domain.words.money import Fen
from buckstop.domain.words.purchase import Problem, RemedyKind
from buckstop.records.cases.models import CaseRow, DecidedRow
from buckstop.records.people.access import DESK_PEOPLE, Viewer, require

MOST = 20
"""As many as somebody reads; the latest say best how it is decided now."""


@frozen
class LikeCase:
    """How another case with the same findings was decided."""

    number: str
    ruling: Ruling
    remedy: RemedyKind | None
    amount: Fen
    at: datetime


@frozen
class LikeCases:
    """The decided cases with the same findings, the latest first."""

    cases: tuple[LikeCase, ...]

    @property
    def usual(self) -> Ruling | None:
        """Say how more than half of them were decided; None where no ruling has that many."""
        for ruling, count in Counter(one.ruling for one in self.cases).most_common(1):
            return ruling if 2 * count > len(self.cases) else None
        return None

    def differ(self, ruling: Ruling) -> bool:
        """Tell whether a ruling would depart from what is usual."""
        return self.usual is not None and ruling is not self.usual


def like_cases(
    viewer: Viewer, case: CaseId, problem: Problem, findings: Iterable[RowId]
) -> LikeCases:
    """Find the cases of the viewer's house whose decision rests on exactly these findings."""
    require(viewer, *DESK_PEOPLE)
    rows = DecidedRow.objects.filter(
        house=viewer.house, problem=problem, findings=findings_key(findings)
    )
    found = list(rows.exclude(case=case).order_by("-at")[:MOST])
    named = CaseRow.objects.filter(case__in=[row.case for row in found])
    numbers = dict(named.values_list("case", "number"))
    return LikeCases(
        cases=tuple(
            LikeCase(
                number=numbers[row.case],
                ruling=Ruling(row.ruling),
                remedy=RemedyKind(row.remedy) if row.remedy else None,
                amount=Fen(row.amount_fen),
                at=row.at,
            )
            for row in found
        )
    )


def findings_key(findings: Iterable[RowId]) -> str:
    """Write a set of findings so that the same set is the same text."""
    return " ".join(sorted(set(findings)))
