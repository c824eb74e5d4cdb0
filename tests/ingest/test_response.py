"""Answers of servers: bounded in everything, and whole only if they ended where they should."""

import io
import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest.response import BadResponse, Response

_OK = b"HTTP/1.1 200 OK\r\n"
_TEXT = b"0123456789" * 3


class _Endless(io.RawIOBase):
    """A server that sends its first words, and then the same for ever."""

    def __init__(self, first: bytes, then: bytes) -> None:
        self._bytes = itertools.chain(first, itertools.cycle(then))
        self.sent = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = bytes(itertools.islice(self._bytes, len(buffer)))
        buffer[: len(data)] = data
        self.sent += len(data)
        return len(data)


def _response(sent: bytes) -> Response:
    return Response(io.BufferedReader(io.BytesIO(sent)), lambda _: None)


def _read(sent: bytes) -> tuple[bytes, bool]:
    response = _response(sent)
    return b"".join(response.body()), response.whole


def _chunked(*chunks: bytes, end: bytes = b"0\r\n\r\n") -> bytes:
    head = _OK + b"Transfer-Encoding: chunked\r\n\r\n"
    return head + b"".join(b"%x\r\n%b\r\n" % (len(x), x) for x in chunks) + end


@pytest.mark.parametrize(
    "sent",
    [
        _OK + b"Content-Length: 30\r\n\r\n" + _TEXT,
        _OK + b"Content-Length: 30\r\nContent-Length: 30\r\n\r\n" + _TEXT,
        _OK + b"Content-Length: 30, 30\n\n" + _TEXT,
        _OK + b"Content-Length: 30\r\n\r\n" + _TEXT + b"\r\n",
        b"HTTP/1.0 200\r\n\r\n" + _TEXT,
        b"HTTP/2 200 \r\n\r\n" + _TEXT,
        b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"
        + _OK + b"\r\n" + _TEXT,
        _OK + b"no colon here\r\nContent-Length: 30\r\n\r\n" + _TEXT,
        _chunked(_TEXT),
        _chunked(_TEXT[:7], _TEXT[7:8], _TEXT[8:], end=b"0;a=b\r\nTrailer: x\r\n\r\n"),
        _chunked(_TEXT, end=b"000\n\n"),
        _chunked(_TEXT, end=b"0\r\n"),
        _OK + b"Content-Length: 5\r\nTransfer-Encoding: Chunked\r\n\r\n1E ;a\r\n"
        + _TEXT + b"\r\n0\r\n\r\n",
    ],
)  # fmt: skip
def test_a_body_that_ends_where_it_should_is_whole(sent: bytes) -> None:
    assert _read(sent) == (_TEXT, True)


@pytest.mark.parametrize(
    ("sent", "came"),
    [
        (_OK + b"Content-Length: 31\r\n\r\n" + _TEXT, _TEXT),
        (_OK + b"Content-Length: 12\r\n\r\n" + _TEXT, _TEXT),
        (_OK + b"Content-Length: -3\r\n\r\n" + _TEXT, _TEXT),
        (_OK + b"Content-Length: 30\r\nContent-Length: 31\r\n\r\n" + _TEXT, _TEXT),
        (_OK + b"Content-Length: 9" + b"9" * 5000 + b"\r\n\r\n" + _TEXT, _TEXT),
        (_chunked(_TEXT, end=b""), _TEXT),
        (_chunked(_TEXT, end=b"0"), _TEXT),
        (_chunked(_TEXT, end=b"0\r\nTrailer: x\r\n"), _TEXT),
        (_chunked(_TEXT, end=b"-1\r\n\r\n"), _TEXT),
        (_chunked(_TEXT, end=b"5\r\nabc"), _TEXT + b"abc"),
        (_chunked(_TEXT, end=b"3\r\nabcde\r\n0\r\n\r\n"), _TEXT + b"abc"),
    ],
)
def test_a_body_that_does_not_is_not_whole(sent: bytes, came: bytes) -> None:
    assert _read(sent) == (came, False)


@given(st.lists(st.binary(min_size=1, max_size=9), min_size=1, max_size=5), st.data())
def test_a_chunked_body_cut_anywhere_is_not_whole(chunks: list[bytes], data: st.DataObject) -> None:
    sent = _chunked(*chunks)
    start, end = len(_chunked(end=b"")), len(sent) - len(b"0\r\n\r\n")
    cut = sent[: data.draw(st.integers(start, end))]
    came, whole = _read(cut)
    assert not whole
    assert b"".join(chunks).startswith(came)


@pytest.mark.parametrize(
    "sent",
    [
        b"", b"\r\n", b"ICY 200 OK\r\n\r\n", b"<html>", b"HTTP/1.1 2000 OK\r\n\r\n", b"HTTP/1.1",
        _OK, _OK + b"Content-Length: 3\r\n", b"HTTP/1.1 100 Continue\r\n\r\n",
    ],
)  # fmt: skip
def test_what_is_no_answer_is_refused(sent: bytes) -> None:
    with pytest.raises(BadResponse):
        _response(sent)


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (b"", b"x"), (_OK, b"A: b\r\n"), (_OK, b"A"), (_OK + b"A: b\r\n", b" folded\r\n"),
        (b"", b"HTTP/1.1 103 Hints\r\n\r\n"),
    ],
)  # fmt: skip
def test_a_head_without_end_is_bounded(first: bytes, then: bytes) -> None:
    stream = _Endless(first, then)
    with pytest.raises(BadResponse):
        Response(io.BufferedReader(stream), lambda _: None)
    assert stream.sent < 200_000


@pytest.mark.parametrize("then", [b"Trailer: x\r\n", b"x"])
def test_trailers_without_end_are_bounded_and_the_body_is_not_whole(then: bytes) -> None:
    stream = _Endless(_chunked(_TEXT, end=b"0\r\n"), then)
    response = Response(io.BufferedReader(stream), lambda _: None)
    assert b"".join(response.body()) == _TEXT
    assert not response.whole
    assert stream.sent < 200_000


def test_headers_are_found_by_any_spelling_and_in_utf8_or_latin1() -> None:
    response = _response(
        _OK + "Location: /café\r\nX-A: 1\r\nx-a:2\r\n".encode() + b"B: \xe9\r\n\r\n"
    )
    assert response.header("LOCATION") == "/café"
    assert response.headers("X-a") == ["1", "2"]
    assert response.header("b") == "é"
    assert response.header("c") == ""


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("/café".encode(), "/caf%C3%A9"), ("/café".encode("latin-1"), "/caf%E9"),
        (b"/a b%20c\"<>#x", '/a%20b%20c"<>#x'), (b"", ""), (b"\r\nLocation: /b", "/b"),
    ],
)  # fmt: skip
def test_a_place_keeps_its_bytes(line: bytes, place: str) -> None:
    assert _response(_OK + b"location: " + line + b"\r\n\r\n").location == place
