"""The words that every template knows: page text, icons, times, money, what was typed."""

from uuid import uuid4

from django.conf import settings
from django.template import Context, Library
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from buckstop.records.evidence.limits import MEGABYTE, MOST_AT_ONCE, MOST_BYTES
from buckstop.records.people.cleaning import LONGEST
from buckstop.web import drawer, language
from buckstop.web.forms.fields import without_what_nobody_typed

register = Library()


@register.simple_tag
def t(text: str, **data: object) -> SafeString:
    """Say a page text in the reader's language."""
    return language.t(text, **data)


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw one of our icons; a word always stands beside it."""
    return format_html(
        '<svg class="i" viewBox="0 0 20 20" aria-hidden="true"><use href="{}#{}"/></svg>',
        static("icons.svg"),
        name,
    )


@register.simple_tag(takes_context=True)
def kept(context: Context, name: str, otherwise: object = "") -> object:
    """Give back what was typed into a field when the page is shown again with a no."""
    typed = context["request"].POST.get(name)
    return otherwise if typed is None else without_what_nobody_typed(str(typed))


@register.simple_tag(takes_context=True)
def drawer_at(context: Context, path: str) -> drawer.Drawer:
    """Give what was typed and chosen for the form that is sent to an address."""
    return drawer.look(context["request"], path)


@register.simple_tag
def limits() -> dict[str, int]:
    """Tell how much may be sent at once, in megabytes and characters."""
    return {
        "file": MOST_BYTES // MEGABYTE,
        "all": MOST_AT_ONCE // MEGABYTE,
        "text": settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MEGABYTE,
        "characters": LONGEST,
    }


@register.simple_tag
def form_token() -> SafeString:
    """Give a form the key that makes it happen once, however often it is sent."""
    return format_html('<input type="hidden" name="form_token" value="{}">', uuid4())
