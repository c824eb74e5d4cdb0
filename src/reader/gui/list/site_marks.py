"""The marks of sites in the rows: painted once for each site, since rows are painted often."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

from reader.gui.widgets.site_mark import paint_site_mark
from reader.model import Theme

_MOST = 1000


class SiteMarks:
    """The marks of sites as pictures, of which the last ones are kept."""

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], QPixmap] = {}

    def paint(self, painter: QPainter, area: QRect, site: str, theme: Theme) -> None:
        """Paint the mark of a site."""
        ratio = painter.device().devicePixelRatioF()
        key = (site, area.width(), ratio, theme.name)
        if key not in self._kept:
            if len(self._kept) >= _MOST:
                self._kept.clear()
            self._kept[key] = _mark(site, area.width(), ratio, theme)
        painter.drawPixmap(area.topLeft(), self._kept[key])


def _mark(site: str, side: int, ratio: float, theme: Theme) -> QPixmap:
    mark = QPixmap(QSize(side, side) * ratio)
    mark.setDevicePixelRatio(ratio)
    mark.fill(Qt.GlobalColor.transparent)
    with QPainter(mark) as painter:
        paint_site_mark(painter, QRect(0, 0, side, side), site, None, theme)
    return mark
