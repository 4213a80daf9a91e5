"""Words that stand in the log for everybody: codes, and never what a person wrote."""

import re
from dataclasses import fields

from buckstop.domain.cases.commands import Command
from buckstop.domain.words.not_allowed import NotAllowed

NAMED_SO = frozenset({"reason", "expected", "because", "rung", "body"})
"""Fields of commands that go into plain events as they are, where they are not sealed."""
LONGEST = 40
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def is_code(word: str) -> bool:
    """Tell whether a word is a code, such as `asked-to-respond`."""
    return len(word) <= LONGEST and _CODE.fullmatch(word) is not None


def need_codes(command: Command) -> None:
    """Refuse free text where only a code may stand."""
    for field in fields(command):
        said = getattr(command, field.name)
        if field.name in NAMED_SO and isinstance(said, str) and not is_code(said):
            raise NotAllowed("not-a-code", field=field.name)
