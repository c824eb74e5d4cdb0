"""What is at home is looked at once more: better, never worse, and every step can be undone."""

import io
from collections.abc import Callable

import pytest
from PIL import Image
from tests.ingest.tracing import tracing
from tests.library.conftest import said

from reader import phrases
from reader.body.blocks import Body, Paragraph, Text
from reader.body.caveats import caveats_of
from reader.body.to_text import bare_text, pictures
from reader.errors import IngestError
from reader.ingest import reprocess
from reader.ingest.fetch import Fetched
from reader.ingest.reprocess import extract_again, fetch_missing
from reader.ingest.rules import Rules, remember, rules_for
from reader.ingest.sources import packed, unpacked
from reader.ingest.web import add_addresses, download
from reader.library.library import Library
from reader.model import Caveat, Clipping, Edit, Making, Outcome, State

_URL = "https://example.org/story"
_LINES = [f"Line {n}, with commas, and enough words to be one of a text." for n in range(12)]
_TEXT = "".join(f"<p>{each}</p>" for each in _LINES)
_PAGE = f"""<html><head><title>The story</title></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News of the day</a></li></ul></nav>
<article class="story"><h1>The story</h1>{_TEXT}
<div class="mugs"><p>Our mugs are cheap this week, and they are warm, and they are blue.</p></div>
<figure><img src="/a.png" alt="A"></figure>{_TEXT.replace("Line", "Verse")}</article>
<aside class="margin"><p>A word from the margin that some would like to read as well.</p></aside>
</body></html>"""


def _png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "red").save(out, "PNG")
    return out.getvalue()


def _get(address: str, **_: object) -> Fetched:
    if address.endswith(".png"):
        return Fetched(address, _png(), "image/png", "", True)
    return Fetched(address, _PAGE.encode(), "text/html", "", True)


def _without_pictures(address: str, **told: object) -> Fetched:
    if address.endswith(".png"):
        raise IngestError("gone")
    return _get(address, **told)


def _saved(library: Library, get: object = _get) -> int:
    id = add_addresses(library, [_URL]).rows[0].article
    download(library, [id], get=get)  # type: ignore[arg-type]
    return id


# ---- extracted again


def test_a_better_extraction_takes_the_place_of_a_worse_one_and_keeps_it(library: Library) -> None:
    id = _saved(library)
    whole = library.article(id)
    library.edit("Made worse", [Edit(id, text=Clipping("", html="<p>Line 0</p>", words=2))])
    result = extract_again(library, [id])
    assert result.rows[0].outcome is Outcome.UPDATED
    assert "2 words before" in phrases.remarks(result.rows[0].remarks)
    article = library.article(id)
    assert article.html == whole.html
    assert article.pictures == whole.pictures
    assert "<p>Line 0</p>" in {library.texts.html(id, x.id) for x in library.texts.versions(id)}
    assert said(library.history.undo()) == "Extracted again: “The story”"
    assert library.article(id).html == "<p>Line 0</p>"


def test_a_text_is_not_replaced_by_a_shorter_one_unasked(library: Library) -> None:
    id = _saved(library)
    longer = library.article(id).html + "\n<p>" + "more " * 500 + "</p>"
    library.edit("Made longer", [Edit(id, text=Clipping("", html=longer, words=900))])
    row = extract_again(library, [id]).rows[0]
    assert row.outcome is Outcome.UNCHANGED
    assert "shorter" in phrases.remarks(row.remarks)
    assert library.article(id).html == longer
    assert extract_again(library, [id], anyway=True).rows[0].outcome is Outcome.UPDATED


def test_what_was_cleaned_up_by_hand_stays(library: Library) -> None:
    id = _saved(library)
    _finish(library, id, {"mugs": False})
    row = extract_again(library, [id]).rows[0]
    assert (row.outcome, phrases.remarks(row.remarks)) == (
        Outcome.UNCHANGED,
        "it was cleaned up by hand",
    )


def test_the_same_text_again_is_no_change(library: Library) -> None:
    id = _saved(library)
    assert extract_again(library, [id]).rows[0].outcome is Outcome.UNCHANGED
    assert library.history.undo_text() == ""


def test_what_is_of_no_page_is_left_alone(library: Library) -> None:
    id = library.add(Clipping("paste:1", title="A", html="<p>A</p>", source=b"A")).id
    row = extract_again(library, [id]).rows[0]
    assert (row.outcome, phrases.remarks(row.remarks)) == (
        Outcome.UNCHANGED,
        "its page was not kept",
    )


def test_an_article_in_the_trash_stays_there_as_it_is(library: Library) -> None:
    id = _saved(library)
    library.edit("Made worse", [Edit(id, text=Clipping("", html="<p>Line 0</p>", words=2))])
    library.set_state([id], State.TRASH)
    assert phrases.remarks(extract_again(library, [id]).rows[0].remarks) == "it is in the trash"
    assert library.article(id).state is State.TRASH
    assert library.article(id).html == "<p>Line 0</p>"


