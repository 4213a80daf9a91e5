"""The load, against a server that remembers who came."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs

import pytest

from bench.client import Visitor
from bench.load import Ask, Failed, Plan, Took, send


class Guestbook(BaseHTTPRequestHandler):
    """Gives each visitor a token, and greets who brings it back in a form."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(200, b"come in", cookie="csrftoken=t0ken; Path=/")

    def do_POST(self) -> None:
        said = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        known = said.get("csrfmiddlewaretoken") == ["t0ken"]
        self._answer(200 if known else 403, f"welcome {said['name'][0]}!".encode())

    def _answer(self, status: int, body: bytes, cookie: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        if cookie:
            self.send_header("Set-Cookie", cookie)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Guestbook)
    Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def test_each_visitor_asks_in_order_and_keeps_their_cookies(port: int) -> None:
    visitors = [Visitor(source=f"127.0.0.{1 + number}") for number in range(3)]
    asks = [
        ask
        for number in range(3)
        for ask in (
            Ask(number, "/"),
            Ask(number, "/", {"name": f"guest {number}"}, find=r"welcome (.*)!"),
        )
    ]

    took = send(Plan(port=port, visitors=visitors, asks=asks, clients=2))

    assert took.found == {0: "guest 0", 1: "guest 1", 2: "guest 2"}
    assert len(took.each_ms) == len(asks)


def test_an_answer_that_is_an_error_is_no_figure(port: int) -> None:
    asks = [Ask(0, "/", {"name": "nobody known"})]

    with pytest.raises(Failed, match="403"):
        send(Plan(port=port, visitors=[Visitor()], asks=asks))


def test_the_p95_is_what_nineteen_of_twenty_answers_beat() -> None:
    took = Took(seconds=1, each_ms=[float(ms) for ms in range(1, 101)], found={}, visitors=[])

    assert 95 <= took.p95_ms <= 96
