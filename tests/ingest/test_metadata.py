"""Front matter of any make is read within bounds, or stays in the text."""

import sys

import pytest

from reader.ingest.metadata import about_front_matter, split_front_matter


def _aliases(levels: int) -> str:
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, levels)]
    return "\n".join([*lines, f"author: *a{levels - 1}"])


@pytest.mark.parametrize(
    "front",
    [
        _aliases(9),
        _aliases(9).replace("[", "{<<: [").replace("]", "]}"),
        "author: " + "[" * 9000,
        "author: " + "{a: " * 4000,
        "date: 0001-01-01T00:00:00+23:59",
        "x: 0x" + "f" * 9000,
        "? [a, b]\n: c",
        "0x" + "f" * 9000 + ": x",
        "x: !!python/object/apply:os.system [ls]",
        "\n".join(f"k{i}: v" for i in range(1500)),
    ],
)
def test_the_title_is_read_beside_anything(front: str) -> None:
    steps = 0

    def trace(*_: object) -> None:
        nonlocal steps
        steps += 1

    sys.setprofile(trace)
    try:
        values, text = split_front_matter(f"---\ntitle: The mill\n{front}\n---\nText")
        about = about_front_matter(values)
    finally:
        sys.setprofile(None)
    assert (about.title, text) == ("The mill", "Text")
    assert steps < 2_000_000


def test_what_is_larger_stays_in_the_text() -> None:
    front = "\n".join(f"key{i}: value" for i in range(100_000))
    whole = f"---\ntitle: x\n{front}\n---\nText"
    assert split_front_matter(whole) == ({}, whole)


def test_names_and_titles_are_one_clean_line() -> None:
    values, _ = split_front_matter(
        '---\ntitle: "a\\n\\u202eb\\x07"\nauthor: [[x], {name: y}]\n---\n'
    )
    about = about_front_matter(values)
    assert (about.title, about.byline) == ("a b", "y")
