"""Files are filed; what is in the library as it is now is not read again."""

import os
from pathlib import Path

from reader import phrases
from reader.ingest.save import add_new, add_paths, add_text, add_welcome
from reader.library.library import Library
from reader.model import Clipping, Outcome, State
from reader.resources import resource

_SAVED = "<!-- saved from url=({:04})https://example.org/{} --><title>T</title><p>{}</p>"


def _write(file: Path, text: str, seconds: float = 0) -> Path:
    """Write a file so many seconds from now."""
    file.write_text(text)
    now = file.stat().st_mtime
    os.utime(file, (now + seconds, now + seconds))
    return file


def _saved(name: str, text: str) -> str:
    return _SAVED.format(20 + len(name), name, text)


def test_a_file_comes_in_once(library: Library, tmp_path: Path) -> None:
    file = _write(tmp_path / "a.md", "# A\n\ntext", 60)
    assert add_new(library, [file]).rows[0].outcome is Outcome.ADDED
    assert add_new(library, [file]).rows == ()


def test_a_saved_page_is_known_by_its_path_too(library: Library, tmp_path: Path) -> None:
    file = _write(tmp_path / "page.html", _saved("a", "text"), 60)
    id = add_new(library, [file]).rows[0].article
    assert library.article(id).url == "https://example.org/a"
    assert library.find(file.as_uri()) == id
    assert add_new(library, [file]).rows == ()


def test_what_was_put_into_the_trash_does_not_come_back(library: Library, tmp_path: Path) -> None:
    file = _write(tmp_path / "a.md", "# A\n\ntext", 60)
    id = add_new(library, [file]).rows[0].article
    library.set_state([id], State.TRASH)
    add_new(library, [file])
    assert library.article(id).state is State.TRASH


def test_a_file_that_was_changed_comes_in_again(library: Library, tmp_path: Path) -> None:
    file = _write(tmp_path / "a.md", "# A\n\ntext")
    add_new(library, [file])
    _write(file, "# A\n\nother text", 60)
    assert add_new(library, [file]).rows[0].outcome is Outcome.UPDATED
    assert len(library.texts.versions(1)) == 2


def test_a_text_fetched_since_is_not_replaced_by_an_older_file(
    library: Library, tmp_path: Path
) -> None:
    file = _write(tmp_path / "page.html", _saved("a", "text"), -60)
    id = add_new(library, [file]).rows[0].article
    fetched = Clipping("https://example.org/a", html="<p>longer text</p>", source=b"<p>longer")
    library.add(fetched)
    assert add_new(library, [file]).rows == ()
    assert library.article(id).html == "<p>longer text</p>"


def test_a_text_that_was_chosen_is_not_replaced(library: Library, tmp_path: Path) -> None:
    file = _write(tmp_path / "a.md", "# A\n\ntext", 60)
    id = add_new(library, [file]).rows[0].article
    library.add(Clipping(file.as_uri(), html="<p>other</p>", source=file.read_bytes()))
    older = library.texts.versions(id)[-1].id
    library.texts.use(id, older)
    assert add_new(library, [file]).rows == ()


def test_a_path_names_the_page_that_lies_there_now(library: Library, tmp_path: Path) -> None:
    file = _write(tmp_path / "page.html", _saved("a", "one thing"), 60)
    first = add_paths(library, [file]).rows[0].article
    _write(file, _saved("b", "quite another matter"), 120)
    second = add_new(library, [file]).rows[0].article
    assert second != first
    assert library.find(file.as_uri()) == second
    assert library.find("https://example.org/a") == first
    assert add_new(library, [file]).rows == ()


def test_a_file_that_is_gone_is_told_of(library: Library, tmp_path: Path) -> None:
    file = _write(tmp_path / "a.md", "# A\n\ntext", 60)
    add_new(library, [file])
    file.unlink()
    assert "does not exist" in phrases.remarks(add_new(library, [file]).rows[0].remarks)


def test_what_is_read_is_reported_before_it_is_read(library: Library, tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        _write(tmp_path / name, f"# {name}\n\ntext")
    said: list[tuple[int, int, str, int]] = []

    def report(done: int, total: int, text: str) -> None:
        said.append((done, total, text, library.counts().total))

    add_paths(library, [tmp_path], report)
    assert said == [(0, 0, "Looking for articles", 0), (0, 2, "a.md", 0), (1, 2, "b.md", 1)]


def test_each_path_is_one_row_whatever_it_names(library: Library, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    file = _write(tmp_path / "a.md", "# A\n\ntext")
    paths = [file, empty, tmp_path / "no\0name.md", tmp_path / ("x" * 5000)]
    rows = add_paths(library, paths).rows
    assert [row.outcome for row in rows] == [Outcome.ADDED, *[Outcome.FAILED] * 3]
    assert all(phrases.remarks(row.remarks).endswith(".") for row in rows[1:])


def test_a_new_library_begins_with_each_of_the_bundled_articles(library: Library) -> None:
    bundled = sorted(resource("welcome").glob("*.md"))
    rows = add_welcome(library).rows
    assert bundled and [row.name for row in rows] == [file.name for file in bundled]
    assert {row.outcome for row in rows} == {Outcome.ADDED}


def test_a_file_without_its_pictures_says_how_many_are_missing(
    library: Library, tmp_path: Path
) -> None:
    file = _write(tmp_path / "a.md", "# A\n\ntext\n\n![there](gone.png)\n\n![too](away.png)")
    (row,) = add_paths(library, [file]).rows
    assert (row.outcome, phrases.remarks(row.remarks)) == (
        Outcome.ADDED,
        "2 of 2 pictures are missing",
    )


_CLIP = (
    "---\ntitle: The mill\nsource: https://example.org/mill?utm_source=x\n"
    "author:\n  - '[[Ann Lee]]'\n---\n==Marked== and [more](/more).\n"
)


def test_a_note_that_was_clipped_is_the_article_at_its_address(
    library: Library, tmp_path: Path
) -> None:
    file = _write(tmp_path / "mill.md", _CLIP, 60)
    id = add_paths(library, [file]).rows[0].article
    assert library.find("https://example.org/mill") == id
    assert library.find(file.as_uri()) == id
    article = library.article(id)
    assert (article.title, article.byline, article.site) == ("The mill", "Ann Lee", "example.org")
    assert "<mark>Marked</mark>" in article.html
    assert 'href="https://example.org/more"' in article.html
    assert add_text(library, _CLIP).rows[0].article == id


def test_a_line_of_tags_is_tags_and_no_title(library: Library, tmp_path: Path) -> None:
    file = _write(tmp_path / "a.md", "#river #mill\n\n# The weir\n\nText", 60)
    article = library.article(add_paths(library, [file]).rows[0].article)
    assert article.title == "The weir"
    assert sorted(article.tags) == ["mill", "river"]
    assert "river" not in article.html
