"""A machine that plays any history: what Hypothesis steers, and so can make shorter."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from buckstop.domain.cases import commands as ask
from tests.domain.cases.cast import Table
from tests.invariants import beginnings
from tests.invariants.history import History
from tests.invariants.holds import EVERY
from tests.invariants.play import Improviser

DICE = st.integers(0, 2**32)
"""One draw for all the choices of a step: they are even, and whole steps can be left out."""


class AnyHistory(RuleBasedStateMachine):
    """Everybody asks anything, at any time, late, twice, on clocks that jump."""

    accepted: ClassVar[Counter[type[ask.Command]]] = Counter()

    history: History

    @initialize(begin=st.sampled_from(beginnings.EVERY))
    def begins(self, begin: Callable[[], Table]) -> None:
        """Open a case."""
        self.history = History(begin())
        self.accepted[ask.OpenCase] += 1

    @rule(dice=DICE)
    def somebody_does_what_fits(self, dice: int) -> None:
        """Ask something sensible."""
        self._asks(self._somebody(dice).sensible())

    @rule(dice=DICE)
    def anybody_asks_anything(self, dice: int) -> None:
        """Ask whatever; mostly wrong."""
        self._asks(self._somebody(dice).anything())

    @rule(dice=DICE)
    def two_at_a_table(self, dice: int) -> None:
        """Ask one after the other, at the same moment."""
        self._asks(self._somebody(dice).sensible())
        self.everything_holds()
        self._asks(self._somebody(dice).anything())

    @rule(dice=DICE, hours=st.sampled_from((1, 30, 200)))
    def it_reaches_us_late(self, dice: int, hours: int) -> None:
        """Record now what had come before, perhaps before a lapse."""
        received = self.history.table.at - timedelta(hours=hours)
        self._asks(replace(self._somebody(dice).sensible(), received_at=received))

    @precondition(lambda self: self.history.told is not None)
    @rule()
    def the_same_is_asked_again(self) -> None:
        """Ask twice, with no key to tell that it was."""
        self.history.asks_again()

    @rule(hours=st.sampled_from((1, 20, 30, 80, 80, 200, 800)))
    def time_passes(self, hours: int) -> None:
        """Let clocks run out."""
        self.history.waits(hours)

    @rule(hours=st.sampled_from((1, 30)))
    def the_clock_is_set_back(self, hours: int) -> None:
        """Let the machine's time jump."""
        self.history.is_set_back(hours)

    @invariant()
    def everything_holds(self) -> None:
        """Look at each of the invariants."""
        for holds in EVERY:
            holds(self.history)
        self.history.is_over()

    def _asks(self, command: ask.Command) -> None:
        if self.history.asks(command):
            self.accepted[type(command)] += 1

    def _somebody(self, dice: int) -> Improviser:
        # Mixed with the place in the log, since Hypothesis likes to try one number many times.
        choose = Random(f"{dice} {self.history.case.seq}").choice
        return Improviser(choose, self.history.case)
