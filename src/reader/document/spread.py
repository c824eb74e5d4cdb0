"""Headings and captions as wide as the place of their table on paper."""

from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCursor

from reader.document.column_widths import Way
from reader.document.formats import Formats, Mark
from reader.document.table_room import Room


def spread(form: QTextBlockFormat, way: Way, room: Room) -> None:
    """Let a block stand in the way of its table; its margins are set afterwards."""
    if way:
        form.setProperty(Mark.WAY, int(way))
        form.setProperty(Mark.BEYOND, room.beyond(way))


def spread_headings(last: QTextBlock, way: Way, room: Room, formats: Formats) -> None:
    """Let the headings right above a table, of which ``last`` may be one, stand in its way."""
    while way and last.isValid() and last.blockFormat().headingLevel():
        form = last.blockFormat()
        spread(form, way, room)
        formats.set_margins(form, room.overhang, room.scale)
        QTextCursor(last).setBlockFormat(form)
        last = last.previous()
