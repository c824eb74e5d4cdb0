"""Pictures are saved under names that every system takes; the menu's tests save and open them."""

import pytest

from reader.gui.viewer.saved_pictures import file_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("A boat", "A boat.png"),
        ("../../etc/passwd", "etc passwd.png"),
        ("", "Picture.png"),
        ("\u202e…\n?", "….png"),
        ("x" * 10_000, "x" * 120 + ".png"),
        ("...", "Picture.png"),
    ],
)
def test_names_of_files_are_valid_everywhere(title: str, name: str) -> None:
    assert file_name(title, ".png") == name
