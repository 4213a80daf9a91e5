"""Signing in and out, for people of the house."""

from django.contrib.auth import authenticate, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from buckstop.records.people import sign_in as people
from buckstop.records.people.access import Capacity
from buckstop.records.people.models import Person
from buckstop.web import asking
from buckstop.web.forms.sign_in import SignInForm
from buckstop.web.language import t
from buckstop.web.limits import TooOften, allow_sign_in, ask_to_wait
from buckstop.web.return_ways import leads_here


def sign_in(request: HttpRequest) -> HttpResponse:
    """Let an agent or a supervisor in."""
    form = SignInForm(asking.posted(request))
    there = request.POST.get("next") or request.GET.get("next") or ""
    if request.method == "POST" and form.is_valid():
        try:
            allow_sign_in(request, form.cleaned_data["login"])
        except TooOften as often:
            form.add_error(None, often.sentence)
            shown = render(request, "sign_in/sign_in.html", {"form": form, "next": there})
            return ask_to_wait(shown, often.seconds)
        person = authenticate(
            request,
            username=form.cleaned_data["login"],
            password=form.cleaned_data["password"],
        )
        if isinstance(person, Person):
            people.sign_in(request, person)
            return HttpResponseRedirect(
                there if leads_here(request, there) else reverse(_first_page(person))
            )
        form.add_error(None, t("账号或密码不对。账号像 zhouning@demo 这样，后面带机构的代号。"))
    status = 422 if form.is_bound else 200
    return render(request, "sign_in/sign_in.html", {"form": form, "next": there}, status=status)


def _first_page(person: Person) -> str:
    """Name where somebody begins: an administrator sees no case, but how it runs."""
    return "operations" if person.role == Capacity.ADMIN else "queue"


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Let them out."""
    logout(request)
    return redirect("start")
