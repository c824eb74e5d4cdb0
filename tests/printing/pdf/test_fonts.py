"""Fonts are named as subsets are."""

import re
from pathlib import Path

import pikepdf
from tests.printing.conftest import MakeArticle, MakeBook, write

from reader.printing.pdf.fonts import fonts_of


def test_every_font_has_the_name_of_a_subset(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    write(book(article("Text *leaning* **bold** `code` ελλ\n\n- one\n")), tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        fonts = [*fonts_of(pdf)]
        assert len(fonts) >= 4
        for font in fonts:
            inner = font.DescendantFonts[0]
            assert re.fullmatch(r"/[A-Z]{6}\+.+", str(font.BaseFont))
            assert font.BaseFont == inner.BaseFont == inner.FontDescriptor.FontName
            assert "/CIDSet" not in inner.FontDescriptor
        assert len({str(font.BaseFont) for font in fonts}) == len(fonts)
