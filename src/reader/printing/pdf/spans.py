"""Replace the marks of painted texts in a PDF by these texts.

See ``reader.printing.pdf.actual_text`` for the marks. A line whose glyphs have other letters
becomes a Span with it (ISO 32000-1, 14.9.4). Readers do not agree on such a text from right to
left; there the glyphs are put in the order of other programs: the words in that of the text, the
glyphs of a word from left to right.
"""

import re
import zlib
from collections.abc import Mapping, Sequence
from itertools import accumulate, chain, groupby
from typing import NamedTuple

import pikepdf
from pikepdf import Name

from reader.printing.pdf.actual_text import DIVIDED, MARK_Y, UNPAINTED, Said, Texts
from reader.printing.pdf.glyph_letters import Fonts, GlyphLetters, learn
from reader.printing.pdf.marks import END, has_marks, parts_after_marks

_WAY = b" cm\n"

_OBJECT = re.compile(
    rb"q\n(?:(?!q\n)[^\n]*\n){0,6}BT\n/(F\d+) (?P<head>[^\n]*\n)(?P<shown>(?:[^\n]* Tj\n)+)ET\nQ\n"
)
_MOVE = re.compile(rb"(\S+) (\S+) Td <(\w{4})> Tj\n")
_SHOWN = re.compile(rb"<(\w{4})> Tj\n")
_SHOWN_END = b"> Tj\n"
_LEFTWARD = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff"
_RTL = re.compile(f"[{_LEFTWARD}\u202b\u202e\u2067]")
_STRONG = re.compile(rf"[^\W{_LEFTWARD}]")
_BLANKS = dict.fromkeys(map(ord, "\t \xa0\xad\u2028\ufffc" + UNPAINTED))
_UNSAID = {**dict.fromkeys(map(ord, UNPAINTED + "\ufffc")), 0x2028: " "}
_END_SPAN = b"EMC\n"

_Letters = Mapping[bytes, GlyphLetters]


