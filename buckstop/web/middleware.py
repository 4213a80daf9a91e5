"""What happens around every page: its language, its house, and the answer to a no."""

from collections.abc import Callable
from http import HTTPStatus
from typing import cast
from urllib.parse import unquote

import structlog
from django.conf import settings
from django.forms.utils import ErrorDict
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.cache import patch_cache_control

from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.records.evidence.limits import refuse_flood
from buckstop.records.log.errors import NoSuchCase, Overtaken
from buckstop.records.log.forms import NotReadable
from buckstop.records.log.isolation import inside
from buckstop.web import errors, language, shut, slips
from buckstop.web.doors import Seated
from buckstop.web.drawer import SentBefore
from buckstop.web.limits import TooOften, allow_sending, ask_to_wait
from buckstop.web.refusing import Unfit, sentence
from buckstop.web.seats import PUBLIC, Door, NeedsSignIn, NoGrant, Refused, SeatedRequest

type Answer = Callable[[HttpRequest], HttpResponseBase]

_log = structlog.get_logger(__name__)

_MISSING = frozenset({"no-such-case", "no-such-file", "no-such-page", "no-house"})
_FORBIDDEN = frozenset({"not-yours", "only-looks", "desk-only", "supervisor-only"})
_MOST_DIGITS = 20
_UNFIT = ("text-", "file-", "upload-", "too-many-", "contact-in-", "why-missing", "count-")


def speak(get_response: Answer) -> Answer:
    """Let the page speak the language chosen, else the reader's own kind of Chinese."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        spoken = chosen if chosen in language.NAMES else _written(request)
        with language.speaking(spoken):
            response = get_response(request)
        response.headers.setdefault("Content-Language", spoken)
        return response

    return answer


def _written(request: HttpRequest) -> str:
    asked = request.headers.get("Accept-Language", "").lower()
    first = next((part for part in asked.split(",") if part.strip().startswith("zh")), "")
    traditional = any(place in first for place in ("hant", "tw", "hk", "mo"))
    return language.TRADITIONAL if traditional else language.SIMPLIFIED


class Doorkeeper:
    """Brings each request to its seat, within its house, and answers a no at the form."""

    def __init__(self, get_response: Answer) -> None:
        """Keep what answers."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Turn away what is too much or no address of ours before any of it is read."""
        announced = request.META.get("CONTENT_LENGTH") or ""
        try:
            refuse_flood(int(announced[:_MOST_DIGITS]) if announced.isdecimal() else None)
        except NotAllowed as no:
            return errors.page(request, 413, sentence(no))
        if "\x00" in unquote(request.get_full_path()):
            return errors.not_found(request, Http404())
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            return errors.wrong_method(request, response.headers["Allow"])
        if response.status_code >= HTTPStatus.BAD_REQUEST and errors.wants_problem(request):
            return errors.as_problem(request, response)
        return response

    def process_view(
        self,
        request: SeatedRequest,
        view: Seated,
        _args: tuple[str, ...],
        kwargs: dict[str, str],
    ) -> HttpResponseBase | None:
        """Answer what is behind a door; what is behind none goes its way."""
        door = getattr(view, "door", None)
        if door is None:
            return None
        response = self._entered(request, view, door, kwargs)
        if door is not PUBLIC:  # not even for the next one at the same browser
            patch_cache_control(response, private=True, no_cache=True, no_store=True)
        return response

    def _entered(
        self, request: SeatedRequest, view: Seated, door: Door, kwargs: dict[str, str]
    ) -> HttpResponseBase:
        request.refused, request.person, request.wrong = None, None, ErrorDict()
        try:
            request.house = door.enter(request, kwargs)
            with inside(request.house):
                door.sit(request, kwargs)
                return _again(request, view, kwargs) or _answered(request, view, kwargs)
        except NeedsSignIn:
            return shut.not_signed_in(request)
        except NoGrant:
            return shut.without_link(request, kwargs)
        except NotAllowed as no:
            if no.code in shut.CODES:
                return shut.by_link(request, kwargs, no)
            return errors.page(request, _status(no), sentence(no))
        except NoSuchCase:
            return errors.page(request, 404, sentence(NotAllowed("no-such-case")))
        except NotReadable as error:
            told = (type(error), error, error.__traceback__)
            _log.error("a case cannot be read", case=getattr(request, "case", None), exc_info=told)
            return errors.unreadable(request)


def _again(request: SeatedRequest, view: Seated, kwargs: dict[str, str]) -> HttpResponse | None:
    """Show a form that could not be sent earlier, with all that was typed into it."""
    if request.method == "POST":
        slips.drop_at(request)
        return None
    sent = slips.find(request) if request.method == "GET" else None
    if sent is None:
        return None
    request.FILES  # noqa: B018 - read before what was posted is put in its place
    request.method, request.POST = "POST", sent
    words = language.t("刚才没有发出去，您写的都在下面。看一眼再发；有文件的话，请重新选一次。")
    request.refused = Refused(code="not-sent", sentence=words, status=200)
    return _refused(request, view, kwargs)


def _answered(request: SeatedRequest, view: Seated, kwargs: dict[str, str]) -> HttpResponseBase:
    """Run a view; a no becomes the page it came from, with all that was typed."""
    try:
        if request.method == "POST":
            allow_sending(request, view.door)
        return view(request, **kwargs)
    except NotAllowed as no:
        status = _status(no)
        if request.method != "POST" or status == HTTPStatus.NOT_FOUND:
            return errors.page(request, status, sentence(no))
        request.refused = Refused(code=no.code, sentence=sentence(no), status=status)
    except SentBefore:
        return HttpResponseRedirect(request.home)
    except Unfit as unfit:
        request.refused = Refused(code="unfit", sentence=unfit.sentence, status=unfit.status)
    except TooOften as often:
        request.refused = Refused(
            code="too-often", sentence=often.sentence, status=429, seconds=often.seconds
        )
    except Overtaken:
        words = language.t("刚才有人先办了一步，这一页已经变了。下面是现在的样子，您写的还在。")
        request.refused = Refused(code="overtaken", sentence=words, status=409)
    return _refused(request, view, kwargs)


def _refused(request: SeatedRequest, view: Seated, kwargs: dict[str, str]) -> HttpResponse:
    """Show the page that a form stands in, with what is to be said of it."""
    taken = kwargs if view.page is view else {key: kwargs[key] for key in view.door.keys}
    shown = cast("HttpResponse", view.page(request, **taken))
    if request.refused is not None:
        shown.status_code = request.refused.status
        if request.refused.seconds:
            return ask_to_wait(shown, request.refused.seconds)
    return shown


def _status(no: NotAllowed) -> int:
    if no.code in _MISSING:
        return 404
    if no.code in _FORBIDDEN:
        return 403
    if no.code in {"file-too-large", "upload-too-large"}:
        return 413
    return 422 if no.code.startswith(_UNFIT) else 409
