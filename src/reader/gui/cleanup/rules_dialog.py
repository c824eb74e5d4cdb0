"""The rules for sites: a list to edit, to switch off, and to test on a saved article."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from reader import phrases
from reader.errors import IngestError
from reader.gui.context import Context
from reader.gui.widgets.dialogs import Dialog
from reader.gui.widgets.plain_text import Label, literal
from reader.gui.widgets.segments import Segments
from reader.gui.widgets.switch import Switch
from reader.ingest import rules
from reader.ingest.rule_trial import Trial, trial
from reader.ingest.rules import Rule
from reader.ingest.urls import canonical_url, site_of
from reader.library.library import Library

_RULE = Qt.ItemDataRole.UserRole
_NEW = Rule(0, "", "remove", "")
_HINT = "A rule counts from the next page on; Extract Again applies it to an article that is here."


class RulesDialog(Dialog):
    """Edits the file of rules line by line; ``file_wanted`` is emitted to open it in an editor.

    ``address`` is that of the open article, which a rule is tested on unless another is typed.
    """

    file_wanted = Signal()

    def __init__(self, context: Context, address: str) -> None:
        super().__init__(context.window)
        self.setWindowTitle("Rules for Sites")
        self._library = context.library
        self._jobs = context.jobs
        self.list = QListWidget()
        self.site, self.selector, self.address = QLineEdit(), QLineEdit(), QLineEdit(address)
        self.verb = Segments(("Remove", "Keep"), "What the rule does")
        self.on = Switch("Rule is on")
        self.save = QPushButton("Save Rule")
        self.delete = QPushButton("Delete Rule")
        self.test = QPushButton("Test")
        self.mistake, self.outcome = Label(), Label()
        self._lay_out()
        self._connect()
        self.read_again(0)

    @property
    def rule(self) -> Rule:
        """The rule in the form."""
        old = self._old or _NEW
        site = rules.bare_site(self.site.text())
        verb = rules.VERBS[self.verb.text == "Keep"]
        selector = " ".join(self.selector.text().split())
        return Rule(old.line, site, verb, selector, on=self.on.isChecked())

    @property
    def _old(self) -> Rule | None:
        """The rule in the list that the form edits, None if it is a new one."""
        item = self.list.currentItem()
        found = item.data(_RULE) if item else None
        return found if isinstance(found, Rule) and found.line else None

    # ---- setting up

    def _lay_out(self) -> None:
        self.list.setObjectName("texts")
        self.list.setAccessibleName("Rules")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setMinimumHeight(120)
        self.site.setPlaceholderText("example.org")
        self.selector.setPlaceholderText("div.newsletter")
        self.address.setPlaceholderText("Address of a saved article")
        self.mistake.setObjectName("mistake")
        for label in (self.mistake, self.outcome):
            label.setWordWrap(True)
            label.hide()
        form = QFormLayout()
        form.setContentsMargins(16, 8, 16, 8)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for text, part in (
            ("Site", self.site),
            ("Rule", self.verb),
            ("CSS selector", self.selector),
            ("On", self.on),
            ("", _side_by_side(self.save, self.delete)),
            ("", self.mistake),
            ("Test on", _side_by_side(self.address, self.test)),
            ("", self.outcome),
        ):
            _add(form, text, part)
        hint = Label(_HINT)
        hint.setObjectName("hint")
        hint.setWordWrap(True)
        form.addRow(hint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.list, 1)
        layout.addLayout(form)
        layout.addWidget(self._foot())
        self.resize(640, 640)

    def _foot(self) -> QWidget:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        edit = buttons.addButton("Edit File…", QDialogButtonBox.ButtonRole.ActionRole)
        edit.clicked.connect(self.file_wanted)
        buttons.rejected.connect(self.reject)
        for button in (self.save, self.delete, self.test, *buttons.buttons()):
            button.setAutoDefault(False)  # type: ignore[attr-defined]
        foot = QWidget()
        foot.setObjectName("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 11, 16, 11)
        row.addWidget(buttons)
        return foot

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(lambda _: self._show_rule())
        self.save.clicked.connect(lambda: self._write(self._old, self.rule))
        self.delete.clicked.connect(lambda: self._write(self._old, None))
        self.on.clicked.connect(self._switch)
        self.test.clicked.connect(self.try_out)
        self.verb.picked.connect(lambda _: self._show_state())
        for field in (self.site, self.selector):
            field.textEdited.connect(lambda _: self._show_state())
            field.returnPressed.connect(self.save.click)
        self.address.returnPressed.connect(self.test.click)

    # ---- the file

    def read_again(self, row: int) -> None:
        """Read the file, and select the rule in a row."""
        try:
            found = rules.read(self._library.folder)
        except IngestError as error:
            found = []
            self._explain(str(error))
        self.list.blockSignals(True)
        self.list.clear()
        for rule in (*found, _NEW):
            self.list.addItem(self._item(rule))
        self.list.blockSignals(False)
        self.list.setCurrentRow(min(row, self.list.count() - 1))
        self._show_rule()

    def _item(self, rule: Rule) -> QListWidgetItem:
        item = QListWidgetItem(literal(_described(rule)))
        item.setData(_RULE, rule)
        role = QPalette.ColorRole.PlaceholderText
        if not rule.on or rule.trouble:
            item.setForeground(self.palette().color(role))
        return item

    def _write(self, old: Rule | None, new: Rule | None) -> None:
        row = self.list.currentRow()
        try:
            rules.replace(self._library.folder, old, new)
        except IngestError as error:
            self.read_again(row)
            self._explain(str(error))
        else:
            self.read_again(row)

    def _switch(self, on: bool) -> None:
        """Switch a rule of the list on or off at once; the form keeps all other changes."""
        if (old := self._old) is not None and not old.trouble:
            changed = self.rule
            self._write(old, old._replace(on=on))
            if changed._replace(on=on) != old._replace(on=on):
                self._fill(changed._replace(on=on))

    # ---- the form

    def _show_rule(self) -> None:
        rule = self._old or _NEW
        self._fill(rule)
        self.outcome.hide()
        self._explain(f"Line {rule.line}: {rule.trouble}" if rule.trouble else "")

    def _fill(self, rule: Rule) -> None:
        self.site.setText(rule.site)
        self.verb.choose("Keep" if rule.verb == "keep" else "Remove")
        self.selector.setText(rule.selector)
        self.on.setChecked(rule.on)
        self._show_state()

    def _show_state(self) -> None:
        """Enable the buttons that can be used, and explain a mistake in the form."""
        old, rule = self._old, self.rule
        judged = rules.judged(rule)
        changed = old is None or rule != old._replace(trouble="")
        self.save.setEnabled(changed and not judged.trouble)
        self.delete.setEnabled(old is not None)
        self.test.setEnabled(not judged.trouble)
        if rule.site and rule.selector:
            self._explain(judged.trouble)

    def _explain(self, text: str) -> None:
        self.mistake.setText(text)
        self.mistake.setVisible(bool(text))

    # ---- testing

    def try_out(self) -> None:
        """Extract a saved article with the rule in the form, and show what it changes."""
        library, rule, address = self._library, self.rule, self.address.text().strip()

        def work(_report: Callable[..., None]) -> Trial:
            id = _find(library, address)
            if id is None:
                raise IngestError("No saved article has this address.")
            others = [each for each in rules.read(library.folder) if each.line != rule.line]
            return trial(library, id, rules.chosen([*others, rule], site_of(address)))

        self._show_outcome("Testing…")
        self._jobs.start("Testing a rule", work, self._tried, self._failed, stoppable=False)

    def _tried(self, found: Trial) -> None:
        removed = phrases.plural(found.removed, "block")
        added = phrases.plural(found.added, "block")
        count = phrases.plural(found.blocks, "block")
        self._show_outcome(
            f"{count} with the rules: {removed} removed, {added} added. It begins: "
            f"“{found.beginning}”"
        )

    def _failed(self, error: Exception) -> None:
        self._show_outcome(str(error))

    def _show_outcome(self, text: str) -> None:
        if isValid(self):  # the dialog was closed meanwhile
            self.outcome.setText(text)
            self.outcome.show()


def _find(library: Library, address: str) -> int | None:
    """Return the article with an address, as it was typed or in its usual form."""
    if not address or (id := library.find(address)) is not None:
        return id if address else None
    return library.find(canonical_url(address))


def _described(rule: Rule) -> str:
    if not rule.line:
        return "New rule"
    verb = {"remove": "removes", "keep": "keeps"}.get(rule.verb, rule.verb)
    off = " (off)" if not rule.on else ""
    wrong = f" – a mistake in line {rule.line}" if rule.trouble else ""
    return f"{rule.site}  {verb}  {rule.selector}{off}{wrong}"


def _side_by_side(*parts: QWidget) -> QWidget:
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for part in parts:
        row.addWidget(part, int(isinstance(part, QLineEdit)))
    if not any(isinstance(part, QLineEdit) for part in parts):
        row.addStretch(1)
    return whole


def _add(form: QFormLayout, text: str, part: QWidget) -> None:
    """Add a line to a form; its text names the control for screen readers, too."""
    label = Label(text)
    label.setBuddy(part)
    label.setMinimumHeight(part.sizeHint().height() if text else 0)
    form.addRow(label, part)
    for each in (part, *part.findChildren(QLineEdit)):
        if text and isinstance(each, QLineEdit):
            each.setAccessibleName(text)
