"""How notices go out. Until real channels come, a demonstration that only keeps them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from buckstop.records.cases.actions import Notice


@dataclass(frozen=True, kw_only=True, slots=True)
class Linked:
    """A notice, and the link that opens its case to who gets it."""

    notice: Notice
    link: str


class Transport(Protocol):
    """Sends letters. Given the same key again, it sends nothing and answers the same."""

    name: str
    keeps_links: bool

    def send(self, notice: Notice, link: str) -> bool:
        """Tell whether the notice was accepted."""

    def send_gathered(self, key: str, parts: Sequence[Linked]) -> bool:
        """Tell whether one letter was accepted that carries several notices to one person."""


class Demo:
    """Accepts everything and sends nothing; its letters are read on a page of ours."""

    name = "demo"
    keeps_links = True

    def send(self, notice: Notice, link: str) -> bool:
        """Accept."""
        del notice, link
        return True

    def send_gathered(self, key: str, parts: Sequence[Linked]) -> bool:
        """Accept."""
        del key, parts
        return True
