"""Links that lead out: what is handed on, what is shown, what is said if nothing opens them."""

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from reader.gui.viewer import links
from reader.gui.widgets.messages import MessageBar


@pytest.mark.parametrize(
    ("link", "handed"),
    [
        ("https://example.org/a?b=1&c=2#d", "https://example.org/a?b=1&c=2#d"),
        ("http://name:secret@example.org:8080/", "http://example.org:8080/"),
        ("https://name@example.org/", "https://example.org/"),
        ("https://аpple.com/", "https://xn--pple-43d.com/"),
        ("https:///nowhere", ""),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("mailto:a@example.org?attach=/etc/passwd&subject=Hi", "mailto:a@example.org?subject=Hi"),
        ("mailto:a@example.org?%61ttach=/x&cc=b@c.d&bcc=e@f.g&body=B", "mailto:a@example.org"),
        ("mailto:?Subject=A%20%26%20b&attachment=/x", "mailto:?subject=A%20%26%20b"),
        ("mailto:?subject=a+b", "mailto:?subject=a%2Bb"),
        ("mailto:?subject=a%0D%0Abcc:%20x@y.z", "mailto:?subject=a%20bcc%3A%20x%40y.z"),
        ("mailto:a@b.c,d@e.f", "mailto:a@b.c,d@e.f"),
        ("mailto:a@b.c%3Fattach=/etc/passwd", "mailto:"),
        ("mailto:o'brien@b.c", "mailto:o%27brien@b.c"),
        ("mailto:a'%22,attachment='/x'@b.c", "mailto:"),
        ("mailto:ä@example.org", "mailto:%C3%A4@example.org"),
        ("file:///etc/passwd", ""),
        ("smb://example.org/x", ""),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("#note", ""),
        ("", ""),
    ],
)
def test_only_what_is_harmless_is_handed_on(link: str, handed: str) -> None:
    assert links.handed_on(QUrl(link)) == handed
    assert links.handed_on(QUrl(handed)) == handed


def test_what_is_shown_of_a_link_is_what_is_opened() -> None:
    shown = links.described(QUrl("https://name:secret@аpple.com/a?b&c"))
    assert shown == "https://аpple.com (xn--pple-43d.com)/a?b&c"
    assert links.described(QUrl("mailto:a@b.c?attach=/x")) == "mailto:a@b.c"
    assert links.described(QUrl("file:///etc/passwd")) == links.described(QUrl("#x")) == ""


@pytest.mark.parametrize("opens", [True, False])
def test_a_link_that_no_program_opens_is_told(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, opens: bool
) -> None:
    opened: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened.append(bytes(url.toEncoded().data()).decode())
        return opens

    monkeypatch.setattr("reader.gui.viewer.links.QDesktopServices.openUrl", open_url)
    messages = MessageBar()
    qtbot.addWidget(messages)
    links.follow("https://name:secret@example.org/%20a?b=%26", messages)
    assert opened == ["https://example.org/%20a?b=%26"]
    said = "" if opens else "No program on this computer could open https://example.org/%20a?b=%26."
    assert messages.text() == said
    links.follow("file:///etc/passwd", messages)
    assert len(opened) == 1
    assert "could open" in messages.text()


def test_a_link_that_no_program_opens_can_be_copied(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.gui.viewer.links.QDesktopServices.openUrl", lambda _: False)
    messages = MessageBar()
    qtbot.addWidget(messages)
    link = "https://example.org/a?b=%26"
    links.follow(link, messages)
    button = next(
        each for each in messages.findChildren(QAbstractButton) if each.text() == "Copy Link"
    )
    button.click()
    assert QGuiApplication.clipboard().text() == link


def test_a_file_that_no_program_opens_can_be_copied(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("reader.gui.viewer.links.QDesktopServices.openUrl", lambda _: False)
    messages = MessageBar()
    qtbot.addWidget(messages)
    links.open_file(tmp_path / "a & b.txt", messages)
    button = next(
        each for each in messages.findChildren(QAbstractButton) if each.text() == "Copy Path"
    )
    button.click()
    assert QGuiApplication.clipboard().text() == str(tmp_path / "a & b.txt")