def test_the_encoding_a_server_named_is_kept(library: Library) -> None:
    page = _PAGE.replace("Line 3", "Строка 3").encode("koi8-r")

    def get(address: str, **told: object) -> Fetched:
        return _get(address, **told)._replace(
            data=_png() if address.endswith("png") else page, encoding="koi8-r"
        )

    id = _saved(library, get)
    before = library.article(id).html
    assert "Строка 3" in before
    extract_again(library, [id], anyway=True)
    assert library.article(id).html == before


def test_parts_are_packed_and_unpacked() -> None:
    parts = [
        Fetched(
            "https://example.org/1", "<p>Ä</p>".encode("latin-1"), "text/html", "latin-1", True
        ),
        Fetched("https://example.org/1?page=2", b"<p>2\r\n</p>\xff", "text/html", "", True),
    ]
    pages = unpacked(packed(parts))
    assert [each.address for each in pages] == [each.address for each in parts]
    assert pages[0].html == "<p>Ä</p>"
    assert pages[1].html.startswith("<p>2")
    assert unpacked(packed(parts[:1])) == pages[:1]


@pytest.mark.parametrize("work", [lambda *told: extract_again(told[0], [told[1]]), reprocess.begin])
def test_older_versions_are_asked_for_once_and_not_parsed(
    library: Library, monkeypatch: pytest.MonkeyPatch, work: Callable[[Library, int], object]
) -> None:
    id = _saved(library)
    picture = library.article(id).pictures
    for number in range(4):
        html = f'<p>Line {number} <img src="{picture[0]}" alt="Old" data-address="{_URL}.png"></p>'
        text = Clipping("", html=html, words=2, pictures=picture)
        library.edit("Made worse", [Edit(id, text=text)])
    with tracing(library._database, monkeypatch) as costs:
        work(library, id)
    texts = [sql for sql in costs.reading("version") if "html" in sql]
    stored = [html for html in costs.parsed if "data-address" in html]
    assert (len(texts), len(stored)) == (1, 1), "the text in use is compared with the page"


# ---- missing pictures


def test_missing_pictures_are_fetched_where_they_are_missing(library: Library) -> None:
    id = _saved(library, _without_pictures)
    assert library.article(id).pictures == ()
    asked: list[str] = []

    def get(address: str, **told: object) -> Fetched:
        asked.append(address)
        return _get(address, **told)

    row = fetch_missing(library, [id], get=get).rows[0]
    assert row.outcome is Outcome.UPDATED
    assert asked == ["https://example.org/a.png"]
    article = library.article(id)
    assert len(article.pictures) == 1
    assert 'width="300" height="200"' in article.html
    assert article.lead == article.pictures[0]
    again_row = fetch_missing(library, [id], get=get).rows[0]
    assert again_row.outcome is Outcome.UNCHANGED
    assert len(asked) == 1


def test_a_picture_that_stays_missing_is_told_of(library: Library) -> None:
    id = _saved(library, _without_pictures)
    row = fetch_missing(library, [id], get=_without_pictures).rows[0]
    assert (row.outcome, phrases.remarks(row.remarks)) == (
        Outcome.FAILED,
        "1 of 1 pictures are missing",
    )


def test_a_dot_that_was_missing_is_no_picture(library: Library) -> None:
    id = _saved(library, _without_pictures)
    out = io.BytesIO()
    Image.new("RGB", (1, 1)).save(out, "PNG")
    fetch_missing(library, [id], get=lambda a, **_: Fetched(a, out.getvalue(), "", "", True))
    assert "<img" not in library.article(id).html
    assert "<figure" not in library.article(id).html


# ---- cleaned up


def _words(begun: reprocess.Cleaning) -> list[tuple[str, bool]]:
    return [(bare_text(x.block)[:30], x.kept) for x in begun.pieces]


def test_every_block_of_the_page_can_be_chosen(library: Library) -> None:
    id = _saved(library)
    said = dict(_words(reprocess.begin(library, id)))
    assert said["Line 0, with commas, and enoug"] is True
    assert said["A word from the margin that so"] is False
    assert any("Home" in each for each, kept in said.items() if not kept)
    assert len(said) == len(_words(reprocess.begin(library, id)))  # nothing stands there twice


def _finish(library: Library, id: int, changes: dict[str, bool], *, for_site: bool = False) -> str:
    begun = reprocess.begin(library, id)
    kept = [
        next(
            (wanted for said, wanted in changes.items() if said in bare_text(x.block)),
            x.kept,
        )
        for x in begun.pieces
    ]
    return reprocess.finish(library, begun, kept, Edit(id), for_site=for_site)


