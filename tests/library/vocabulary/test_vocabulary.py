"""Words that were looked up stay: deleted with undo, sent to other devices, exported."""

from pathlib import Path

from reader.library.library import Library
from reader.own_export import LookedUp
from reader.own_lines import library_json, library_of

_WORD = LookedUp("", "harbour", "The harbour was full.", "uid-1", "Sea", "https://a.example/", "en")


def _names(library: Library) -> list[str]:
    return [word.name for word in library.vocabulary.all()]


def test_a_word_is_kept_once_for_each_sentence_and_the_last_one_stands_first(
    library: Library,
) -> None:
    keep = library.vocabulary.keep
    keep(_WORD._replace(looked_at="2024-01-01T00:00:00Z"))
    keep(_WORD._replace(name="full", looked_at="2024-01-02T00:00:00Z"))
    keep(_WORD._replace(looked_at="2024-01-03T00:00:00Z", definition="a place for ships"))
    assert _names(library) == ["harbour", "full"]
    assert library.vocabulary.all()[0].definition == "a place for ships"
    assert library.history.undo_text() == ""


def test_a_deleted_word_comes_back_by_undo(library: Library) -> None:
    uids = [library.vocabulary.keep(_WORD), library.vocabulary.keep(_WORD._replace(name="full"))]
    assert library.vocabulary.delete(uids[:1]) == 1
    assert _names(library) == ["full"] and "“harbour”" in library.history.undo_text()
    library.history.undo()
    assert sorted(_names(library)) == ["full", "harbour"]
    assert library.vocabulary.delete(uids) == 2
    assert "2 words" in library.history.undo_text()
    library.vocabulary.keep(_WORD)
    assert _names(library) == ["harbour"]


def test_words_go_to_other_devices_and_their_deletion_too(library: Library, tmp_path: Path) -> None:
    with Library.open(tmp_path / "other") as other:
        uid = library.vocabulary.keep(_WORD)
        _send(library, other)
        assert other.vocabulary.all() == library.vocabulary.all()
        library.vocabulary.delete([uid])
        _send(library, other)
        assert _names(other) == []


def _send(library: Library, other: Library) -> None:
    other.history.apply([*library.history.export(other.history.known())])


def test_the_own_export_brings_words_back_equal(library: Library) -> None:
    library.vocabulary.keep(_WORD._replace(looked_at="2024-01-01T00:00:00Z"))
    known = library.known.library()
    assert library_of(library_json(known)).words == library.vocabulary.all()
