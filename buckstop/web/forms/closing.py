"""What the desk types in its rarer acts."""

from collections.abc import Mapping

from django import forms

from buckstop.web.forms.fields import Pick, Text
from buckstop.web.forms.my_case import Choices, choose
from buckstop.web.language import later, t

type Typed = Mapping[str, object] | None


class RetractForm(forms.Form):
    """Which acknowledgement is taken back, and why."""

    promise = Pick(later("哪一件"))
    text = Text(later("理由"), rows=3, help_text=later("消费者会看到。"))

    def __init__(self, data: Typed, *, promises: Choices) -> None:
        """Offer what stands."""
        super().__init__(data)
        choose(self, "promise", promises)


class HandOverForm(forms.Form):
    """Why a case goes outside."""

    because = Pick(later("为什么移交"))

    def __init__(self, data: Typed) -> None:
        """Offer the two reasons."""
        super().__init__(data)
        choose(self, "because", [
            ("mediation-failed", t("调解没有谈成")),
            ("no-power", t("本机构只能建议，不能裁定")),
        ])  # fmt: skip


class OutsideForm(forms.Form):
    """What the body outside decided."""

    text = Text(later("结果是什么"), rows=4)


class ReopenForm(forms.Form):
    """Why a closed case goes on."""

    because = Pick(later("为什么恢复"))
    text = Text(later("写给双方的一句话"), rows=3)

    def __init__(self, data: Typed, *, wrongful: bool) -> None:
        """Offer the reasons; that it was wrong to close is for a supervisor to say."""
        super().__init__(data)
        reasons = [("not-solved", t("事情没有解决"))]
        if wrongful:
            reasons.append(("wrongful", t("当时不该结案，是我们的错")))
        choose(self, "because", reasons)


class WithdrawOfferForm(forms.Form):
    """Which of the house's own offers is taken back."""

    offer = Pick(later("哪一个方案"))

    def __init__(self, data: Typed, *, offers: Choices) -> None:
        """Offer those that are open."""
        super().__init__(data)
        choose(self, "offer", offers)
