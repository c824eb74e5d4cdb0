"""However Markdown nests, the work grows with its length only, and no word is lost."""

import re
import sys
from collections.abc import Callable
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.body import bounded, markdown_paragraph
from reader.body.from_markdown import from_markdown
from reader.body.to_text import to_text

_SMALL = 8_000
_TWICE = 2.6  # what twice the text may cost

_KINDS: dict[str, Callable[[int], str]] = {
    "lists": lambda n: "\n".join(" " * (2 * i) + f"- w{i}" for i in range(int(n**0.5))),
    "numbers": lambda n: "\n".join(" " * (3 * i) + f"1. w{i}" for i in range(int(n**0.5))),
    "lists in a line": lambda n: "- " * (n // 2) + "word",
    "quotes": lambda n: ">" * n + " word",
    "quotes of quotes": lambda n: "\n".join("> " * i + f"w{i}" for i in range(1, int(n**0.5))),
    "quotes of lists": lambda n: "\n".join("> - " * i + f"w{i}" for i in range(1, int(n**0.5))),
    "lists in quotes": lambda n: "\n".join(
        "> " + " " * 4 * i + f"- w{i}" for i in range(int((n / 2) ** 0.5))
    ),
    "emphasis": lambda n: "*a **b " * (n // 7),
    "stars": lambda n: "*" * n + "word" + "*" * n,
    "underscores": lambda n: "_a __b " * (n // 7),
    "strikes": lambda n: "~~a " * (n // 4),
    "brackets": lambda n: "[" * n + "word",
    "closed brackets": lambda n: "[" * (n // 2) + "word" + "]" * (n // 2),
    "links": lambda n: "[a](<b " * (n // 7),
    "pictures": lambda n: "![a" * (n // 3),
    "backticks": lambda n: " ".join("`" * i + "w" for i in range(1, int((2 * n) ** 0.5))),
    "backslashes": lambda n: "\\" * n + "word",
    "columns": lambda n: "|" + "a|" * (n // 6) + "\n|" + "-|" * (n // 6) + "\n|" + "b|" * (n // 6),
    "empty cells": lambda n: f"|{'a|' * 99}\n|{'-|' * 99}\n" + "|b\n" * (n // 3),
    "notes of notes": lambda n: "".join(f"[^{i}]: w[^{i + 1}]\n\n" for i in range(n // 20)),
    "one note": lambda n: "[^1] " * (n // 5) + "\n\n[^1]: word",
    "abbreviations": lambda n: "\n".join(f"*[A{i}]: word" for i in range(n // 14)),
    "definitions": lambda n: "\n".join(f"[r{i}]: https://x/{i}" for i in range(n // 22)),
    "code": lambda n: "p\n\n" + "    code\n\n" * (n // 10),
    "fences": lambda n: "```\na\n" * (n // 6),
    "elements": lambda n: '<div markdown="1">\n' * (n // 19) + "word",
    "endless elements": lambda n: "<a " * (n // 3),
    "addresses": lambda n: "<http://" * (n // 8),
    "headings": lambda n: "# a\n" * (n // 4),
    "underlines": lambda n: "a\n=\n" * (n // 4),
    "lines": lambda n: "* * *\n" * (n // 6),
    "one line": lambda n: "word " * (n // 5),
    "one word": lambda n: "a" * n,
}
_WORDS = [f"w{number}w" for number in range(400)]


def _steps(text: str) -> int:
    """Return how many functions were called, and loops gone round, to read a text."""
    count = 0

    def trace(frame: FrameType, _event: str, _arg: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(trace)
    try:
        from_markdown(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("kind", _KINDS)
def test_twice_the_text_is_twice_the_work(kind: str) -> None:
    once, twice = (_steps(_KINDS[kind](size)) for size in (_SMALL, 2 * _SMALL))
    assert twice < _TWICE * max(once, 10_000)


def _nested(opening: str, step: int) -> str:
    return "\n".join(" " * (step * i) + opening + word for i, word in enumerate(_WORDS))


_SAMPLES = {
    "bullets": _nested("- ", 2),
    "numbers": _nested("1. ", 4),
    "bullets and quotes": _nested("- > ", 2),
    "quotes": "\n".join("> " * i + word for i, word in enumerate(_WORDS, 1)),
    "quotes and bullets": "\n".join("> - " * i + word for i, word in enumerate(_WORDS, 1)),
    "quotes of each its own": "\n\n".join(">" * i + word for i, word in enumerate(_WORDS, 1)),
    "emphasis": "*".join(_WORDS),
    "emphases": " ***".join(_WORDS) + "***" * 400,
    "brackets": "[".join(_WORDS),
    "closed brackets": "[".join(_WORDS) + "]" * 400,
    "links": " [x](<".join(_WORDS),
    "backticks": " ``".join(_WORDS),
    "columns": "|" + "|".join(_WORDS) + "|\n|" + "-|" * 400,
    "surplus cells": "|a|b|\n|-|-|\n|" + "|".join(_WORDS) + "|",
    "headings": "# " + "\n# ".join(_WORDS),
    "underlined": "\n=\n".join(_WORDS) + "\n=",
    "elements": "<div>".join(_WORDS),
    "elements of Markdown": '\n<div markdown="1">\n'.join(_WORDS),
    "endless elements": " <a ".join(_WORDS),
    "definitions of terms": "\n".join(
        "    " * i + f"{word}\n" + "    " * i + ":   -" for i, word in enumerate(_WORDS)
    ),
    "a giant line": " ".join(_WORDS * 300),
    "a giant list": "\n".join(f"- {word}" for word in _WORDS * 40),
}


@pytest.mark.parametrize("kind", _SAMPLES)
def test_all_words_stay_in_their_order(kind: str) -> None:
    text = _SAMPLES[kind]
    found = re.findall(r"w\d+w", to_text(from_markdown(text)))
    assert found == re.findall(r"w\d+w", text)


def test_a_picture_that_is_written_out_stays_whole() -> None:
    asked: list[str] = []
    source = "data:image/png;base64," + "iVBO" * 200_000

    def picture(attributes: object) -> None:
        asked.append(attributes["src"])  # type: ignore[index]

    from_markdown(f"Words before ![a]({source}) and after", picture=picture)
    assert asked == [source]


_ESCAPED = re.compile("\x02([0-9]+)\x03")


def _is_closed(text: str, opening: int) -> bool:
    """Return whether there are as many brackets that close as that open, at some later place."""
    depths = [
        sum((sign in "[(") - (sign in "])") for sign in text[opening:end])
        for end in range(opening + 1, len(text) + 1)
    ]
    return 0 in depths


@settings(max_examples=60, deadline=None)
@given(st.text("[]()ax!", max_size=24), st.integers(1, 6))
def test_brackets_are_escaped_if_they_are_unclosed_or_nest_too_deep(
    text: str, deepest: int
) -> None:
    written = bounded._with_brackets_closed(text, deepest)
    assert _ESCAPED.sub(lambda match: chr(int(match[1])), written) == text
    kept = _ESCAPED.sub("", written)
    depth = greatest = 0
    for sign in kept:
        depth = max(0, depth + (sign in "[(") - (sign in "])"))
        greatest = max(greatest, depth)
    assert greatest <= deepest
    if deepest == 6 and text.count("[") + text.count("(") <= 6:
        unclosed = {n for n, sign in enumerate(text) if sign in "[(" and not _is_closed(text, n)}
        wanted = (f"\x02{ord(x)}\x03" if n in unclosed else x for n, x in enumerate(text))
        assert written == "".join(wanted)


@settings(max_examples=60, deadline=None)
@given(st.text("*_a", max_size=24), st.integers(0, 5))
def test_a_sign_is_escaped_after_its_first_occurrences(text: str, most: int) -> None:
    expected = "".join(
        "\x0242\x03" if sign == "*" and text[:place].count("*") >= most else sign
        for place, sign in enumerate(text)
    )
    assert bounded._with_sign_escaped(text, "*", most) == expected


@pytest.mark.parametrize("line", ["x", "words of a line", "| a | b |", "# head", "- an item"])
def test_a_long_block_is_parted_between_lines_and_loses_no_letter(line: str) -> None:
    block = "\n".join(f"{line} {number}" for number in range(12_000))
    parts = [*markdown_paragraph.parted(block)]
    assert "\n".join(parts) == block
    assert len(parts) > 2
    assert max(map(len, parts)) <= markdown_paragraph._LONGEST
