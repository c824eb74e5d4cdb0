"""Files of a person come in: what they say of themselves, their pictures, and rubbish."""

import io
from pathlib import Path

import pytest
from PIL import Image

from reader.body.from_html import count_pictures, from_html
from reader.body.to_text import pictures, to_text
from reader.errors import IngestError
from reader.ingest import disk, files
from reader.ingest.decode import decode
from reader.ingest.front_matter import split_front_matter
from reader.ingest.local_pictures import LocalPictures
from reader.ingest.metadata import iso_date
from reader.model import Clipping


class Kept(dict[str, bytes]):
    """A place for pictures."""

    def __call__(self, data: bytes, ending: str) -> str:
        import hashlib

        name = f"{hashlib.sha256(data).hexdigest()}.{ending}"
        self[name] = data
        return name


@pytest.fixture
def kept() -> Kept:
    return Kept()


def _clip(tmp_path: Path, kept: Kept, name: str, content: str | bytes) -> Clipping:
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return files.read(file, kept).clipping


def _png(width: int = 200, height: int = 100, kind: str = "PNG", mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, (width, height), 1).save(out, kind)
    return out.getvalue()


def _said(made: Clipping) -> str:
    return to_text(from_html(made.html))


def test_front_matter_gives_what_the_file_says_of_itself(tmp_path: Path, kept: Kept) -> None:
    made = _clip(
        tmp_path,
        kept,
        "a.md",
        "---\ntitle: The title\nauthor: [One, Two]\ndate: 2024-03-05\ntags: [a, b]\n"
        "lang: de\ndescription: About.\n---\n\n# The title\n\nText.\n",
    )
    assert (made.title, made.byline, made.published_at) == ("The title", "One, Two", "2024-03-05")
    assert (made.tags, made.language, made.excerpt) == (("a", "b"), "de", "About.")
    assert _said(made) == "Text.", "the title is not said twice"
    assert made.url.startswith("file://")
    assert made.source_type == "text/markdown"
    assert made.source.startswith(b"---")


@pytest.mark.parametrize(
    ("text", "title", "rest"),
    [
        ("+++\ntitle = 'T'\n+++\nx", "T", "x"),
        ("---\r\ntitle: T\r\n---\r\nx", "T", "x"),
        ("---\ntitle: a: b: c\n---\nx", "a: b: c", "x"),
        ("---\ntitle: [\n: bad yaml\n---\ntext", None, None),
        ("---\n\ntext\n\n---\n", None, None),
        ("no front matter", None, None),
    ],
)
def test_front_matter_that_is_none_stays_in_the_text(
    text: str, title: str | None, rest: str | None
) -> None:
    front, kept_text = split_front_matter(text)
    if title is None:
        assert kept_text.strip() == text.replace("\r\n", "\n").strip() or front
    else:
        assert front["title"] == title
        assert kept_text.strip() == rest


def test_a_page_gives_its_head(tmp_path: Path, kept: Kept) -> None:
    made = _clip(
        tmp_path,
        kept,
        "a.html",
        "<html lang='fr'><head><title>T – Site</title><meta property='og:title' content='T'>"
        "<meta name=author content='Ann'><meta property='og:site_name' content='Site'>"
        "<meta property='article:published_time' content='2020-02-30'>"
        "<meta name=keywords content='x, y'></head><body><h1>T</h1><p>Text</p></body></html>",
    )
    assert (made.title, made.byline, made.site, made.language) == ("T", "Ann", "Site", "fr")
    assert made.published_at == "", "a day that never was is none"
    assert (made.tags, made.subjects) == ((), ("x", "y"))
    assert _said(made) == "Text"


@pytest.mark.parametrize(
    ("said", "iso"),
    [
        ("2024-03-05T10:00:00+01:00", "2024-03-05"),
        ("2024/3/5", "2024-03-05"),
        ("2024-03", "2024-03"),
        ("2024", "2024"),
        ("5 March 2024", "2024-03-05"),
        ("March 5, 2024", "2024-03-05"),
        ("Mar 2024", "2024-03"),
        ("yesterday", ""),
        (["x"], ""),
        (None, ""),
    ],
)
def test_dates_are_read_as_people_write_them(said: object, iso: str) -> None:
    assert iso_date(said) == iso


