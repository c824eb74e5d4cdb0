"""A book is one article: its chapters in order, with pictures, notes, links and metadata."""

import io
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image
from tests.ingest.epub.books import book, item, package, page, spine

from reader.body.caveats import caveats_of
from reader.body.from_html import body_of
from reader.body.to_text import to_text
from reader.errors import IngestError
from reader.ingest import save
from reader.ingest.epub.book import read_book
from reader.library.library import Library
from reader.model import Caveat, Clipping, Outcome

_ABOUT = (
    "<dc:title>Moors &amp; fens</dc:title><dc:language>de-AT</dc:language>"
    '<dc:creator id="w">R. Moor</dc:creator><dc:creator opf:role="ill">I. Draw</dc:creator>'
    '<dc:creator id="s">S. Fen</dc:creator><meta refines="#s" property="role">aut</meta>'
    '<dc:date opf:event="modification">2024-01-01</dc:date>'
    '<dc:date opf:event="publication">2019-05</dc:date>'
    "<dc:description>&lt;p&gt;About &lt;b&gt;bogs&lt;/b&gt;.&lt;/p&gt;</dc:description>"
    "<dc:subject>Walks</dc:subject>"
)


def _png(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, "PNG")
    return out.getvalue()


def _read(data: bytes) -> Clipping:
    return read_book(data, lambda data, ending: f"{sha256(data).hexdigest()}.{ending}")


def _text(new: Clipping) -> str:
    return to_text(body_of(new.html))


def _simple(*bodies: str, **files: str) -> bytes:
    names = [f"c{number}.xhtml" for number in range(len(bodies))]
    pages = {name: page(body) for name, body in zip(names, bodies, strict=True)}
    items = "".join(map(item, [*names, *files]))
    return book({**pages, **files}, package(items=items, spine=spine(*names)))


def test_metadata_are_those_of_the_book() -> None:
    data = book({"a": page("<p>Text</p>")}, package(_ABOUT, item("a"), spine("a")))
    new = _read(data)
    assert (new.title, new.byline, new.language) == ("Moors & fens", "R. Moor, S. Fen", "de-AT")
    assert (new.published_at, new.excerpt) == ("2019-05", "About bogs.")
    assert (new.subjects, new.tags) == (("Walks",), ())
    assert (new.source, new.source_type) == (data, "application/epub+zip")


def test_chapters_follow_the_spine_and_get_titles_from_the_contents() -> None:
    nav = page(
        '<nav epub:type="toc"><ol><li><a href="two.xhtml">The <b>second</b></a></li>'
        '<li><a href="one.xhtml#x">The first</a></li><li><a href="one.xhtml#y">Later</a></li></ol>'
        '</nav><nav epub:type="landmarks"><a href="two.xhtml">No</a></nav>'
    )
    files = {
        "nav.xhtml": nav, "one.xhtml": page("<p>one</p>"), "two.xhtml": page("<p>two</p>"),
        "three.xhtml": page("<h3>Own</h3><p>three</p>"), "notes.xhtml": page("<p>aside</p>"),
    }  # fmt: skip
    items = item("nav.xhtml", properties="nav") + "".join(map(item, [*files][1:]))
    order = (
        '<spine><itemref idref="nav.xhtml"/><itemref idref="notes.xhtml" linear="no"/>'
        '<itemref idref="two.xhtml"/><itemref idref="one.xhtml"/><itemref idref="three.xhtml"/>'
        "</spine>"
    )
    text = _text(_read(book(files, package(items=items, spine=order))))
    assert text.split() == "The second two The first one Own three aside".split()


def test_an_older_book_has_its_titles_in_an_ncx_and_its_cover_in_a_meta() -> None:
    ncx = (
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>'
        'Part &#201;</text></navLabel><content src="a.html#t"/></navPoint></navMap></ncx>'
    )
    items = (
        item("a.html", "text/html") + item("toc.ncx", "application/x-dtbncx+xml")
        + item("c.png", "image/png")
    )  # fmt: skip
    about = '<dc:title>Old</dc:title><meta name="cover" content="c.png"/>'
    files: dict[str, str | bytes] = {
        "a.html": "<html><body><p>&nbsp;Text<br>more</body>",
        "toc.ncx": ncx,
        "c.png": _png("red"),
    }
    new = _read(book(files, package(about, items, spine("a.html", more=' toc="toc.ncx"'))))
    assert _text(new).split() == ["[Cover]", "Part", "É", "Text", "more"]
    assert len(new.pictures) == 1


