"""What a consumer types on the way."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from django import forms

from buckstop.domain.cases.events import PromiseKind, RecordKind
from buckstop.domain.words.calendar import CHINA, local_day
from buckstop.domain.words.purchase import RemedyKind
from buckstop.domain.words.reconcile import Precision
from buckstop.web.forms.fields import Clock, Count, Day, Money, Pick, Text
from buckstop.web.language import later, said, t

type Choices = Sequence[tuple[str, str]]


class Files(forms.FileField):
    """Any number of files; they are read in the view, one by one."""

    def __init__(self, label: str, *, required: bool = False) -> None:
        """Offer the camera as well as files; the view says when one is missing."""
        widget = forms.FileInput(attrs={"class": "input"})
        widget.attrs["multiple"] = True
        super().__init__(label=label, required=required, widget=widget)

    def clean(self, data: object, initial: object = None) -> None:
        """Leave the files to the vault, which looks at what stands in them."""
        del data, initial


class ContactForm(forms.Form):
    """One call or visit, as the consumer remembers it."""

    other = Pick(later("跟谁"))
    at = Clock(
        later("什么时候"),
        required=False,
        help_text=later("只记得是那一天，就填下面一格。"),
        aside=later("和下面一格填一个就行"),
    )
    day = Day(later("哪一天"), required=False, aside=later("和上面一格填一个就行"))
    precision = Pick(later("时间准不准"))
    direction = Pick(later("谁找谁"))
    medium = Pick(later("怎么联系的"))
    minutes = Count(later("多少分钟"), least=0, most=600, required=False)
    text = Text(later("说了什么"), rows=3, required=False)
    record = Pick(
        later("对方有没有"),
        required=False,
        help_text=later("记下来，对方 48 小时内拿不出相反的记录，就算数。"),
    )
    promise_kind = Pick(later("答应的是什么"), required=False)
    promised_for = Clock(later("答应什么时候办到"), required=False)

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        initial: Mapping[str, object] | None = None,
        *,
        now: datetime,
        others: Choices,
    ) -> None:
        """Offer the choices in the reader's language, as of `now`."""
        super().__init__(data, initial=dict(initial or {}))
        self.now = now
        choose(self, "other", others)
        choose(self, "precision", [
            (Precision.EXACT, t("准，我看着通话记录写的")),
            (Precision.HOUR, t("差不多，前后一小时")),
            (Precision.DAY, t("只记得是那一天")),
        ])  # fmt: skip
        choose(self, "direction", [("out", t("我找对方")), ("in", t("对方找我"))])
        choose(
            self,
            "medium",
            [(c, said(f"cases.channel.{c}")) for c in ("phone", "chat", "mail", "counter")],
        )
        choose(self, "record", [
            ("", t("没有这些")),
            (RecordKind.PROMISE, t("答应我一件事")),
            (RecordKind.REASK, t("又问我要说过、交过的")),
        ])  # fmt: skip
        made = [k for k in PromiseKind if k is not PromiseKind.ACKNOWLEDGEMENT]
        choose(self, "promise_kind", [("", "—"), *((k, said(f"cases.promise.{k}")) for k in made)])

    def _moment(self, typed: dict[str, object]) -> None:
        """Take a moment that has been, or only the day of one."""
        at, day = typed.get("at"), typed.get("day")
        if not isinstance(at, datetime) and isinstance(day, date):
            typed["precision"] = Precision.DAY
            at = typed["at"] = min(datetime.combine(day, time(12), CHINA), self.now)
        if not isinstance(at, datetime):
            if not {"at", "day"} & set(self.errors):
                self.add_error("at", t("请写上时间；只记得日子，就写哪一天。"))
        elif at > self.now or (isinstance(day, date) and day > local_day(self.now)):
            self.add_error("at", t("这个时间还没到，请看看是不是写错了。"))

    def clean(self) -> dict[str, object]:
        """Ask when it was, by when something was promised, and what."""
        typed: dict[str, object] = dict(super().clean() or {})
        self._moment(typed)
        if typed.get("record") and not typed.get("text"):
            self.add_error("text", t("请写一句对方说了什么。"))
        if typed.get("record") == RecordKind.PROMISE and not typed.get("promised_for"):
            self.add_error("promised_for", t("请写上答应什么时候，大概也行。"))
        return typed


class TotalForm(forms.Form):
    """A bare total of calls."""

    about = Count(later("大约多少次"), least=1, most=9999)
    text = Text(later("从什么时候到什么时候，打给谁"), rows=2)


class EvidenceForm(forms.Form):
    """Files, and what they show."""

    attached = Files(later("照片、截图、录音、单据"))
    kind = Pick(later("这是什么"))
    text = Text(later("想说明的话"), rows=3, required=False)

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        initial: Mapping[str, object] | None = None,
        *,
        kinds: Choices,
    ) -> None:
        """Offer the kinds of proof, those that are asked for first."""
        super().__init__(data, initial=dict(initial or {}))
        choose(self, "kind", kinds)


class OfferForm(forms.Form):
    """A settlement that one proposes."""

    remedy = Pick(later("怎么解决"))
    amount = Money(later("多少钱（元）"), required=False)
    text = Text(later("具体怎么办"), rows=3, required=False)
    days = Count(later("对方几天内办到"), least=1, most=90)

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        initial: Mapping[str, object] | None = None,
    ) -> None:
        """Offer the kinds of remedy."""
        super().__init__(data, initial={"days": 7, **(initial or {})})
        choose(self, "remedy", [(k, said(f"cases.remedy.{k}")) for k in RemedyKind])

    def clean(self) -> dict[str, object]:
        """Ask for the amount where the offer is money."""
        typed: dict[str, object] = dict(super().clean() or {})
        money = {RemedyKind.REFUND, RemedyKind.COMPENSATION}
        if (
            typed.get("remedy") in money
            and not typed.get("amount")
            and "amount" not in self.errors
        ):
            self.add_error("amount", t("退款或赔偿，请写上多少钱。"))
        return typed


class WhyForm(forms.Form):
    """A few words on why."""

    text = Text(later("想说的话"), rows=4, required=False)


class SayWhyForm(forms.Form):
    """Words that must be said."""

    text = Text(later("请说说怎么回事"), rows=4)


class AppealForm(forms.Form):
    """What is new, and why the decision is wrong."""

    text = Text(later("哪里不对，有什么新的"), rows=5)
    attached = Files(later("新的证据"), required=True)


class WithdrawForm(forms.Form):
    """Why a complaint is taken back."""

    why = Pick(later("为什么撤回"), wide=True)
    text = Text(later("想说的话"), rows=3, required=False)

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        initial: Mapping[str, object] | None = None,
    ) -> None:
        """Offer the three reasons."""
        super().__init__(data, initial=dict(initial or {}))
        choose(self, "why", [
            ("solved", t("已经解决了")),
            ("tired", t("太累了，不想再耗下去")),
            ("other", t("别的原因")),
        ])  # fmt: skip


def choose(form: forms.Form, name: str, choices: Choices) -> None:
    """Offer choices that are known only now."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = [(str(value), word) for value, word in choices]
