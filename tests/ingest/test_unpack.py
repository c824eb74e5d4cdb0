"""Unpacking: members, layers and bounds; what was cut is never whole."""

import gzip
import random
import sys
import zlib
from collections.abc import Callable

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import IngestError
from reader.ingest.unpack import Unpacker

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_TEXT = bytes(range(256)) * 3
_MOST = 1_000_000


def _raw(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


_PACKED = {
    "gzip": gzip.compress(_TEXT),
    "x-gzip": gzip.compress(_TEXT),
    "GZIP": gzip.compress(_TEXT),
    "deflate": zlib.compress(_TEXT),
    " deflate ": _raw(_TEXT),
    "gzip, gzip": gzip.compress(gzip.compress(_TEXT)),
    "deflate, identity, gzip": gzip.compress(zlib.compress(_TEXT)),
    "br": brotli.compress(_TEXT),
    "zstd": zstd.compress(_TEXT),
    "gzip, br": brotli.compress(gzip.compress(_TEXT)),
    "zstd, gzip": gzip.compress(zstd.compress(_TEXT)),
}
_MEMBERS: dict[str, Callable[[bytes], bytes]] = {"gzip": gzip.compress, "zstd": zstd.compress}
_PLAIN = ["", "identity", "utf-8", "none, binary"]


def _fed(unpacker: Unpacker, data: bytes, size: int) -> bytes:
    return b"".join(unpacker.feed(data[at : at + size]) for at in range(0, len(data), size))


@pytest.mark.parametrize("size", [1, 2, 7, 100_000])
@pytest.mark.parametrize("packing", _PACKED)
def test_what_is_packed_is_unpacked_in_pieces_of_any_size(packing: str, size: int) -> None:
    unpacker = Unpacker(packing, _MOST)
    assert _fed(unpacker, _PACKED[packing], size) == _TEXT
    assert unpacker.whole and not unpacker.full


@pytest.mark.parametrize("packing", _PLAIN)
def test_what_is_no_packing_is_left_as_it_is(packing: str) -> None:
    unpacker = Unpacker(packing, _MOST)
    assert unpacker.feed(_TEXT) == _TEXT
    assert unpacker.whole


@pytest.mark.parametrize("packing", _PACKED)
def test_cut_anywhere_it_is_not_whole(packing: str) -> None:
    packed = _PACKED[packing]
    for at in range(len(packed)):
        unpacker = Unpacker(packing, _MOST)
        assert _TEXT.startswith(unpacker.feed(packed[:at]))
        assert not unpacker.whole


@pytest.mark.parametrize("packing", _MEMBERS)
@given(st.lists(st.binary(max_size=60), min_size=1, max_size=4), st.integers(1, 40))
def test_all_members_are_read(packing: str, members: list[bytes], size: int) -> None:
    packed = b"".join(map(_MEMBERS[packing], members))
    unpacker = Unpacker(packing, _MOST)
    assert _fed(unpacker, packed, size) == b"".join(members)
    assert unpacker.whole
    cut = Unpacker(packing, _MOST)
    _fed(cut, packed[:-1], size)
    assert not cut.whole


@pytest.mark.parametrize("size", [1, 100_000])
@pytest.mark.parametrize("rubbish", [b"\n", b"\0" * 600, b"<!-- served -->", b"\x1f<"])
def test_what_follows_the_last_member_is_left_out(rubbish: bytes, size: int) -> None:
    for packing in ("gzip", "deflate", "br", "zstd"):
        unpacker = Unpacker(packing, _MOST)
        assert _fed(unpacker, _PACKED[packing] + rubbish, size) == _TEXT
        assert unpacker.whole


@pytest.mark.parametrize("packing", ["gzip", "deflate", "br", "zstd"])
def test_what_is_damaged_on_its_way_gives_what_came_before(packing: str) -> None:
    text = random.Random(1).randbytes(300_000)
    packed = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress,
              "zstd": zstd.compress}[packing](text)  # fmt: skip
    at = len(packed) // 2
    damaged = packed[:at] + b"\xff" * 5000 + packed[at + 5000 :]
    unpacker = Unpacker(packing, _MOST)
    came = _fed(unpacker, damaged, 1000)
    assert came[:100_000] == text[:100_000]
    assert not unpacker.whole or came != text


def test_a_member_that_begins_and_is_damaged_is_missing() -> None:
    unpacker = Unpacker("gzip", _MOST)
    assert unpacker.feed(_PACKED["gzip"] + b"\x1f\x8b\xff\xff\xff") == _TEXT
    assert not unpacker.whole


@pytest.mark.parametrize("packing", ["gzip", "deflate", "gzip, gzip", "br", "zstd"])
def test_rubbish_is_told_of(packing: str) -> None:
    with pytest.raises(IngestError, match="compressed incorrectly"):
        Unpacker(packing, _MOST).feed(b"\xff" * 4000)


@pytest.mark.parametrize("packing", ["gzip, dcz", "compress", ", ".join(["gzip"] * 9)])
def test_a_packing_that_is_not_known_says_what_to_do(packing: str) -> None:
    with pytest.raises(IngestError, match="save it in your browser and add the file"):
        Unpacker(packing, _MOST)


@pytest.mark.parametrize("layers", [1, 2, 3])
@pytest.mark.parametrize(
    ("packing", "pack"),
    [("gzip", gzip.compress), ("br", lambda data: brotli.compress(data, quality=3)),
     ("zstd", zstd.compress)],
)  # fmt: skip
def test_no_layer_unpacks_more_than_was_asked_for(
    layers: int, packing: str, pack: Callable[[bytes], bytes]
) -> None:
    packed = b"0" * 30_000_000
    for _ in range(layers):
        packed = pack(packed)
    unpacker = Unpacker(", ".join([packing] * layers), _MOST)
    assert len(_fed(unpacker, packed, 4096)) <= _MOST
    assert unpacker.full


@pytest.mark.parametrize("packing", ["gzip", "deflate", "br", "zstd", "gzip, br"])
def test_a_page_that_is_not_packed_at_all_is_read(packing: str) -> None:
    page = b"\n <!DOCTYPE html><p>" + b"A page. " * 100
    unpacker = Unpacker(packing, _MOST)
    assert _fed(unpacker, page, 300) == page
    assert unpacker.whole and not unpacker.full
    bounded = Unpacker(packing, 500)
    assert _fed(bounded, page, 300) == page and bounded.full


def test_a_window_beyond_that_of_http_is_refused() -> None:
    parameter = zstd.CompressionParameter
    options: dict[int, int] = {parameter.window_log: 24, parameter.content_size_flag: 0}
    packer = zstd.ZstdCompressor(options=options)
    packed = packer.compress(_TEXT) + packer.flush()
    with pytest.raises(IngestError, match="compressed incorrectly"):
        Unpacker("zstd", _MOST).feed(packed)