def test_plain_text_becomes_paragraphs(tmp_path: Path, kept: Kept) -> None:
    long = "A line that was wrapped because it is as long as this one\n"
    made = _clip(tmp_path, kept, "my_notes.txt", f"{long}{long}end.\n\nshort\nlines\n\n    code\n")
    assert made.title == "my notes"
    paragraphs = _said(made).split("\n\n")
    assert "\n" not in paragraphs[0]
    assert paragraphs[1] == "short\nlines"
    assert paragraphs[2] == "code"


def test_angle_brackets_in_plain_text_are_text(tmp_path: Path, kept: Kept) -> None:
    assert "<script>x</script>" in _said(_clip(tmp_path, kept, "a.txt", "<script>x</script> & y"))


def test_pictures_beside_the_file_come_home(tmp_path: Path, kept: Kept) -> None:
    (tmp_path / "notes" / "my pictures").mkdir(parents=True)
    (tmp_path / "images").mkdir()
    (tmp_path / "notes" / "my pictures" / "a.png").write_bytes(_png())
    (tmp_path / "images" / "b.jpg").write_bytes(_png(40, 30, "JPEG"))
    made = _clip(
        tmp_path, kept, "notes/a.md", "![A](my%20pictures/a.png)\n\n![](../images/b.jpg?x=1)\n"
    )
    found = list(pictures(from_html(made.html)))
    assert [(each.width, each.height, each.alt) for each in found] == [
        (200, 100, "A"),
        (40, 30, "b.jpg"),
    ]
    assert made.lead == found[0].name
    assert set(made.pictures) == set(kept)


@pytest.mark.parametrize(
    "source",
    [
        "/etc/passwd",
        "file:///etc/passwd",
        "../../secret.png",
        "http://example.org/x.png",
        "//host/share.png",
        "\\\\host\\share.png",
        "a.png%00",
        "",
        "x" * 5000,
    ],
)
def test_no_other_file_is_read(
    tmp_path: Path, kept: Kept, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret.png").write_bytes(_png())
    (tmp_path / "deep" / "er").mkdir(parents=True)
    read: list[Path] = []
    original = disk.read
    monkeypatch.setattr(disk, "read", lambda path, most: read.append(path) or original(path, most))  # type: ignore[func-returns-value]
    made = _clip(tmp_path, kept, "deep/er/a.html", f'<p>x</p><img src="{source}" alt="words">')
    assert [path.name for path in read] == ["a.html"]
    assert kept == {}
    assert [each.alt for each in pictures(from_html(made.html))] == ["words"]


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        (_png(), True),
        (_png(20, 20, "BMP"), True),
        (_png(20, 20, "GIF", "P"), True),
        (_png(20, 20, "WEBP"), True),
        (_png(30_000, 200, mode="1"), True),
        (_png(30_000, 30_000, mode="1"), False),
        (b"\x89PNG\r\n\x1a\n", False),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", False),
        (b"", False),
        (b"GIF89a" + bytes(100), False),
    ],
)
def test_a_picture_is_what_its_bytes_are(
    tmp_path: Path, kept: Kept, data: bytes, shown: bool
) -> None:
    (tmp_path / "lies.jpg").write_bytes(data)
    made = _clip(tmp_path, kept, "a.md", "text ![words](lies.jpg)")
    picture = next(pictures(from_html(made.html)))
    assert bool(picture.name) is shown
    assert picture.alt == "words"
    assert count_pictures(made.html) == (0 if shown else 1, 1)


def test_a_dot_is_no_picture(tmp_path: Path, kept: Kept) -> None:
    (tmp_path / "dot.gif").write_bytes(_png(1, 1, "GIF", "P"))
    made = _clip(tmp_path, kept, "a.md", "text ![](dot.gif)")
    assert list(pictures(from_html(made.html))) == []


