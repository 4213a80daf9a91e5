"""The small page that asks for what one act needs."""

from dataclasses import dataclass

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from buckstop.web.seats import SeatedRequest


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """What is asked: its title, its button, and the page to go back to."""

    title: str
    do: str
    case: str
    back: str
    number: str
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
        "back": reverse(act.back, kwargs={"number": act.number}),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {"act": shown, "form": form}, status=status)
