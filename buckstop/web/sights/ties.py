"""What a case has to do with other cases, as the desk sees it."""

from dataclasses import dataclass

from django.urls import reverse

from buckstop.records.cases.matches import Match, first_number, numbers
from buckstop.records.cases.page import CasePage
from buckstop.records.people.access import Viewer
from buckstop.web.language import t


@dataclass(frozen=True, kw_only=True, slots=True)
class Tie:
    """Another case; an empty act is not open here."""

    number: str
    url: str
    about: str
    join: str = ""
    link: str = ""
    undo: str = ""


def ties_of(page: CasePage, match: Match | None, viewer: Viewer) -> tuple[Tie, ...]:
    """List the case that may be the same, those that were joined, and those that are linked."""
    into = (page.joined_into,) if page.joined_into else ()
    known = numbers((*into, *page.absorbed, *page.linked), viewer)
    acts = bool(page.acts)
    ties = []
    if match is not None and page.open and match.case not in page.linked:
        ties.append(
            Tie(
                number=match.number,
                url=_url("case", match.number),
                about=t("可能是同一件事：案号"),
                join=_url("desk-join-case", page.number) if acts else "",
                link=_url("desk-link-case", page.number) if acts else "",
            )
        )
    undo = _url("desk-undo-join", page.number) if acts else ""
    ties += [_tie(known[case], t("这件并进了：案号"), undo=undo) for case in into]
    ties += [_tie(known[case], t("并进来的：案号"), undo=undo) for case in page.absorbed]
    ties += [_tie(known[case], t("有关联的：案号")) for case in page.linked]
    return tuple(ties)


def first_of(page: CasePage, viewer: Viewer) -> Tie | None:
    """Name the first case that this one went into, to its consumer.

    The link asks for the first case's own secret: who opened this one may be somebody who
    happens to know a telephone number and an order.
    """
    if page.joined_into is None:
        return None
    number = first_number(page.case, viewer)
    return Tie(number=number, url=_url("my-case", number), about="")


def _tie(number: str, about: str, *, undo: str = "") -> Tie:
    return Tie(number=number, url=_url("case", number), about=about, undo=undo)


def _url(page: str, number: str) -> str:
    return reverse(page, kwargs={"number": number})