def test_a_picture_inside_the_page_comes_home(tmp_path: Path, kept: Kept) -> None:
    import base64

    data = base64.b64encode(_png()).decode()
    made = _clip(tmp_path, kept, "a.html", f'<p>x</p><img src="data:image/png;base64,{data}">')
    assert len(kept) == 1
    assert made.pictures == tuple(kept)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.md", "", "is empty"),
        ("a.md", " \n\t\n", "is empty"),
        ("a.md", bytes(range(256)) * 9, "not a text file"),
        ("a.html", "<script>x</script>", "no readable text"),
    ],
)
def test_what_cannot_be_read_is_a_sentence(
    tmp_path: Path, kept: Kept, name: str, content: str | bytes, sentence: str
) -> None:
    with pytest.raises(IngestError, match=sentence):
        _clip(tmp_path, kept, name, content)


def test_missing_and_too_large_files_are_named(
    tmp_path: Path, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(IngestError, match="does not exist"):
        files.read(tmp_path / "none.md", kept)
    monkeypatch.setattr(files, "MAX_BYTES", 1000)
    with pytest.raises(IngestError, match="larger than"):
        _clip(tmp_path, kept, "big.md", "x" * 2000)


def test_twenty_megabytes_come_in(tmp_path: Path, kept: Kept) -> None:
    paragraph = "<p>" + f"{'Word' * 100} of a very long page. " * 40 + "</p>\n"
    html = paragraph * (20_000_000 // len(paragraph))
    made = _clip(tmp_path, kept, "big.html", html)
    assert made.words == 240 * (20_000_000 // len(paragraph))


def test_a_folder_is_read_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.md", "a.txt", "sub/c.html", ".hidden/d.md", ".e.md", "f.jpg"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    names = [
        str(file.relative_to(tmp_path))
        for file in (x.path for x in disk.files_in(tmp_path, files.ENDINGS))
    ]
    assert names == ["a.txt", "b.md", "sub/c.html"]


def test_pasted_text_is_known_by_what_it_is(kept: Kept) -> None:
    page = files.clipping_of_text("<p>Text</p>", kept)
    notes = files.clipping_of_text("# Title\n\n- a", kept)
    words = files.clipping_of_text("Just words.", kept)
    assert [made.source_type for made in (page, notes, words)] == [
        "text/html",
        "text/markdown",
        "text/plain",
    ]
    assert notes.title == "Title"
    assert words.title == "Just words."
    assert words.url.startswith("paste:")
    with pytest.raises(IngestError, match="no text to add"):
        files.clipping_of_text("  ", kept)


_TEXT = "Grüße, «naïve» café — plenty of accented wörds so that it is sure: àéîõü."


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (_TEXT.encode(), _TEXT),
        (b"\xef\xbb\xbf" + _TEXT.encode(), _TEXT),
        (_TEXT.encode("utf-16"), _TEXT),
        (_TEXT.encode("utf-16-le"), _TEXT),
        (_TEXT.encode("utf-16-be"), _TEXT),
        (b"\xfe\xff" + _TEXT.encode("utf-16-be"), _TEXT),
        (b'<meta charset="iso-8859-1">\x93quoted\x94', '<meta charset="iso-8859-1">“quoted”'),
        ("<meta charset=windows-1251>Привет".encode("cp1251"), "<meta charset=windows-1251>Привет"),
        ("<meta charset=shift_jis>日本語".encode("cp932"), "<meta charset=shift_jis>日本語"),
        ("<?xml version='1.0' encoding='koi8-r'?>мир".encode("koi8-r"), None),
        ("<meta charset=gb2312>中文".encode("gb18030"), "<meta charset=gb2312>中文"),
        (b"<meta charset=nonsense>plain", "<meta charset=nonsense>plain"),
        (b"<meta charset=utf-16>plain", "<meta charset=utf-16>plain"),
        (_TEXT.encode("cp1252"), _TEXT),
        (("Съешь же ещё этих мягких французских булок, да выпей чаю. " * 4).encode("cp1251"), None),
    ],
)
def test_any_encoding_is_read(data: bytes, text: str | None) -> None:
    if text is None:
        assert any(word in decode(data) for word in ("мир", "французских"))
    else:
        assert decode(data) == text


def test_the_tags_of_a_text_on_the_web_are_its_subjects(kept: Kept) -> None:
    text = "---\ntags: [river]\n---\n#mill\n\nText"
    pictures = LocalPictures(kept, None)
    made = files.downloaded_text(text, "markdown", pictures, "https://example.org/", whole=True)
    assert (made.tags, made.subjects) == ((), ("river", "mill"))
