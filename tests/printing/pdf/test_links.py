"""Links lead to known addresses and places only."""

from pathlib import Path

from tests.printing.pdf.finishing import BLANK, finished

from reader.printing.pdf.links import Link


def test_links_are_written_on_their_pages_and_unknown_ones_are_not(tmp_path: Path) -> None:
    rect = (1.0, 2.0, 30.0, 40.0)
    links = [Link(0, "a", rect), Link(2, "#place", rect), Link(2, "unknown", rect)]
    about = BLANK._replace(links=links, addresses={"a": "https://example.org/(a)"})
    with finished(tmp_path, about) as pdf:
        found = [list(page.get("/Annots", [])) for page in pdf.pages]
        assert [len(each) for each in found] == [1, 0, 1]
        out, inner = found[0][0], found[2][0]
        assert str(out.A.URI) == "https://example.org/(a)"
        assert str(out.A.S) == "/URI"
        assert tuple(map(float, out.Rect)) == rect
        assert [int(each) for each in out.Border] == [0, 0, 0]
        assert (str(out.Type), str(out.Subtype)) == ("/Annot", "/Link")
        assert str(inner.Dest) == "place"
        assert bytes(inner.Dest) == "\ufeffplace".encode("utf-16-be")
