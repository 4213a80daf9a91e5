"""Whatever was ever written can be read, and is still written in the same way."""

import pytest

from buckstop.domain.words.event import Event
from buckstop.records.log.known import CODEC
from tests.records.log import golden

KEPT = golden.kept()


@pytest.mark.parametrize("text", KEPT.values(), ids=[f"{k}-{v}" for k, v in KEPT])
def test_every_version_ever_written_can_be_read(text: str) -> None:
    assert CODEC.read(text).case == "case"


@pytest.mark.parametrize("kind", CODEC.events.values(), ids=CODEC.events.keys())
def test_an_event_that_is_written_otherwise_has_a_new_version(kind: type[Event]) -> None:
    assert KEPT.get((kind.__name__, kind.version)) == golden.line(kind), golden.__doc__
