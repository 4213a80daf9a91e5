"""What the acts of a case have in common: the small page that asks for what one needs, its end."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from buckstop.domain.cases.commands import Command
from buckstop.records.cases.handle import handle
from buckstop.web.drawer import Drawer
from buckstop.web.seats import SeatedRequest


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """What is asked: its title, its button, and the page to go back to."""

    title: str
    do: str
    case: str
    back: str
    number: str
    party: str = ""
    lead: str = ""
    silence: str = ""
    table: object = None


def act_page(request: SeatedRequest, template: str, act: Act, form: forms.Form) -> HttpResponse:
    """Show the form of an act; with what was typed, if something was wrong with it."""
    shown = {
        "title": act.title,
        "do": act.do,
        "case": act.case,
        "lead": act.lead,
        "silence": act.silence,
        "table": act.table,
        "back": reverse(act.back, kwargs=_place(act)),
    }
    if form.is_bound:
        request.wrong = form.errors
    status = 422 if request.wrong else 200
    return render(request, template, {"act": shown, "form": form}, status=status)


def _place(act: Act) -> dict[str, str]:
    return {"number": act.number} | ({"party": act.party} if act.party else {})


def done(
    request: SeatedRequest, words: str, *commands: Command, drawer: Drawer | None = None
) -> HttpResponseRedirect:
    """Have everything done, say so, and go back to the case; the drawer of the form is closed."""
    for command in commands:
        handle(request.case, command)
    if drawer is not None:
        drawer.close()
    messages.success(request, words)
    return redirect(request.home)
