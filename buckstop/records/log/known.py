"""What this version of the program can read and write: every event, and every older version."""

from buckstop.domain.cases.events import EVENTS
from buckstop.records.log.codec import Codec

CODEC = Codec(events=EVENTS, upcasters={})
