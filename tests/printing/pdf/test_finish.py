"""A finished PDF has its metadata, or is not written."""

from pathlib import Path

import pytest
from tests.printing.pdf.finishing import BLANK, finished

from reader.errors import PrintError
from reader.printing.pdf.finish import finish


def test_a_file_says_what_it_is_and_how_it_opens(tmp_path: Path) -> None:
    about = BLANK._replace(title="T", author="A", subject="S", language="de-AT")
    with finished(tmp_path, about) as pdf:
        said = {name: str(pdf.docinfo[name]) for name in ("/Title", "/Author", "/Subject")}
        assert said == {"/Title": "T", "/Author": "A", "/Subject": "S"}
        assert str(pdf.Root.Lang) == "de-AT"
        assert str(pdf.Root.PageMode) == "/UseNone"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert "/Duplex" not in pdf.Root.ViewerPreferences
        assert pdf.Root.OpenAction[0].objgen == pdf.pages[0].obj.objgen
        assert str(pdf.Root.OpenAction[1]) == "/Fit"
        assert "/Outlines" not in pdf.Root
        assert "/StructTreeRoot" not in pdf.Root
    with finished(tmp_path, BLANK._replace(shows_outline=True, folded=True)) as pdf:
        assert not {"/Author", "/Subject"} & {*pdf.docinfo}
        assert str(pdf.docinfo["/Title"]) == "Untitled"
        assert "/Lang" not in pdf.Root
        assert str(pdf.Root.PageMode) == "/UseOutlines"
        assert str(pdf.Root.ViewerPreferences.Duplex) == "/DuplexFlipShortEdge"


def test_a_cut_file_is_told_and_none_is_written(tmp_path: Path) -> None:
    (tmp_path / "raw.pdf").write_bytes(b"%PDF-1.4\n1 0 obj")
    with pytest.raises(PrintError, match="could not be completed"):
        finish(tmp_path / "raw.pdf", tmp_path / "new.pdf", BLANK)
    assert not (tmp_path / "new.pdf").exists()
