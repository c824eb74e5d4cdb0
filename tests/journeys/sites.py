"""A site on this computer."""

import io
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from PIL import Image

_TEXT = "".join(
    f"<p>Sentence {n}, with commas, and enough words to be one of a text.</p>" for n in range(20)
)
STORY = (
    f"<html><head><title>The story</title></head><body><article><h1>The story</h1>{_TEXT}"
    "<p><img src='/red.png' alt='Red'></p></article></body></html>"
).encode()


def _png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "red").save(out, "PNG")
    return out.getvalue()


class Site:
    """Serves a story with a picture; everything else does not exist."""

    pages: Mapping[str, tuple[str, bytes]]

    def __init__(self) -> None:
        self.pages = {
            "/story": ("text/html; charset=utf-8", STORY), "/red.png": ("image/png", _png()),
        }  # fmt: skip
        self.asked: list[str] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        """Answer no longer."""
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                pass

            def do_GET(self) -> None:
                site.asked.append(self.path)
                kind, data = site.pages.get(self.path, ("text/html", b"Not here."))
                self.send_response(200 if self.path in site.pages else 404)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

        return Handler
