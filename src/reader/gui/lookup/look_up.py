"""Look up words of the page in dictionaries, or on the web if the person asks for it."""

import logging
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtWidgets import QWidget

from reader.errors import DictionaryError, SettingsError
from reader.gui.context import Context
from reader.gui.lookup.place import Meant, meant
from reader.gui.lookup.sheet import LookUpSheet
from reader.gui.viewer import links
from reader.gui.viewer.viewer import Viewer
from reader.library.store import clock
from reader.lookup import web
from reader.lookup.dictionaries import Answer, Answers, Dictionaries, of_settings
from reader.model import Article
from reader.own_export import LookedUp

log = logging.getLogger(__name__)

_LONGEST = 300


class LookUp(QObject):
    """Shows the definitions of a word in a popover beside it.

    ``show_settings`` opens the settings of the dictionaries.
    """

    def __init__(
        self, context: Context, viewer: Viewer, show_settings: Callable[[], object]
    ) -> None:
        super().__init__(viewer)
        self._context, self._viewer = context, viewer
        self._show_settings = show_settings
        self._dictionaries: tuple[tuple[object, ...], Dictionaries] | None = None
        self._mark = QWidget(viewer.viewport())
        self._mark.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._mark.hide()
        self._asked: tuple[Meant, Article] | None = None
        self._number = 0
        self.sheet: LookUpSheet | None = None

    def look_up(self) -> None:
        """Look up the selected word, or the one under the pointer."""
        article, word = self._viewer.article, meant(self._viewer)
        if article is None or word is None:
            self._context.messages.tell("Select a word first, or point at one.")
            return
        self._asked = word, article
        self._close()
        self._mark.setGeometry(
            word.place if word.place.isValid() else QRect(QPoint(), word.place.size())
        )
        self._mark.show()
        self.ask(word.word)

    def ask(self, word: str) -> None:
        """Look up a word; only the answer about the last one is shown."""
        self._number += 1
        number = self._number
        work = partial(_look_up, self._of_settings, word)
        self._context.jobs.start(
            "Looking Up",
            lambda _: work(),
            lambda found: self._show(found) if number == self._number else None,
            stoppable=False,
        )

    def close_dictionaries(self) -> None:
        """Close the files of the dictionaries."""
        if self._dictionaries is not None:
            self._dictionaries[1].close()
            self._dictionaries = None

    # ---- its steps

    def _of_settings(self) -> Dictionaries:
        """Return the dictionaries that the settings name, in a thread."""
        settings = self._context.settings.value
        key = (settings.dictionaries, settings.dictionary_order, settings.dictionaries_off)
        if self._dictionaries is None or self._dictionaries[0] != key:
            self._dictionaries = key, of_settings(settings)
        return self._dictionaries[1]

    def _show(self, answers: Answers) -> None:
        if answers.entries:
            self._keep(answers.word, definition_of(answers))
        is_new = self.sheet is None or self.sheet.isHidden()
        if is_new:
            self._close()
            self.sheet = self._made()
        assert self.sheet is not None
        self.sheet.show_answers(answers)
        if is_new:
            self.sheet.show_beside(self._mark)

    def _keep(self, word: str, definition: str = "") -> None:
        """Keep a word with its sentence, if that is wished; not one that a link led to."""
        context, asked = self._context, self._asked
        if asked is None or not context.settings.value.keep_words or context.library.read_only:
            return
        self._asked = None
        meant, article = asked
        kept = LookedUp(
            "", word, meant.sentence, article.uid, article.title, article.url, article.language,
            definition, clock.now(),
        )  # fmt: skip
        context.jobs.write(
            lambda: context.library.vocabulary.keep(kept),
            failed=lambda error: log.warning("word not kept: %s", error),
        )

    def _made(self) -> LookUpSheet:
        sheet = LookUpSheet(self._context.window, self._context.images, self._viewer.look)
        sheet.word_wanted.connect(self.ask)
        sheet.link_wanted.connect(lambda link: links.follow(link, self._context.messages))
        sheet.web_wanted.connect(self._look_on_the_web)
        sheet.settings_wanted.connect(self._choose_dictionaries)
        sheet.closed.connect(self._mark.hide)
        return sheet

    def _close(self) -> None:
        if self.sheet is not None:
            self.sheet.close_popover()
            self.sheet.deleteLater()
            self.sheet = None

    def _choose_dictionaries(self) -> None:
        self._close()
        self._show_settings()

    def _look_on_the_web(self, word: str) -> None:
        article = self._viewer.article
        language = article.language if article is not None else ""
        try:
            address = web.address_of(self._context.settings.value.word_address, word, language)
        except SettingsError as error:
            self._context.messages.warn(str(error))
            return
        self._keep(word)
        self._close()
        links.follow(address, self._context.messages)


def definition_of(answers: Answers) -> str:
    """Return the first definition as some plain text."""
    text = answers.entries[0].text
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


def _look_up(dictionaries: Callable[[], Dictionaries], word: str) -> Answers:
    try:
        return dictionaries().look_up(word)
    except DictionaryError as error:
        return Answers(word, word, (Answer("Dictionaries", trouble=str(error)),))
