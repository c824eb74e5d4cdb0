"""The page for screen readers: a document with headings and links, a tool bar, a progress bar.

Qt itself describes a text browser as static text. Its own description stays behind ours, since it
knows the text, its formats and the selection.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from PySide6.QtCore import QPoint, QRect, QUrl
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleAttributesInterface,
    QAccessibleEvent,
    QAccessibleInterface,
    QAccessibleValueInterface,
    QTextBlock,
)
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import Shiboken

from reader.document.portions import written
from reader.gui.viewer.foot import Foot
from reader.gui.viewer.viewer import Viewer

_Type = QAccessible.InterfaceType
_NOTHING: Any = Shiboken.VoidPtr(0)
_NO_ONE: Any = None  # the types of PySide do not know that there may be none


class Span(NamedTuple):
    """A heading (with its level), a link (with its target) or a highlight (with its note).

    ``note`` is None if it is no highlight. It stands between two positions.
    """

    start: int
    end: int
    text: str
    level: int = 0
    href: str = ""
    note: str | None = None


class PageInterface(QAccessibleWidget):
    """A page as a document; its headings, links and highlights are children beside its widgets."""

    def __init__(self, viewer: Viewer, text: QAccessibleInterface) -> None:
        super().__init__(viewer, QAccessible.Role.Document, viewer.accessibleName())
        self._viewer = viewer
        self._text = text
        self._parts: list[PartInterface] = []
        self._marked: list[PartInterface] = []
        self._stretches: object = None
        self._blocks = 0
        viewer.taken.connect(self._forget)

    def interface_cast(self, kind: QAccessible.InterfaceType) -> Any:
        """Answer for the text by Qt's own description of a text browser."""
        if kind is _Type.TextInterface:
            return _address(self._text.interface_cast(kind))
        return _address(super().interface_cast(kind))

    def text(self, kind: QAccessible.Text) -> str:
        """Return the title of the article as the description."""
        article = self._viewer.article
        if kind is QAccessible.Text.Description and article is not None:
            return article.title
        return super().text(kind)

    def childCount(self) -> int:
        """Return the number of widgets, headings, links and highlights."""
        return super().childCount() + len(self._found())

    def child(self, index: int) -> QAccessibleInterface:
        """Return a widget, or else a heading, link or highlight."""
        widgets = super().childCount()
        if index < widgets:
            return super().child(index)
        parts = self._found()
        return parts[index - widgets] if index - widgets < len(parts) else _NO_ONE

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return the place of a child, -1 if it is none."""
        if isinstance(child, PartInterface):
            parts = self._found()
            return super().childCount() + parts.index(child) if child in parts else -1
        return super().indexOfChild(child)

    def focusChild(self) -> QAccessibleInterface:
        """Return the link that has the keyboard."""
        focused = (part for part in self._found() if part.is_focused)
        return next(focused, None) or super().focusChild()

    def _found(self) -> list["PartInterface"]:
        """Return the parts of all blocks that are written; the last one may still grow."""
        page = self._viewer.page
        until = page.blockCount() - (not page.complete)
        while self._blocks < until:
            block = page.findBlockByNumber(self._blocks)
            self._blocks += 1
            self._parts += [PartInterface(self._viewer, span) for span in spans(block)]
        return [*self._parts, *self._highlights()]

    def _highlights(self) -> list["PartInterface"]:
        """Return the parts of the highlights, made anew if others are shown."""
        shown = self._viewer.highlights
        if self._stretches is not shown.stretches:
            _delete(self._marked)
            self._stretches = shown.stretches
            found = shown.spoken(self._viewer.page)
            self._marked = [
                PartInterface(self._viewer, Span(each.start, each.end, each.text, note=each.note))
                for each in found
            ]
        return self._marked

    def _forget(self) -> None:
        _delete([*self._parts, *self._marked])
        self._parts, self._marked, self._blocks, self._stretches = [], [], 0, None
        loaded = QAccessibleEvent(self._viewer, QAccessible.Event.DocumentLoadComplete)
        QAccessible.updateAccessibility(loaded)


def _delete(parts: Iterable["PartInterface"]) -> None:
    for part in parts:
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(part))


class PartInterface(QAccessibleInterface):
    """A heading, a link or a highlight of the page."""

    def __init__(self, viewer: Viewer, span: Span) -> None:
        super().__init__()
        self._viewer = viewer
        self._span = span
        self._level = _Level(span.level)
        self._press = _Press(viewer, span)

    def interface_cast(self, kind: QAccessible.InterfaceType) -> Any:
        """Offer the level of a heading, and the action of a link."""
        if kind is _Type.AttributesInterface and self._span.level:
            return _pointer(self._level)
        if kind is _Type.ActionInterface and self._span.href:
            return _pointer(self._press)
        return _NOTHING

    def isValid(self) -> bool:
        """Return whether the page is still there."""
        return Shiboken.isValid(self._viewer)

    def object(self) -> Any:
        """Return no widget: it is a part of one."""
        return _NO_ONE

    def parent(self) -> QAccessibleInterface:
        """Return the page."""
        return QAccessible.queryAccessibleInterface(self._viewer)

    def childCount(self) -> int:
        """Return that it has no parts itself."""
        return 0

    def child(self, _index: int) -> Any:
        """Return no part."""
        return _NO_ONE

    def childAt(self, _x: int, _y: int) -> Any:
        """Return no part."""
        return _NO_ONE

    def indexOfChild(self, _child: QAccessibleInterface) -> int:
        """Return no place."""
        return -1

    def role(self) -> QAccessible.Role:
        """Return its role: a heading, a note for a highlight, or a link."""
        if self._span.note is not None:
            return QAccessible.Role.Note
        return QAccessible.Role.Heading if self._span.level else QAccessible.Role.Link

    def text(self, kind: QAccessible.Text) -> str:
        """Return its words as the name, a link's target as the value, a note as the description."""
        if kind is QAccessible.Text.Name:
            return self._span.text
        if kind is QAccessible.Text.Description:
            return self._span.note or ""
        return self._span.href if kind is QAccessible.Text.Value else ""

    def setText(self, _kind: QAccessible.Text, _text: str) -> None:
        """Change nothing."""

    def rect(self) -> QRect:
        """Return its place on the screen."""
        viewer, (start, end) = self._viewer, self._span[:2]
        area = viewer.area_of(start, end)
        if area.isEmpty():
            area = viewer.cursorRect(viewer.cursor_over(start, start))
        return QRect(self._viewer.viewport().mapToGlobal(area.topLeft()), area.size())

    @property
    def is_focused(self) -> bool:
        """Whether it is the link that has the keyboard."""
        if not self._span.href or not self._viewer.hasFocus():
            return False
        cursor = self._viewer.textCursor()
        return (cursor.selectionStart(), cursor.selectionEnd()) == self._span[:2]

    def state(self) -> QAccessible.State:
        """Return whether it can have, or has, the keyboard, and whether it is seen."""
        state = QAccessible.State()
        state.readOnly = True
        if self._span.href:
            state.focusable = state.linked = True
            state.focused = self.is_focused
        area = self.rect().translated(-self._viewer.viewport().mapToGlobal(QPoint()))
        state.offscreen = not area.intersects(self._viewer.viewport().rect())
        return state


