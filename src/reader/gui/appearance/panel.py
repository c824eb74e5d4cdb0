"""The panel for text and theme: every choice changes the page at once."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reader import themes
from reader.errors import SettingsError
from reader.gui.appearance import families, scopes
from reader.gui.appearance.appearance import Appearance
from reader.gui.appearance.families import Families
from reader.gui.appearance.presets import Presets
from reader.gui.appearance.scale_row import ScaleRow
from reader.gui.appearance.scopes import Scope
from reader.gui.appearance.steps import SCALES
from reader.gui.appearance.tiles import RING, SWATCH_HIGH, TILE_HIGH, FaceTile, Swatch, Tile
from reader.gui.widgets.plain_text import Label, caption, set_tip
from reader.gui.widgets.popover import Popover
from reader.gui.widgets.return_key import press_by_return
from reader.gui.widgets.segments import Segments

WIDE = 372
_COLUMNS = 5
_MOST_TROUBLES = 3
_LEAST = 50  # pixels
_FACES = (("Serif", "serif"), ("Sans", "sans"), ("Legible", "legible"), ("Mono", "mono"))
_SWITCHES = (("Justified", "justified"), ("Hyphens", "hyphenated"))
_SCOPES = ((Scope.SITE, "Only for {}"), (Scope.ARTICLE, "Only for this article"))
_NO_PRESET = "None"


class Doors(NamedTuple):
    """The doors of the panel: the presets, and the editor of themes."""

    presets: Presets
    edit_theme: Callable[[], object]


class LookPanel(Popover):
    """Shows and changes the look of the open article in its scope."""

    def __init__(
        self, window: QWidget, appearance: Appearance, anchor: QWidget, doors: Doors
    ) -> None:
        super().__init__(window, WIDE)
        self.setObjectName("lookPanel")
        self.setAccessibleName("Text and Theme")
        self._appearance, self._doors, self._button = appearance, doors, anchor
        self.content.setSpacing(8)
        self._put_head()
        self._put_themes()
        self._put_faces()
        self._put_type()
        self._put_foot()
        self._align()
        for button in self.findChildren(QPushButton):
            press_by_return(button)
        appearance.changed.connect(self._follow)

    def open_panel(self) -> None:
        """Open below the button of the panel; close if it is open."""
        if self.isVisible():
            self.close_popover()
            return
        self._fill_swatches()
        self.show_families(on=False)
        self.show_values()
        self.open_at(self._button, self._swatches.checkedButton() or self._edit)

    # ---- setting up

    def _put_head(self) -> None:
        title, self._scope = Label("Text and Theme"), Label()
        title.setObjectName("addTitle")
        self._scope.setObjectName("lookScope")
        self._scope.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout()
        row.addWidget(title)
        row.addWidget(self._scope, 1)
        self.content.addLayout(row)

    def _put_themes(self) -> None:
        self._swatches = QButtonGroup(self)
        self._swatches.buttonClicked.connect(
            lambda tile: self._appearance.choose(theme=_value(tile))
        )
        self._edit = self._way(
            "Edit…", "Edit the colours of a theme", SWATCH_HIGH, self._doors.edit_theme
        )
        self._themes = QGridLayout()
        self._themes.setSpacing(4)
        for column in range(_COLUMNS):
            self._themes.setColumnStretch(column, 1)
        self.content.addLayout(self._themes)
        self.trouble = Label()
        self.trouble.setObjectName("addAnswer")
        self.trouble.setWordWrap(True)
        self.content.addWidget(self.trouble)

    def _put_faces(self) -> None:
        self.content.addWidget(_caption("Typeface"))
        self._tiles = QButtonGroup(self)
        self._tiles.buttonClicked.connect(lambda tile: self._appearance.choose(font=_value(tile)))
        self._faces = QHBoxLayout()
        self._faces.setSpacing(4)
        for text, name in _FACES:
            self._add_face(FaceTile(text, name))
        self._other: Tile | None = None
        self._more = self._way(
            "Other…", "Choose an installed typeface", TILE_HIGH, self._switch_families
        )
        self._more.setCheckable(True)
        self._faces.addWidget(self._more, 1)
        self.content.addLayout(self._faces)
        self._gone = Label()
        self._gone.setObjectName("addHint")
        self._gone.setWordWrap(True)
        self.content.addWidget(self._gone)
        self._families: Families | None = None
        self._families_at = QVBoxLayout()
        self.content.addLayout(self._families_at)

    def _put_type(self) -> None:
        self._rows: dict[str, ScaleRow] = {}
        for scale in SCALES:
            row = self._rows[scale.name] = ScaleRow(scale, scopes.DEFAULTS[scale.name])
            row.moved.connect(
                lambda value, name=scale.name: self._appearance.choose(**{name: value})
            )
            self.content.addWidget(row)
        self._paragraphs = Segments(("Spaced", "Indented"), "Paragraphs")
        self._paragraphs.picked.connect(lambda index: self._appearance.choose(indented=bool(index)))
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(Label("Paragraphs"))
        line.addWidget(self._paragraphs, 1)
        self.content.addLayout(line)
        self._checks: dict[str, QCheckBox] = {}
        checks = QHBoxLayout()
        for text, name in _SWITCHES:
            box = self._checks[name] = QCheckBox(text)
            box.clicked.connect(lambda on, name=name: self._appearance.choose(**{name: on}))
            checks.addWidget(box, 1)
        self.content.addLayout(checks)

    def _put_foot(self) -> None:
        rule = QFrame()
        rule.setObjectName("lookRule")
        rule.setFixedHeight(1)
        self.content.addWidget(rule)
        self._preset = QComboBox()
        self._preset.setAccessibleName("Preset")
        self._preset.activated.connect(self._choose_preset)
        save = QPushButton("Save…")
        save.setAccessibleName("Save Preset")
        save.clicked.connect(self._doors.presets.ask_to_save)
        self._of_preset = QToolButton()
        self._of_preset.setObjectName("menuButton")
        self._of_preset.setText("⋯")
        self._of_preset.setAccessibleName("Change the preset")
        self._of_preset.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._of_preset.setMenu(self._preset_menu())
        line = QHBoxLayout()
        line.setSpacing(8)
        label = Label("Preset")
        label.setBuddy(self._preset)
        for part in (label, self._preset, save, self._of_preset):
            line.addWidget(part, int(part is self._preset))
        self.content.addLayout(line)
        self._own: dict[Scope, QCheckBox] = {}
        for scope, _ in _SCOPES:
            box = self._own[scope] = QCheckBox()
            box.clicked.connect(lambda on, of=scope: self._appearance.set_own(of, own=on))
        self._reset = QPushButton("Reset All")
        self._reset.setObjectName("linkButton")
        self._reset.clicked.connect(self._appearance.reset)
        foot = QGridLayout()
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setVerticalSpacing(2)
        for row, box in enumerate(self._own.values()):
            foot.addWidget(box, row, 0)
        foot.addWidget(self._reset, len(self._own) - 1, 1)
        foot.setColumnStretch(0, 1)
        self.content.addLayout(foot)

    def _preset_menu(self) -> QMenu:
        menu, presets = QMenu(self), self._doors.presets
        menu.addAction("Rename…").triggered.connect(lambda: presets.ask_to_rename(presets.current))
        menu.addAction("Delete…").triggered.connect(lambda: presets.ask_to_delete(presets.current))
        return menu

    def _way(self, text: str, tip: str, high: int, does: Callable[[], object]) -> QToolButton:
        """Return a button in the form of a tile, which leads to something else."""
        button = QToolButton()
        button.setObjectName("tileButton")
        button.setText(text)
        button.setAccessibleName(tip)
        set_tip(button, tip)
        button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        button.setFixedHeight(high)
        button.setMinimumWidth(_LEAST)
        button.clicked.connect(does)
        return button

    def _add_face(self, tile: FaceTile) -> None:
        self._tiles.addButton(tile)
        self._faces.insertWidget(len(self._tiles.buttons()) - 1, tile, 1)

    def _align(self) -> None:
        """Let the tiles begin at the edge of the rest: they have room for their rings around."""
        margins = self.content.contentsMargins()
        margins.setLeft(margins.left() - RING)
        margins.setRight(margins.right() - RING)
        self.content.setContentsMargins(margins)
        for number in range(self.content.count()):
            if (item := self.content.itemAt(number)) is not None:
                part = item.widget() or item.layout()
                if part is not None and part not in (self._themes, self._faces):
                    part.setContentsMargins(RING, 0, RING, 0)

    # ---- showing

    def show_values(self) -> None:
        """Show the look of the open article, and the scope of its choices."""
        settings = self._appearance.settings
        _check(self._swatches, settings.theme)
        self._show_face(settings.font)
        for name, row in self._rows.items():
            row.show_value(getattr(settings, name))
            row.paint_icons()
        for name, box in self._checks.items():
            box.setChecked(getattr(settings, name))
        self._paragraphs.pick(int(settings.indented))
        self._show_presets()
        self._show_scope()

    def _fill_swatches(self) -> None:
        for tile in self._swatches.buttons():
            self._swatches.removeButton(tile)
            self._themes.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self._themes.removeWidget(self._edit)
        tiles, troubles = _swatches()
        self.trouble.setText("\n".join(troubles[:_MOST_TROUBLES]))
        self.trouble.setVisible(bool(troubles))
        for tile in tiles:
            self._swatches.addButton(tile)
        for place, part in enumerate([*tiles, self._edit]):
            self._themes.addWidget(
                part, place // _COLUMNS, place % _COLUMNS, Qt.AlignmentFlag.AlignTop
            )

    def _show_face(self, name: str) -> None:
        known = name in families.NAMED
        if self._other is not None and (known or self._other.value != name):
            self._tiles.removeButton(self._other)
            self._faces.removeWidget(self._other)
            self._other.hide()
            self._other.deleteLater()
            self._other = None
        is_there = families.is_there(name)
        if not known and self._other is None:
            self._other = FaceTile(name, name, is_there=is_there)
            self._add_face(self._other)
        _check(self._tiles, name)
        self._gone.setVisible(not is_there)
        self._gone.setText(f"{name} is not installed any more; another typeface takes its place.")
        if self._families is not None:
            self._families.show_family(name)

    def _show_presets(self) -> None:
        presets = self._doors.presets
        current = presets.current
        self._preset.clear()
        self._preset.addItems([_NO_PRESET, *presets.names])
        self._preset.setCurrentIndex(presets.names.index(current) + 1 if current else 0)
        self._preset.setEnabled(bool(presets.names))
        self._of_preset.setEnabled(bool(current))

    def _show_scope(self) -> None:
        article, scope = self._appearance.article, self._appearance.scope
        site = article.site if article is not None else ""
        for each, text in _SCOPES:
            box = self._own[each]
            words = text.format(site or "this site")
            box.setText(caption(self.fontMetrics().elidedText(words, _MIDDLE, _ROOM_FOR_SITE)))
            box.setAccessibleName(words)
            set_tip(box, words)
            box.setChecked(self._appearance.has_own(each))
            box.setEnabled(bool(scopes.key_of(each, article)))
        concerned = {Scope.ALL: "All articles", Scope.SITE: site, Scope.ARTICLE: "This article"}
        said = self.fontMetrics().elidedText(concerned[scope], _MIDDLE, _ROOM_FOR_SCOPE)
        self._scope.setText(said)
        self._scope.setAccessibleName(f"Concerns: {concerned[scope]}")
        self._reset.setText("Reset All" if scope is Scope.ALL else "Reset These")

    def _follow(self) -> None:
        if self.isVisible():
            self.show_values()

    # ---- choosing

    def _choose_preset(self, index: int) -> None:
        if index:
            self._doors.presets.choose(self._doors.presets.names[index - 1])
        else:
            self._show_presets()

    def _switch_families(self) -> None:
        self.show_families(on=self._families is None or self._families.isHidden())

    def show_families(self, *, on: bool) -> None:
        """Show or hide the list of installed typefaces."""
        if on and self._families is None:
            self._families = Families()
            self._families.chosen.connect(lambda name: self._appearance.choose(font=name))
            self._families_at.addWidget(self._families)
            self._families.show_family(self._appearance.settings.font)
        if self._families is not None:
            self._families.setVisible(on)
            if on:
                self._families.field.setFocus()
        self._more.setChecked(on)
        if self.isVisible():
            self.place()


_MIDDLE = Qt.TextElideMode.ElideMiddle
_ROOM_FOR_SITE, _ROOM_FOR_SCOPE = 210, 180


def _swatches() -> tuple[list[Swatch], list[str]]:
    """Return a swatch for the system and one for each theme, and why some cannot be read."""
    tiles = [
        Swatch("System", "system", themes.theme_or_light("light"), themes.theme_or_light("dark"))
    ]
    troubles = []
    for name in themes.names():
        try:
            shown = themes.theme(name)
        except SettingsError as error:
            troubles.append(str(error))
        else:
            tiles.append(Swatch(shown.title or name, name, shown))
    return tiles, troubles


def _check(group: QButtonGroup, value: str) -> None:
    """Check the tile of a value; none if it has no tile."""
    group.setExclusive(False)
    for tile in group.buttons():
        tile.setChecked(_value(tile) == value)
    group.setExclusive(True)


def _value(tile: QAbstractButton) -> str:
    assert isinstance(tile, Tile)
    return tile.value


def _caption(text: str) -> Label:
    label = Label(text)
    label.setObjectName("addLabel")
    return label
