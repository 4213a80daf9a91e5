"""What people at the desk type."""

from collections.abc import Mapping
from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError

from buckstop.domain.words.reconcile import Precision
from buckstop.domain.words.standing import Standing
from buckstop.web.forms.fields import Clock, Count, Money, Pick, Text
from buckstop.web.forms.my_case import Choices, choose
from buckstop.web.language import later, said, t

type Typed = Mapping[str, object] | None

SAID_AS = ("message", "note", "promise")
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

    def __init__(self, data: Typed, *, targets: Choices) -> None:
        """Offer where the ball may go."""
        super().__init__(data)
        choose(self, "to", targets)
        choose(self, "expected", [(code, said(f"turn.expected.{code}")) for code in EXPECTED])


class AskForm(forms.Form):
    """Which fact, and of whom."""

    fact = Pick(later("要证明哪一个事实"))
    of = Pick(later("请谁拿出证据"))
    why = Text(later("为什么要紧"), rows=2)
    forced_because = Text(
        later("规则不让问，仍要问的理由"),
        rows=2,
        required=False,
        help_text=later("只有主管能强制，会公开并计数。"),
    )

    def __init__(self, data: Typed, *, facts: Choices, parties: Choices) -> None:
        """Offer the facts with who bears the burden, and the parties."""
        super().__init__(data)
        choose(self, "fact", facts)
        choose(self, "of", parties)


class AcceptForm(forms.Form):
    """Which item proves which fact, as what."""

    evidence = Pick(later("哪一份材料"))
    fact = Pick(later("证明哪一个事实"))
    kind = Pick(later("它是什么"))

    def __init__(self, data: Typed, *, items: Choices, facts: Choices, kinds: Choices) -> None:
        """Offer what is there."""
        super().__init__(data)
        choose(self, "evidence", items)
        choose(self, "fact", facts)
        choose(self, "kind", kinds)


class FactForm(forms.Form):
    """How a fact stands, and on what that rests."""

    fact = Pick(later("哪一个事实"))
    standing = Pick(later("怎么认定"))
    value = Text(
        later("数值或日期"), required=False, help_text=later("金额写分，日期写 2026-07-12。")
    )
    evidence = Pick(later("依据哪一份材料"), required=False)

    def __init__(self, data: Typed, *, facts: Choices, items: Choices) -> None:
        """Offer facts, standings and items."""
        super().__init__(data)
        choose(self, "fact", facts)
        kinds = (Standing.PROVEN, Standing.DISPROVED)
        choose(self, "standing", [(s, said(f"cases.standing.{s}")) for s in kinds])
        choose(self, "evidence", [("", "—"), *items])


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

    @property
    def precision(self) -> Precision:
        """The desk's telephone system knows the minute."""
        return Precision.EXACT


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


class KeepForm(forms.Form):
    """Which promise was kept."""

    promise = Pick(later("哪一条承诺"))

    def __init__(self, data: Typed, *, promises: Choices) -> None:
        """Offer the open promises."""
        super().__init__(data)
        choose(self, "promise", promises)


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
    debtor = Pick(later("由谁办"), required=False)
    remedy = Pick(later("怎么办"), required=False)
    amount = Money(later("多少钱（元）"), required=False)
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
