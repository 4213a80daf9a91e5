"""Somebody with a browser: reads pages, fills in the forms that stand in them, and sends them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.test import Client

type Answers = Mapping[str, object]

_UNSENT = frozenset({"submit", "button", "image", "reset", "file"})
_TYPED = frozenset({"text", "date", "datetime-local", "password", "search"})
_SPOKEN = frozenset({"placeholder", "aria-label", "title", "alt"})
_SILENT = frozenset({"script", "style"})
_VOID = frozenset({"meta", "link", "input", "br", "hr", "img", "use", "path", "circle", "line"})


@dataclass(slots=True)
class PageForm:
    """A form of a page: where it goes, and what a browser would send of it untouched."""

    action: str
    method: str
    sent: dict[str, list[str]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    options: dict[str, list[str]] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    """The fields that take anything that can be typed."""
    files: set[str] = field(default_factory=set)


class Reader(HTMLParser):
    """Reads a page: its forms, its words, and the attributes of its tags."""

    def __init__(self, html: str) -> None:
        """Read it all at once."""
        super().__init__(convert_charrefs=True)
        self.forms: list[PageForm] = []
        self.words: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.alerts: list[str] = []
        self._alert = 0
        self._form: PageForm | None = None
        self._owner: PageForm | None = None
        self._by_id: dict[str, PageForm] = {}
        self._select = self._textarea = ""
        self._typed: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        self.tags.append((tag, known))
        self.words += [known[name] for name in _SPOKEN & known.keys()]
        if tag not in _VOID:
            self._open.append(tag)
            if known.get("role") == "alert":
                self._alert = len(self._open)
                self.alerts.append("")
        match tag:
            case "form":
                self._form = PageForm(known.get("action", ""), known.get("method", "get").lower())
                self.forms.append(self._form)
                self._by_id[known.get("id", "")] = self._form
            case "input" | "button" | "select" | "textarea" if "name" in known:
                self._control(tag, known)
            case "option" if self._select:
                self._option(known)

    def _control(self, tag: str, known: dict[str, str]) -> None:
        form = self._by_id.get(known["form"]) if "form" in known else self._form
        if form is None:
            return
        name, kind = known["name"], known.get("type", "" if tag != "input" else "text")
        form.names.append(name)
        if tag == "textarea" or kind in _TYPED:
            form.words.add(name)
        if kind == "file":
            form.files.add(name)
        if tag == "select":
            self._select, self._owner = name, form
        elif tag == "textarea":
            self._textarea, self._typed, self._owner = name, [], form
        elif kind in {"radio", "checkbox"}:
            form.options.setdefault(name, []).append(known.get("value", "on"))
            if "checked" in known:
                form.sent.setdefault(name, []).append(known.get("value", "on"))
        elif tag == "input" and kind not in _UNSENT:
            form.sent.setdefault(name, []).append(known.get("value", ""))

    def _option(self, known: dict[str, str]) -> None:
        if self._owner is None:
            return
        value = known.get("value", "")
        options = self._owner.options.setdefault(self._select, [])
        if not options or "selected" in known:
            self._owner.sent[self._select] = [value]
        options.append(value)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass
            if len(self._open) < self._alert:
                self._alert = 0
        match tag:
            case "form":
                self._form = None
            case "select":
                self._select, self._owner = "", None
            case "textarea" if self._owner is not None:
                text = "".join(self._typed).removeprefix("\r\n").removeprefix("\n")
                self._owner.sent.setdefault(self._textarea, []).append(text)
                self._textarea, self._owner = "", None

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self._typed.append(data)
        elif self._alert:
            self.alerts[-1] += data
        if not self._textarea and not _SILENT & set(self._open) and data.strip():
            self.words.append(data.strip())


@dataclass(slots=True)
class Page:
    """A page that came back."""

    status: int
    html: str
    headers: Mapping[str, str]
    at: str
    read: Reader

    @property
    def text(self) -> str:
        """All that a reader is told."""
        return "\n".join(self.read.words)

    def form(self, name: str = "", *, action: str = "") -> PageForm:
        """Find the form with a field of this name, or that goes to this address."""
        for form in self.read.forms:
            if action and form.action.endswith(action):
                return form
            if name and name in form.names:
                return form
        told = [(form.action, form.names) for form in self.read.forms]
        msg = f"no form with {name or action} at {self.at}: {told}\n{self.text}"
        raise LookupError(msg)

    def typed(self, of: str, name: str) -> str:
        """Give what stands in a field, in the form that has a field called `of`."""
        return "".join(self.form(of).sent.get(name, []))


class Browser:
    """One person's browser, with its cookies; like a real one it must bring its CSRF token."""

    def __init__(self, language: str = "zh-hans") -> None:
        """Open it, in a language."""
        self.client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        self.client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    def get(self, address: str, **headers: str) -> Page:
        """Open an address and go where it leads."""
        return page_of(self.client.get(address, follow=True, headers=headers), address)

    def send(self, page: Page, form: PageForm, answers: Answers | None = None) -> Page:
        """Send a form of a page, with what the page had in it but for these answers."""
        return page_of(self._posted(page, form, answers, follow=True), form.action or page.at)

    def send_only(self, page: Page, form: PageForm, answers: Answers | None = None) -> Page:
        """Send a form and stay at what comes back, even if it leads on."""
        return page_of(self._posted(page, form, answers, follow=False), form.action or page.at)

    def fill(self, page: Page, name: str, /, **answers: object) -> Page:
        """Fill in the form that has a field of this name, and send it."""
        return self.send(page, page.form(name), answers)

    def _posted(
        self, page: Page, form: PageForm, answers: Answers | None, *, follow: bool
    ) -> HttpResponseBase:
        data: dict[str, object] = {name: list(values) for name, values in form.sent.items()}
        data |= {name: value for name, value in (answers or {}).items() if value is not None}
        address = form.action or page.at
        response: HttpResponseBase = self.client.post(address, data, follow=follow)
        return response


def page_of(response: HttpResponseBase, address: str) -> Page:
    """Read what came back from an address."""
    chain: Sequence[tuple[str, int]] = getattr(response, "redirect_chain", ())
    at = chain[-1][0] if chain else address
    headers = dict(response.headers.items())
    content = response.content if isinstance(response, HttpResponse) else b""
    html = content.decode("utf-8", "replace")
    read = Reader(html if "html" in headers.get("Content-Type", "") else "")
    return Page(response.status_code, html, headers, at.partition("?")[0], read)