class _Level(QAccessibleAttributesInterface):
    """The level of a heading."""

    def __init__(self, level: int) -> None:
        super().__init__()
        self._level = level

    def attributeKeys(self) -> list[QAccessible.Attribute]:
        return [QAccessible.Attribute.Level]

    def attributeValue(self, key: QAccessible.Attribute) -> object:
        return self._level if key is QAccessible.Attribute.Level else None


class _Press(QAccessibleActionInterface):
    """Following a link."""

    def __init__(self, viewer: Viewer, span: Span) -> None:
        super().__init__()
        self._viewer = viewer
        self._span = span

    def actionNames(self) -> list[str]:
        return [self.pressAction(), self.setFocusAction()]

    def doAction(self, name: str) -> None:
        if name == self.pressAction():
            self._viewer.anchorClicked.emit(QUrl(self._span.href))
        elif name == self.setFocusAction():
            self._viewer.setFocus()
            self._viewer.show_cursor(self._viewer.cursor_over(*self._span[:2]))

    def keyBindingsForAction(self, name: str) -> list[str]:
        return ["Return"] if name == self.pressAction() else []


class FootInterface(QAccessibleWidget):
    """The foot as a progress bar whose text has the minutes too; nothing is announced."""

    def __init__(self, foot: Foot) -> None:
        super().__init__(foot, QAccessible.Role.ProgressBar, foot.accessibleName())
        self._foot = foot
        self._value = _Progress(foot)

    def interface_cast(self, kind: QAccessible.InterfaceType) -> Any:
        """Offer the progress as a number."""
        if kind is _Type.ValueInterface:
            return _pointer(self._value)
        return _address(super().interface_cast(kind))

    def text(self, kind: QAccessible.Text) -> str:
        """Return the progress in words; not every platform asks for the text of a value."""
        in_words = kind in (QAccessible.Text.Value, QAccessible.Text.Description)
        return self._foot.spoken() if in_words else super().text(kind)


class _Progress(QAccessibleValueInterface):
    """The progress in percent."""

    def __init__(self, foot: Foot) -> None:
        super().__init__()
        self._foot = foot

    def currentValue(self) -> int:
        return self._foot.percent

    def setCurrentValue(self, _value: object) -> None:
        pass

    def minimumValue(self) -> int:
        return 0

    def maximumValue(self) -> int:
        return 100

    def minimumStepSize(self) -> int:
        return 1


def spans(block: QTextBlock) -> Iterator[Span]:
    """Yield the heading that a block is, and its links."""
    end = block.position() + block.length() - 1
    if level := block.blockFormat().headingLevel():
        yield Span(block.position(), end, block.text(), level)
    link: Span | None = None
    fragments = block.begin()
    while not fragments.atEnd():
        fragment = fragments.fragment()
        fragments += 1
        href = fragment.charFormat().anchorHref()
        start, until = fragment.position(), fragment.position() + fragment.length()
        if link is not None and (href != link.href or start != link.end):
            yield link
            link = None
        if href:
            text = (link.text if link else "") + written(fragment.text())
            link = Span(link.start if link else start, until, text, href=href)
    if link is not None:
        yield link


def _pointer(part: Shiboken.Object) -> Any:
    """Return the address of an interface, as Qt wants it."""
    return Shiboken.VoidPtr(Shiboken.getCppPointer(part)[0])


def _address(found: object) -> Any:
    """Return an address that Qt gave us, a null pointer for None, which Qt would follow."""
    return _NOTHING if found is None else found
