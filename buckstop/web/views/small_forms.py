"""The desk's acts that ask for something first: one table line, one small page each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect

from buckstop.domain.cases.commands import Command
from buckstop.domain.words.event import Entry
from buckstop.domain.words.ids import EvidenceId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.records.cases import queries
from buckstop.records.cases.handle import handle
from buckstop.records.cases.page import CasePage
from buckstop.web import asking
from buckstop.web.doors import Seated, behind
from buckstop.web.language import t
from buckstop.web.seats import CASE, Door, SeatedRequest
from buckstop.web.views.acts import Act, act_page

type Typed = Mapping[str, Any]
"""What a form took, by the names of its fields."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ask:
    """What an act asks for, and the command that is made of it; the words are page texts.

    `then` tells what came of it where that is not always the same.
    """

    title: str
    do: str
    done: str
    form: Callable[[SeatedRequest, CasePage], forms.Form]
    command: Callable[[SeatedRequest, CasePage, Typed], Command]
    lead: Callable[[CasePage], str] | str = ""
    silence: str = ""
    table: Callable[[CasePage], object] | None = None
    then: Callable[[SeatedRequest, CasePage, tuple[Entry, ...]], None] | None = None


def small_form(ask: Ask, door: Door = CASE) -> Seated:
    """Make the page of an act: it shows the form, and does what the form asks."""

    def view(request: SeatedRequest, number: str) -> HttpResponseBase:
        page = queries.case_page(request.case, request.viewer)
        form = ask.form(request, page)
        if asking.asked(request) and not form.is_valid():
            _still_open(request, page)
        elif asking.asked(request):
            entries = handle(request.case, ask.command(request, page, form.cleaned_data))
            if ask.then is None:
                messages.success(request, t(ask.done))
            else:
                ask.then(request, page, entries)
            return redirect("case", number)
        return act_page(request, "cases/act.html", _shown(ask, page), form)

    return behind(door)(view)


def _still_open(request: SeatedRequest, page: CasePage) -> None:
    """Say why nothing can be picked any more, where somebody acted since the page was opened."""
    name = request.resolver_match.url_name if request.resolver_match else None
    act = page.acts.get((name or "").removeprefix("desk-"))
    if act is not None and not act.allowed and act.why is not None:
        raise NotAllowed(act.why, **(act.data or {}))


def _shown(ask: Ask, page: CasePage) -> Act:
    return Act(
        title=t(ask.title),
        do=t(ask.do),
        lead=t(ask.lead) if isinstance(ask.lead, str) else ask.lead(page),
        silence=t(ask.silence),
        case=page.title,
        back="case",
        number=page.number,
        table=ask.table(page) if ask.table else None,
    )


def item(request: SeatedRequest, data: Typed) -> tuple[EvidenceId, ...]:
    """Give the item that was picked, or else hand in the file that came, if one did."""
    if data["evidence"]:
        return (EvidenceId(data["evidence"]),)
    return asking.submit(request, request.FILES.getlist("attached"))[:1]
