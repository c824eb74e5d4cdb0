"""What all tests begin with is what the program begins with."""

from pathlib import Path

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from reader import themes
from reader.gui.widgets import theme
from reader.library.library import Library


def _contents(folder: Path) -> list[tuple[str, int, bytes]]:
    """Return the name, the mode and the bytes of a folder and of each file in it."""
    found = [(folder, b""), *((each, each.read_bytes()) for each in sorted(folder.iterdir()))]
    return [(str(each.relative_to(folder)), each.stat().st_mode, data) for each, data in found]


def test_the_copied_library_is_the_one_that_the_program_makes(
    new_library: Path, tmp_path: Path
) -> None:
    Library.open(tmp_path / "made").close()
    assert _contents(new_library) == _contents(tmp_path / "made")


@pytest.mark.parametrize("name", ["dark", "sepia"])
def test_no_theme_of_another_test_is_left(name: str, qapp: QApplication) -> None:
    seen = qapp.palette().color(QPalette.ColorRole.Window).name()
    assert (qapp.styleSheet(), seen) == ("", qapp.style().standardPalette().window().color().name())
    theme.apply(themes.theme(name))
    assert qapp.styleSheet()
    assert qapp.palette().window().color().name() == themes.theme(name).window
