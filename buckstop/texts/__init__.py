"""Every code that the domain speaks, as a sentence: zh-Hans, zh-Hant, en.

A code such as `law.finding.refund-overdue` stands in `catalogue/law.<language>.toml`, table
`finding`. A sentence names its values and how they are shown: `{due:day}`, `{price:money}`.
"""

from buckstop.texts.languages import Language
from buckstop.texts.sentences import NoText, knows, say
from buckstop.texts.shown import day, left, length, moment, money

__all__ = ["Language", "NoText", "day", "knows", "left", "length", "moment", "money", "say"]
