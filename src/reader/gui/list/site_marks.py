"""The marks of sites in the rows: painted once for each site, since rows are painted often."""

from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap

from reader.gui.widgets.site_mark import paint_site_mark
from reader.model import Theme

_MOST = 1000


class Site(NamedTuple):
    """The name of a site and its icon, None if it has none."""

    name: str
    icon: QImage | None = None


class SiteMarks:
    """The marks of sites as pictures, of which the last ones are kept."""

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], QPixmap] = {}

    def paint(self, painter: QPainter, area: QRect, site: Site, theme: Theme) -> None:
        """Paint the mark of a site."""
        ratio = painter.device().devicePixelRatioF()
        icon = site.icon.cacheKey() if site.icon is not None else 0
        key = (site.name, icon, area.width(), ratio, theme.name)
        if key not in self._kept:
            if len(self._kept) >= _MOST:
                self._kept.clear()
            self._kept[key] = _mark(QSize(area.width(), area.width()), ratio, site, theme)
        painter.drawPixmap(area.topLeft(), self._kept[key])


def _mark(size: QSize, ratio: float, site: Site, theme: Theme) -> QPixmap:
    mark = QPixmap(size * ratio)
    mark.setDevicePixelRatio(ratio)
    mark.fill(Qt.GlobalColor.transparent)
    with QPainter(mark) as painter:
        paint_site_mark(painter, QRect(QPoint(), size), site.name, site.icon, theme)
    return mark
