"""What a PDF says and where, read back with nothing of the program that wrote it."""

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import pikepdf

_RANGE = re.compile(r"<([0-9A-F]+)> <([0-9A-F]+)> (?:<([0-9A-F]+)>|\[([^\]]*)\])")


_MARKER = re.compile(r"(?:[•◦▪☐☑]|(?:-?\d+|[IVXLCDM]+|[ivxlcdm]+|[A-Z]{1,3}|[a-z]{1,3})\.)\s*")


class Glyph(NamedTuple):
    """What a glyph says and where its base line begins, in points from the lower left corner.

    ``mcid`` is the number of the marked content around it, None if there is none; ``artifact``
    tells that it is said to be for the eye alone, ``tag`` what type the content around it has.
    Glyphs with an ActualText are one.
    """

    said: str
    page: int
    x: float
    y: float
    mcid: int | None
    artifact: bool
    tag: str = ""


def glyphs(file: Path) -> Iterator[Glyph]:
    """Yield all glyphs of a PDF in the order in which they are painted."""
    with pikepdf.open(file) as pdf:
        for number, page in enumerate(pdf.pages):
            yield from _of_page(page, number)


def words_of(file: Path) -> list[list[str]]:
    """Return the words of each page; a new line and a wide gap begin a new word."""
    pages: list[list[str]] = []
    before: Glyph | None = None
    for each in glyphs(file):
        while len(pages) <= each.page:
            pages.append([""])
        apart = before is None or before.page != each.page or abs(before.y - each.y) > 0.5
        if apart:
            pages[-1].append("")
        for sign in each.said:
            if sign.isspace():
                pages[-1].append("")
            else:
                pages[-1][-1] += sign
        before = each
    return [[word for word in page if word] for page in pages]


def without_markers(found: list[Glyph]) -> list[Glyph]:
    """Return glyphs without those that are artifacts or the markers of a list."""
    kept: list[Glyph] = []
    for (_, _, tag), group in groupby(found, lambda each: (each.page, each.mcid, each.tag)):
        run = list(group)
        is_marker = tag == "Lbl" and _MARKER.fullmatch("".join(each.said for each in run))
        kept += [each for each in run if not (each.artifact or is_marker)]
    return kept


def _of_page(page: pikepdf.Page, number: int) -> Iterator[Glyph]:
    names: Any = page.obj.Resources.get("/Font", pikepdf.Dictionary())
    fonts = {name: _letters(font) for name, font in names.items()}
    state = _State()
    for each in pikepdf.parse_content_stream(page):
        assert isinstance(each, pikepdf.ContentStreamInstruction)
        yield from state.do(str(each.operator), each.operands, fonts, number)


class _State:
    """As much of the graphics state as tells where text stands."""

    def __init__(self) -> None:
        self._matrix = pikepdf.Matrix()
        self._saved: list[pikepdf.Matrix] = []
        self._text = pikepdf.Matrix()
        self._font = ""
        self._tags: list[tuple[str, int | None]] = []
        self._instead: list[str | None] = []

    def do(
        self, name: str, operands: Any, fonts: dict[str, dict[int, str]], page: int
    ) -> Iterator[Glyph]:
        numbers = [float(each) for each in operands] if name in ("cm", "Tm", "Td") else []
        if name == "q":
            self._saved.append(self._matrix)
        elif name == "Q":
            self._matrix = self._saved.pop()
        elif name == "cm":
            self._matrix = pikepdf.Matrix(*numbers) @ self._matrix
        elif name == "Tm":
            self._text = pikepdf.Matrix(*numbers)
        elif name == "Td":
            self._text = pikepdf.Matrix(1, 0, 0, 1, *numbers) @ self._text
        elif name == "Tf":
            self._font = str(operands[0])
        elif name in ("BMC", "BDC", "EMC"):
            self._mark(name, operands)
        elif name == "Tj":
            yield from self._shown(bytes(operands[0]), fonts[self._font], page)

    def _mark(self, name: str, operands: Any) -> None:
        if name == "EMC":
            self._tags.pop()
            self._instead.pop()
            return
        about = operands[1] if name == "BDC" else pikepdf.Dictionary()
        if "/ActualText" in about:
            self._tags.append(self._tags[-1] if self._tags else ("", None))
            self._instead.append(str(about.ActualText))
            return
        mcid = about.get("/MCID")
        self._tags.append((str(operands[0]), None if mcid is None else int(mcid)))
        self._instead.append(None)

    def _shown(self, codes: bytes, letters: dict[int, str], page: int) -> Iterator[Glyph]:
        where = self._text @ self._matrix
        tag, mcid = self._tags[-1] if self._tags else ("", None)
        for start in range(0, len(codes), 2):
            said = letters.get(int.from_bytes(codes[start : start + 2]), "\ufffd")
            if self._instead and (instead := self._instead[-1]) is not None:
                said, self._instead[-1] = instead, ""  # ISO 32000-1, 14.9.4: all is said at once
            if said:
                yield Glyph(said, page, where.e, where.f, mcid, tag == "/Artifact", tag[1:])


def _letters(font: Any) -> dict[int, str]:
    found: dict[int, str] = {}
    said = font.ToUnicode.read_bytes().decode("ascii")
    for first, last, one, several in _RANGE.findall(said[said.index("begincmap") :]):
        codes = re.findall(r"<([0-9A-F]+)>", several)
        for step in range(int(last, 16) - int(first, 16) + 1):
            code = codes[step] if codes else f"{int(one, 16) + step:04X}"
            found[int(first, 16) + step] = bytes.fromhex(code).decode("utf-16-be")
    return found
