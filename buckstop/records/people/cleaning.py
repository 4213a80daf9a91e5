"""What a text that came from outside must be, decided in one place, and how it is shown."""

import unicodedata

from buckstop.domain.words.not_allowed import NotAllowed

LONGEST = 20_000
"""Characters of a story or an answer; what is longer belongs into a file."""
LONGEST_LINE = 200
"""Characters of a name, a title or an address line."""

# Controls that reorder what is around them, or that no reader sees. They are kept, since what a
# party wrote is evidence, and shown as a mark, since they can make a text say its opposite.
_UNSEEN = [
    *range(0x20),
    0x7F,
    *range(0x80, 0xA0),
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
]
_SHOWN = {code: "\N{REPLACEMENT CHARACTER}" for code in _UNSEEN if chr(code) not in "\t\n"}


def clean(text: str, *, longest: int = LONGEST) -> str:
    """Return the text as it is kept: NFC, with plain line ends, and nothing else changed.

    Raises NotAllowed with `text-too-long`, `text-has-nul` or `text-half-character`.
    """
    if len(text) > longest:
        raise NotAllowed("text-too-long", limit=longest, length=len(text))
    if "\x00" in text:
        raise NotAllowed("text-has-nul")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise NotAllowed("text-half-character")
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def clean_line(text: str) -> str:
    """Return a text of one line, cleaned, without space around it."""
    return " ".join(clean(text, longest=LONGEST_LINE).split())


def shown(text: str) -> str:
    """Return the text as it is safe to show: what would reorder or hide it becomes a mark."""
    return text.translate(_SHOWN)
