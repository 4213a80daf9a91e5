"""How notices go out. Until real channels come, a demonstration that only keeps them."""

from typing import Protocol

from buckstop.records.cases.actions import Notice


class Transport(Protocol):
    """Sends a notice. Given the same key again, it sends nothing and answers the same."""

    name: str
    keeps_links: bool

    def send(self, notice: Notice, link: str) -> bool:
        """Tell whether the notice was accepted."""


class Demo:
    """Accepts everything and sends nothing; its letters are read on a page of ours."""

    name = "demo"
    keeps_links = True

    def send(self, notice: Notice, link: str) -> bool:
        """Accept."""
        del notice, link
        return True
