"""A person's list of default programs gets lines and loses just these."""

from pathlib import Path

import pytest

from reader.default_programs import default_program, forget, keep

KEPT = {"text/html": "browser.desktop", "text/plain": "editor.desktop"}


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return tmp_path / "mimeapps.list"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[Default Applications]\ntext/x-c=c.desktop\n",
        "[Added Associations]\ntext/plain=editor.desktop;\n",
        "[Default Applications]\ntext/x-c=c.desktop\n\n[Added Associations]\ntext/html=x.desktop\n",
    ],
)
def test_lines_come_and_go(mine: Path, text: str) -> None:
    if text:
        mine.write_text(text)
    keep(KEPT)
    section = mine.read_text().partition("[Default Applications]\n")[2].partition("[")[0]
    assert "text/html=browser.desktop\ntext/plain=editor.desktop\n" in section
    forget(KEPT)
    assert (mine.read_text() if mine.exists() else "") == text


def test_a_line_that_was_changed_since_stays(mine: Path) -> None:
    keep(KEPT)
    mine.write_text(mine.read_text().replace("browser", "other"))
    forget(KEPT)
    assert mine.read_text() == "[Default Applications]\ntext/html=other.desktop\n"


def test_a_list_elsewhere_stays_a_link(mine: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.list"
    elsewhere.write_text("[Default Applications]\n")
    mine.symlink_to(elsewhere)
    keep(KEPT)
    assert mine.is_symlink()
    assert "browser" in elsewhere.read_text()


def test_a_system_without_programs_to_ask_has_no_default(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")
    assert default_program("text/plain") == ""
