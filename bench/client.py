"""A web client that costs little, since it shares the processors with what it measures."""

import socket
from dataclasses import dataclass, field
from urllib.parse import urlencode

_TOKEN = "csrftoken"  # noqa: S105 - the name of a cookie
_CHUNK = 65_536
_PATIENCE = 30.0


@dataclass(slots=True)
class Visitor:
    """Somebody's cookies, and the loopback address they come from."""

    source: str = "127.0.0.1"
    cookies: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    body: bytes


class Connection:
    """One connection, kept open from ask to ask."""

    def __init__(self, port: int, source: str) -> None:
        """Connect over loopback."""
        self.source = source
        self._socket = socket.create_connection(
            ("127.0.0.1", port), timeout=_PATIENCE, source_address=(source, 0)
        )
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._host = f"127.0.0.1:{port}"

    def ask(
        self, visitor: Visitor, method: str, path: str, fields: dict[str, str] | None
    ) -> Answer:
        """Send one request and take the whole answer; cookies go both ways."""
        body = b""
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self._host}"]
        if visitor.cookies:
            crumbs = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
            lines.append(f"Cookie: {crumbs}")
        if fields is not None:
            token = visitor.cookies.get(_TOKEN, "")
            body = urlencode({"csrfmiddlewaretoken": token, **fields}).encode()
            lines.append("Content-Type: application/x-www-form-urlencoded")
            lines.append(f"Content-Length: {len(body)}")
        self._socket.sendall("\r\n".join((*lines, "", "")).encode() + body)
        return self._answer(visitor)

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def _answer(self, visitor: Visitor) -> Answer:
        got = b""
        while (end := got.find(b"\r\n\r\n")) < 0:
            got += self._more()
        first, *headers = got[:end].decode("latin-1").split("\r\n")
        length = 0
        for header in headers:
            name, _, value = header.partition(": ")
            match name.lower():
                case "content-length":
                    length = int(value)
                case "set-cookie":
                    crumb = value.partition(";")[0].partition("=")
                    visitor.cookies[crumb[0]] = crumb[2]
                case "transfer-encoding":
                    msg = f"an answer without a length: {first}"
                    raise ValueError(msg)
        parts, have = [got[end + 4 :]], len(got) - end - 4
        while have < length:
            parts.append(self._more())
            have += len(parts[-1])
        return Answer(status=int(first.split(" ", 2)[1]), body=b"".join(parts))

    def _more(self) -> bytes:
        got = self._socket.recv(_CHUNK)
        if not got:
            msg = "the server hung up"
            raise ConnectionError(msg)
        return got
