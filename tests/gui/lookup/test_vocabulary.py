"""The vocabulary shows words with their sentences, and leads to them, deletes and exports them."""

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot
from tests.lookup import writing

from reader.gui.lookup.vocabulary_window import VocabularyWindow
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import Article
from reader.own_export import LookedUp


def _shown(vocabulary: VocabularyWindow) -> list[str]:
    return [word.name for word in vocabulary.chosen_or_all()]


def test_a_word_that_was_looked_up_is_kept_with_its_sentence_unless_that_is_switched_off(
    qtbot: QtBot, tmp_path: Path, add: Callable[..., Article], make_window: Callable[..., Window]
) -> None:
    article = add("Sea", "It was late. Two ships came. They left.")
    writing.stardict(tmp_path / "in", "one", {"ship": "what sails", "sail": "cloth"})
    window = make_window(dictionaries=str(tmp_path / "in"))
    qtbot.waitUntil(lambda: window.viewer.document_ready)
    look_up = window.controllers.page.look_up

    def look(word: str) -> None:
        window.viewer.setTextCursor(window.viewer.document().find(word))
        window.qactions["word.look_up"].trigger()
        qtbot.waitUntil(lambda: look_up.sheet is not None and look_up.sheet.isVisible())

    window.store.update(keep_words=False)
    look("ships")
    window.store.update(keep_words=True)
    assert window.library.vocabulary.all() == ()
    look("ships")
    qtbot.waitUntil(lambda: bool(window.library.vocabulary.all()))
    (kept,) = window.library.vocabulary.all()
    told = (kept.name, kept.sentence, kept.article, kept.definition)
    assert told == ("ship", "Two ships came.", article.uid, "what sails")


def test_words_are_filtered_deleted_with_undo_and_exported(
    qtbot: QtBot, library: Library, make_window: Callable[..., Window], tmp_path: Path
) -> None:
    for name in ("Café", "sea", "ship"):
        library.vocabulary.keep(LookedUp("", name, f"The {name}."))
    window = make_window()
    controller = window.controllers.around.vocabulary
    vocabulary = controller.show()
    vocabulary.filter.setText("cafe")
    assert _shown(vocabulary) == ["Café"]
    vocabulary.tree.selectAll()
    vocabulary.delete.click()
    qtbot.waitUntil(lambda: vocabulary.tree.topLevelItemCount() == 0)
    library.history.undo()
    controller.refresh()
    assert _shown(vocabulary) == ["Café"]
    controller.save(vocabulary.chosen_or_all(), tmp_path / "words.tsv")
    qtbot.waitUntil((tmp_path / "words.tsv").exists)
    qtbot.waitUntil(lambda: not window.context.jobs.running)
    assert "Café\tThe <b>Café</b>." in (tmp_path / "words.tsv").read_text("utf-8")
    vocabulary.close()


def test_a_word_leads_to_its_sentence(
    qtbot: QtBot, library: Library, add: Callable[..., Article], make_window: Callable[..., Window]
) -> None:
    article = add("Sea", "Word. " * 3000 + "\n\nTwo ships came.")
    add("Other", "Nothing.")
    window = make_window()
    word = LookedUp("", "ship", "Two ships came.", article.uid)
    window.controllers.around.vocabulary.open_sentence(word)
    qtbot.waitUntil(lambda: window.viewer.textCursor().selectedText() == "Two ships came.")
    assert window.viewer.article_id == article.id
    window.controllers.around.vocabulary.open_sentence(word._replace(article="gone"))
    assert "no longer in the library" in window.context.messages.text()
