"""What can go wrong with the log of a case."""

from buckstop.domain.words.ids import CaseId


class NoSuchCase(LookupError):
    """The house in force has no such case; that another one may have it is not told."""


class Overtaken(Exception):
    """The log has grown since it was read: read it again and decide again."""

    def __init__(self, case: CaseId, seq: int) -> None:
        """Say that the log of `case` no longer ends at `seq`."""
        super().__init__(f"case {case} has grown since entry {seq}")
        self.case = case
        self.seq = seq


class WrongTime(ValueError):
    """A time that this log cannot record: of the future, or before its last entry."""
