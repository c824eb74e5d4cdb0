"""One item's trouble is one row, whatever reads it and whatever goes wrong."""

import builtins
import hashlib
import importlib
import inspect
import io
import logging
import plistlib
import random
import re
import socket
import zipfile
from collections.abc import Iterator
from pathlib import Path
from pkgutil import walk_packages
from types import ModuleType
from typing import Any

import pytest
from PIL import Image

from reader import body, ingest, phrases
from reader.errors import IngestError, LibraryError, ReaderError
from reader.ingest import files, images, urls
from reader.ingest.decode import decode
from reader.ingest.fetch import Fetched
from reader.ingest.reprocess import extract_again, fetch_missing
from reader.ingest.rows import row_of
from reader.ingest.save import add_new, add_paths, add_text
from reader.ingest.web import add_addresses, download
from reader.library.library import Library
from reader.model import Article, ImportRow, Outcome
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
_PAGE = {"WebResourceData": _MHTML, "WebResourceURL": "https://example.org/p"}
_WEBARCHIVE = plistlib.dumps({"WebMainResource": _PAGE}, fmt=plistlib.FMT_BINARY)
_HTML = (
    b"<!doctype html><meta charset=utf-8><title>T</title><nav>x</nav>"
    b"<p>Some <b>text</b>.<img src=x>"
)
_MARKDOWN = (
    b"---\ntitle: T\ndate: 2020-01-02\ntags: [a, b]\n---\n# T\n\n> - a\n>   1. b[^1]\n\n"
    b"|a|b|\n|-|-|\n|c|d|\n\n[^1]: n\n"
)
_TEXT = b"A title\n\nSome text that goes on.\n\nAnd more."
_SITE = (
    "<!doctype html><html lang=en><head><title>The story</title>"
    "<meta property=og:site_name content=Site></head><body><article><h1>The story</h1>"
    f"{'<p>A sentence, with commas, and enough words to be one of a text.</p>' * 12}"
    "<p><img src=/a.png></p></article></body></html>"
).encode()


def _seeds(ending: str) -> list[bytes]:
    if ending in {".zip", *files.ZIPPED}:
        return [_zipped(), _zipped(zipfile.ZIP_LZMA), _zipped(zipfile.ZIP_BZIP2)]
    if ending in files.WEBARCHIVES:
        return [_WEBARCHIVE]
    if ending in files.MHTML | files.LETTERS:
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
    alike = sorted(x for x in files.ENDINGS if _seeds(x) == _seeds(ending)) or [ending]
    share = alike.index(ending) if ending in alike else 0
    for number, data in enumerate(samples[share :: len(alike)]):
        paths = _three(tmp_path, f"1-{number}{ending}", data)
        rows = add_paths(library, paths).rows
        assert len(rows) == 3, data
        assert Outcome.FAILED not in (rows[0].outcome, rows[2].outcome)
        assert rows[1].article or phrases.remarks(rows[1].remarks)
        add_new(library, paths)  # as the watched folder does at the next start


def _exceptions() -> list[type[Exception]]:
    found = [x for x in vars(builtins).values() if inspect.isclass(x) and issubclass(x, Exception)]
    return [x for x in found if not issubclass(x, UnicodeError | ExceptionGroup)]


def _modules() -> list[ModuleType]:
    found = [
        x for each in (ingest, body) for x in walk_packages(each.__path__, f"{each.__name__}.")
    ]
    return [importlib.import_module(each.name) for each in found]


def _own(module: ModuleType) -> dict[str, Any]:
    """Return the functions that a module defines, by their names."""
    functions = {name: x for name, x in vars(module).items() if inspect.isfunction(x)}
    return {name: x for name, x in functions.items() if x.__module__ == module.__name__}


# ---- each reader by itself


def _readers() -> list[Any]:
    """Return each public function of the two rooms that takes foreign bytes, or text of them."""
    found = []
    for module in _modules():
        for name, function in _own(module).items():
            takes = list(inspect.signature(function).parameters.values())
            foreign = bool(takes) and takes[0].annotation in (bytes, str)
            alone = all(x.default is not x.empty for x in takes[1:])
            if foreign and alone and not name.startswith("_"):
                found.append(function)
    return found


_SVG = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect/></svg>"
_SEEDS = (_zipped(), _MHTML, _HTML, _MARKDOWN, _TEXT, _png(), _SVG)


