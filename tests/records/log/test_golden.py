"""Whatever was ever written can be read, and is still written in the same way."""

from hashlib import sha256

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


@pytest.mark.parametrize("name", golden.released(), ids=lambda name: "-".join(map(str, name)))
def test_a_line_that_was_released_is_never_changed(name: tuple[str, int]) -> None:
    assert name in KEPT, f"{name} is gone: what was written once is read for ever"
    assert sha256(KEPT[name].encode()).hexdigest() == golden.released()[name], (
        "raise the version of the event, add an up-caster, and put this line back"
    )


def test_every_line_is_released_with_all_versions_before_it() -> None:
    latest: dict[str, int] = {}
    for kind, version in KEPT:
        latest[kind] = max(version, latest.get(kind, 0))
    wanted = {(kind, n) for kind, last in latest.items() for n in range(1, last + 1)}
    assert set(golden.released()) == wanted, golden.__doc__
    assert set(CODEC.upcasters) == wanted - set(latest.items())
