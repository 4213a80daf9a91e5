"""How wide a text is, and how to make it fit; full-width characters count as one em."""

import re
import unicodedata
from collections.abc import Iterator

NARROW_EM = 0.57
BLANK_EM = 0.27
LAST_LINE_EM = 2.5
"""A last line shorter than this would be one or two characters."""
ROOM_TO_SPARE_EM = 8
CLOSING = frozenset("，。；：、？！”’）》】〉」』…,.;:?!)]}%")
OPENING = frozenset("“‘（《【〈「『([{")
JOINER = "\u200d"
WORD = re.compile(r"[\w.,:/+-]+", re.ASCII)


def clean(text: str) -> str:
    """Take out what would break a line, turn its direction, or is no character at all."""
    kept = (" " if c.isspace() else c for c in text if c == JOINER or _shown(c))
    return " ".join("".join(kept).split())


def _shown(c: str) -> bool:
    return c.isspace() or (
        unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"} and ord(c) & 0xFFFE != 0xFFFE  # noqa: PLR2004 - the two non-characters of each plane
    )


def clusters(text: str) -> list[str]:
    """Split into what a reader takes for one character."""
    found: list[str] = []
    for c in text:
        belongs = unicodedata.combining(c) or unicodedata.category(c) in {"Mn", "Me", "Sk"}
        if found and (c == JOINER or found[-1].endswith(JOINER) or (belongs and not c.isascii())):
            found[-1] += c
        else:
            found.append(c)
    return found


def em_of(cluster: str) -> float:
    """Tell how many ems one character takes."""
    if cluster == " ":
        return BLANK_EM
    return 1 if unicodedata.east_asian_width(cluster[0]) in "WFA" else NARROW_EM


def width_of(text: str, size: float) -> float:
    """Estimate the width of a line set in `size`."""
    return sum(em_of(cluster) for cluster in clusters(text)) * size


def fit(text: str, size: float, room: float) -> str:
    """Shorten a text with an ellipsis until it fits; nothing where not even two fit."""
    text = clean(text)
    if width_of(text, size) <= room:
        return text
    kept, used = "", size
    for cluster in clusters(text):
        used += em_of(cluster) * size
        if used > room:
            break
        kept += cluster
    return f"{kept.rstrip()}…" if kept else ""


def wrap(text: str, size: float, room: float, most: int) -> list[str]:
    """Break a sentence into at most `most` lines, never inside a number or before a full stop."""
    text = clean(text)
    if not text:
        return []
    lines = _fill(text, size, room)
    while len(lines) > 1 and width_of(lines[-1], size) < LAST_LINE_EM * size:
        room -= size
        if room < ROOM_TO_SPARE_EM * size:
            break
        lines = _fill(text, size, room)
    if len(lines) > most:
        rest = lines[most - 1]
        for line in lines[most:]:
            rest += f" {line}" if rest[-1:].isascii() and line[:1].isascii() else line
        lines = [*lines[: most - 1], fit(rest, size, min(room, width_of(rest, size) - 1))]
    return lines


def _fill(text: str, size: float, room: float) -> list[str]:
    lines, line = [], ""
    for piece in _pieces(text, size, room):
        if line and width_of((line + piece).rstrip(), size) > room:
            lines.append(line.strip())
            line = ""
        line += piece
    return [*lines, line.strip()] if line.strip() else lines


def _pieces(text: str, size: float, room: float) -> Iterator[str]:
    """Cut into what may not be broken; a word longer than a line is broken all the same."""
    piece = ""
    for cluster in clusters(text):
        joined = (
            cluster in CLOSING
            or cluster == " "
            or piece[-1:] in OPENING
            or (WORD.fullmatch(cluster) and WORD.fullmatch(piece[-1:] or " "))
        )
        if piece and (not joined or width_of(piece + cluster, size) > room):
            yield piece
            piece = ""
        piece += cluster
    if piece:
        yield piece
