"""What people at the desk type."""

from collections.abc import Mapping
from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError

from buckstop.domain.cases.events import Ruling
from buckstop.domain.words.purchase import RemedyKind
from buckstop.domain.words.reconcile import Precision
from buckstop.web.forms.fields import Clock, Count, Money, Pick, Text
from buckstop.web.forms.my_case import Choices, choose
from buckstop.web.language import later, said, t

type Typed = Mapping[str, object] | None

SAID_AS = ("message", "note", "call-back", "answer", "other", "acknowledgement")
"""What the composer's words count as: the last four are kinds of promise."""
PRECISION = Precision.EXACT
"""The desk's telephone system knows the minute."""
EXPECTED = ("respond", "inspect", "trace", "pay-out", "other")


class PassForm(forms.Form):
    """To whom the ball goes, and what is expected there."""

    to = Pick(later("转给谁"))
    expected = Pick(later("要他做什么"))
    sentence = Text(
        later("写给消费者的一句话"),
        rows=2,
        help_text=later("消费者会看到：为什么转、接下来谁办。"),
    )

    def __init__(self, data: Typed, *, targets: Choices, task: bool = False) -> None:
        """Offer where the ball may go, or who may be given a task."""
        super().__init__(data)
        if task:
            self.fields["to"].label = t("请谁办")
            self.fields["sentence"].help_text = t("消费者会看到：请谁办什么。")
        choose(self, "to", targets)
        choose(self, "expected", [(code, said(f"turn.expected.{code}")) for code in EXPECTED])


class DeskContactForm(forms.Form):
    """One call, as the desk has it."""

    at = Clock(later("什么时候"))
    direction = Pick(later("谁找谁"))
    medium = Pick(later("怎么联系的"))
    minutes = Count(later("多少分钟"), least=0, most=600, required=False)
    text = Text(later("说了什么"), rows=3, required=False)

    def __init__(self, data: Typed, *, now: datetime) -> None:
        """Offer the choices, as of `now`."""
        super().__init__(data)
        self.now = now
        choose(self, "direction", [("out", t("消费者找我们")), ("in", t("我们找消费者"))])
        ways = ("phone", "chat", "mail", "counter")
        choose(self, "medium", [(way, said(f"cases.channel.{way}")) for way in ways])

    def clean_at(self) -> datetime:
        """Take a moment that has been."""
        at: datetime = self.cleaned_data["at"]
        if at > self.now:
            raise ValidationError(t("这个时间还没到，请看看是不是写错了。"))
        return at


class SayForm(forms.Form):
    """Words to a party, for the desk alone, or as a promise."""

    text = Text(later("写什么"), rows=3)
    to = Text(later("发给"), required=False)
    hours = Count(later("承诺几小时内"), least=1, most=720, required=False)

    def __init__(self, data: Typed) -> None:
        """Take what the composer sends."""
        super().__init__(data)
        self.fields["as"] = Pick("")
        choose(self, "as", [(kind, kind) for kind in SAID_AS])


class ReasonForm(forms.Form):
    """A reason, shown to who is concerned."""

    text = Text(later("理由"), rows=3, help_text=later("消费者会看到。"))


class CorrectForm(forms.Form):
    """What was told wrongly, and what is right."""

    wrong = Text(later("说错的话"), rows=2)
    right = Text(later("应当是"), rows=2)


class OwnerForm(forms.Form):
    """Who answers for the case from now on."""

    owner = Pick(later("新的负责人"))
    deputy = Pick(later("不在时找谁"), required=False)
    text = Text(later("为什么换"), rows=2, help_text=later("消费者会看到。"))

    def __init__(self, data: Typed, *, people: Choices) -> None:
        """Offer the people of the house."""
        super().__init__(data)
        choose(self, "owner", people)
        choose(self, "deputy", [("", "—"), *people])


class PartyForm(forms.Form):
    """Somebody who is to join the case."""

    role = Pick(later("是什么方"))
    name = Text(later("名称"))
    mail = Text(later("邮箱"), required=False)
    phone = Text(later("电话"), required=False)

    def __init__(self, data: Typed, *, roles: Choices) -> None:
        """Offer the parts a party can have."""
        super().__init__(data)
        choose(self, "role", roles)


class DecisionForm(forms.Form):
    """The result of a decision, and why."""

    ruling = Pick(later("结论"))
    debtor = Pick(later("由谁办"), required=False, aside=later("不支持的不填"))
    remedy = Pick(later("怎么办"), required=False, aside=later("不支持的不填"))
    amount = Money(later("多少钱（元）"), required=False, aside=later("退款、赔偿要填"))
    fulfil_days = Count(later("几天内办到"), least=1, most=90)
    what = Text(later("具体怎么办"), rows=2, required=False)
    reasons = Text(later("理由，写给双方看"), rows=8)
    departure = Text(later("和多数旧案不一样时，写一句理由"), rows=2, required=False)

    def __init__(self, data: Typed, *, rulings: Choices, parties: Choices, remedies: Choices,
                 initial: Mapping[str, object]) -> None:  # fmt: skip
        """Offer what may be decided."""
        super().__init__(data, initial=dict(initial))
        choose(self, "ruling", rulings)
        choose(self, "debtor", [("", "—"), *parties])
        choose(self, "remedy", [("", "—"), *remedies])
        for field in self.fields.values():  # they stand on the paper, outside their form
            field.widget.attrs["form"] = "decision"

    def clean(self) -> dict[str, object]:
        """Ask for what the ruling needs: who does what, and how much where it is money."""
        typed: dict[str, object] = dict(super().clean() or {})
        if typed.get("ruling") in {None, Ruling.AGAINST_CONSUMER}:
            return typed
        for name in ("debtor", "remedy"):
            if not typed.get(name) and name not in self.errors:
                self.add_error(name, t("支持消费者的，要写明由谁办、怎么办。"))
        money = {RemedyKind.REFUND, RemedyKind.COMPENSATION}
        if (
            typed.get("remedy") in money
            and not typed.get("amount")
            and "amount" not in self.errors
        ):
            self.add_error("amount", t("退款或赔偿，请写上多少钱。"))
        return typed
