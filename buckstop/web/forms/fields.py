"""What can be typed: text as it is kept, money, days; each wrong one answered in plain words."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from buckstop.domain.words.calendar import CHINA
from buckstop.domain.words.money import FEN_LIMIT, Fen
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.records.people.cleaning import LONGEST, clean, clean_line
from buckstop.web.language import later, t

MISSING = later("这里还空着，请填一下。")
UNSEEN = later("里面有看不见的坏字符，已经替您去掉，请看一眼再发。")
_UNIT = re.compile(r"[\s￥¥元]|CNY|RMB", re.IGNORECASE)
_AMOUNT = re.compile(r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]*)?")
_LONGEST_AMOUNT = 20
_HALF = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
"""Figures and signs as wide as a Chinese character, made plain ones."""
_DAY = re.compile(r"^(\d{4})\D+(\d{1,2})\D+(\d{1,2})\D*$")
_FIRST_YEAR, _LAST_YEAR = 1980, 2200
"""Before and after that a day is a slip of the pen."""
_NOT_TYPED = re.compile(r"[\x00\ud800-\udfff]")


class Text(forms.CharField):
    """Words of any length up to what is kept; shown in a box of `rows` lines, or in one line."""

    default_validators = []

    def __init__(
        self,
        label: str,
        *,
        rows: int = 0,
        required: bool = True,
        help_text: str = "",
        aside: str = "",
    ) -> None:
        """Ask for a text; `aside` stands beside the label instead of "optional"."""
        widget = forms.Textarea(attrs={"class": "input", "rows": rows})
        line = forms.TextInput(attrs={"class": "input"})
        super().__init__(
            label=label,
            widget=widget if rows else line,
            required=required,
            help_text=help_text,
            error_messages={"required": MISSING},
        )
        self.validators = []
        self.is_line = not rows
        self.aside = aside

    def bound_data(self, data: str | None, initial: object) -> object:
        """Show again what was typed, without what nobody typed."""
        shown = super().bound_data(data, initial)
        return without_what_nobody_typed(shown) if isinstance(shown, str) else shown

    def to_python(self, value: str | None) -> str:
        """Keep the text as it was typed, or say what is wrong with it."""
        text = value or ""
        if _NOT_TYPED.search(text):
            raise ValidationError(UNSEEN)
        try:
            return (clean_line(text) if self.is_line else clean(text)).strip()
        except NotAllowed as no:
            raise ValidationError(_too_long(no), code=no.code) from no


def _too_long(no: NotAllowed) -> str:
    limit, length = no.data.get("limit", LONGEST), no.data.get("length", 0)
    return t(
        "写了 {length} 个字，这里最多放得下 {limit} 个。请留下要紧的，其余的可以作为文件上传。",
        length=length,
        limit=limit,
    )


def without_what_nobody_typed(value: str) -> str:
    """Take out what cannot be shown or kept: the bytes that no keyboard gives."""
    return _NOT_TYPED.sub("", value)


class Money(forms.Field):
    """An amount in yuan, as people write it, kept in fen."""

    def __init__(
        self, label: str, *, required: bool = True, help_text: str = "", aside: str = ""
    ) -> None:
        """Ask for an amount."""
        super().__init__(
            label=label,
            required=required,
            help_text=help_text,
            widget=forms.TextInput(attrs={"class": "input short", "inputmode": "decimal"}),
            error_messages={"required": MISSING},
        )
        self.aside = aside

    def to_python(self, value: str | None) -> Fen | None:
        """Read an amount, or say how to write one."""
        plain = _UNIT.sub("", without_what_nobody_typed(value or "").translate(_HALF))
        if not plain:
            return None
        if len(plain) > _LONGEST_AMOUNT or not _AMOUNT.fullmatch(plain):
            raise ValidationError(t("请写成数字，比如 2899 或 36.50。"))
        fen = Decimal(plain.replace(",", "")) * 100
        if fen % 1 or not 0 <= fen < FEN_LIMIT:
            raise ValidationError(t("请写成 0 或更多的金额，最多到分，比如 36.50。"))
        return Fen(int(fen))


class Day(forms.Field):
    """A day of the calendar."""

    def __init__(
        self, label: str, *, required: bool = True, help_text: str = "", aside: str = ""
    ) -> None:
        """Ask for a day."""
        super().__init__(
            label=label,
            required=required,
            help_text=help_text,
            widget=forms.DateInput(attrs={"class": "input", "type": "date"}, format="%Y-%m-%d"),
            error_messages={"required": MISSING},
        )
        self.aside = aside

    def to_python(self, value: str | None) -> date | None:
        """Read a day in figures, or say how to write one."""
        plain = without_what_nobody_typed(value or "").strip()
        if not plain:
            return None
        written = _DAY.match(plain)
        try:
            day = date(*(int(part) for part in written.groups())) if written else _bare(plain)
        except ValueError as error:
            raise ValidationError(t("没有这一天，请写成 2026-07-12 这样。")) from error
        _refuse_slip(day)
        return day


def _refuse_slip(day: date) -> None:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValidationError(t("{year} 年？请看看年份是不是写错了。", year=day.year))


def _bare(plain: str) -> date:
    return datetime.strptime(plain, "%Y%m%d").replace(tzinfo=CHINA).date()


class Clock(forms.Field):
    """A day and a time on the clock, where we are."""

    def __init__(
        self, label: str, *, required: bool = True, help_text: str = "", aside: str = ""
    ) -> None:
        """Ask for a moment."""
        super().__init__(
            label=label,
            required=required,
            help_text=help_text,
            widget=forms.DateTimeInput(
                attrs={"class": "input", "type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
            ),
            error_messages={"required": MISSING},
        )
        self.aside = aside

    def to_python(self, value: str | None) -> datetime | None:
        """Read a moment, or say how to write one."""
        plain = without_what_nobody_typed(value or "").strip()
        if not plain:
            return None
        try:
            at = datetime.fromisoformat(plain)
        except ValueError as error:
            raise ValidationError(t("请写成 2026-11-12 18:30 这样。")) from error
        _refuse_slip(at)
        return (at if at.tzinfo else at.replace(tzinfo=CHINA)).astimezone(UTC)


class Count(forms.IntegerField):
    """A whole number."""

    def __init__(self, label: str, *, least: int, most: int, required: bool = True) -> None:
        """Ask for a number within bounds."""
        super().__init__(
            label=label,
            required=required,
            min_value=least,
            max_value=most,
            widget=forms.TextInput(attrs={"class": "input short", "inputmode": "numeric"}),
            error_messages={
                "required": MISSING,
                "invalid": later("请写成数字。"),
                "min_value": later("最少是 {least}。", least=least),
                "max_value": later("最多是 {most}。", most=most),
            },
        )


class Tick(forms.BooleanField):
    """A box to tick, or not."""

    def __init__(self, label: str) -> None:
        """Ask for it; nobody has to tick it."""
        super().__init__(label=label, required=False)


class Pick(forms.ChoiceField):
    """One of a few."""

    def __init__(
        self,
        label: str,
        *,
        wide: bool = False,
        required: bool = True,
        help_text: str = "",
        aside: str = "",
    ) -> None:
        """Ask for one; `wide` shows all of them at once. What there is to pick comes later."""
        super().__init__(
            label=label,
            required=required,
            help_text=help_text,
            widget=forms.RadioSelect() if wide else forms.Select(attrs={"class": "input"}),
            error_messages={
                "required": later("请选一个。"),
                "invalid_choice": later("请选一个。"),
            },
        )
        self.aside = aside
