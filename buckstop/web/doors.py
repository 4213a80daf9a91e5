"""Which door a view is behind, and which page shows the no that it may get."""

from collections.abc import Callable
from typing import Protocol, cast

from django.http import HttpResponseBase

from buckstop.web.seats import Door, SeatedRequest

type View = Callable[..., HttpResponseBase]


class Seated(Protocol):
    """A view that says its door; `page` shows what it was asked from."""

    door: Door
    page: View

    def __call__(self, request: SeatedRequest, **kwargs: str) -> HttpResponseBase:
        """Answer a request."""
        ...


def behind(door: Door, *, page: View | None = None) -> Callable[[View], Seated]:
    """Put a view behind a door; without a `page` it shows its own no."""

    def put(view: View) -> Seated:
        seated = cast("Seated", view)
        seated.door = door
        seated.page = page or view
        return seated

    return put
