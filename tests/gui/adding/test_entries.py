"""What typed lines name: addresses, paths, or nothing that can be added."""

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl

from reader.gui.adding.entries import addresses_in, entries_in, path_of


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("https://example.org/a", ("https://example.org/a",)),
        ("  example.org/x \n", ("example.org/x",)),
        ("HTTP://EXAMPLE.org", ("HTTP://EXAMPLE.org",)),
        ("https://a.org/1 https://b.org/2", ("https://a.org/1", "https://b.org/2")),
        ("https://a.org/1\r\n\r\nb.org/2\n", ("https://a.org/1", "b.org/2")),
        ("https://a.org/1\nhttps://a.org/1", ("https://a.org/1",)),
        ("https://münchen.example/straße", ("https://münchen.example/straße",)),
    ],
)
def test_lines_are_addresses_with_or_without_a_scheme(
    text: str, addresses: tuple[str, ...]
) -> None:
    assert entries_in(text) == (addresses, (), ())


@pytest.mark.parametrize(
    "text",
    ["some words", "https://", "ftp://example.org/a", "javascript:alert(1)", "🦉", "mailto:a@b.org",
     "https://example.org:99999/", "data:text/html,x", "x" * 10_000, "https:///nowhere"],
)  # fmt: skip
def test_anything_else_stays_and_the_answer_says_what_to_enter(text: str) -> None:
    entries = entries_in(text)
    assert not entries
    assert entries.unknown == (text,)
    assert "https://example.org/article" in entries.answer()
    assert len(entries.answer()) < 250


def test_paths_are_those_of_existing_files_and_folders(tmp_path: Path) -> None:
    file = tmp_path / "an article.md"
    file.write_text("# A")
    for line in (str(file), f'"{file}"', QUrl.fromLocalFile(str(file)).toString(), file.as_uri()):
        assert entries_in(line).paths == (file,)
    assert entries_in(str(tmp_path)).paths == (tmp_path,)


@pytest.mark.parametrize(
    "line", ["/nowhere/at/all.md", "~nobody-here/a.md", "file:///nowhere", "/\0"]
)
def test_a_path_where_nothing_is_gets_its_own_answer(line: str) -> None:
    entries = entries_in(line)
    assert entries.unknown == (line,)
    assert entries.answer().startswith("There is no file or folder")


def test_what_can_be_added_is_told_from_what_cannot() -> None:
    entries = entries_in("https://a.org/1\nsome words\nmore words\nb.org/2")
    assert entries.addresses == ("https://a.org/1", "b.org/2")
    assert entries.unknown == ("some words", "more words")
    assert "nor is 1 other line" in entries.answer()


def test_a_text_around_an_address_is_not_taken_for_an_address() -> None:
    assert addresses_in("https://a.org/1\nhttps://b.org/2") == [
        "https://a.org/1",
        "https://b.org/2",
    ]
    assert addresses_in("See https://a.org/1") == []
    assert addresses_in("") == []


def test_a_file_name_in_another_encoding_is_kept() -> None:
    url = QUrl.fromEncoded(b"file:///tmp/caf%E9.md")
    path = path_of(url)
    assert path is not None
    assert bytes(path) == b"/tmp/caf\xe9.md"
    assert path_of(QUrl("https://example.org/a")) is None
