"""Presets: looks of the page under names of the user."""

from PySide6.QtWidgets import QInputDialog, QWidget

from reader.gui.appearance.appearance import Appearance
from reader.gui.context import Context
from reader.gui.widgets.dialogs import chosen, confirmed
from reader.settings import LOOK, MOST_PRESETS, Choices

LONGEST_NAME = 60


class Presets:
    """Saves, chooses, renames and deletes presets; they stay in the settings."""

    def __init__(self, context: Context, appearance: Appearance) -> None:
        self._context, self._appearance = context, appearance

    @property
    def names(self) -> list[str]:
        """The names of all presets."""
        return [*self._looks]

    @property
    def current(self) -> str:
        """The name of the preset that the page looks like, ``""`` if there is none."""
        look = _look_of(self._appearance)
        return next((name for name, had in self._looks.items() if {**look, **had} == look), "")

    def choose(self, name: str) -> None:
        """Give the page the look of a preset."""
        self._appearance.choose(**self._looks.get(name, {}))

    def choose_next(self) -> None:
        """Give the page the look of the next preset, or explain how one is made."""
        names, here = self.names, self.current
        if not names:
            key = self._context.key_of("look.save_preset")
            text = "There are no presets yet. Save Preset keeps the look of the page as one"
            self._context.messages.tell(f"{text} ({key})." if key else f"{text}.")
            return
        self.choose(names[(names.index(here) + 1) % len(names) if here else 0])

    def save(self, name: str) -> None:
        """Keep the look of the page as a preset."""
        self._keep({**self._looks, name: _look_of(self._appearance)})

    def rename(self, name: str, new: str) -> None:
        """Give a preset another name; it keeps its place."""
        self._keep({new if had == name else had: look for had, look in self._looks.items()})

    def delete(self, name: str) -> None:
        """Delete a preset; the page stays as it looks."""
        self._keep({had: look for had, look in self._looks.items() if had != name})

    # ---- asking

    def ask_to_save(self) -> None:
        """Ask for the name of a new preset, and keep it."""
        if len(self._looks) >= MOST_PRESETS:
            self._context.messages.warn(
                f"There are {MOST_PRESETS} presets; delete one to make room for another."
            )
            return
        name = self._asked("Save Preset", self.current)
        if name and (name not in self._looks or self._replaces(name)):
            self.save(name)

    def ask_to_rename(self, name: str) -> None:
        """Ask for another name of a preset."""
        new = self._asked("Rename Preset", name)
        if new and new != name and (new not in self._looks or self._replaces(new)):
            if new in self._looks:
                self.delete(new)
            self.rename(name, new)

    def ask_to_delete(self, name: str) -> None:
        """Delete a preset after a question."""
        more = "The page stays as it looks now."
        if confirmed(self._window, f"Delete the preset “{name}”?", more, "Delete"):
            self.delete(name)

    def _asked(self, title: str, before: str) -> str:
        name, accepted = QInputDialog.getText(
            self._window, title, "Name of the preset:", text=before
        )
        if not accepted:
            return ""
        kept = "".join(sign for sign in name if sign.isprintable())
        return " ".join(kept.split())[:LONGEST_NAME]

    def _replaces(self, name: str) -> bool:
        question = f"Replace the preset “{name}”?"
        more = "Its look is replaced by that of the page."
        return chosen(self._window, question, more, ("Replace", "Cancel")) == "Replace"

    @property
    def _window(self) -> QWidget:
        return self._context.window

    @property
    def _looks(self) -> dict[str, Choices]:
        return dict(self._context.settings.value.look_presets)

    def _keep(self, looks: dict[str, Choices]) -> None:
        self._context.settings.update(look_presets=looks)
        self._appearance.changed.emit()


def _look_of(appearance: Appearance) -> Choices:
    settings = appearance.settings
    return {name: getattr(settings, name) for name in LOOK}
