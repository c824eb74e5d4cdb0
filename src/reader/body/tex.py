"""Simple TeX formulas in a text, as the text that MathML of the same formula becomes.

Formulas stand between ``$…$``, ``$$…$$``, ``\\(…\\)`` and ``\\[…\\]``. Anything else
stays as it is: prices, variables of a shell, and formulas that are not simple.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from lxml import etree

from reader.body import formula
from reader.body.tex_signs import ACCENTS, FUNCTIONS, LARGE, LETTERS, OPERATORS, SPACES, doubled

_FORMULA = re.compile(
    r"\$\$(?P<display>[^$]{1,2000}?)\$\$"
    r"|\\\[(?P<square>.{1,2000}?)\\\]"
    r"|\\\((?P<round>.{1,2000}?)\\\)"
    # as Pandoc: no space inside, and no digit or letter after it
    r"|(?<![\w$\\])\$(?=\S)(?P<inline>[^$\n]{1,500}?)(?<=[^\s\\])\$(?![\w$])",
    re.DOTALL,
)
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\d+(?:\.\d+)?|\s+|.", re.DOTALL)
_UNSEEN = re.compile("[\xad\u200b\u2060]")
_TEXT = re.compile(r"\\(?:text|mathrm|operatorname|mbox|textrm)\s*\{[^{}]*\}")
_WORD = re.compile(r"(?<!\\)(?<![A-Za-z])[A-Za-z]{3,}")
_VARIABLE = re.compile(r"[A-Za-z]")
_RELATION = re.compile(r"[\^_=<>+*/|()-]")
_DEEPEST = 20
_WORDS = frozenset({r"\text", r"\mathrm", r"\operatorname", r"\mbox", r"\textrm"})
_SHAPES = frozenset({r"\mathbf", r"\mathit", r"\mathsf", r"\mathcal", r"\boldsymbol", r"\bm"})
_FRACTIONS = frozenset({r"\frac", r"\dfrac", r"\tfrac"})
_FENCES = frozenset({r"\left", r"\right"})
_IGNORED = _FENCES | {r"\big", r"\Big", r"\displaystyle", r"\limits", r"\!"}
_SPACED = FUNCTIONS | LARGE.keys()
_ESCAPED = frozenset(r"\{ \} \% \$ \# \& \_".split())


class _NotSimpleError(Exception):
    """The formula has something that one line of text cannot show."""


class Piece(NamedTuple):
    """A piece of a text, and how it is shown if it is a formula, None otherwise."""

    source: str
    shown: formula.Pieces | None


class Formula(NamedTuple):
    """A formula in a text: its start and end, its TeX, and whether it stands apart."""

    start: int
    end: int
    source: str
    display: bool


def formulas(text: str) -> Iterator[Formula]:
    """Yield the sure formulas of a text in order, even those that one line cannot show."""
    at = 0 if may_have_formulas(text) else len(text)
    while match := _FORMULA.search(text, at):
        kind = match.lastgroup or ""
        source = _UNSEEN.sub("", match[kind]).strip()
        sure = _is_mathematics(source)
        at = match.end() if sure else match.start() + 1
        if sure:
            yield Formula(match.start(), match.end(), source, kind in ("display", "square"))


def delimited(source: str, *, display: bool = False) -> str:
    """Return TeX between the signs that Markdown has for formulas."""
    mark = "$$" if display else "$"
    return f"{mark}{' '.join(source.split())}{mark}"


def pieces_of(text: str) -> Iterator[Piece]:
    """Yield the formulas of a text and the pieces between them, which join to the text."""
    at = 0
    for start, end, source, _ in formulas(text):
        if (shown := shown_as(source)) is None:
            continue
        if start > at:
            yield Piece(text[at:start], None)
        yield Piece(text[start:end], shown)
        at = end
    if at < len(text):
        yield Piece(text[at:], None)


def may_have_formulas(text: str) -> bool:
    """Return whether a text has a sign with which a formula begins."""
    return "$" in text or "\\(" in text or "\\[" in text


def shown_as(source: str) -> formula.Pieces | None:
    """Return how TeX is shown on one line, None if that is impossible."""
    try:
        return formula.text_of(_Reader(source).math())
    except _NotSimpleError:
        return None


def _is_mathematics(source: str) -> bool:
    """Return whether a text between the signs of a formula is surely one."""
    if re.search(r"\\[A-Za-z{|]", source):
        return True
    if any(source.count(one) != source.count(other) for one, other in ("()", "[]", "{}")):
        return False
    if _WORD.search(_TEXT.sub("", source)):
        return False
    if _VARIABLE.search(source):
        return len(source) == 1 or _RELATION.search(source) is not None
    return "^" in source or "=" in source


class _Reader:
    """Reads one formula into a tree of MathML."""

    def __init__(self, source: str) -> None:
        self._tokens = [sign[0] for sign in _TOKEN.finditer(source)]
        self._at = 0
        self._depth = 0

    def math(self) -> etree._Element:
        """Return the formula. Raises _NotSimpleError."""
        row = _element("math", *self._row(""))
        if self._at < len(self._tokens):
            raise _NotSimpleError
        return row

    def _row(self, end: str) -> Iterator[etree._Element]:
        """Read up to a sign, which is left out; ``""`` is the end of the formula."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _NotSimpleError
        before = ""
        while (sign := self._next()) != end:
            if not sign:
                raise _NotSimpleError
            if sign in _FENCES and self._peek() == ".":
                self._at += 1  # a fence that is not seen
            elif not sign.isspace() and sign not in _IGNORED:
                if sign in _SPACED and (before.isalnum() or before in LETTERS):
                    yield _element("mspace")
                yield self._with_scripts(sign)
                if sign in _SPACED and _is_operand(self._peek()):
                    yield _element("mspace")
                before = sign
        self._depth -= 1

    def _next(self) -> str:
        self._at += 1
        return self._tokens[self._at - 1] if self._at <= len(self._tokens) else ""

    def _peek(self) -> str:
        while self._at < len(self._tokens) and self._tokens[self._at].isspace():
            self._at += 1
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _argument(self) -> etree._Element:
        self._peek()
        return self._atom(self._next())

    def _with_scripts(self, sign: str) -> etree._Element:
        base = self._atom(sign)
        scripts = self._scripts()
        found = [side for side in "_^" if side in scripts]
        if not found:
            return base
        name = {"_": "msub", "^": "msup", "_^": "msubsup"}["".join(found)]
        return _element(name, base, *(scripts[side] for side in found))

    def _scripts(self) -> dict[str, etree._Element]:
        scripts: dict[str, etree._Element] = {}
        while (sign := self._peek()) in ("^", "_", "'"):
            self._at += 1
            side = "^" if sign == "'" else sign
            if side in scripts:
                raise _NotSimpleError
            scripts[side] = self._primes() if sign == "'" else self._argument()
        return scripts

    def _primes(self) -> etree._Element:
        count = 1
        while self._peek() == "'":
            self._at, count = self._at + 1, count + 1
        return _leaf("mo", "′" * count)

    def _atom(self, sign: str) -> etree._Element:
        if sign == "{":
            return _element("mrow", *self._row("}"))
        if not sign or sign in "}&^_~#%\\":
            if sign == "~":
                return _element("mspace")
            raise _NotSimpleError
        if sign.startswith("\\"):
            return self._command(sign)
        if sign[0].isdigit():
            return _leaf("mn", sign)
        return _leaf("mi" if sign.isalpha() else "mo", {"-": "−", "*": "∗"}.get(sign, sign))

    def _command(self, sign: str) -> etree._Element:
        made = _sign(sign)
        if made is not None:
            return made
        if sign in _FRACTIONS:
            return _element("mfrac", self._argument(), self._argument())
        if sign in ACCENTS:
            return self._accented(ACCENTS[sign])
        if sign in _SHAPES:
            return self._argument()
        others: dict[str, Callable[[], etree._Element]] = {
            r"\sqrt": self._root, r"\mathbb": self._doubled, **dict.fromkeys(_WORDS, self._words),
        }  # fmt: skip
        if sign not in others:
            raise _NotSimpleError
        return others[sign]()

    def _words(self) -> etree._Element:
        if self._peek() != "{":
            raise _NotSimpleError
        self._at += 1
        words = ""
        while (sign := self._next()) != "}":
            if not sign or sign in "{$^" or (sign.startswith("\\") and sign not in SPACES):
                raise _NotSimpleError
            words += SPACES.get(sign, sign)
        parts = [_leaf("mtext", words)]
        if words[:1].isspace():
            parts.insert(0, _element("mspace"))
        if words[-1:].isspace():
            parts.append(_element("mspace"))
        return _element("mrow", *parts)

    def _root(self) -> etree._Element:
        if self._peek() != "[":
            return _element("msqrt", self._argument())
        self._at += 1
        index = _element("mrow", *self._row("]"))
        return _element("mroot", self._argument(), index)

    def _doubled(self) -> etree._Element:
        letter = doubled("".join(map(str, self._argument().itertext())))
        if not letter:
            raise _NotSimpleError
        return _leaf("mo", letter)

    def _accented(self, accent: str) -> etree._Element:
        base = self._argument()
        if len("".join(map(str, base.itertext()))) != 1:
            raise _NotSimpleError
        return _element("mover", base, _leaf("mo", accent))


def _sign(sign: str) -> etree._Element | None:
    """Return the element of a command that is one sign, None for any other."""
    if sign in LETTERS:
        return _leaf("mi", LETTERS[sign])
    if sign in FUNCTIONS:
        return _leaf("mi", sign[1:])
    if sign in SPACES:
        return _element("mspace")
    if sign in _ESCAPED:
        return _leaf("mo", sign[1:])
    other = OPERATORS.get(sign) or LARGE.get(sign)
    return _leaf("mo", other) if other else None


def _is_operand(sign: str) -> bool:
    return sign.isalnum() or (sign.startswith("\\") and sign not in OPERATORS)


def _leaf(name: str, text: str) -> etree._Element:
    element = etree.Element(name)
    element.text = text
    return element


def _element(name: str, *children: etree._Element) -> etree._Element:
    element = etree.Element(name)
    element.extend(children)
    return element
