"""A story in numbers: what `--json` prints, and what the tests hold it to."""

from fractions import Fraction

from buckstop.domain.buck_passing.from_case import trail_of
from buckstop.domain.buck_passing.index import Index, score
from buckstop.domain.buck_passing.trail import Term
from buckstop.domain.cases.events import CaseClosed
from buckstop.domain.cases.state.contacts import Contacts
from buckstop.domain.cases.state.promises import Word
from stories.scene import Scene

type Json = str | int | float | bool | list[Json] | dict[str, Json] | None


def index_of(scene: Scene) -> Index:
    """Score a case at the moment its story has come to."""
    return score(trail_of(scene.entries, scene.at))


def sums(scene: Scene, run: str = "") -> dict[str, Json]:
    """Count what happened in one run of a story."""
    case, index = scene.case, index_of(scene)
    holder = case.custody.holder if case.open else None
    words = case.promises
    return {
        **({"run": run} if run else {}),
        "case": case.claim.number,
        "events": case.seq,
        "open": case.open,
        "outcome": case.closing.outcome.value if case.closing.outcome else None,
        "given_up": case.closing.given_up,
        "closings": _closings(scene),
        "holder": holder.node if holder else None,
        "owner": case.custody.owner,
        "kicks": len(index.kicks),
        "idle_passes": len(index.idle_passes),
        "passes": case.custody.passes,
        "takeovers": case.custody.takeovers,
        "promises_kept": words.count(Word.KEPT),
        "promises_broken": words.count(Word.BROKEN),
        "acknowledgements_retracted": words.count(Word.RETRACTED),
        "requests_rejected": len(case.requests.rejected),
        "reasks": reasks(index),
        "lapses": len(case.closing.lapses),
        "contacts": _contacts(case.contacts),
        "index": shown(index.value),
        "index_core": shown(index.core),
        "index_terms": {term.value: number(sum_) for term, sum_ in index.by_term().items()},
        "index_parties": {party: number(sum_) for party, sum_ in index.by_party().items()},
    }


def reasks(index: Index) -> int:
    """Count the re-asks that were charged to somebody."""
    return sum(part.term is Term.REASK for part in index.parts)


def _closings(scene: Scene) -> list[Json]:
    """List how the case was closed each time, also where it was reopened since."""
    return [
        {"outcome": entry.event.outcome.value, "given_up": entry.event.given_up}
        for entry in scene.entries
        if isinstance(entry.event, CaseClosed)
    ]


def _contacts(contacts: Contacts) -> dict[str, Json]:
    both = contacts.reconciled()
    return {
        "consumer": len(both.pairs) + len(both.consumer_only),
        "desk": len(both.pairs) + len(both.desk_only),
        "matched": len(both.pairs),
        "claimed": max((about for _, about in contacts.claimed), default=None),
    }


def shown(index: Fraction) -> int:
    """Round an index as it is shown, a half upwards."""
    return int(index + Fraction(1, 2))


def number(points: Fraction) -> float:
    """Write points with three decimals at most."""
    return round(float(points), 3)
