"""The Qt formats of a look, made once and used for every block and run of a document.

Lengths are pixels at 96 dpi and type is in points; the resolution of the document's paint device
scales both (zoom, paper).
"""

from enum import IntEnum
from functools import cached_property

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
    QTextTableCellFormat,
    QTextTableFormat,
)

from reader.body.blocks import List, Style
from reader.body.numbering import signs
from reader.document.fonts import MEASURED_AT, font, metrics, natural_leading
from reader.document.scripts import script_of
from reader.model import Look

CODE_FACTOR = 0.86
SMALL_FACTOR = 0.85
_HEADINGS = (1.5, 1.32, 1.14, 1.0, 0.94, 0.94)
_TITLE = 1.9
_HEADING_LEADING = 1.22
GROUNDED = Style.CODE | Style.MARK
"""The styles of runs with a ground of their own, which is painted round their letters."""

_TAB_COLUMNS, _DEEPEST_HANG = 7, 16
_CODE_LEAD, _CODE_TRAIL = 16.0, 10.0  # pixels; the lead is that of the head
_MARKER_GAP = 0.5
_LARGEST_EXTRA = 8.0
_VEIL = 0.5
_LIGHT, _SEMIBOLD = QFont.Weight.Normal, QFont.Weight.Bold


class Mark(IntEnum):
    """Properties of block formats that painting and pagination read."""

    ROLE = QTextFormat.Property.UserProperty.value + 1
    GROUP = QTextFormat.Property.UserProperty.value + 2
    QUOTES = QTextFormat.Property.UserProperty.value + 3
    WIDTH = QTextFormat.Property.UserProperty.value + 4
    HEIGHT = QTextFormat.Property.UserProperty.value + 5
    ALT = QTextFormat.Property.UserProperty.value + 6
    SHARE = QTextFormat.Property.UserProperty.value + 8
    MARKER = QTextFormat.Property.UserProperty.value + 9
    GROUNDED = QTextFormat.Property.UserProperty.value + 10
    GROUND = QTextFormat.Property.UserProperty.value + 11
    LEAD = QTextFormat.Property.UserProperty.value + 12
    INLINE = QTextFormat.Property.UserProperty.value + 13
    EXTRA = QTextFormat.Property.UserProperty.value + 14
    HANG = QTextFormat.Property.UserProperty.value + 15
    TRAIL = QTextFormat.Property.UserProperty.value + 16
    AXIS = QTextFormat.Property.UserProperty.value + 17
    MARKED = QTextFormat.Property.UserProperty.value + 18
    FREE = QTextFormat.Property.UserProperty.value + 20
    LIST = QTextFormat.Property.UserProperty.value + 21
    NOTE = QTextFormat.Property.UserProperty.value + 22
    GOES_ON = QTextFormat.Property.UserProperty.value + 23
    WAY = QTextFormat.Property.UserProperty.value + 30
    BEYOND = QTextFormat.Property.UserProperty.value + 31
    FIRST = QTextFormat.Property.UserProperty.value + 32
    LANGUAGE = QTextFormat.Property.UserProperty.value + 40


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
    TITLE = 10