@pytest.mark.parametrize("reader", _readers(), ids=lambda x: f"{x.__module__}.{x.__name__}")
def test_a_reader_of_damage_raises_nothing_but_what_it_says(
    reader: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nowhere(*_: object, **__: object) -> None:
        raise socket.gaierror("no name service")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    said = set(re.findall(r"\w+Error", (inspect.getdoc(reader) or "").partition("Raises")[2]))
    takes_bytes = next(iter(inspect.signature(reader).parameters.values())).annotation is bytes
    for data in [*_AWKWARD, *(x for seed in _SEEDS for x in [seed, *_damaged(seed)][::2])]:
        try:
            made = reader(data if takes_bytes else decode(data))
            if inspect.isgenerator(made):
                list(made)
        except ReaderError:
            continue
        except Exception as error:
            if not said & {each.__name__ for each in type(error).__mro__}:
                raise


# ---- a reader that raises


def _used() -> list[ModuleType]:
    """Return the modules of the two rooms that use functions of others."""
    return [each for each in _modules() if _of_others(each)]


def _of_others(module: ModuleType) -> list[str]:
    """Return the names of the functions it uses; addresses in the library are no foreign bytes."""
    rooms = (f"{ingest.__name__}.", f"{body.__name__}.")
    return [
        name for name, x in vars(module).items()
        if inspect.isfunction(x) and x.__module__ not in (module.__name__, urls.__name__)
        and x.__module__.startswith(rooms) and x is not row_of
    ]  # fmt: skip


_BAD = {"1.html": _SITE, "1.md": _MARKDOWN, "1.txt": _TEXT, "1.zip": _zipped(), "1.mht": _MHTML}


class _Turn:
    """Which item is read now: readers raise while it is one of the bad ones."""

    name = ""

    def read(self, file: Path, keep: images.Keep) -> files.Read:
        self.name = file.name
        return _READ(file, keep)

    def get(self, where: str, **_: object) -> Fetched:
        data = _png() if where.endswith(".png") else _SITE
        return Fetched(where, data, "text/html", "", True)

    def article(self, library: Library, id: int) -> Article:
        found = _ARTICLE(library, id)
        self.name = found.url.rpartition("/")[2]
        return found


_READ, _ARTICLE = files.read, Library.article


@pytest.fixture
def turn(monkeypatch: pytest.MonkeyPatch) -> _Turn:
    made = _Turn()
    monkeypatch.setattr(files, "read", made.read)
    monkeypatch.setattr(Library, "article", lambda library, id: made.article(library, id))
    return made


@pytest.mark.logs
@pytest.mark.parametrize("module", _used(), ids=lambda x: x.__name__)
def test_whatever_a_reader_raises_is_one_row(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch, turn: _Turn,
    module: ModuleType,
) -> None:  # fmt: skip
    paths = [tmp_path / each for each in ("0.md", *_BAD, "2.md")]
    for path in paths:
        path.write_bytes(_BAD.get(path.name, b"# Good\n\ntext"))
    addresses = [f"https://example.org/{each}" for each in ("0", "1", "2")]
    ids = [x.article for x in add_addresses(library, addresses).rows]
    download(library, ids, get=turn.get)
    chance = random.Random(module.__name__)
    for name in _of_others(module):
        original, kind = getattr(module, name), chance.choice(_exceptions())

        def failing(*args: Any, original: Any = original, kind: Any = kind, **more: Any) -> Any:
            if turn.name.startswith("1"):
                raise kind("injected")
            return original(*args, **more)

        with monkeypatch.context() as now:
            now.setattr(module, name, failing)
            turn.name = ""
            for result in (
                add_paths(library, paths), download(library, ids, get=turn.get),
                extract_again(library, ids, anyway=True), fetch_missing(library, ids, get=turn.get),
            ):  # fmt: skip
                first, *bad, last = result.rows
                assert len(bad) == (len(_BAD) if result.rows[0].name == "0.md" else 1)
                assert Outcome.FAILED not in (first.outcome, last.outcome), name
                assert all(row.article or phrases.remarks(row.remarks) for row in bad)


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
    assert phrases.remarks(row.remarks).endswith(".")
    assert "injected" not in phrases.remarks(row.remarks)
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

    assert phrases.remarks(row_of("a", work).remarks) == "There is no text."


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
    assert images.keep_image(out.getvalue(), "words", _keep)
    for data in _damaged(out.getvalue()):
        images.keep_image(data, "words", _keep)


@pytest.mark.parametrize("name", ["_opened", "is_svg", "is_heif", "_size"])
@pytest.mark.parametrize("kind", [RuntimeError, MemoryError, SystemError, RecursionError, KeyError])
def test_what_a_decoder_raises_is_a_missing_picture(
    monkeypatch: pytest.MonkeyPatch, name: str, kind: type[Exception]
) -> None:
    def failing(*_: Any) -> Any:
        raise kind

    monkeypatch.setattr(images, name, failing)
    found = images.keep_image(_png(), "words", _keep)
    assert found is not None
    assert (found.name, found.alt) == ("", "words")


def test_a_library_that_cannot_keep_a_picture_is_no_damaged_picture() -> None:
    def keep(_data: bytes, _ending: str) -> str:
        raise LibraryError("full")

    with pytest.raises(LibraryError):
        images.keep_image(_png(), "", keep)
