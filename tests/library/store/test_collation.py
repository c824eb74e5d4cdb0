"""Text made comparable: what lists are sorted by, and what a database keeps whole."""

import pytest

from reader.library.store.collation import decoded, natural_key, sort_key, storable


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Zebra", "zebra"), ("“Éclair”", "eclair”"), ("Straße", "strasse"), ("  ...a", "a"),
        ("«»", "«»"), ("", ""), ("(1984)", "1984)"), ("ﬁn", "fin"), ("!Ça", "ca"), ("日本", "日本"),
    ],
)  # fmt: skip
def test_a_title_is_sorted_without_case_accents_and_leading_signs(text: str, key: str) -> None:
    assert sort_key(text) == key


def test_a_key_is_as_long_as_sorting_needs() -> None:
    assert sort_key("“" + "a" * 300) == "a" * 200


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Art 10é2", ["art ", 10, "e", 2, ""]), ("2", ["", 2, ""]), ("", [""]),
        ("9" * 18, ["", 10**18 - 1, ""]), ("9" * 19, ["", 10**18 - 1, "", 9, ""]),
        ("x²", ["x", 2, ""]),
    ],
)  # fmt: skip
def test_names_are_sorted_by_their_numbers(text: str, key: list[object]) -> None:
    assert natural_key(text) == key


def test_two_comes_before_ten() -> None:
    names = ["Part 10", "part 2", "Párt 1", "part"]
    assert sorted(names, key=natural_key) == ["part", "Párt 1", "part 2", "Part 10"]


def test_a_damaged_letter_costs_no_other() -> None:
    assert decoded(b"a\xffb\xc3\xa9") == "a�bé"
    assert decoded(None) == decoded(b"") == ""


@pytest.mark.parametrize(
    ("text", "kept"),
    [("a\0b", "ab"), ("\ud83d\ude00\ud83d", "😀�"), ("\ud800\0", "�"), ("plain é", "plain é")],
)
def test_what_no_database_keeps_is_left_out(text: str, kept: str) -> None:
    assert storable(text) == kept
