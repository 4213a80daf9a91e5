"""Trails to test with: written by hand, or any at all."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from hypothesis import strategies as st

from buckstop.domain.buck_passing.trail import MOVES, Charge, Progress, Stretch, Term, Trail
from buckstop.domain.words.ball import How

START = datetime(2026, 11, 2, 9, tzinfo=UTC)
NODES = ("house/front", "house/disputes", "merchant", "courier", "issuer")
OWN = st.sampled_from([How.PASS, How.BOUNCE])
MAYBE = st.sampled_from([None, True, False])


def on(seq: int) -> datetime:
    """One entry of the log each hour."""
    return START + timedelta(hours=seq)


def stay(seq: int, node: str, how: How = How.PASS, **known: object) -> Stretch:
    """Make a stay of the ball, in a log that knows the ladder and the findings."""
    known = {"sent_up": False, "named_by_finding": False} | known
    return Stretch(seq=seq, node=node, since=on(seq), how=how, **known)  # type: ignore[arg-type]


def trail(*stretches: Stretch, progress: tuple[int, ...] = (), **more: object) -> Trail:
    """Make a trail with progress at some places of the log."""
    made = tuple(Progress(seq=seq, at=on(seq)) for seq in progress)
    return Trail(stretches=stretches, progress=made, until=on(1000), **more)  # type: ignore[arg-type]


@st.composite
def stretches(draw: st.DrawFn, nodes: tuple[str, ...] = (*NODES, "consumer")) -> Stretch:
    """Any stay; its place in the log is given by `laid_out`."""
    return Stretch(
        seq=0,
        node=draw(st.sampled_from(nodes)),
        since=START,
        how=draw(st.sampled_from(How)),
        by=draw(st.sampled_from((None, None, *NODES))),
        ground_accepted=draw(MAYBE),
        sent_up=draw(MAYBE),
        named_by_finding=draw(MAYBE),
    )


@st.composite
def charges(draw: st.DrawFn) -> Charge:
    """Any broken duty, often of the same obligation as another."""
    return Charge(
        term=draw(st.sampled_from(sorted(set(Term) - MOVES))),
        party=draw(st.sampled_from(NODES)),
        at=on(draw(st.integers(0, 500))),
        obligation=f"task-{draw(st.integers(1, 4))}",
        days_over=Fraction(draw(st.integers(0, 86400 * 60)), 86400),
        hold=draw(st.sampled_from((None, "hold-1", "hold-2"))),
    )


def laid_out(stays: list[Stretch]) -> tuple[Stretch, ...]:
    """Give stays their places in the log, ten apart so that something fits between."""
    return tuple(
        replace(stay, seq=10 * n, since=on(10 * n)) for n, stay in enumerate(stays, start=1)
    )


@st.composite
def trails(draw: st.DrawFn) -> Trail:
    """Any trail, of our log or a foreign one."""
    stays = draw(st.lists(stretches(), max_size=14))
    places = draw(st.lists(st.integers(0, 160), max_size=4))
    return Trail(
        stretches=laid_out(stays),
        progress=tuple(
            Progress(seq=seq, at=on(seq), by=draw(st.sampled_from((None, *NODES))))
            for seq in places
        ),
        charges=tuple(draw(st.lists(charges(), max_size=6))),
        until=on(1000),
        progress_known=draw(st.booleans()),
        grounds_known=draw(st.booleans()),
    )
