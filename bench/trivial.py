"""The page that reference (c) asks for: as little as a WSGI server can be given to do."""

from collections.abc import Callable, Iterable

_PAGE = b"<!doctype html><title>-</title><p>-"
_HEADERS = [("Content-Type", "text/html"), ("Content-Length", str(len(_PAGE)))]


def application(
    _environ: dict[str, object], start_response: Callable[[str, list[tuple[str, str]]], object]
) -> Iterable[bytes]:
    """Answer."""
    start_response("200 OK", _HEADERS)
    return (_PAGE,)