def test_blocks_are_removed_and_brought_back_in_one_step(library: Library) -> None:
    id = _saved(library)
    before = library.article(id)
    assert "mugs" in before.html
    _finish(library, id, {"mugs": False, "margin": True})
    article = library.article(id)
    assert "mugs" not in article.html
    assert "A word from the margin" in article.html
    assert article.pictures == before.pictures
    assert article.words == before.words - 1  # fifteen go, fourteen come
    assert library.texts.versions(id)[0].made_by == Making.CLEANED
    assert said(library.history.undo()) == "Cleaned up “The story”"
    assert library.article(id).html == before.html


def test_what_is_brought_back_comes_with_its_pictures(library: Library) -> None:
    page = _PAGE.replace("</aside>", '</aside><section><img src="/side.png" alt="Side"></section>')

    def get(address: str, **told: object) -> Fetched:
        came = _get(address, **told)
        return came if address.endswith(".png") else came._replace(data=page.encode())

    id = _saved(library, get)
    begun = reprocess.begin(library, id)
    kept = [
        x.kept or any(y.address.endswith("side.png") for y in pictures(Body((x.block,))))
        for x in begun.pieces
    ]
    assert kept != [x.kept for x in begun.pieces]
    reprocess.finish(library, begun, kept, Edit(id), get=_get)
    html = library.article(id).html
    assert 'alt="Side"' in html
    assert 'src=""' not in html


def test_what_was_removed_can_be_brought_back_later(library: Library) -> None:
    id = _saved(library)
    before = library.article(id).html
    _finish(library, id, {"mugs": False})
    _finish(library, id, {"mugs": True})
    assert library.article(id).html == before


def test_an_article_is_never_emptied(library: Library) -> None:
    id = _saved(library)
    before = library.article(id).html
    begun = reprocess.begin(library, id)
    with pytest.raises(IngestError, match="nothing of the article"):
        reprocess.finish(library, begun, [False] * len(begun.pieces), Edit(id, title="Another"))
    assert (library.article(id).html, library.history.undo_text()) == (before, "")


def test_title_author_and_date_are_corrected_with_it(library: Library) -> None:
    id = _saved(library)
    begun = reprocess.begin(library, id)
    told = Edit(id, title="Another title", byline="Its author", published_at="2024-05-06")
    reprocess.finish(library, begun, [x.kept for x in begun.pieces], told)
    article = library.article(id)
    assert (article.title, article.byline) == ("Another title", "Its author")
    assert library.texts.versions(id) == []
    library.history.undo()
    assert library.article(id).title == "The story"


def test_what_was_done_becomes_rules_for_the_site(library: Library) -> None:
    id = _saved(library)
    said = _finish(library, id, {"mugs": False, "margin": True}, for_site=True)
    assert said == "2 rules for example.org remembered."
    assert rules_for(library.folder, "example.org") == Rules(("div.mugs",), ("aside.margin",))
    other = add_addresses(library, ["https://example.org/other"]).rows[0].article
    download(library, [other], get=_get)
    html = library.article(other).html
    assert "mugs" not in html
    assert "A word from the margin" in html
    assert html.index("Verse 11") < html.index("A word from the margin")


def test_a_rule_never_takes_along_what_was_left(library: Library) -> None:
    id = _saved(library)
    said = _finish(library, id, {"Line 3,": False}, for_site=True)
    assert "cannot be identified" in said
    assert rules_for(library.folder, "example.org") == Rules()


def test_rules_are_obeyed_when_extracted_again(library: Library) -> None:
    id = _saved(library)
    remember(library.folder, "example.org", Rules(("div.mugs",)))
    extract_again(library, [id], anyway=True)
    assert "mugs" not in library.article(id).html


def test_the_whole_page_can_be_shown(library: Library) -> None:
    id = _saved(library)
    before = library.article(id).html
    assert reprocess.whole_page(library, id) == 1
    html = library.article(id).html
    assert "News of the day" in html
    assert "A word from the margin" in html
    assert "mugs" in html
    library.history.undo()
    assert library.article(id).html == before


def test_an_article_without_its_page_can_be_cleaned_up_too(library: Library) -> None:
    html = "<p>One</p>\n<p>Two</p>\n<p>Three</p>"
    id = library.add(Clipping("paste:1", title="A", html=html, words=3)).id
    assert _words(reprocess.begin(library, id)) == [("One", True), ("Two", True), ("Three", True)]
    _finish(library, id, {"Two": False})
    assert library.article(id).html == "<p>One</p>\n<p>Three</p>"


def test_cleaning_up_by_hand_settles_what_was_unsure_and_keeps_what_is_partial() -> None:
    body = Body((Paragraph((Text("One."),)),), caveats=(Caveat.UNSURE, Caveat.PARTIAL))
    assert caveats_of(reprocess.text(body, Making.CLEANED).html) == (Caveat.PARTIAL,)
    assert caveats_of(reprocess.text(body, Making.COMPLETED).html) == body.caveats