def test_links_and_notes_lead_from_file_to_file() -> None:
    one = (
        '<p>See <a href="c1.xhtml#far">there</a>, <a href="https://example.org/">out</a> and '
        '<a href="lost.xhtml">nowhere</a>.<a epub:type="noteref" href="c2.xhtml#n1">1</a></p>'
    )
    notes = '<aside epub:type="footnote" id="n1"><p>The note.</p></aside>'
    new = _read(_simple(one, '<p id="far">Far <a id="empty"/>away</p>', notes))
    body = body_of(new.html)
    assert [to_text(body._replace(blocks=note.blocks, notes=())) for note in body.notes] == [
        "The note."
    ]
    assert '<a href="#c1">there</a>' in new.html
    assert '<p id="c1">Far away</p>' in new.html
    assert 'href="https://example.org/"' in new.html
    assert "lost" not in new.html


def test_pictures_are_kept_once_and_drawings_may_hold_them() -> None:
    red, blue = _png("red"), _png("#000102")
    body = (
        '<p><img src="i%20x/red.png" alt="Red"/><img src="../OPS/i x/red.png"/></p>'
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
        '<image xlink:href="blue.png"/></svg><p><img src="../../etc/passwd"/></p>'
    )
    files: dict[str, str | bytes] = {"a": page(body), "i x/red.png": red, "blue.png": blue}
    new = _read(book(files, package(items=item("a"), spine=spine("a"))))
    assert len(new.pictures) == 2
    assert new.html.count('<img src=""') == 1


def test_a_page_that_is_not_well_formed_is_read_as_html() -> None:
    new = _read(_simple("<p>One <a id='x'/> two <b>three</p><p>four & five &eacute;"))
    assert _text(new) == "One two three\n\nfour & five é"


def test_fonts_may_be_disguised_but_a_protected_text_is_refused() -> None:
    def locked(algorithm: str, name: str) -> dict[str, str]:
        return {
            "a": page("<p>Text</p>"),
            "META-INF/encryption.xml": (
                '<encryption xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptedData>'
                f'<e:EncryptionMethod Algorithm="{algorithm}"/><e:CipherData>'
                f'<e:CipherReference URI="OPS/{name}"/></e:CipherData></e:EncryptedData>'
                "</encryption>"
            ),
        }

    told = package(items=item("a"), spine=spine("a"))
    assert _text(_read(book(locked("http://www.idpf.org/2008/embedding", "f.otf"), told))) == "Text"
    with pytest.raises(IngestError, match="protected against copying"):
        _read(book(locked("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "a"), told))


def test_entities_and_addresses_outside_are_never_loaded(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("SECRET")
    bomb = (
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}"><!ENTITY a "aaaa">'
        '<!ENTITY b "&a;&a;">]><html xmlns="http://www.w3.org/1999/xhtml"><body>'
        "<p>chapter &x;&b;</p></body></html>"
    )
    told = package(items=item("a"), spine=spine("a"))
    text = _text(_read(book({"a": bomb}, told)))
    assert text.startswith("chapter")
    assert "SECRET" not in text
    assert "aaaa" not in text


@pytest.mark.parametrize("cut", [0.5, 0.8, 0.97])
def test_of_a_damaged_book_is_read_what_there_is(cut: float) -> None:
    data = _simple(*(f"<p>{' '.join(f'word{n}x{m}' for m in range(80))}</p>" for n in range(20)))
    new = _read(data[: int(len(data) * cut)])
    assert "word0x0" in _text(new)
    assert caveats_of(new.html) == (Caveat.DAMAGED,)


def test_a_book_that_does_not_name_its_chapters_is_read_by_their_names() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("p10.html", "p2.html"):
            archive.writestr(name, page(f"<p>{name}</p>"))
    assert _text(_read(out.getvalue())).split() == ["p2.html", "p10.html"]


def test_an_added_book_has_its_text(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "A_book.epub"
    file.write_bytes(_simple("<h1>One</h1><p>Text of the book</p>"))
    (row,) = save.add_paths(library, [file]).rows
    article = library.article(row.article)
    assert (row.outcome, article.title) == (Outcome.ADDED, "Moors")
    assert "Text of the book" in article.html
    assert library.texts.source(row.article).data == file.read_bytes()
