"""Front matter of any make is read within bounds, or stays in the text."""

import datetime
import sys

import pytest

from reader.ingest.metadata import Metadata, about_front_matter, iso_date, split_front_matter


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


def _about(front: str) -> Metadata:
    values, text = split_front_matter(f"---\n{front}\n---\nText")
    assert text == "Text"
    return about_front_matter(values)


@pytest.mark.parametrize(
    ("field", "names", "value"),
    [
        ("title", ("title", "Title"), "A word"), ("byline", ("author", "authors", "by"), "A word"),
        ("site", ("site", "source"), "A word"),
        ("published_at", ("date", "published"), "2026-02-03"),
        ("language", ("lang", "language"), "de"), ("excerpt", ("description", "summary"), "A word"),
    ],
)  # fmt: skip
def test_front_matter_names_things_in_several_ways(
    field: str, names: tuple[str, ...], value: str
) -> None:
    for number, name in enumerate(names):
        later = [f"{each}: later" for each in names[number + 1 :] if each != "Title"]
        assert getattr(_about("\n".join([*later, f"{name}: {value}"])), field) == value


@pytest.mark.parametrize(
    ("said", "tags"),
    [
        ("tags: [a, '#b', a]", ("a", "b")), ("tags: 'a, #b,,c'", ("a", "b", "c")),
        ("keywords: [a]\ncategories: [b]", ("a",)), ("categories: [b]", ("b",)), ("tags: 3", ()),
        ("tags: [" + "x" * 90 + "]", ("x" * 80,)), ("tags: [1, true, [x], {a: b}]", ("1",)),
        (f"tags: [{', '.join(map(str, range(50)))}]", tuple(map(str, range(40)))),
    ],
)  # fmt: skip
def test_front_matter_has_tags(said: str, tags: tuple[str, ...]) -> None:
    assert _about(said).tags == tags


def test_front_matter_has_names_and_lines_within_bounds() -> None:
    assert _about("author: [Ann, {name: Ben}, '']").byline == "Ann, Ben"
    assert (
        _about(f"author: [{', '.join('abcdefghijklm')}]").byline == "a, b, c, d, e, f, g, h, i, j"
    )
    assert len(_about(f"title: {'x' * 900}").title) == 500
    assert len(_about(f"lang: {'x' * 90}").language) == 35
    assert [_about(f"title: {x}").title for x in ("null", "true", "[a]", "{a: b}", "3")] == [
        "", "", "", "", "3",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "values", "rest"),
    [
        ("---\na: b\n---\nText", {"a": "b"}, "Text"), ("--- \na: b\n...\nText", {"a": "b"}, "Text"),
        ("+++\na = 'b'\n+++\nText", {"a": "b"}, "Text"),
        ("\ufeff---\r\nA: b\r\n---", {"a": "b"}, ""),
        ("---\n- a\n---\nText", {}, None), ("+++\na: b\n+++\nText", {}, None),
        ("---\na: b\nText", {}, None), (" ---\na: b\n---\nText", {}, None), ("Text", {}, None),
        ("---\ntitle: 'a: b\n---\nText", {"title": "a: b"}, "Text"),
        ("---\nx: 'a: b\n---\nText", {}, None),
    ],
)  # fmt: skip
def test_front_matter_stands_between_fences(
    text: str, values: dict[str, str], rest: str | None
) -> None:
    assert split_front_matter(text) == (values, text if rest is None else rest)


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("2026", "2026"), ("2026-2", "2026-02"), ("2026/2/3", "2026-02-03"),
        ("2026.02.03", "2026-02-03"),
        ("2026-02-03T04:05Z", "2026-02-03"), ("2026-02-03 04:05", "2026-02-03"),
        ("2026-02-03x", ""),
        ("2026-13", ""), ("2026-02-30", ""), ("0000", ""), ("0001-01-01", "0001-01-01"), ("26", ""),
        ("February 2026", "2026-02"), ("3 Feb 2026", "2026-02-03"), ("3. feb. 2026", "2026-02-03"),
        ("Feb 3, 2026", "2026-02-03"), ("Mon, 3 May 2021 10:00", "2021-05-03"), ("3 Foo 2026", ""),
        ("30 Feb 2026", ""), (None, ""), (True, ""), (2026, "2026"),
        (datetime.date(2026, 2, 3), "2026-02-03"),
        (datetime.datetime(2026, 2, 3, 4, 5), "2026-02-03"),
        *((f"3 {name} 2026", f"2026-{number:02}-03") for number, name in enumerate(
            "jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)),
    ],
)  # fmt: skip
def test_a_date_is_as_exact_as_it_is_said(said: object, date: str) -> None:
    assert iso_date(said) == date
