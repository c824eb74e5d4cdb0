"""Pictures of web pages: asked for as by the browser of a reader, each its own failure."""

import io

from PIL import Image

from reader.body.blocks import Picture
from reader.errors import IngestError
from reader.ingest.fetch import PICTURE_BYTES, Fetched
from reader.ingest.web_pictures import fetch_pictures

_PAGE = "https://example.org/story"


def _png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "red").save(out, "PNG")
    return out.getvalue()


def test_a_picture_is_asked_for_in_the_name_of_its_page() -> None:
    asked: dict[str, dict[str, object]] = {}

    def get(address: str, **options: object) -> Fetched:
        asked[address] = options
        if address.endswith("gone.png"):
            raise IngestError("It is gone.")
        return Fetched(address, _png(), "image/png", "", True)

    addresses = ["https://example.org/a.png", "https://other.example/gone.png"]
    brought = fetch_pictures(addresses, lambda *_: "name.png", get, page=_PAGE)
    assert brought[addresses[0]] == Picture("name.png", 300, 200)
    assert brought[addresses[1]] == Picture("")
    assert [options["referrer"] for options in asked.values()] == [_PAGE] * 2
    assert {options["most"] for options in asked.values()} == {PICTURE_BYTES}
    assert all(str(options["accept"]).startswith("image/") for options in asked.values())
