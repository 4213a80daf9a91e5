"""Doing something about whatever grows in the log: everything once, and again what failed."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.db import transaction

from buckstop.clockwork.going import went
from buckstop.records.houses.queries import houses
from buckstop.records.log import outbox
from buckstop.records.log.isolation import inside


@dataclass(frozen=True, kw_only=True, slots=True)
class Follower:
    """Who follows the log of all houses under a name, and what is to be done of each growth."""

    name: str
    do: Callable[[outbox.Growth], None]

    def follow(self, at_most: int = 200) -> int:
        """Deal with what grew since last time; tell how much that was.

        Of a case that fails it is noted what was left, for `follow_again`.
        """
        with transaction.atomic():
            grown = outbox.growth(after=outbox.place_of(self.name), at_most=at_most)
            for growth in grown:
                if not self._dealt_with(growth):
                    with inside(growth.house):
                        outbox.leave(self.name, growth)
            if grown:
                outbox.advance(self.name, grown[-1].cursor)
        return len(grown)

    def follow_again(self) -> int:
        """Deal with what failed before; tell how many growths are dealt with now."""
        done = 0
        for house in houses():
            with inside(house.house):
                for growth in outbox.left(self.name):
                    if self._dealt_with(growth):
                        outbox.deal_with(self.name, growth)
                        done += 1
        return done

    def _dealt_with(self, growth: outbox.Growth) -> bool:
        failing = f"{self.name} failed"
        return went(failing, growth.house, growth.case, partial(self.do, growth))
