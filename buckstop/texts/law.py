"""The law, said to people: findings, what is owed and why, who must prove what, articles."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from buckstop.domain.law.answer import Confidence
from buckstop.domain.law.assessment import Burden, Entitlement, Finding
from buckstop.domain.law.lookup import Citation, cite
from buckstop.domain.words.ids import FactKey, ProofKind, RowId
from buckstop.texts.languages import Language
from buckstop.texts.sentences import say

_DIGITS = "零一二三四五六七八九"


def finding(line: Finding, language: Language) -> str:
    """Say a finding, marked where it is usual practice rather than the letter of the law."""
    sentence = say(f"law.finding.{line.code}", language, **dict(line.because))
    return sentence + _mark(line.confidence, language)


def entitlement(line: Entitlement, language: Language) -> str:
    """Name what is owed, in a few words."""
    return say(f"law.entitlement.{line.code}", language)


def why(line: Entitlement, language: Language) -> str:
    """Say why something is owed, and how its amount comes about."""
    reason = say(f"law.why.{line.code}", language) + _mark(line.confidence, language)
    if line.formula is None:
        return reason
    between = " " if language is Language.EN else ""
    shown = say(f"law.formula.{line.formula.code}", language, **dict(line.formula.values))
    return f"{reason}{between}{shown}"


def burden(line: Burden, language: Language) -> str:
    """Say who must prove a fact and what follows if it stays open."""
    sentence = say(
        "law.burden.negative" if line.negative else "law.burden.positive",
        language,
        fact=fact(line.fact, language),
        bearer=say(f"law.role.{line.bearer}", language),
    )
    return sentence + _mark(line.confidence, language)


def fact(key: FactKey, language: Language) -> str:
    """Name a fact."""
    return say(f"law.fact.{key}", language)


def proofs(kinds: Iterable[ProofKind], language: Language) -> str:
    """Name the kinds of proof of which any one would do."""
    names = [say(f"law.proof.{kind}", language) for kind in kinds]
    return (" or " if language is Language.EN else "，或者").join(names)


def ground(code: str, language: Language) -> str:
    """Name a listed ground of refusal or bounce."""
    return say(f"law.ground.{code}", language)


def unsettled(code: str, language: Language) -> str:
    """Say what the law leaves open."""
    return say(f"law.unsettled.{code}", language)


def citations(rows: Sequence[RowId], language: Language) -> str:
    """Cite rows by instrument and article, each instrument once; rows of the house are none."""
    found = [cite(row) for row in rows]
    by_instrument = groupby(
        sorted((one for one in found if one.article), key=lambda one: _first(found, one)),
        key=lambda one: one.instrument,
    )
    between, among = ("; ", ", ") if language is Language.EN else ("；", "、")
    return between.join(
        say(f"law.instrument.{instrument}", language)
        + (" " if language is Language.EN else "")
        + among.join(dict.fromkeys(_article(one.article, language) for one in cited))
        for instrument, cited in by_instrument
    )


def _first(found: Sequence[Citation], one: Citation) -> int:
    return next(at for at, other in enumerate(found) if other.instrument == one.instrument)


def _article(article: str, language: Language) -> str:
    if language is Language.EN:
        return f"art. {article}"
    number, _, paragraph = article.rstrip(")").partition("(")
    said = f"第{_numeral(int(number))}条"
    return f"{said}第{_numeral(int(paragraph))}款" if paragraph else said


def _numeral(number: int) -> str:
    """Write a number below a thousand as articles are numbered: 一百零九, 二十, 十五."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    said = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        said += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        said += "零"
    return said + (_DIGITS[ones] if ones else "")


def _mark(confidence: Confidence, language: Language) -> str:
    if confidence is not Confidence.B:
        return ""
    mark = say("law.usual-practice", language)
    return f" {mark}" if language is Language.EN else mark
