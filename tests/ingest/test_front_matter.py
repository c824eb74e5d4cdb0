"""Front matter of any make is read within bounds, or stays in the text."""

import sys

import pytest

from reader.ingest.front_matter import about_front_matter, split_front_matter, split_tag_lines
from reader.ingest.metadata import Metadata


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
    ("front", "title"),
    [
        ("title: The mill: a history", "The mill: a history"), ("title:\tThe mill", "The mill"),
        ("by: @ann\ntitle: The mill", "The mill"), ("title: %mill\nx: [", "%mill"),
        ("title: old\ntitle: The mill", "The mill"), ("title: '**The** `mill`'", "The mill"),
        ("title: '[The mill](https://example.org/)'", "The mill"),
        ("title: '[![ok](https://b.example/x.svg)](https://b.example) The mill'", "The mill"),
    ],
)  # fmt: skip
def test_a_title_is_read_from_yaml_that_is_not_strict_and_has_no_signs(
    front: str, title: str
) -> None:
    assert _about(front).title == title


@pytest.mark.parametrize(
    ("front", "byline"),
    [
        ("author: [[Ann Lee]]", "Ann Lee"), ("author:\n  - '[[Ann Lee]]'", "Ann Lee"),
        ("author:\n  - '[[people/Ann|Ann Lee]]'\n  - Ben", "Ann Lee, Ben"),
        ("author: Ann Lee <ann@example.org>", "Ann Lee"), ("by: '@ann'", "@ann"),
        ("title: a: b\nauthor:\n  - '[[Ann Lee]]'\n  - Ben", "Ann Lee, Ben"),
        ("title: a: b\nauthor: [Ann, 'Ben']", "Ann, Ben"),
    ],
)  # fmt: skip
def test_authors_have_no_brackets(front: str, byline: str) -> None:
    assert _about(front).byline == byline


@pytest.mark.parametrize("name", ["source", "url", "link", "canonical_url"])
def test_a_note_that_was_clipped_is_the_article_at_its_address(name: str) -> None:
    about = _about(
        f"{name}: https://www.example.org/mill?a=1\npublished: 2026-02-03\ncreated: 2026-05-01"
    )
    assert about.canonical == "https://www.example.org/mill?a=1"
    assert (about.site, about.published_at) == ("example.org", "2026-02-03")
    assert _about("created: 2026-05-01").published_at == "2026-05-01"
    assert _about(f"{name}: https://example.org/a\ncreated: 2026-05-01").published_at == ""
    assert _about(f"{name}: /about/").canonical == ""
    assert _about(f"{name}: The book of mills, see https://example.org/").canonical == ""
    assert (
        _about(f"{name}: '[The mill](https://example.org/mill)'").canonical
        == "https://example.org/mill"
    )


def test_taxonomies_of_hugo_and_zola_are_read() -> None:
    text = "+++\ntitle = 'T'\n[taxonomies]\ntags = ['river']\nauthors = ['Ann Lee']\n+++\nText"
    values, rest = split_front_matter(text)
    about = about_front_matter(values)
    assert (about.title, about.tags, about.byline, rest) == ("T", ("river",), "Ann Lee", "Text")


def test_front_matter_may_be_json_or_properties() -> None:
    values, rest = split_front_matter('{\n  "Title": "T",\n  "tags": ["a"]\n}\n\nText')
    assert (values, rest) == ({"title": "T", "tags": ["a"]}, "\nText")
    assert split_front_matter('{"a": 1} is how it begins') == ({}, '{"a": 1} is how it begins')
    values, rest = split_front_matter("title:: T\nurl:: https://example.org/a\n\n- Text")
    assert about_front_matter(values).canonical == "https://example.org/a"
    assert rest == "\n- Text"


def test_lines_of_tags_are_tags() -> None:
    assert split_tag_lines("#river #mill/old\n\n# The weir\n\nText") == (
        ("river", "mill/old"),
        "\n# The weir\n\nText",
    )
    assert split_tag_lines("Text\n\nTags: #a, #b")[0] == ("a", "b")
    for text in ("# The weir\n\nText", "#1 in the list\nText", "#only", "See #river\n\nText"):
        assert split_tag_lines(text) == ((), text)
