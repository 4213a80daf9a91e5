"""What the desk types in its rarer acts."""

from collections.abc import Mapping

from django import forms

from buckstop.web.forms.fields import Pick, Text
from buckstop.web.forms.my_case import Choices, Files, choose
from buckstop.web.language import later, t

type Typed = Mapping[str, object] | None


class ContradictForm(forms.Form):
    """Which record of the consumer's, and one's own against it."""

    record = Pick(later("哪一条"))
    attached = Files(later("相反的记录"), required=True)

    def __init__(self, data: Typed, *, records: Choices) -> None:
        """Offer the records that wait."""
        super().__init__(data)
        choose(self, "record", records)


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
