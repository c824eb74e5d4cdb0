"""The dialog lists the damage of an open library, and takes an article from a copy."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from reader.damage import Damage, Kind, KnownDamage
from reader.gui.recovery.damage_dialog import DamageDialog, _copy_before
from reader.gui.recovery.lines import LineModel
from reader.gui.recovery.pages import Line, of_findings
from reader.gui.window import Window
from reader.library.backup.copy import Copy, Reason
from reader.library.library import Library
from reader.model import Clipping

Make = Callable[..., Window]
_WORDS = "words that a disk has changed "


def _flip(library: Library) -> None:
    """Change a letter of the text of the first article, as a failing disk does."""
    connection = library._database.connection
    html = str(connection.execute("SELECT html FROM content WHERE article = 1").get)
    sql = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'content'"
    triggers: list[Any] = connection.execute(sql).fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("UPDATE content SET html = ? WHERE article = 1", (html.replace("d", "e"),))
    for _, made in triggers:
        connection.execute(made)


@pytest.fixture
def dialog(qtbot: QtBot, make_window: Make, library: Library) -> DamageDialog:
    library.add(Clipping("https://example.org/1", "One", html=f"<p>{_WORDS * 20}</p>"))
    library.add(Clipping("https://example.org/2", "Two", html="<p>x</p>"))
    library.backups.take(Reason.ASKED)
    _flip(library)
    library.check()
    window = make_window()
    made = DamageDialog(window.context, window.colours, lambda: None, window)
    made.show()
    return made


def test_damage_is_listed_and_an_article_taken_from_a_copy(
    qtbot: QtBot, dialog: DamageDialog, library: Library
) -> None:
    finding = dialog.finding
    assert finding is not None
    assert (finding.damage.kind, finding.damage.title) == (Kind.TEXT, "One")
    assert dialog.copy.isEnabled()
    assert dialog.download.isEnabled()
    assert dialog.repair.isEnabled()
    assert "wores" in library.article(1).html
    dialog.copy.click()
    qtbot.waitUntil(lambda: dialog.findings == (), timeout=10_000)
    assert _WORDS in library.article(1).html
    assert dialog.view.head.heading.text() == "The library is whole"
    assert not dialog.copy.isEnabled()


def test_a_repair_puts_right_what_is_certain(
    qtbot: QtBot, dialog: DamageDialog, library: Library
) -> None:
    dialog.repair.click()
    qtbot.waitUntil(lambda: dialog.findings == (), timeout=10_000)
    assert _WORDS in library.article(1).html
    assert not dialog.repair.isVisible()


def test_a_copy_from_before_the_damage_is_preferred() -> None:
    copies = [Copy(str(at), Path(), at, Reason.CHANGES) for at in (3e9, 2e9, 1e9)]
    finding = KnownDamage(Damage(Kind.TEXT, 1), "2045-01-01T00:00:00Z")
    assert _copy_before(finding, copies).made_at == 2e9
    assert _copy_before(finding._replace(first_seen="1970-01-02T00:00:00Z"), copies).made_at == 3e9


def test_damage_says_since_when_it_is_known() -> None:
    finding = KnownDamage(
        Damage(Kind.SOURCE, 1, "One"), "2026-11-28T10:00:00Z", "2026-11-20T10:00:00Z"
    )
    page = of_findings([finding], "2026-11-28T10:00:00Z")
    (line,) = page.sections[0].lines
    assert line.title == "“One”"
    assert line.detail.startswith("the kept page; the text is whole · seen ")
    assert "whole on 20 November 2026" in line.detail
    assert of_findings([], "").heading == "The library is whole"


def test_a_list_reads_a_line_only_when_it_is_shown() -> None:
    model = LineModel()
    model.set_lines([Line(f"Title {number}", "text") for number in range(3000)])
    assert model.rowCount() == 3000
    assert model.data(model.index(2999)) == "Title 2999"
