"""How much may come in at once, refused before it is read where that can be told."""

from buckstop.domain.words.not_allowed import NotAllowed

MEGABYTE = 1024 * 1024
MOST_BYTES = 50 * MEGABYTE
MOST_FILES = 20
MOST_AT_ONCE = 200 * MEGABYTE
"""What one form may bring in all its files together."""


def refuse_flood(announced: int | None) -> None:
    """Refuse a form by the length it announces, before any of it is read."""
    if announced is not None and announced > MOST_AT_ONCE:
        raise NotAllowed("upload-too-large", most_megabytes=MOST_AT_ONCE // MEGABYTE)


def refuse_crowd(files: int) -> None:
    """Refuse more files than one form may bring."""
    if files > MOST_FILES:
        raise NotAllowed("too-many-files", most=MOST_FILES)
