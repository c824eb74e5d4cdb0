"""A person's list of default programs gets lines and loses just these."""

from pathlib import Path

import pytest

from reader.default_programs import chosen, default_program, forget, keep

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


def _program(folder: Path, name: str, script: str) -> None:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)


@pytest.mark.parametrize(
    ("gio", "xdg", "found"),
    [
        ("echo \"Default application for “$2”: $2-$LC_ALL.desktop\"", "exit 1",
         "text/plain-C.UTF-8.desktop"),
        ("echo No default", "echo editor.desktop", "editor.desktop"),
        ("printf 'No default\\nx.desktop\\n'", "test \"$*\" = 'query default text/plain' && "
         "echo a.desktop", "a.desktop"),
        ("exit 3", "exit 3", ""),
        ("printf 'Vorgabe \\377 a.desktop'", "exit 1", "a.desktop"),
    ],
)  # fmt: skip
def test_the_system_is_asked_for_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gio: str, xdg: str, found: str
) -> None:
    _program(tmp_path, "gio", gio)
    _program(tmp_path, "xdg-mime", xdg)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert default_program("text/plain") == found


def test_only_defaults_of_the_list_are_chosen(mine: Path) -> None:
    assert chosen() == set()
    mine.write_text(
        "a/before=x\n[Default Applications]\ntext/html = b.desktop\nnothing\ntext/plain=c\n"
        "[Added Associations]\ntext/xml=x.desktop\n"
    )
    assert chosen() == {"text/html", "text/plain"}


def test_what_is_forgotten_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "new" / "config"))
    forget(KEPT)
    keep(KEPT)
    assert [each.name for each in (tmp_path / "new" / "config").iterdir()] == ["mimeapps.list"]
    forget({})
    assert (tmp_path / "new" / "config" / "mimeapps.list").exists()
    forget(KEPT)
    assert not (tmp_path / "new" / "config").exists()


def test_the_list_lies_at_home_unless_it_is_said_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for said in ("", "relative/folder"):
        monkeypatch.setenv("XDG_CONFIG_HOME", said)
        keep(KEPT)
        assert (tmp_path / ".config" / "mimeapps.list").exists()
        forget(KEPT)
    monkeypatch.delenv("XDG_CONFIG_HOME")
    keep(KEPT)
    assert (tmp_path / ".config" / "mimeapps.list").exists()


def test_a_list_without_its_last_end_of_line_stays_legible(mine: Path) -> None:
    mine.write_text("[Added Associations]\ntext/plain=x")
    keep({"text/html": "b.desktop"})
    assert mine.read_text() == (
        "[Added Associations]\ntext/plain=x\n[Default Applications]\ntext/html=b.desktop\n"
    )
