"""Pictures are decoded apart: whatever happens there, this process goes on."""

from reader.ingest.draw import render
from reader.resources import resource

_SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="7"><rect width="9"/></svg>'


def test_a_drawing_becomes_a_png() -> None:
    assert render("svg", _SVG, resource("fonts")).startswith(b"\x89PNG")


def test_damage_of_any_kind_is_no_picture() -> None:
    for data in (b"", b"<svg", b"\xff\xfe", b"<html></html>"):
        assert render("svg", data, resource("fonts")) == b""
    assert render("heif", b"no photograph", resource("fonts")) == b""
    assert render("unknown kind", _SVG, resource("fonts")) == b""


def test_what_takes_too_long_is_ended() -> None:
    assert render("svg", _SVG, resource("fonts"), seconds=0.0) == b""
