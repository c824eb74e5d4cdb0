"""Search: results in the list as the user types, and marked words on the page."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache, partial

from PySide6.QtCore import QObject, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter

from reader.errors import LibraryError
from reader.gui.context import Context
from reader.gui.list.articles import ArticleList
from reader.gui.list.head import ListHead
from reader.gui.list.listings import SearchListing
from reader.gui.list.row import Marked
from reader.gui.search.field import SearchField
from reader.gui.search.note import SearchNote
from reader.gui.viewer.find_bar import FindBar
from reader.library.search.query_parser import Question, last_piece, misread, question
from reader.model import Row
from reader.progress import Report

_TYPED, _ASKED = 200, 2000
_MOST_SNIPPETS = 400
_SEEN = 6  # following rows, whose snippets are made in the same query


class Search(QObject):
    """Shows the results of the search field in the list.

    ``shown`` carries the text of a search whose results are shown; ``ended`` is emitted if the
    field is empty again. ``find_bar`` returns the bar that marks words
    on the page, and creates it on first use.
    """

    shown = Signal(str)
    ended = Signal()

    def __init__(
        self,
        context: Context,
        field: SearchField,
        head: ListHead,
        articles: ArticleList,
        find_bar: Callable[[], FindBar],
    ) -> None:
        super().__init__(articles)
        self._library = context.library
        self._jobs = context.jobs
        self._messages = context.messages
        self._field = field
        self._head = head
        self._list = articles
        self._find_bar = find_bar
        self._question: Question | None = None
        self._most = _TYPED
        self._note: SearchNote | None = None
        self._snippets: dict[int, Marked] = {}
        self._names = QStringListModel(self)
        self._complete_with(field)
        field.card_wanted.connect(self.show_card)
        field.list_wanted.connect(self._to_list)
        field.left.connect(articles.setFocus)

    def _complete_with(self, field: SearchField) -> None:
        completer = QCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        field.setCompleter(completer)
        field.textEdited.connect(self._suggest)

    # ---- searching

    @property
    def active(self) -> bool:
        """Whether the list shows search results."""
        return self._question is not None

    def ask(self, text: str, finished: bool = True) -> None:
        """Show the results of a search; until it is ``finished``, the last word is a prefix."""
        if not text.strip():
            self.end()
            return
        most = _ASKED if finished else _TYPED
        try:
            listing = SearchListing(self._library, partial(self._find, text, finished, most))
        except LibraryError as error:
            self._messages.warn(str(error), "Rebuild the Index", self.rebuild)
            return
        self._question, self._most = _questions(text, finished, _today())[0], most
        self._snippets.clear()
        self._list.show_results(listing, self._snippet_of)
        self.show_count(len(listing.results))
        self._tell_misread(text, finished)
        self.shown.emit(text)
        if finished and listing.results:
            self._open_first(listing.results[0])

    def _find(self, text: str, finished: bool, most: int) -> list[int]:
        """Return the results; if ``finished``, those with the whole words before prefixes."""
        ids, (prefixes, exact) = self._library.search.ids, _questions(text, finished, _today())
        if exact is None:
            return ids(prefixes, limit=most)
        whole = ids(exact, limit=most)
        if len(whole) >= _TYPED:
            return whole
        return list(dict.fromkeys([*whole, *ids(prefixes, limit=_TYPED)]))

    def ask_saved(self, text: str) -> None:
        """Show the results of a saved search, and its text in the field."""
        self._field.setText(text)
        self.ask(text)

    def end(self) -> None:
        """Show the shelf again."""
        if self._question is not None:
            self._question = None
            self._find_bar().drop_words()
            if self._note is not None:
                self._note.tell(None)
            self.ended.emit()

    def titled(self, words: str, most: int) -> list[Row]:
        """Return articles whose titles contain words with these prefixes."""
        terms = " ".join(f"title:{word}" for word in words.replace('"', " ").split())
        try:
            ids = self._library.search.ids(question(terms, typing=True), limit=most)
        except LibraryError:
            return self._library.search.titled(words, most)
        return self._library.rows_of(ids)

    def show_count(self, count: int) -> None:
        """Show the number of results, and of articles that are not indexed yet."""
        text = f"The first {count:,}" if count == self._most else f"{count:,} found"
        if waiting := self._library.search.waiting():
            text += f" · {waiting:,} not searchable yet"
        self._head.show_results(text)

    def focus_field(self) -> None:
        """Move the focus to the field, and select its text."""
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def mark(self, id: int) -> None:
        """Mark the words of the search on the page of an article."""
        question = self._question
        if question is None:
            return

        def show(words: tuple[str, ...]) -> None:
            if question is self._question and id == self._list.current_id():
                self._find_bar().show_words(words, self._field.text())

        # In the background: an article may have millions of words.
        self._jobs.start("", lambda _: self._library.search.words_on_page(id, question), show)

    def _snippet_of(self, id: int) -> Marked:
        if id not in self._snippets and self._question is not None:
            if len(self._snippets) > _MOST_SNIPPETS:
                self._snippets.clear()
            seen = [id, *self._list.ids_behind(id, _SEEN)]
            self._snippets |= dict.fromkeys(seen, ())
            try:
                snippets = self._library.search.found(seen, self._question)
            except LibraryError:  # while painting; opening the article reports the damage
                snippets = []
            self._snippets |= {snippet.id: snippet.text for snippet in snippets}
        return self._snippets.get(id, ())

    def _open_first(self, id: int) -> None:
        if self._list.select(id):
            self._list.chosen.emit(id)
            self._list.activated_article.emit(id)

    def _to_list(self) -> None:
        first = self._list.step(0) if self._list.current_id() is not None else self._list.step(1)
        self._list.setFocus()
        if first is not None:
            self._list.chosen.emit(first)

    def _suggest(self, text: str) -> None:
        """Suggest names and values of fields; words need none, because the list shows matches."""
        piece = last_piece(text).lstrip("-")
        wanted = ":" in piece or len(piece) > 1
        self._names.setStringList(self._library.search.suggestions(text) if wanted else [])

    # ---- the index

    def prepare(self) -> None:
        """Index new articles in the background; show the progress if they are many."""
        if not self._library.read_only:
            many = self._library.search.waiting() > _TYPED
            title = "Making the articles searchable" if many else ""
            self._jobs.start(title, self._prepare, lambda _: None)

    def _prepare(self, report: Report) -> None:
        self._library.search.prepare(report)
        self._library.duplicates.prepare(report)

    def rebuild(self) -> None:
        """Rebuild the search index."""
        self._jobs.start(
            "Rebuilding the search index",
            self._library.search.rebuild,
            lambda _: self._messages.tell("The search index was rebuilt."),
        )

    # ---- help

    def show_card(self) -> None:
        """Show the card with samples of searches."""
        from reader.gui.search.card import SearchCard

        card = SearchCard(self._field.window())
        card.chosen.connect(self._insert)
        card.show_below(self._field)

    def _insert(self, sample: str) -> None:
        """Put a sample at the end of the field."""
        text = self._field.text().rstrip()
        self._field.setText(f"{text} {sample}".lstrip())
        self._field.setFocus()

    def _tell_misread(self, text: str, finished: bool) -> None:
        """Show that a field does not exist, in a line that is made when it is needed."""
        found = misread(text, typing=not finished)
        if self._note is None and found:
            self._note = SearchNote()
            self._note.corrected.connect(self._correct)
            frame = self._field.parentWidget()
            layout = frame.layout() if frame is not None else None
            if layout is not None:
                layout.addWidget(self._note)
        if self._note is not None:
            self._note.tell(found[0] if found else None)

    def _correct(self, typed: str, meant: str) -> None:
        text = self._field.text()
        at = text.casefold().find(typed.casefold())
        if at >= 0:
            self._field.setText(f"{text[:at]}{meant}{text[at + len(typed) :]}")
            self._field.setFocus()


@lru_cache(maxsize=1)
def _questions(text: str, finished: bool, today: date) -> tuple[Question, Question | None]:
    """Parse a text as a question that may go on and, if it is finished, also as it stands.

    A list of results may be open for days, and its dates are relative to the current one.
    """
    begun = question(text, typing=True, today=today)
    return begun, question(text, today=today) if finished else None


def _today() -> date:
    return datetime.now(UTC).date()
