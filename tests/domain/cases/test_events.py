"""Every kind of event can be stored."""

from buckstop.domain.cases import events
from buckstop.domain.words.event import Event


def test_every_kind_of_event_is_listed_so_that_it_can_be_stored() -> None:
    made = {
        name
        for name, kind in vars(events).items()
        if isinstance(kind, type) and issubclass(kind, Event) and kind is not Event
    }

    assert set(events.EVENTS) == made
