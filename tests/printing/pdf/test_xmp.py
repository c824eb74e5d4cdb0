"""The metadata are well formed whatever stands in them, and the same in both places."""

import xml.etree.ElementTree as ElementTree
from datetime import UTC, datetime

import pikepdf
import pytest

from reader.printing.pdf.xmp import Claims, Facts, write_facts

_FACTS = Facts("T", "A", "S", "de", "C", "P", datetime(2026, 11, 25, 8, 30, tzinfo=UTC))
_ODD = ["a & b <c> ]]>", "\x00\x0b\ufffe\ud800 x", "“ü” 日本 🙂 \u202e", '"' * 3]


@pytest.mark.parametrize(
    "claims", [Claims(), Claims(True), Claims(False, True), Claims(True, True)]
)
@pytest.mark.parametrize("text", _ODD)
def test_metadata_are_well_formed_and_agree(text: str, claims: Claims) -> None:
    with pikepdf.new() as pdf:
        write_facts(pdf, _FACTS._replace(title=text, author=text, subject=text), claims)
        ElementTree.fromstring(pdf.Root.Metadata.read_bytes())
        with pdf.open_metadata() as metadata:
            title = str(pdf.docinfo["/Title"])
            assert metadata["dc:title"] == title
            assert metadata["dc:creator"] == [str(pdf.docinfo["/Author"])]
            assert metadata["dc:description"] == str(pdf.docinfo["/Subject"])
            assert metadata["dc:language"] == {"de"}
            assert metadata["xmp:CreateDate"] == "2026-11-25T08:30:00Z"
            assert str(pdf.docinfo["/CreationDate"]) == "D:20261125083000Z"
            assert metadata.get("pdfuaid:part") == ("1" if claims.accessible else None)
            assert metadata.get("pdfaid:part") == ("3" if claims.archived else None)
            described = b"pdfaSchema:namespaceURI" in pdf.Root.Metadata.read_bytes()
            assert described == (claims.accessible and claims.archived)


def test_what_is_unknown_is_left_out_and_nothing_old_stays() -> None:
    with pikepdf.new() as pdf:
        pdf.docinfo["/Author"], pdf.docinfo["/Trapped"] = "Somebody", pikepdf.Name.false
        write_facts(pdf, _FACTS._replace(author="", subject="", language=""), Claims())
        assert {*pdf.docinfo.keys()} == {
            "/Title", "/Creator", "/Producer", "/CreationDate", "/ModDate"
        }  # fmt: skip
        with pdf.open_metadata() as metadata:
            assert not {"dc:creator", "dc:description", "dc:language"} & {*metadata}
