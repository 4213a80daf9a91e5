"""What the desk types about facts, proof, and what was done."""

from collections.abc import Mapping

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from buckstop.domain.law.facts import FACTS, ValueKind
from buckstop.domain.words.ids import FactKey
from buckstop.domain.words.standing import Standing
from buckstop.web.forms.fields import Day, Money, Pick, Text
from buckstop.web.forms.my_case import Choices, Files, choose
from buckstop.web.language import later, said, t

type Typed = Mapping[str, object] | None
type Sent = MultiValueDict[str, UploadedFile[bytes]] | None


class AskForm(forms.Form):
    """Which fact, and of whom."""

    fact = Pick(later("要证明哪一个事实"))
    of = Pick(later("请谁拿出证据"))
    clarifies = Pick(later("问过的，要澄清哪一次"), required=False)
    why = Text(later("为什么要紧"), rows=2, help_text=later("被问的一方会看到。"))
    forced_because = Text(
        later("规则不让问，仍要问的理由"),
        rows=2,
        required=False,
        help_text=later("只有主管能强制，会公开并计数。"),
    )

    def __init__(
        self, data: Typed, *, facts: Choices, parties: Choices, answered: Choices, forced: bool
    ) -> None:
        """Offer the facts with who bears the burden, the parties, and what was answered."""
        super().__init__(data)
        choose(self, "fact", facts)
        choose(self, "of", parties)
        choose(self, "clarifies", [("", t("不是澄清，是新的一问")), *answered])
        if not answered:
            del self.fields["clarifies"]
        if not forced:
            del self.fields["forced_because"]


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
        later("数值或日期"),
        required=False,
        help_text=later("金额写元，日期写 2026-07-12；是与否的事实可以空着。"),
    )
    evidence = Pick(later("依据哪一份材料"))

    def __init__(self, data: Typed, *, facts: Choices, items: Choices) -> None:
        """Offer facts, standings and items."""
        super().__init__(data)
        choose(self, "fact", facts)
        kinds = (Standing.PROVEN, Standing.DISPROVED)
        choose(self, "standing", [(s, said(f"cases.standing.{s}")) for s in kinds])
        choose(self, "evidence", items)

    def clean(self) -> dict[str, object]:
        """Write the value as the fact has it: fen, a day, a number, yes or no."""
        typed: dict[str, object] = dict(super().clean() or {})
        value, kind = str(typed.get("value") or ""), FACTS.get(FactKey(str(typed.get("fact"))))
        if value and kind is not None:
            try:
                typed["value"] = _value(value, kind.value)
            except ValidationError as wrong:
                self.add_error("value", wrong)
        return typed


def _value(typed: str, kind: ValueKind) -> str:
    match kind:
        case ValueKind.YES_NO:
            known = {t("是"): "yes", t("否"): "no", "yes": "yes", "no": "no"}
            if typed.lower() not in known:
                raise ValidationError(t("这件事只有是与否，请写“是”或“否”，或者空着。"))
            return known[typed.lower()]
        case ValueKind.DAY:
            return str(Day("").clean(typed))
        case ValueKind.FEN:
            return str(Money("").clean(typed))
        case ValueKind.COUNT:
            if not (typed.isascii() and typed.isdecimal()):
                raise ValidationError(t("请写成数字。"))
            return typed


class ShownForm(forms.Form):
    """Which thing is meant, and an item or a file that shows it."""

    what = Pick("")
    complete = Pick(later("办到哪一步"))
    evidence = Pick(later("用已有的材料"), required=False)
    attached = Files(later("或者附上文件"))

    def __init__(  # noqa: PLR0913 - all that such a form offers
        self,
        data: Typed,
        files: Sent,
        *,
        label: str,
        what: Choices,
        items: Choices,
        steps: bool = False,
    ) -> None:
        """Offer what may be meant and the items that are there; `steps` asks how far it is."""
        super().__init__(data, files)
        self.fields["what"].label = label
        choose(self, "what", what)
        choose(self, "complete", [
            ("yes", t("全部办好，请消费者确认")),
            ("no", t("只办了一步，还没办完")),
        ])  # fmt: skip
        choose(self, "evidence", [("", "—"), *items])
        if not steps:
            del self.fields["complete"]

    def clean(self) -> dict[str, object]:
        """Ask for an item or a file."""
        typed: dict[str, object] = dict(super().clean() or {})
        if not typed.get("evidence") and not self.files.getlist("attached"):
            self.add_error("attached", t("要选一份已有的材料，或者附上文件。"))
        return typed


class BounceForm(forms.Form):
    """On what ground the ball goes back, with its proof."""

    ground = Pick(later("按哪一条退回"))
    evidence = Pick(later("用已有的材料"), required=False)
    attached = Files(later("或者附上文件"))
    sentence = Text(later("写给消费者的一句话"), rows=2)

    def __init__(self, data: Typed, files: Sent, *, grounds: Choices, items: Choices) -> None:
        """Offer the published grounds."""
        super().__init__(data, files)
        choose(self, "ground", grounds)
        choose(self, "evidence", [("", "—"), *items])


class HandInForm(forms.Form):
    """Files that the desk puts into the case."""

    attached = Files(later("选文件"))
    kind = Pick(later("这是什么"))
    fact = Pick(later("和哪一个事实有关"), required=False)

    def __init__(self, data: Typed, files: Sent, *, kinds: Choices, facts: Choices) -> None:
        """Offer the kinds of proof and the facts."""
        super().__init__(data, files)
        choose(self, "kind", kinds)
        choose(self, "fact", [("", "—"), *facts])

    def clean(self) -> dict[str, object]:
        """Ask for a file."""
        if not self.files.getlist("attached"):
            self.add_error("attached", t("还没有选文件。"))
        return dict(super().clean() or {})
