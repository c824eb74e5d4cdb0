"""One item's trouble is one row, whatever reads it and whatever goes wrong."""

import builtins
import hashlib
import inspect
import io
import logging
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from reader.errors import IngestError, LibraryError
from reader.ingest import disk, files, images, local_pictures
from reader.ingest.rows import row_of
from reader.ingest.save import add_new, add_paths, add_text
from reader.library.library import Library
from reader.model import ImportRow, Outcome
from reader.progress import Cancelled

CUTS = 12
MUTATIONS = 12


def _png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "green").save(out, "PNG")
    return out.getvalue()


def _zipped(method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("p/index.html", "<title>Z</title><p>Some text.<img src='a.png'>" * 20)
        archive.writestr("p/a.png", _png())
    return out.getvalue()


_MHTML = b"""MIME-Version: 1.0
Content-Type: multipart/related; boundary="B"; type="text/html"
Snapshot-Content-Location: https://example.org/p

--B
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable
Content-Location: https://example.org/p

<title>M</title><p>Some text =C3=A4nd more.<img src=3D"a.png">
--B
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://example.org/a.png

iVBORw0KGgo=
--B--
"""
_HTML = (
    b"<!doctype html><meta charset=utf-8><title>T</title><nav>x</nav>"
    b"<p>Some <b>text</b>.<img src=x>"
)
_MARKDOWN = (
    b"---\ntitle: T\ndate: 2020-01-02\ntags: [a, b]\n---\n# T\n\n> - a\n>   1. b[^1]\n\n"
    b"|a|b|\n|-|-|\n|c|d|\n\n[^1]: n\n"
)
_TEXT = b"A title\n\nSome text that goes on.\n\nAnd more."


def _seeds(ending: str) -> list[bytes]:
    if ending in {".zip", ".maff"}:
        return [_zipped(), _zipped(zipfile.ZIP_LZMA), _zipped(zipfile.ZIP_BZIP2)]
    if ending in files.ARCHIVES:
        return [_MHTML]
    return [_HTML] if ending in files.HTML else [_MARKDOWN if ending in files.MARKDOWN else _TEXT]


def _damaged(seed: bytes) -> Iterator[bytes]:
    chance = random.Random(seed)
    for at in range(1, len(seed), max(1, len(seed) // CUTS)):
        yield seed[:at]
    for _ in range(MUTATIONS):
        made = bytearray(seed)
        for _ in range(chance.randrange(1, 9)):
            made[chance.randrange(len(made))] = chance.choice((0, 10, 255, chance.randrange(256)))
        yield bytes(made)


_AWKWARD = (
    b"<meta charset=undefined><p>one odd byte \xe9",
    b"<meta charset=punycode><p>one odd byte \xe9",
    _MHTML.replace(b"utf-8", b"u\x00tf"),
    _MHTML.replace(b"utf-8", b"undefined").replace(b"=C3=A4", b"=E9"),
    b"<p>" + b"<div>" * 5000,
    b"[" * 5000,
    b"---\ntitle: 0x" + b"f" * 9000 + b"\n---\ntext",
    b"---\na: &a [x,x]\nb: &b [*a,*a]\nauthor: [*b,*b]\n---\ntext",
    b"---\ntitle: " + b"[" * 9000 + b"\n---\ntext",
    b"<p><img src='http://[' ><a href='http://[::1'>x</a>",
)


def _three(tmp_path: Path, bad: str, data: bytes) -> list[Path]:
    paths = [tmp_path / "0.md", tmp_path / bad, tmp_path / "2.md"]
    for path, content in zip(paths, (b"# A\n\ntext", data, b"# C\n\nwords"), strict=True):
        path.write_bytes(content)
    return paths


@pytest.mark.parametrize("ending", sorted({*files.ENDINGS, ".zip", ".other"}))
def test_damage_of_any_kind_is_one_row_between_good_ones(
    tmp_path: Path, library: Library, ending: str
) -> None:
    # That the net warns of nothing here is seen to for all tests: each reader bears its damage.
    samples = [*_AWKWARD, *(x for seed in _seeds(ending) for x in _damaged(seed))]
    for number, data in enumerate(samples):
        paths = _three(tmp_path, f"1-{number}{ending}", data)
        rows = add_paths(library, paths).rows
        assert len(rows) == 3, data
        assert Outcome.FAILED not in (rows[0].outcome, rows[2].outcome)
        assert rows[1].article or rows[1].note
        add_new(library, paths)  # as the watched folder does at the next start


def _exceptions() -> list[type[Exception]]:
    found = [x for x in vars(builtins).values() if inspect.isclass(x) and issubclass(x, Exception)]
    return [x for x in found if not issubclass(x, UnicodeError | ExceptionGroup)]


def _readers() -> list[tuple[Any, str]]:
    """Return all that the story of a file uses of other modules."""
    return [
        (module, name)
        for module in (files, disk, local_pictures)
        for name, thing in vars(module).items()
        if inspect.isfunction(thing) and thing.__module__ != module.__name__
    ]


@pytest.mark.logs
@pytest.mark.parametrize(("module", "name"), _readers())
def test_whatever_a_reader_raises_is_one_row(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch, module: Any, name: str
) -> None:
    now: list[str] = []
    read, original = files.read, getattr(module, name)

    def reading(file: Path, keep: images.Keep) -> files.Read:
        now[:] = [file.name]
        return read(file, keep)

    chance = random.Random(name)
    raised = chance.sample(_exceptions(), 3)
    for kind in raised:

        def failing(*args: Any, kind: type[Exception] = kind, **more: Any) -> Any:
            if now[0].startswith("1"):
                raise kind("injected")
            return original(*args, **more)

        monkeypatch.setattr(files, "read", reading)
        monkeypatch.setattr(module, name, failing)
        rows = add_paths(library, _three(tmp_path, "1.html", _HTML)).rows
        assert len(rows) == 3
        assert Outcome.FAILED not in (rows[0].outcome, rows[2].outcome)
        assert rows[1].article or rows[1].note


@pytest.mark.logs
@pytest.mark.parametrize("kind", _exceptions())
def test_the_net_catches_every_exception(
    kind: type[Exception], caplog: pytest.LogCaptureFixture
) -> None:
    def work() -> ImportRow:
        raise kind("injected")

    caplog.set_level(logging.WARNING)
    row = row_of("a\nname", work, 7)
    assert (row.name, row.outcome, row.article) == ("a name", Outcome.FAILED, 7)
    assert row.note.endswith(".")
    assert "injected" not in row.note
    assert caplog.records[0].exc_info is not None


@pytest.mark.parametrize("kind", [Cancelled, LibraryError, KeyboardInterrupt, SystemExit])
def test_stop_and_the_library_go_through_the_net(kind: type[BaseException]) -> None:
    def work() -> ImportRow:
        raise kind("x")

    with pytest.raises(kind):
        row_of("a", work)


def test_a_reason_for_a_person_stays_as_it_is() -> None:
    def work() -> ImportRow:
        raise IngestError("There is no text.")

    assert row_of("a", work).note == "There is no text."


@pytest.mark.logs
def test_a_text_that_cannot_be_read_is_a_row(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "from_markdown", lambda *_, **__: 1 / 0)
    assert add_text(library, "# A\n\ntext").rows[0].outcome is Outcome.FAILED


# ---- pictures


def _keep(data: bytes, ending: str) -> str:
    return f"{hashlib.sha256(data).hexdigest()}.{ending}"


def _formats() -> list[str]:
    Image.init()
    return sorted({*images._KEPT, *images._CONVERTED} & {*Image.SAVE})


@pytest.mark.parametrize("kind", _formats())
def test_a_damaged_picture_is_a_missing_one(kind: str) -> None:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, kind)
    assert images.bring_home(out.getvalue(), "words", _keep)
    for data in _damaged(out.getvalue()):
        images.bring_home(data, "words", _keep)


@pytest.mark.parametrize("name", ["_opened", "is_svg", "is_heif", "_size"])
@pytest.mark.parametrize("kind", [RuntimeError, MemoryError, SystemError, RecursionError, KeyError])
def test_what_a_decoder_raises_is_a_missing_picture(
    monkeypatch: pytest.MonkeyPatch, name: str, kind: type[Exception]
) -> None:
    def failing(*_: Any) -> Any:
        raise kind

    monkeypatch.setattr(images, name, failing)
    found = images.bring_home(_png(), "words", _keep)
    assert found is not None
    assert (found.name, found.alt) == ("", "words")


def test_a_library_that_cannot_keep_a_picture_is_no_damaged_picture() -> None:
    def keep(_data: bytes, _ending: str) -> str:
        raise LibraryError("full")

    with pytest.raises(LibraryError):
        images.bring_home(_png(), "", keep)