class TextWriter:
    """Replaces the marks of texts in one file."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._fonts = Fonts()

    def write(self, pdf: pikepdf.Pdf) -> None:
        """Replace the marks of all pages; the letters are still to be written."""
        for number in sorted(self._texts.pages):
            page = pdf.pages[number].obj
            content = self.content(page, page.Contents.read_bytes())
            # Compressed here, because zlib lets other threads run meanwhile.
            page.Contents.write(zlib.compress(content), filter=Name.FlateDecode)

    def content(self, page: pikepdf.Object, content: bytes) -> bytes:
        """Return the content of a page without marks, given that with its tags."""
        if not has_marks(content, MARK_Y):
            return content
        fonts = self._fonts.of(page)
        whole: list[bytes] = []
        for mark, part in parts_after_marks(content, MARK_Y):
            if mark == DIVIDED:
                whole[-1] = _divided(whole[-1])
            whole.append(part if mark >= END else _line(part, self._texts.texts[mark], fonts))
        return b"".join(whole)

    def write_letters(self) -> None:
        """Write the letters of glyphs that the pages have taught."""
        self._fonts.write()


class _Object(NamedTuple):
    """A text object: its bytes, the place of its first glyph, and the letters of all."""

    whole: bytes
    x: float
    letters: str


def _line(part: bytes, said: Said, fonts: _Letters) -> bytes:
    """Return a painted line with its text."""
    shown = [(fonts[each[1]], _SHOWN.findall(each["shown"])) for each in _OBJECT.finditer(part)]
    learn(shown, said.text)
    letters = ["".join(font.of(codes)) for font, codes in shown]
    apart = _END_SPAN in part  # a Span may not cross the tag that begins or ends within the line
    if _RTL.search(said.text):
        return _from_right(part, letters, leftward=said.leftward and not apart)
    if apart or "".join(letters).translate(_BLANKS) == said.text.translate(_BLANKS):
        return part
    return _in_span(part, said.text)


def _in_span(part: bytes, text: str) -> bytes:
    """Return a line in a Span, which begins and ends in the same graphics state.

    Else readers (poppler 22) look for the text in the wrong place.
    """
    start, end = part.find(b"BT\n"), part.rfind(b"ET\n") + len(b"ET\n")
    if start < 0:
        start, end = 0, len(part)
    return part[:start] + _begin(text) + part[start:end] + _END_SPAN + part[end:]


def _from_right(part: bytes, letters: Sequence[str], *, leftward: bool) -> bytes:
    """Return a line with words from right to left; ``leftward`` if it begins on the right.

    An object without a matrix of its own stands under another one, and stays where it is.
    """
    found = [*_OBJECT.finditer(part)]
    objects = [
        _Object(_from_left(each, text), float(each["shown"].split(b" ", 1)[0]), text)
        for each, text in zip(found, letters, strict=True)
    ]
    movable = [each for each in objects if _WAY in each.whole]
    order = iter([*chain.from_iterable(reversed(_runs(movable)))] if leftward else movable)
    placed = iter([next(order) if _WAY in each.whole else each for each in objects])
    return _OBJECT.sub(lambda _: next(placed).whole, part)


def _runs(objects: Sequence[_Object]) -> list[list[_Object]]:
    """Return the directional runs of a line, which Qt paints from left to right (UAX #9, L2).

    Within a run from right to left, it paints each object on the left of the one before.
    """
    runs: list[list[_Object]] = []
    for each in objects:
        if runs and each.x < runs[-1][-1].x:
            runs[-1].append(each)
        else:
            runs.append([each])
    whole: list[list[_Object]] = []
    for rightward, group in groupby(runs, _is_rightward):
        if rightward:
            whole += _trimmed([run[0] for run in group])
        else:
            whole += group
    return whole


def _is_rightward(run: Sequence[_Object]) -> bool:
    return len(run) == 1 and not _RTL.search(run[0].letters)


def _trimmed(run: list[_Object]) -> list[list[_Object]]:
    """Return a run from left to right, and the signs around it apart, which are not of it."""
    strong = [index for index, each in enumerate(run) if _STRONG.search(each.letters)]
    first, last = (strong[0], strong[-1]) if strong else (0, 0)
    before, after = run[:first], run[last + 1 :]
    return [*([each] for each in before), run[first : last + 1], *([each] for each in after)]


def _from_left(each: re.Match[bytes], letters: str) -> bytes:
    """Return a text object with its glyphs in order from left to right."""
    moves = [*_MOVE.finditer(each["shown"])]
    end = sum(len(move[0]) for move in moves)
    if not _RTL.search(letters) or not moves or moves[-1].end() != end:
        return each[0]
    xs = [*accumulate(float(move[1]) for move in moves)]
    ys = [*accumulate(float(move[2]) for move in moves)]
    before = (0.0, 0.0)
    turned = []
    for x, y, move in zip(xs[::-1], ys[::-1], moves[::-1], strict=True):
        turned.append(b"%.8g %.8g Td <%s> Tj\n" % (x - before[0], y - before[1], move[3]))
        before = x, y
    return each[0].replace(each["shown"][:end], b"".join(turned))


def _begin(text: str) -> bytes:
    """Begin a Span; a soft hyphen is only heard at the end of a line."""
    said = text[:-1].replace("\N{SOFT HYPHEN}", "") + text[-1:]
    said = said.translate(_UNSAID)
    return b"/Span <</ActualText <FEFF%s>>> BDC\n" % said.encode("utf-16-be").hex().encode()


def _divided(part: bytes) -> bytes:
    """Return a painted line whose last glyph, a hyphen, is only that of a divided word."""
    start, end = part.rfind(b"<"), part.rfind(_SHOWN_END)
    if not 0 <= start < end:
        return part
    end += len(_SHOWN_END)
    return part[:start] + _begin("\N{SOFT HYPHEN}") + part[start:end] + _END_SPAN + part[end:]
