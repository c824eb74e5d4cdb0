"""The Qt formats of a look, made once and used for every block and run of a document.

Lengths are pixels at 96 dpi and type is in points; the resolution of the document's paint device
scales both (zoom, paper).
"""

from enum import IntEnum

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QPen,
    QTextBlockFormat,
    QTextCharFormat,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTableCellFormat,
    QTextTableFormat,
)

from reader.body.blocks import Style
from reader.document.fonts import font
from reader.model import Look

CODE_FACTOR = 0.86
SMALL_FACTOR = 0.85
_HEADINGS = (1.5, 1.32, 1.14, 1.0, 0.94, 0.94)
_TITLE = 1.9
_HEADING_LEADING = 1.22
_LIGHT, _SEMIBOLD = QFont.Weight.Normal, QFont.Weight.Bold


class Mark(IntEnum):
    """Properties of block formats that painting and pagination read."""

    ROLE = QTextFormat.Property.UserProperty.value + 1
    GROUP = QTextFormat.Property.UserProperty.value + 2
    QUOTES = QTextFormat.Property.UserProperty.value + 3
    WIDTH = QTextFormat.Property.UserProperty.value + 4
    HEIGHT = QTextFormat.Property.UserProperty.value + 5
    ALT = QTextFormat.Property.UserProperty.value + 6
    INDENT = QTextFormat.Property.UserProperty.value + 7
    SHARE = QTextFormat.Property.UserProperty.value + 8
    MARKER = QTextFormat.Property.UserProperty.value + 9


class Role(IntEnum):
    """The role of a block in the article."""

    TEXT = 0
    HEAD = 1
    HEADING = 2
    CODE = 3
    RULE = 4
    NOTES = 5
    CAPTION = 6
    PICTURE = 7
    END_OF_HEAD = 8
    TERM = 9


