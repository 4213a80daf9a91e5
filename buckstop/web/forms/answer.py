"""A respondent's answer."""

from django import forms

from buckstop.domain.words.purchase import RemedyKind
from buckstop.web.forms.fields import Count, Money, Text
from buckstop.web.language import later, t

_MONEY = frozenset({RemedyKind.REFUND, RemedyKind.COMPENSATION})


class AnswerForm(forms.Form):
    """One of the choices, and what that choice asks for."""

    answer = forms.ChoiceField(
        choices=[(word, word) for word in ("agree", "offer", "refuse", "bounce", "pass")],
        error_messages={
            "required": later("请先选一种答复。"),
            "invalid_choice": later("请先选一种答复。"),
        },
    )
    agree_days = Count("", least=1, most=90, required=False)
    remedy = forms.CharField(required=False)
    amount = Money("", required=False)
    plan = Text("", rows=3, required=False)
    offer_days = Count("", least=1, most=90, required=False)
    ground = forms.CharField(required=False)
    ground_text = Text("", rows=2, required=False)
    bounce = forms.CharField(required=False)
    bounce_text = Text("", rows=2, required=False)
    to = forms.CharField(required=False)
    pass_text = Text("", rows=2, required=False)

    def clean(self) -> dict[str, object]:
        """Ask for what the chosen answer needs."""
        typed: dict[str, object] = dict(super().clean() or {})
        match typed.get("answer"):
            case "offer":
                self._need_offer(typed)
            case "refuse" if not typed.get("ground"):
                self.add_error("ground", t("拒绝要选一个理由。"))
            case "bounce" if not typed.get("bounce"):
                self.add_error("bounce", t("退回要选一个理由。"))
            case "pass" if not (typed.get("to") and typed.get("pass_text")):
                self.add_error("pass_text", t("请写上转给谁、请他做什么，消费者也会看到。"))
        return typed

    def _need_offer(self, typed: dict[str, object]) -> None:
        kind = typed.get("remedy")
        if kind not in set(RemedyKind):
            self.add_error("remedy", t("请选怎么解决。"))
        elif kind in _MONEY and not typed.get("amount") and "amount" not in self.errors:
            self.add_error("amount", t("退款或赔偿，请写上多少钱。"))
        elif not typed.get("plan") and "plan" not in self.errors:
            self.add_error("plan", t("请写一句您的方案，消费者要看着它决定。"))

    @property
    def first_error(self) -> str:
        """Say what is wrong first."""
        return next((str(errors[0]) for errors in self.errors.values()), "")


class ItemForm(forms.Form):
    """What goes with files that are handed in."""

    text = Text("", rows=2, required=False)
