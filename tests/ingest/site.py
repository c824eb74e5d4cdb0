"""A site on this computer that answers as a test wants."""

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple


class Answer(NamedTuple):
    """A response: its status, body and headers."""

    status: int = 200
    data: bytes = b""
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)


class Site:
    """Answers by path, with 404 to what it does not have; None never answers."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer | None] = {}
        self.asked: list[str] = []
        self.end = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"
        self._thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def wrap(self, secure: Callable[..., object]) -> None:
        """Encrypt the connections that are accepted from now on."""
        self.server.socket = secure(self.server.socket, server_side=True)  # type: ignore[assignment]
        self.address = self.address.replace("http:", "https:")

    def close(self) -> None:
        self.end.set()
        self.server.shutdown()
        self.server.server_close()


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            site.asked.append(self.path)
            answer = site.answers.get(self.path, Answer(404))
            if answer is None:
                site.end.wait()
                return
            self.send_response(answer.status)
            for name, value in (*answer.headers, ("Content-Length", str(len(answer.data)))):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.data)

    return Handler
