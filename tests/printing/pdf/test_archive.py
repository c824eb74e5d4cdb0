"""A PDF for archives holds its articles as files, and says what its colours mean."""

import json
from pathlib import Path

import pikepdf
from tests.printing.conftest import MakeArticle, MakeBook, write

from reader.sheet import Sheet


def _files(pdf: pikepdf.Pdf) -> dict[str, tuple[str, str, bytes]]:
    """Return relationship, media type and bytes of the files in a PDF by their names."""
    listed = [*pdf.Root.Names.EmbeddedFiles.Names]
    return {
        str(name): (str(spec.AFRelationship), str(spec.EF.F.Subtype), spec.EF.F.read_bytes())
        for name, spec in zip(listed[::2], listed[1::2], strict=True)
    }


def test_an_article_is_attached_with_its_text_and_its_metadata(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    made = article("Grüße, *世界* & more", downloaded_at="2026-11-25T11:09:45Z", title="A <T>")
    write(book(made, sheet=Sheet(archived=True)), tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        files = _files(pdf)
        assert [*files] == ["article.html", "article.json"]
        relationship, media_type, page = files["article.html"]
        assert (relationship, media_type) == ("/Source", "/text/html")
        assert made.html in page.decode()
        assert "<title>A &lt;T&gt;</title>" in page.decode()
        relationship, media_type, facts = files["article.json"]
        assert (relationship, media_type) == ("/Data", "/application/json")
        assert json.loads(facts) == {
            "title": "A <T>", "author": "Author", "site": "site", "language": "en",
            "address": "https://example.org/a", "published": "2026-11-25",
            "added": "2026-11-26", "downloaded": "2026-11-25T11:09:45Z",
        }  # fmt: skip
        assert {each.objgen for each in pdf.Root.AF} == {
            each.objgen for each in [*pdf.Root.Names.EmbeddedFiles.Names][1::2]
        }
        for spec in pdf.Root.AF:
            assert str(spec.EF.F.Params.ModDate) == "D:20261125110945Z"
            assert int(spec.EF.F.Params.Size) == len(spec.EF.F.read_bytes())
        assert "/Dests" in pdf.Root.Names, "the places that links lead to are still there"


def test_a_book_holds_a_pair_of_files_for_each_article(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    made = book(*(article(f"text{n}") for n in range(3)), sheet=Sheet(archived=True))
    write(made, tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        files = _files(pdf)
    assert [*files] == sorted(files)
    assert len(files) == 6
    assert [f"text{n}".encode() in files[f"article-{n + 1:05}.html"][2] for n in range(3)] == [
        True, True, True
    ]  # fmt: skip


def test_no_folder_of_the_computer_is_told(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    made = article("x", url="file:///home/somebody/secret/a.html")
    write(book(made, sheet=Sheet(archived=True, code=True)), tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert not any(b"somebody" in data for _, _, data in _files(pdf).values())


def test_the_colours_are_those_of_one_profile_in_every_file(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    profiles = []
    for name in ("a", "b"):
        write(book(article("x"), sheet=Sheet(archived=True)), tmp_path / f"{name}.pdf")
        with pikepdf.open(tmp_path / f"{name}.pdf") as pdf:
            (intent,) = pdf.Root.OutputIntents
            assert str(intent.S) == "/GTS_PDFA1"
            assert int(intent.DestOutputProfile.N) == 3
            profiles.append(intent.DestOutputProfile.read_bytes())
    assert profiles[0] == profiles[1]
    assert profiles[0][36:40] == b"acsp"
    assert profiles[0][16:20] == b"RGB "
    assert profiles[0][24:36] == bytes.fromhex("07d000010001000000000000")


def test_without_the_wish_nothing_is_attached(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    write(book(article("x"), sheet=Sheet(tagged=True)), tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert not {"/AF", "/OutputIntents"} & {*pdf.Root.keys()}
        assert "/EmbeddedFiles" not in pdf.Root.Names
