"""An import from its plan to its report: all of it, or nothing."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from reader.body.from_html import body_of
from reader.body.to_text import pictures
from reader.entries import Entry, Text, TextKind, Unread
from reader.errors import IngestError
from reader.importing import helper, reports
from reader.importing.bundle import Bundle
from reader.importing.formats.format import Choices, Format
from reader.importing.plan import plan
from reader.importing.run import run
from reader.importing.texts import prepared
from reader.library.library import Library
from reader.model import Clipping
from reader.outcomes import ImportResult, Outcome
from reader.progress import Cancelled, Report, silent
from reader.reasons import Reason


def damaged() -> bytes:
    raise OSError


def entry(url: str, kind: TextKind = TextKind.HTML, text: str = "", **about: str) -> Entry:
    load = Text(kind, text.encode) if text else None
    return Entry(Clipping(url, **about), text=load)  # type: ignore[arg-type]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "export.csv").write_text("anything")
    return tmp_path / "export.csv"


def imported(library: Library, file: Path, *items: Entry, report: Report = silent) -> ImportResult:
    def read(_bundle: Bundle, _choices: Choices) -> Iterator[Entry | Unread]:
        return iter(items)

    bundle = Bundle([file])
    try:
        made = plan(library, bundle, Format("pocket", lambda _: 1.0, read))
        return run(library, bundle, made, report)
    finally:
        bundle.close()


def test_a_second_time_changes_nothing(library: Library, file: Path) -> None:
    items = (entry("https://ex.org/a"), entry("https://ex.org/b", text="<p>Words</p>"))
    first = imported(library, file, *items)
    step = library.history.undo_text()
    again = imported(library, file, *items)
    assert [row.outcome for row in first.rows] == [Outcome.ADDED] * 2
    assert [row.outcome for row in again.rows] == [Outcome.UNCHANGED] * 2
    assert library.history.undo_text() == step
    assert [each.names for each in reports.earlier(library)] == [("export.csv",)]


def test_stop_leaves_everything_as_it_was(library: Library, file: Path) -> None:
    def stop(_done: int, _total: int, text: str) -> None:
        if text == "Importing":
            raise Cancelled

    with pytest.raises(Cancelled):
        imported(library, file, entry("https://ex.org/a"), report=stop)
    assert library.counts().total == 0
    assert reports.earlier(library) == []
    kept = [path for path in (library.folder / "imports").rglob("*") if path.is_file()]
    assert kept == []


def test_a_file_that_is_being_written_is_not_imported(library: Library, file: Path) -> None:
    with pytest.raises(IngestError, match="export"):

        def read(bundle: Bundle, _choices: Choices) -> Iterator[Entry | Unread]:
            file.write_text("anything and more")
            bundle.read("export.csv")
            yield entry("https://ex.org/a")

        bundle = Bundle([file])
        run(library, bundle, plan(library, bundle, Format("pocket", lambda _: 1.0, read)))
    assert library.counts().total == 0


@pytest.mark.logs
def test_a_text_that_cannot_be_read_waits_if_it_is_on_the_web(library: Library, file: Path) -> None:
    bad = Text(TextKind.HTML, damaged)
    result = imported(
        library,
        file,
        Entry(Clipping("https://ex.org/a", title="A"), text=bad),
        entry("mailto:b@ex.org", text="<script>1</script>", title="B"),
        entry("https://ex.org/c", text="<p>Words</p>", title="C"),
    )
    assert [row.outcome for row in result.rows] == [Outcome.ADDED, Outcome.FAILED, Outcome.ADDED]
    assert result.rows[0].reasons == result.rows[1].reasons == {Reason.TEXT_NOT_READABLE}
    assert library.downloads.waiting() == [result.rows[0].article]
    assert reports.texts_of(library, [row.article for row in result.rows]) == (1, 1, 0)


def test_the_text_of_the_export_is_read_as_pages_are(library: Library, file: Path) -> None:
    html = (
        "<h1>A title</h1><p onclick='x()'>Words <script>alert(1)</script>"
        "<a href='javascript:x()'>here</a>.</p><img src='https://ex.org/a.png'>"
    )
    note = "---\ntitle: Not this\ntags: [mine]\n---\n\n# Head\n\nSome *words*.\n"
    result = imported(
        library,
        file,
        entry("https://ex.org/a", text=html, title="A title", byline="Ann"),
        entry("", TextKind.MARKDOWN, note, title="A note"),
        entry("", TextKind.PLAIN, "Plain words <b>.\n"),
    )
    page, note_, plain = (library.article(row.article) for row in result.rows)
    assert not any(word in page.html for word in ("script", "onclick", "alert"))
    assert (page.title, page.byline, page.words) == ("A title", "Ann", 2)
    assert [each.address for each in pictures(body_of(page.html))] == ["https://ex.org/a.png"]
    assert (note_.title, note_.tags) == ("A note", ("mine",))
    assert "<em>words</em>" in note_.html
    assert (plain.title, "&lt;b&gt;" in plain.html) == ("Plain words <b>.", True)
    assert library.texts.source(page.id).data == html.encode()


def test_pictures_of_the_export_are_kept(library: Library, file: Path, tmp_path: Path) -> None:
    Image.new("RGB", (200, 150), "red").save(tmp_path / "a b.png")
    text = Text(
        TextKind.HTML,
        b"<p>Words <img src='a%20b.png'> and <img src='gone.png'></p>".strip,
        {"a b.png": (tmp_path / "a b.png").read_bytes},
    )
    result = imported(library, file, Entry(Clipping("https://ex.org/a/"), text=text))
    article = library.article(result.rows[0].article)
    there, gone = pictures(body_of(article.html))
    assert (there.name, there.width) == (article.lead, 200)
    assert (gone.name, gone.address) == ("", "https://ex.org/a/gone.png")


@pytest.mark.logs
def test_a_second_process_reads_texts_as_this_one_does(
    library: Library, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(helper, "MANY", 1)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr(helper, "_AT_ONCE", 9)
    html = "<h1>One</h1><p>Words — <a href='/b'>there</a> <img src='https://ex.org/a.png'></p>"
    texts = (html, "<p><img src='data:,x'> Words</p>", "<script>1</script>", "<p>Ünd</p>")
    result = imported(
        library, file, *(entry(f"https://ex.org/{at}", text=text) for at, text in enumerate(texts))
    )
    waits = [Reason.TEXT_NOT_READABLE in row.reasons for row in result.rows]
    assert waits == [False, False, True, False]
    for row, text in zip(result.rows, texts, strict=True):
        article = library.article(row.article)
        alone = Entry(Clipping(article.url), text=Text(TextKind.HTML, text.encode))
        if row.reasons:
            continue
        made = prepared(alone, library.keep_picture).clipping
        assert (article.html, article.words, article.excerpt) == (
            made.html, made.words, made.excerpt,
        )  # fmt: skip


_DIES = """
import json, os
from reader.importing import helper

def cut(stream, told, data):
    head = json.dumps(told).encode()
    stream.write(helper._SIZES.pack(len(head), len(data)) + head + data[: len(data) // 2])
    stream.flush()
    os._exit(1)

helper._send = cut
helper.serve()
"""


def test_a_text_that_a_second_process_sent_in_part_is_read_again(
    library: Library, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def started() -> subprocess.Popen[bytes]:
        path = f"import sys; sys.path[:0] = {sys.path!r}\n"
        return subprocess.Popen(
            [sys.executable, "-I", "-c", path + _DIES],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    monkeypatch.setattr(helper, "MANY", 1)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr(helper, "_started", started)
    result = imported(library, file, entry("https://ex.org/a", text=f"<p>{'Word ' * 99}end</p>"))
    assert library.article(result.rows[0].article).words == 100
    assert library.article(result.rows[0].article).html.endswith("end</p>")