class Formats:
    """All formats of one look."""

    def __init__(self, look: Look, *, on_paper: bool = False) -> None:
        self._on_paper = on_paper
        self.script = script_of(look.language)
        spacing = 0.0 if self.script.joined else look.letter_spacing
        look = look._replace(size_pt=look.size_pt * self.script.size, letter_spacing=spacing)
        self.look = look
        self.theme = look.theme
        self.em = look.size_pt * 96 / 72
        self.indent = round(self.em * 1.6)
        self.base = self._font(look.font, look.size_pt)
        self._chars: dict[tuple[int, str, float, bool], QTextCharFormat] = {}
        self._cells: dict[tuple[bool, bool], QTextTableCellFormat] = {}
        self.addresses: dict[str, str] = {}
        """On paper: the URL of each link by the href that Qt was given for it."""

    def _font(self, name: str, size_pt: float) -> QFont:
        return font(name, size_pt, on_paper=self._on_paper, language=self.look.language)

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
        chars = QTextCharFormat()
        size = self.look.size_pt * factor
        if Style.CODE in style:
            chars.setFont(self._font("mono", size * CODE_FACTOR))
            chars.setProperty(Mark.GROUND, self.theme.panel)
        else:
            size *= SMALL_FACTOR if Style.SMALL in style else 1
            chars.setFont(self._font(self.look.font, size))
            if self.look.letter_spacing:
                set_spacing(chars, self.look.letter_spacing)
        chars.setForeground(QBrush(QColor(self.theme.muted if muted else self.theme.text)))
        if Style.STRONG in style:
            chars.setFontWeight(_SEMIBOLD)
        chars.setFontItalic(Style.EMPHASIS in style)
        chars.setFontStrikeOut(Style.STRIKE in style)
        chars.setFontUnderline(Style.UNDERLINE in style)
        if Style.MARK in style:
            chars.setProperty(Mark.GROUND, self.theme.mark)
        if Style.SUB in style or Style.SUP in style:
            chars.setVerticalAlignment(
                QTextCharFormat.VerticalAlignment.AlignSubScript
                if Style.SUB in style
                else QTextCharFormat.VerticalAlignment.AlignSuperScript
            )
        if href := self._href(link):
            self._link(chars, href)
        return chars

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

    def _link(self, chars: QTextCharFormat, link: str) -> None:
        chars.setAnchor(True)
        chars.setAnchorHref(link)
        colour = QColor(self.theme.link)
        chars.setForeground(QBrush(colour))
        if self.look.underlined and not link.startswith("#"):
            chars.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            faint = QColor(colour)
            faint.setAlphaF(0.4)
            chars.setUnderlineColor(faint)

    def code(self, kind: str = "") -> QTextCharFormat:
        """Return the format of a run of code; ``kind`` names a code colour of the theme."""
        key = (-1, kind, 1.0, False)
        if key not in self._chars:
            chars = QTextCharFormat()
            chars.setFont(self._font("mono", self.look.size_pt * CODE_FACTOR))
            chars.setForeground(QBrush(QColor(self.theme.code.get(kind, self.theme.text))))
            chars.setFontItalic(kind == "comment")
            self._chars[key] = chars
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
        form = QTextBlockFormat()
        form.setTopMargin(above * self.em)
        form.setBottomMargin(below * self.em)
        form.setIndent(indent)
        form.setProperty(Mark.ROLE, int(role))
        self.set_leading(form, self.look.font, self.look.leading)
        if self.look.justified:
            self._align(form, role)
        return form

    def _align(self, form: QTextBlockFormat, role: Role) -> None:
        """Justify text on paper; in a window the document does so, if its column is wide enough."""
        if role is not Role.TEXT:
            form.setAlignment(Qt.AlignmentFlag.AlignLeft)
        elif self._on_paper:
            form.setAlignment(Qt.AlignmentFlag.AlignJustify)

    def heading(self, level: int, indent: int = 0) -> QTextBlockFormat:
        """Return the format of a heading's block."""
        above = (1.9, 1.7, 1.4, 1.2, 1.0, 1.0)[level - 1]
        form = self.block(Role.HEADING, above=above, below=0.6, indent=indent)
        self.set_leading(form, self.look.font, _HEADING_LEADING)
        form.setHeadingLevel(level)
        return form

    @property
    def on_paper(self) -> bool:
        """Whether the document is printed."""
        return self._on_paper

    def head(self, above: float, below: float, leading: float = 1.4) -> QTextBlockFormat:
        """Return the format of a block of the article's head."""
        form = self.block(Role.HEAD, above=above, below=below)
        form.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.set_leading(form, self.look.font, leading)
        return form

    def room_for_numbers(self, block: List) -> float:
        """Return the room that the numbers of a list need beyond its indent, in pixels."""
        if not block.ordered:
            return 0.0
        longest = max(map(len, signs(block)), default=0) - 1
        wide = metrics(self.look.font).horizontalAdvance("0" * longest + ".")
        wide *= self.em / MEASURED_AT
        needed = wide + _MARKER_GAP * self.em - self.indent
        return min(max(0.0, needed), _LARGEST_EXTRA * self.em)

    def picture(self, *, below: float, indent: int = 0) -> QTextBlockFormat:
        """Return the format of a block with a picture: the line is as high as the picture."""
        form = self.block(Role.PICTURE, above=0.6, below=below, indent=indent)
        form.setLineHeight(100, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        form.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        return form

    def code_block(self, group: int, indent: int) -> QTextBlockFormat:
        """Return the format of a line of code; the lines of one panel share a group."""
        form = self.block(Role.CODE, below=0, indent=indent + 1)
        form.setProperty(Mark.EXTRA, _CODE_LEAD - self.indent)
        form.setProperty(Mark.TRAIL, _CODE_TRAIL)
        form.setAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        form.setProperty(Mark.GROUP, group)
        self.set_leading(form, "mono", 1.5)
        return form

    def hang_code(self, form: QTextBlockFormat, line: str) -> None:
        """Let the lines in which a line of code goes on stand in a little further than it does."""
        start = line[: len(line) - len(line.lstrip())]
        columns = len(start) + _TAB_COLUMNS * start.count("\t")
        hang = self.hang * (1 + min(columns, _DEEPEST_HANG) / 2)
        form.setProperty(Mark.HANG, hang)

    @property
    def families_of_script(self) -> tuple[str, ...]:
        """The families for the letters of the script, best first."""
        serif, sans = self.script.serif, self.script.sans
        return serif + sans if self.look.font == "serif" else sans + serif

    @property
    def first_indent(self) -> float:
        """The indent of a paragraph after another one, in pixels."""
        return self.script.first_em * self.em

    @cached_property
    def hang(self) -> float:
        """The width of two letters of code in pixels."""
        letter = metrics("mono").horizontalAdvance("0") / MEASURED_AT
        return 2 * letter * self.em * CODE_FACTOR

    def set_margins(self, form: QTextBlockFormat, overhang: float, scale: float) -> None:
        """Set the margins of a block; Qt does not scale them as it does the indent."""
        extra, hang, trail = (
            form.doubleProperty(mark) for mark in (Mark.EXTRA, Mark.HANG, Mark.TRAIL)
        )
        overhang -= form.doubleProperty(Mark.BEYOND)
        start, end = scale * (overhang + extra + hang), scale * (overhang + trail)
        rtl = form.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left, right = (end, start) if rtl else (start, end)
        first = scale * (form.doubleProperty(Mark.FIRST) - hang)
        if (left, right, first) != (form.leftMargin(), form.rightMargin(), form.textIndent()):
            form.setLeftMargin(left)
            form.setRightMargin(right)
            form.setTextIndent(first)

    def gap(self) -> QTextBlockFormat:
        """Return the format of an invisible paragraph, which Qt requires beside tables."""
        return QTextBlockFormat()

    def tiny(self) -> QTextCharFormat:
        """Return the format of the text of an invisible paragraph."""
        chars = QTextCharFormat()
        chars.setFontPointSize(1)
        return chars

    def set_leading(self, form: QTextBlockFormat, name: str, leading: float) -> None:
        """Set the line height as a multiple of the type size.

        Qt multiplies the natural height of the typeface, which differs between typefaces.
        """
        language = "" if name == "mono" else self.look.language
        leading *= script_of(language).leading
        percent = 100 * leading / natural_leading(name, language)
        form.setLineHeight(percent, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)

    def make_room(self, form: QTextBlockFormat, chars: QTextCharFormat) -> bool:
        """Give a block room for high pictures in its lines; return whether it had none.

        A share of the height of each line would cut them, or leave holes below them. The leading of
        the other lines stays the same.
        """
        kinds = QTextBlockFormat.LineHeightTypes
        if form.lineHeightType() != kinds.ProportionalHeight.value:
            return False
        letters = QFontMetricsF(chars.font()).height()
        form.setLineHeight((form.lineHeight() / 100 - 1) * letters, kinds.LineDistanceHeight.value)
        return True

    # ---- tables

    def table(self, head: int) -> QTextTableFormat:
        """Return the format of a table."""
        form = QTextTableFormat()
        form.setBorder(0)
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
        form.setCellSpacing(0)
        form.setBorderCollapse(True)
        form.setHeaderRowCount(head)
        return form

    def cell_block(self) -> QTextBlockFormat:
        """Return the format of the block in a cell."""
        form = self.block(below=0)
        self.set_leading(form, self.look.font, 1.35)
        return form

    def cell(self, *, head: bool, striped: bool) -> QTextTableCellFormat:
        """Return the format of a cell."""
        if (head, striped) not in self._cells:
            self._cells[head, striped] = self._cell(head, striped)
        return self._cells[head, striped]

    def _cell(self, head: bool, striped: bool) -> QTextTableCellFormat:
        form = QTextTableCellFormat()
        pen = QPen(QColor(self.theme.quote if head else self.theme.rule))
        form.setBottomBorder(1.4 if head else 0.8)
        form.setBottomBorderBrush(QBrush(pen.color()))
        form.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        if striped:
            form.setBackground(QBrush(_veil(self.theme.stripe, self.theme.page)))
        return form


def set_spacing(chars: QTextCharFormat, em: float) -> None:
    """Set the space after each letter, as a share of the size of the type."""
    chars.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
    chars.setFontLetterSpacing(em * chars.fontPointSize() * 96 / 72)


def _veil(colour: str, ground: str) -> QColor:
    """Return a colour that looks like ``colour`` on a ground, and through which marks are seen."""
    over, under = QColor(colour), QColor(ground)

    def part(top: int, bottom: int) -> int:
        return min(255, max(0, round((top - (1 - _VEIL) * bottom) / _VEIL)))

    veil = QColor(
        part(over.red(), under.red()),
        part(over.green(), under.green()),
        part(over.blue(), under.blue()),
    )
    veil.setAlphaF(_VEIL)
    return veil
