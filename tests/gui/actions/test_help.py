"""The sheet of keys opens with the keys in effect, and is deleted when it is closed."""

from collections.abc import Callable

from pytestqt.qtbot import QtBot
from tests.gui.answering import answering

from reader.gui.actions.help_sheet import HelpSheet
from reader.gui.window import Window


def test_f1_shows_the_keys_in_effect_and_esc_closes_them(
    qtbot: QtBot, make_window: Callable[..., Window]
) -> None:
    window = make_window(keys={"article.archive": ("Alt+A",)})
    seen: list[str] = []

    def look(sheet: HelpSheet) -> None:
        seen.extend(
            caps.accessibleName()
            for card in sheet.cards
            for label, caps in card.lines
            if label.text() == "Archive"
        )
        sheet.reject()

    with answering(look) as titles:
        window.qactions["help.keys"].trigger()
    assert (titles, seen) == (["Keys"], ["Alt+A"])
    qtbot.waitUntil(lambda: window.findChildren(HelpSheet) == [])
