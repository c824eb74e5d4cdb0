"""The options of a sheet, with a control for each."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QInputDialog,
    QPushButton,
    QScrollArea,
    QWidget,
)

from reader.document.fonts import FONTS
from reader.gui.widgets.plain_text import Label, set_tip
from reader.gui.widgets.segments import Segments
from reader.gui.widgets.stepper import Stepper
from reader.gui.widgets.wheel import WheelScrolls
from reader.printing.sheets import PAPER_RANGE_MM, PAPERS, PRESETS, paper_mm
from reader.sheet import Header, Imposition, Links, Notes, Sheet

Choice = tuple[str, Any]

_LINKS: Sequence[Choice] = (
    ("Underlined", Links.UNDERLINED),
    ("As the text", Links.PLAIN),
    ("Numbered, addresses at the end", Links.NUMBERED),
)
_NOTES: Sequence[Choice] = (
    ("At the foot of the page", Notes.FOOT),
    ("At the end", Notes.END),
    ("Left out", Notes.OFF),
)
_HEADERS: Sequence[Choice] = (
    ("Title and site", Header.TITLE),
    ("Section and site", Header.SECTION),
    ("Nothing", Header.NONE),
)
_IMPOSITIONS: Sequence[Choice] = (
    ("One", Imposition.SINGLE),
    ("Two", Imposition.TWO_UP),
    ("Two, to be folded", Imposition.FOLDED),
)
_COLUMNS: Sequence[Choice] = (("One", 1), ("Two", 2), ("Three", 3))
_OWN = "Your own"
_LABEL = 92  # pixels


class SheetChoices(QScrollArea):
    """Controls for all options of a sheet, and presets; ``changed`` carries the new sheet.

    ``preset_changed`` carries the name of a preset and its sheet, None if it is deleted.
    """

    changed = Signal(object)
    preset_changed = Signal(str, object)

    def __init__(
        self, sheet: Sheet, presets: Mapping[str, Sheet], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._presets = dict(presets)
        self._show: dict[str, Callable[[Any], None]] = {}
        inner = QWidget()
        self._wheel = WheelScrolls((), self)
        self._form = QFormLayout(inner)
        self._form.setContentsMargins(16, 12, 16, 12)
        self._form.setVerticalSpacing(6)
        self._form.setHorizontalSpacing(0)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._make_presets()
        self._make_controls()
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._show_all()

    @property
    def sheet(self) -> Sheet:
        """The sheet with the chosen options."""
        return self._sheet

    @property
    def whole_width(self) -> int:
        """The width in pixels that the options need."""
        bar = self.verticalScrollBar().sizeHint().width()
        return self._form.totalMinimumSize().width() + bar

    # ---- setting up

    def _make_presets(self) -> None:
        self._preset = QComboBox()
        self._preset.setAccessibleName("Preset")
        self._preset.activated.connect(self._choose_preset)
        self.save_button = QPushButton("Save…")
        set_tip(self.save_button, "Save these options under a name")
        self.save_button.clicked.connect(self._save_preset)
        self.remove_button = QPushButton("Delete")
        self.remove_button.clicked.connect(self._remove_preset)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.save_button, self.remove_button):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        self.add("Preset", self._preset)
        self._form.addRow("", buttons)

    def _make_controls(self) -> None:
        self.add_section("Sheet")
        self.add("Paper", self._paper())
        self.add("Margins", self._number("margin_mm", (0, 80), 1, " mm"))
        self.add("Turned", self._turned())
        self.add("Pages a side", self._combo("imposition", _IMPOSITIONS))
        self.add_section("Type")
        self.add("Typeface", self._combo("font", FONTS))
        self.add("Size", self._number("size_pt", (5, 40), 0.5, " pt"))
        self.add("Line height", self._number("leading", (1, 3), 0.05, ""))
        self.add("Columns", self._combo("columns", _COLUMNS))
        self._form.addRow("", self._check("justified", "Justified"))
        self._form.addRow("", self._check("hyphenated", "Hyphenated"))
        self.add_section("On the page")
        self.add("Links", self._combo("links", _LINKS))
        self.add("Notes", self._combo("notes", _NOTES))
        self.add("Header", self._combo("header", _HEADERS))
        self._form.addRow("", self._check("footer", "Source and page number"))
        self._form.addRow("", self._check("code", "QR code of the address"))
        self._form.addRow("", self._check("pictures", "Pictures"))
        self._form.addRow("", self._check("grey", "Greyscale"))
        self._form.addRow("", self._check("tagged", "For screen readers"))
        self._form.addRow("", self._check("archived", "For archives"))
        self._form.addRow("", self._check("run_on", "Articles run on"))

    def add_section(self, title: str) -> None:
        """Add a heading below the other options."""
        label = Label(title)
        label.setObjectName("section")
        self._form.addRow(label)

    def add(self, text: str, control: QWidget, at: int = -1) -> None:
        """Add an option with its label, at the end or at another place."""
        label = Label(text)
        label.setBuddy(control)
        label.setFixedWidth(max(_LABEL, label.sizeHint().width() + 8))
        label.setMinimumHeight(control.sizeHint().height())
        if not control.accessibleName():
            control.setAccessibleName(text)
        if isinstance(control, QComboBox | Stepper):
            self._wheel.keep_from(control)
        self._form.insertRow(self._form.rowCount() if at < 0 else at, label, control)

    def _turned(self) -> Segments:
        turned = Segments(("Upright", "Landscape"), "Turned")
        turned.picked.connect(lambda index: self._choose("landscape", bool(index)))
        self._show["landscape"] = lambda on: turned.pick(int(on))
        return turned

    def _combo(self, name: str, choices: Sequence[Choice]) -> QComboBox:
        box = QComboBox()
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for text, value in choices:
            box.addItem(text, value)
        values = [value for _, value in choices]
        box.activated.connect(lambda index: self._choose(name, values[index]))
        self._show[name] = lambda value: box.setCurrentIndex(
            values.index(value) if value in values else -1
        )
        return box

    def _check(self, name: str, text: str) -> QCheckBox:
        box = QCheckBox(text)
        box.toggled.connect(lambda on: self._choose(name, on))
        self._show[name] = box.setChecked
        return box

    def _number(self, name: str, limits: tuple[float, float], step: float, unit: str) -> Stepper:
        box = Stepper(limits, step, unit)
        box.setDecimals(2 if step < 0.1 else 1)
        box.valueChanged.connect(lambda value: self._choose(name, float(value)))
        self._show[name] = box.setValue
        return box

    def _paper(self) -> QComboBox:
        box = QComboBox()
        box.setEditable(True)
        box.addItems([*PAPERS])
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        least, most = PAPER_RANGE_MM
        set_tip(box, f"A name, or width x height in millimetres ({least:g} to {most:g}): 148x210")
        edit = box.lineEdit()
        assert edit is not None

        def choose() -> None:
            if paper_mm(box.currentText()) is None:
                box.setCurrentText(self._sheet.paper)
            else:
                self._choose("paper", box.currentText().strip())

        edit.editingFinished.connect(choose)
        box.activated.connect(lambda _: choose())
        self._show["paper"] = box.setCurrentText
        return box

    # ---- choosing

    def _choose(self, name: str, value: Any) -> None:
        if getattr(self._sheet, name) != value:
            self._sheet = self._sheet._replace(**{name: value})
            self._show_preset()
            self.changed.emit(self._sheet)

    def _choose_preset(self, index: int) -> None:
        name = self._preset.itemText(index)
        sheet = {**PRESETS, **self._presets}.get(name)
        if sheet is not None:
            # Keep the paper size: it depends on the printer.
            self._sheet = sheet._replace(paper=self._sheet.paper)
            self._show_all()
            self.changed.emit(self._sheet)

    def _save_preset(self) -> None:
        name, accepted = QInputDialog.getText(self, "Save Preset", "Name of the preset:")
        name = name.strip()[:60]
        if not accepted or not name or name in PRESETS:
            return
        self._presets[name] = self._sheet
        self.preset_changed.emit(name, self._sheet)
        self._show_preset()

    def _remove_preset(self) -> None:
        name = self._preset.currentText()
        if self._presets.pop(name, None) is not None:
            self.preset_changed.emit(name, None)
            self._show_preset()

    # ---- showing

    def _show_all(self) -> None:
        blockers = [QSignalBlocker(control) for control in self.findChildren(QWidget)]
        for name, show in self._show.items():
            show(getattr(self._sheet, name))
        del blockers
        self._show_preset()

    def _show_preset(self) -> None:
        """Show the preset with these options, if there is one."""
        known = {**PRESETS, **self._presets}
        same = (
            name
            for name, sheet in known.items()
            if sheet._replace(paper="") == self._sheet._replace(paper="")
        )
        preset = next(same, _OWN)
        self._preset.clear()
        self._preset.addItems([*known] if preset in known else [*known, _OWN])
        self._preset.setCurrentText(preset)
        self.remove_button.setEnabled(preset in self._presets)
        self.save_button.setEnabled(preset == _OWN)
