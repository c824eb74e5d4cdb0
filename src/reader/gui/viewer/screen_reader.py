"""The interfaces of the parts of a page for screen readers; made when one of them asks."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface

from reader.model import Look

_installed: list[bool] = []
_asking_qt: list[QObject] = []


def install() -> None:
    """Describe pages, their heads and feet by our own interfaces, in the whole program."""
    if not _installed:
        QAccessible.installFactory(_interface)
        _installed.append(True)


def audible(look: Look) -> Look:
    """Return a look without hyphens in words if a screen reader runs, which would read them."""
    return look._replace(hyphenated=False) if QAccessible.isActive() else look


def _interface(_class: str, part: QObject) -> QAccessibleInterface | None:
    """Return the interface of a part of a page, None if Qt knows it well enough itself."""
    name = part.objectName() if part is not None else ""
    if name == "page":
        return _of_page(part)
    if name == "articleHead":
        return _of_head(part)
    return _of_foot(part) if name == "pageFoot" else None


def _of_page(part: QObject) -> QAccessibleInterface | None:
    from reader.gui.viewer.accessible import PageInterface
    from reader.gui.viewer.viewer import Viewer

    if not isinstance(part, Viewer) or part in _asking_qt:
        return None
    _asking_qt.append(part)
    try:
        text = QAccessible.queryAccessibleInterface(part)
    finally:
        _asking_qt.remove(part)
    return PageInterface(part, text)


def _of_head(part: QObject) -> QAccessibleInterface | None:
    from PySide6.QtWidgets import QAccessibleWidget

    from reader.gui.viewer.head import ArticleHead

    if not isinstance(part, ArticleHead):
        return None
    return QAccessibleWidget(part, QAccessible.Role.ToolBar, part.accessibleName())


def _of_foot(part: QObject) -> QAccessibleInterface | None:
    from reader.gui.viewer.accessible import FootInterface
    from reader.gui.viewer.foot import Foot

    return FootInterface(part) if isinstance(part, Foot) else None