class Formats:
    """All formats of one look."""

    def __init__(self, look: Look, *, on_paper: bool = False) -> None:
        self._on_paper = on_paper
        self.look = look
        self.theme = look.theme
        self.em = look.size_pt * 96 / 72
        self.indent = round(self.em * 1.6)
        self.base = self._font(look.font, look.size_pt)
        self._natural: dict[str, float] = {}
        self._chars: dict[tuple[int, str, float, bool], QTextCharFormat] = {}
        self.addresses: dict[str, str] = {}
        """On paper: the URL of each link by the href that Qt was given for it."""

    def _font(self, name: str, size_pt: float) -> QFont:
        return font(name, size_pt, on_paper=self._on_paper)

    # ---- runs

    def run(
        self,
        style: Style = Style.PLAIN,
        link: str = "",
        factor: float = 1.0,
        *,
        muted: bool = False,
    ) -> QTextCharFormat:
        """Return the format of a run; ``factor`` is its size relative to the text."""
        key = (style.value, link, factor, muted)
        if key not in self._chars:
            self._chars[key] = self._run(style, link, factor, muted)
        return self._chars[key]

    def _run(self, style: Style, link: str, factor: float, muted: bool) -> QTextCharFormat:
        made = QTextCharFormat()
        size = self.look.size_pt * factor
        if Style.CODE in style:
            made.setFont(self._font("mono", size * CODE_FACTOR))
            made.setBackground(QBrush(QColor(self.theme.panel)))
        else:
            size *= SMALL_FACTOR if Style.SMALL in style else 1
            made.setFont(self._font(self.look.font, size))
        made.setForeground(QBrush(QColor(self.theme.muted if muted else self.theme.text)))
        if Style.STRONG in style:
            made.setFontWeight(_SEMIBOLD)
        made.setFontItalic(Style.EMPHASIS in style)
        made.setFontStrikeOut(Style.STRIKE in style)
        made.setFontUnderline(Style.UNDERLINE in style)
        if Style.MARK in style:
            made.setBackground(QBrush(QColor(self.theme.mark)))
        if Style.SUB in style or Style.SUP in style:
            made.setVerticalAlignment(
                QTextCharFormat.VerticalAlignment.AlignSubScript
                if Style.SUB in style
                else QTextCharFormat.VerticalAlignment.AlignSuperScript
            )
        if href := self._href(link):
            self._link(made, href)
        return made

    def _href(self, link: str) -> str:
        """Return the href for Qt, which copies it into a PDF without escaping.

        On paper it is ASCII without parentheses, so that no URL can end the string around it;
        ``""`` if the link is not a valid URL.
        """
        if not self._on_paper or not link or link.startswith("#"):
            return link
        address = bytes(QUrl(link).toEncoded().data()).decode("ascii")
        href = address.replace("(", "%28").replace(")", "%29")
        self.addresses[href] = address
        return href

    def _link(self, made: QTextCharFormat, link: str) -> None:
        made.setAnchor(True)
        made.setAnchorHref(link)
        colour = QColor(self.theme.link)
        made.setForeground(QBrush(colour))
        if self.look.underlined and not link.startswith("#"):
            made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            faint = QColor(colour)
            faint.setAlphaF(0.4)
            made.setUnderlineColor(faint)

    def code(self, kind: str = "") -> QTextCharFormat:
        """Return the format of a run of code; ``kind`` names a code colour of the theme."""
        key = (-1, kind, 1.0, False)
        if key not in self._chars:
            made = QTextCharFormat()
            made.setFont(self._font("mono", self.look.size_pt * CODE_FACTOR))
            made.setForeground(QBrush(QColor(self.theme.code.get(kind, self.theme.text))))
            made.setFontItalic(kind == "comment")
            self._chars[key] = made
        return self._chars[key]

    def title(self) -> QTextCharFormat:
        """Return the format of the article's title."""
        return self.run(Style.STRONG, factor=_TITLE)

    def heading_factor(self, level: int) -> float:
        """Return the size of a heading relative to the text."""
        return _HEADINGS[min(max(level, 1), 6) - 1]

    # ---- blocks

    def block(
        self, role: Role = Role.TEXT, *, above: float = 0.0, below: float = 0.7, indent: int = 0
    ) -> QTextBlockFormat:
        """Return the format of a block; spaces above and below are in em."""
        made = QTextBlockFormat()
        made.setTopMargin(above * self.em)
        made.setBottomMargin(below * self.em)
        made.setIndent(indent)
        made.setProperty(Mark.ROLE, int(role))
        self.set_leading(made, self.look.font, self.look.leading)
        if self.look.justified and role is Role.TEXT:
            made.setAlignment(Qt.AlignmentFlag.AlignJustify)
        return made

    def heading(self, level: int, indent: int = 0) -> QTextBlockFormat:
        """Return the format of a heading's block."""
        above = (1.9, 1.7, 1.4, 1.2, 1.0, 1.0)[level - 1]
        made = self.block(Role.HEADING, above=above, below=0.6, indent=indent)
        self.set_leading(made, self.look.font, _HEADING_LEADING)
        made.setHeadingLevel(level)
        return made

    def head(self, above: float, below: float, leading: float = 1.4) -> QTextBlockFormat:
        """Return the format of a block of the article's head."""
        made = self.block(Role.HEAD, above=above, below=below)
        made.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.set_leading(made, self.look.font, leading)
        return made

    def picture(self, *, below: float, indent: int = 0) -> QTextBlockFormat:
        """Return the format of a block with a picture: the line is as high as the picture."""
        made = self.block(Role.PICTURE, above=0.6, below=below, indent=indent)
        made.setLineHeight(100, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        return made

    def code_block(self, group: int, indent: int) -> QTextBlockFormat:
        """Return the format of a line of code; the lines of one panel share a group."""
        made = self.block(Role.CODE, below=0, indent=indent + 1)
        made.setRightMargin(10)
        made.setAlignment(Qt.AlignmentFlag.AlignLeft)
        made.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        made.setProperty(Mark.GROUP, group)
        self.set_leading(made, "mono", 1.5)
        return made

    def gap(self) -> QTextBlockFormat:
        """Return the format of an invisible paragraph, which Qt requires beside tables."""
        return QTextBlockFormat()

    def tiny(self) -> QTextCharFormat:
        """Return the format of the text of an invisible paragraph."""
        made = QTextCharFormat()
        made.setFontPointSize(1)
        return made

    def set_leading(self, made: QTextBlockFormat, name: str, leading: float) -> None:
        """Set the line height as a multiple of the type size.

        Qt multiplies the natural height of the typeface, which differs between typefaces.
        """
        if name not in self._natural:
            metrics = QFontMetricsF(font(name, 100))
            self._natural[name] = metrics.height() / (100 * 96 / 72)
        percent = 100 * leading / self._natural[name]
        made.setLineHeight(percent, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)

    # ---- tables

    def table(self, head: int, indent: int) -> QTextTableFormat:
        """Return the format of a table as wide as the column."""
        made = QTextTableFormat()
        made.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        made.setBorder(0)
        made.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
        made.setCellPadding(0.42 * self.em)
        made.setCellSpacing(0)
        made.setBorderCollapse(True)
        made.setHeaderRowCount(head)
        made.setLeftMargin(indent * self.indent)
        return made

    def cell(self, *, head: bool, striped: bool) -> QTextTableCellFormat:
        """Return the format of a cell."""
        made = QTextTableCellFormat()
        pen = QPen(QColor(self.theme.quote if head else self.theme.rule))
        made.setBottomBorder(1.4 if head else 0.8)
        made.setBottomBorderBrush(QBrush(pen.color()))
        made.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        if striped:
            made.setBackground(QBrush(QColor(self.theme.stripe)))
        return made
