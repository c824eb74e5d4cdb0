"""The health of the library: the check at rest, reports of damage, and repair."""

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from reader.damage import REPAIRABLE, Damage, entries, healed, sentences
from reader.gui.context import Context
from reader.gui.widgets import theme
from reader.gui.widgets.messages import Offer
from reader.gui.widgets.plain_text import message_box

if TYPE_CHECKING:
    from reader.gui.recovery.check_at_rest import CheckAtRest
    from reader.library.repair.check import Outcome

_DAMAGED = "The library is damaged, and parts of it cannot be read. Reader does not write to it."


class Health:
    """Checks the library.

    ``is_repair_wanted`` is set if the user wants a repair, ``accepts_loss`` if the repair may leave
    out entries.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._window = context.window
        self._library = context.library
        self._jobs = context.jobs
        self._messages = context.messages
        self._settings = context.settings
        self.is_repair_wanted = False
        self.accepts_loss = False
        self._is_reported = False
        self._at_rest: CheckAtRest | None = None

    def check_daily(self) -> None:
        """Check the library while the window is at rest, once a day; a large one once a week."""
        from reader.gui.recovery.check_at_rest import CheckAtRest

        today = time.strftime("%Y-%m-%d")
        if self._settings.value.checked_at != today:
            self._settings.update(checked_at=today)
        if self._at_rest is None and not self._library.is_damaged:
            self._at_rest = CheckAtRest(self._context, self._tell_outcome)

    def check(self) -> None:
        """Check the library now, in the background, and heal it if that is certain."""

        def done(outcome: "Outcome") -> None:
            if not outcome.damage and not outcome.healed:
                self._messages.tell("The library is whole.")
            self._tell_outcome(outcome)

        self._is_reported = False
        self._jobs.start("Checking the library", self._library.checkup.check_and_heal, done)

    def _tell_outcome(self, outcome: "Outcome") -> None:
        if outcome.healed:
            self._messages.tell(f"The library was checked. {healed(outcome.healed)}")
        self._checked(outcome.damage)

    def _checked(self, damage: tuple[Damage, ...]) -> None:
        if damage:
            can_repair = any(entry.kind in REPAIRABLE for entry in damage)
            text = " ".join(sentences(damage)[:3])
            self.report_damage(text, can_repair=can_repair, offers=(Offer("Show…", self.show),))

    def show(self) -> None:
        """Show the damage that the checks have found."""
        from reader.gui.recovery.damage_dialog import DamageDialog

        colours = theme.resolve(self._settings.value.theme)
        dialog = DamageDialog(self._context, colours, self.repair, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def report_damage(
        self,
        text: str = _DAMAGED,
        *,
        can_repair: bool = True,
        lost: int = 0,
        offers: tuple[Offer, ...] = (),
    ) -> None:
        """Report damage once, and offer a repair that leaves out ``lost`` entries."""
        if self._is_reported:
            return
        self._is_reported = True
        if lost:
            label = f"Repair and Leave Out {entries(lost).title()}…"
            self._messages.warn(text, label, lambda: self._ask_to_leave_out(label))
        elif can_repair:
            self._messages.warn(text, "Repair…", self.repair, offers=offers)
        else:
            self._messages.warn(text, offers=offers)

    def repair(self) -> None:
        """Close the window, so that the library is repaired before it opens again."""
        self.is_repair_wanted = True
        self._window.close()

    def _ask_to_leave_out(self, label: str) -> None:
        more = "Reader keeps the damaged file, and can then write to the library again."
        box = message_box(self._window, f"{label.rstrip('…')}?", more)
        box.setIcon(box.Icon.Question)
        repair = box.addButton("Repair", box.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(box.StandardButton.Cancel))
        box.exec()
        box.deleteLater()
        self.accepts_loss = box.clickedButton() is repair
        if self.accepts_loss:
            self.repair()
