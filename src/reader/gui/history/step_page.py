"""The page of one step: its time, and its changes in each article."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reader import phrases, step_phrases
from reader.gui.widgets.day_list import DayEntry, DayList
from reader.gui.widgets.plain_text import Label
from reader.steps import Entry, Standing, Touched, Verb

_KINDS = {"tag": "Tag", "saved": "Saved search", "alias": "Address", "apart": "Two articles"}
_LESSER = frozenset({"place", "read_at", "opened_at", "position"})
"""The fields that change along with others, and stand behind them."""


def in_words(entry: Entry) -> str:
    """Return why an entry cannot be undone, ``""`` if it may be."""
    if entry.standing is not Standing.EVENT:
        return ""
    if entry.label.verb is Verb.DELETE:
        return "Articles that were deleted for good are not in the library any more."
    return "This was no change of yours, so there is nothing to undo."


class StepPage(QWidget):
    """A heading, a sentence, and the changed articles; ``article_chosen`` carries an id."""

    article_chosen = Signal(int)
    more_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("stepPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._entry: Entry | None = None
        self.heading, self.sentence, self.facts = Label(), Label(), Label()
        self.heading.setObjectName("settingsHeading")
        self.facts.setObjectName("hint")
        for label in (self.heading, self.sentence, self.facts):
            label.setWordWrap(True)
        self.list = DayList("Changes of this step")
        self.list.setObjectName("stepChanges")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 20, 8, 8)
        layout.setSpacing(4)
        head = QVBoxLayout()
        head.setContentsMargins(16, 0, 16, 8)
        head.setSpacing(4)
        for label in (self.heading, self.sentence, self.facts):
            head.addWidget(label)
        layout.addLayout(head)
        layout.addWidget(self.list, 1)
        self.list.more_wanted.connect(self.more_wanted)
        self.list.opened.connect(self._open)
        self.list.clicked.connect(lambda _: self._open(self.list.current_key()))

    def show_entry(self, entry: Entry) -> None:
        """Show the heading of an entry; its changes follow."""
        self._entry = entry
        when = phrases.moment(entry.at)
        self.heading.setText((when[:1].upper() + when[1:]) or "Earlier")
        self.sentence.setText(f"{phrases.step(entry.label)}.")
        self.facts.setText(_facts(entry))
        self.facts.setVisible(bool(self.facts.text()))
        self.list.show_entries([])

    def count(self) -> int:
        """Return the number of changed articles that are shown."""
        return len(self.list.entries())

    def add(self, found: Sequence[Touched], *, has_more: bool) -> None:
        """Add changed articles."""
        verb = self._entry.label.verb if self._entry else Verb.TEXT
        start = self.count()
        rows = [_row(each, verb, start + n) for n, each in enumerate(found)]
        self.list.more(rows, has_more=has_more)

    def _open(self, key: object) -> None:
        if isinstance(key, tuple) and key[1]:
            self.article_chosen.emit(key[1])


def _facts(entry: Entry) -> str:
    told = entry.label.told.get("count", 0)
    gone = told - entry.size if isinstance(told, int) and entry.label.verb is not Verb.DELETE else 0
    parts = [f"step {entry.id:,}"] if entry.standing is not Standing.EVENT else []
    if entry.standing is Standing.UNDONE:
        parts.append("undone")
    if gone > 0 and entry.standing is not Standing.EVENT:
        parts.append(f"{phrases.plural(gone, 'article')} not changed, or deleted for good since")
    text = " · ".join(parts)
    return text[:1].upper() + text[1:]


def _row(touched: Touched, verb: Verb, number: int) -> DayEntry:
    """Return a changed article as a row: its title, the changes in words, its deletion."""
    kind = _KINDS.get(touched.kind, "")
    title = touched.title or ("Untitled" if touched.id else "An article")
    fields = sorted(touched.changes, key=lambda each: each.field in _LESSER)
    changes = " · ".join(step_phrases.change(each, verb) for each in fields)
    return DayEntry(
        (number, touched.id), "", f"{kind} “{title}”" if kind else title, changes,
        end=step_phrases.fate(touched), faded=not touched.id and not kind,
    )  # fmt: skip
