"""Two houses at work side by side on a real database, by many hands, some of which die."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from random import Random
from typing import Any, ClassVar

from django.db import connection
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from buckstop.clockwork.lapses import sweep
from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.state.case import Case, replay
from buckstop.domain.words.event import Channel, Entry, Sealed
from buckstop.domain.words.ids import CaseId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CLOCKWORK
from buckstop.records.cases.due import cases_due
from buckstop.records.cases.handle import case_id_of, handle, open_case
from buckstop.records.cases.models import CaseRow, ClockRow
from buckstop.records.houses import actions as set_up
from buckstop.records.log import store
from buckstop.records.log.isolation import inside
from buckstop.records.log.rebuild import rebuild
from buckstop.records.log.verify import verify
from tests.domain.cases import cast as players
from tests.invariants.history import History
from tests.invariants.holds import EVERY
from tests.invariants.machine import DICE
from tests.invariants.play import Improviser
from tests.races.dying import How, dying
from tests.records.cases.builders import Cast, house, sealed

START = timedelta(days=3)
"""How far ahead the clocks of the houses begin, so that they can be set back."""
STATEMENTS = 40
"""About as many as an act has."""
_keys = count(1)

type Outcome = tuple[Entry, ...] | str
"""What followed, or the code of a no."""


class Side:
    """One of the houses, with its one case."""

    def __init__(self) -> None:
        """Open a house under the rules of the table, and a case in it."""
        self.cast = house(demo=True)
        self.ahead = START
        self.sent: list[tuple[ask.Command, Outcome]] = []
        with inside(self.cast.house):
            since = datetime(2021, 1, 1, tzinfo=UTC)
            set_up.publish_rules(self.cast.house, players.RULES, valid_from=since)
            set_up.set_clock_ahead(self.cast.house, START)
        told = replace(players.complaint(), key=f"open-{next(_keys)}", number="")
        self.case = case_id_of(self.cast.house, channel=Channel.WEB, key=told.key)
        assert open_case(self.cast.house, self.in_words(told)) == self.case

    def in_words[C: ask.Command](self, command: C) -> C:
        """Give a command real words, sealed for this case."""
        told: C = _with_words(command, sealed(self.cast, self.case, "一句话"))
        return told

    def thinks_up(self, dice: int, *, sensible: bool = True) -> ask.Command:
        """Let somebody think of what to ask now."""
        choose = Random(f"{dice} {len(self.sent)}").choice
        improviser = Improviser(choose, replay(self.log))
        command = improviser.sensible() if sensible else improviser.anything()
        return replace(self.in_words(command), key=f"asked-{next(_keys)}")

    def asks(self, command: ask.Command) -> Outcome:
        """Ask, as a door does."""
        try:
            with inside(self.cast.house):
                return handle(self.case, command)
        except NotAllowed as no:
            return no.code

    @property
    def accepted(self) -> list[tuple[ask.Command, tuple[Entry, ...]]]:
        """List what was asked and not refused, with what followed."""
        return [(asked, came) for asked, came in self.sent if not isinstance(came, str)]

    @property
    def log(self) -> tuple[Entry, ...]:
        """Read what is stored."""
        with inside(self.cast.house):
            return store.read(store.head(self.case))

    def is_later(self, hours: int) -> None:
        """Let the clock of the house jump."""
        self.ahead = max(timedelta(), self.ahead + timedelta(hours=hours))
        with inside(self.cast.house):
            set_up.set_clock_ahead(self.cast.house, self.ahead)


class SideBySide(RuleBasedStateMachine):
    """Everybody asks anything of two cases, at once, twice, while clocks jump and hands die."""

    happened: ClassVar[Counter[str]] = Counter()

    here: Side
    there: Side

    @initialize()
    def begins(self) -> None:
        """Open the two houses."""
        self.here, self.there = Side(), Side()

    @rule(dice=DICE, sensible=st.booleans())
    def somebody_asks(self, dice: int, *, sensible: bool) -> None:
        """Ask in both houses, each of its own case."""
        for side in (self.here, self.there):
            command = side.thinks_up(dice, sensible=sensible)
            side.sent.append((command, side.asks(command)))

    @precondition(lambda self: self.here.accepted)
    @rule(dice=DICE)
    def it_is_delivered_again(self, dice: int) -> None:
        """Deliver again what came before: the same outcome, and nothing grows."""
        command, outcome = Random(dice).choice(self.here.accepted)
        before = self.here.log
        again = self.here.asks(self.here.in_words(command))
        assert not isinstance(again, str), again
        lapses = len(outcome) - len(again)
        assert outcome[lapses:] == again
        assert all(entry.by == CLOCKWORK for entry in outcome[:lapses])
        assert self.here.log == before
        self.happened["delivered again"] += 1

    @rule(dice=DICE)
    def two_ask_at_once(self, dice: int) -> None:
        """Let two people press at once."""
        commands = [self.here.thinks_up(dice), self.here.thinks_up(dice + 1)]
        outcomes = at_once(*(partial(self.here.asks, command) for command in commands))
        self.here.sent += zip(commands, outcomes, strict=True)
        self.happened["two at once"] += 1

    @rule(hours=st.sampled_from((20, 80, 200)), dice=DICE)
    def clocks_run_out_under_two_workers_and_somebody(self, hours: int, dice: int) -> None:
        """Let time jump, and everybody be there at once."""
        command = self.here.thinks_up(dice)
        self.here.is_later(hours)
        _, _, outcome = at_once(sweep, sweep, partial(self.here.asks, command))
        self.here.sent.append((command, outcome))
        sweep()
        self.happened["lapses"] += 1
        with inside(self.here.cast.house):
            assert not cases_due(self.here.cast.house, but=(), most=1)

    @rule(hours=st.sampled_from((1, 30)))
    def the_clock_is_set_back(self, hours: int) -> None:
        """Let the time of the house jump back."""
        self.here.is_later(-hours)

    @rule(dice=DICE)
    def somebody_dies(self, dice: int) -> None:
        """Die at some statement of what was asked, with or without lapses due; ask again."""
        command = self.here.thinks_up(dice)
        self.here.is_later(80 * (dice % 2))
        before = self.here.log
        self.dies(dice, partial(self.here.asks, command))
        assert self.here.log[: len(before)] == before
        self.here.sent.append((command, self.here.asks(command)))

    @rule(dice=DICE)
    def a_worker_dies(self, dice: int) -> None:
        """Die in a sweep; the next one does what is left."""
        self.here.is_later(80)
        self.dies(dice, sweep)
        sweep()

    def dies(self, dice: int, act: Callable[[], object]) -> None:
        """Do something until some statement of it, of process or connection in turn."""
        deaths = self.happened.total()
        at, how = 1 + (dice + deaths) % STATEMENTS, tuple(How)[deaths % 2]
        with dying(at, how) as countdown:
            act()
        self.happened[f"died as a {how}" if countdown.died else "outlived it"] += 1

    @invariant()
    def everything_holds(self) -> None:
        """Look at the invariants of the domain, as the stored log tells them."""
        log = self.here.log
        table = players.Table(
            at=max(log[-1].recorded_at, _now(self.here)), log=list(log), case=replay(log)
        )
        history = History(table)
        for holds in EVERY:
            holds(history)
        with inside(self.here.cast.house):
            running = ClockRow.objects.filter(case=self.here.case, state="running").exists()
            assert running or not CaseRow.objects.get(case=self.here.case).open

    def teardown(self) -> None:
        """Verify every byte, make the tables again, and look over the fence."""
        if not hasattr(self, "there"):
            return
        self.happened["histories"] += 1
        for side, other in ((self.here, self.there), (self.there, self.here)):
            with inside(side.cast.house):
                assert not verify(side.case)
            never_met(side, other.case)
            every_key_did_one_thing(side)
        rows = rows_of(self.here.cast)
        assert rebuild(self.here.cast.house, Case()) == 1
        assert rows_of(self.here.cast) == rows


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do all of them at the same time, each on a connection of its own."""

    def alone(act: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever it gives
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as hands:
        done = [hands.submit(alone, act) for act in acts]
        return [one.result() for one in done]


def rows_of(cast: Cast) -> list[list[tuple[object, ...]]]:
    """Take down every row that follows from the log."""
    found = []
    with inside(cast.house), connection.cursor() as cursor:
        for table in ("case", "party", "clock", "task", "promise"):
            cursor.execute(f"SELECT t::text FROM cases_{table} t ORDER BY 1")
            found.append(cursor.fetchall())
    return found


def never_met(side: Side, other: CaseId) -> None:
    """8: whatever a house looks at, it sees its own rows, and never the other's case."""
    with inside(side.cast.house), connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, bool_or(a.attname = 'case_id') FROM pg_class c"
            " JOIN pg_attribute a ON a.attrelid = c.oid WHERE c.relkind IN ('r', 'p')"
            " AND c.relnamespace = 'public'::regnamespace AND NOT c.relispartition"
            " GROUP BY 1 HAVING bool_or(a.attname = 'house') ORDER BY 1"
        )
        for table, has_case in cursor.fetchall():
            cursor.execute(f"SELECT count(*) FROM {table} WHERE house <> %s", [side.cast.house])
            assert cursor.fetchone() == (0,), table
            if has_case:
                cursor.execute(f"SELECT count(*) FROM {table} WHERE case_id = %s", [other])
                assert cursor.fetchone() == (0,), table
        assert store.try_lock(other) is None


def every_key_did_one_thing(side: Side) -> None:
    """3: what a key did is one stretch of the log, and no two keys share an entry."""
    with inside(side.cast.house), connection.cursor() as cursor:
        cursor.execute("SELECT first, last FROM log_key WHERE last >= first ORDER BY first")
        stretches = cursor.fetchall()
    reached = 0
    for first, last in stretches:
        assert first == reached + 1
        reached = last
    assert reached == len(side.log)


def _now(side: Side) -> datetime:
    return datetime.now(UTC) + side.ahead


def _with_words(value: Any, words: Sealed) -> Any:  # noqa: ANN401 - of any field
    if isinstance(value, Sealed):
        return words
    if isinstance(value, tuple):
        return tuple(_with_words(one, words) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        told = {f.name: _with_words(getattr(value, f.name), words) for f in fields(value)}
        return replace(value, **told)
    return value
