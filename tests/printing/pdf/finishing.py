"""A PDF of blank pages, finished."""

from pathlib import Path

import pikepdf

from reader.printing.pdf.finish import Metadata, finish

BLANK = Metadata("", "", "", "", (), (), {}, None, shows_outline=False, folded=False)


def finished(folder: Path, about: Metadata, pages: int = 3) -> pikepdf.Pdf:
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page()
        pdf.save(folder / "raw.pdf")
    finish(folder / "raw.pdf", folder / "new.pdf", about)
    return pikepdf.open(folder / "new.pdf")
