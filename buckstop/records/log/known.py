"""What this version of the program can read and write: every event, and every older version."""

from buckstop.domain.cases.events import EVENTS
from buckstop.records.log.codec import Codec, Fields


def _asked_here(asked: Fields) -> Fields:
    """Read a request of before requests went over into the case that another was joined into."""
    return {**asked, "came_with": None}


CODEC = Codec(events=EVENTS, upcasters={("ProofRequested", 1): _asked_here})
