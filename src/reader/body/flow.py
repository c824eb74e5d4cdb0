"""The blocks and runs of a page while it is read: white space collapses, runs merge."""

from collections.abc import Sequence

from reader.body.blocks import Block, NoteMark, Paragraph, Picture, Run, Runs, Style, Text

_UNSEEN = "\u200b\u200c\u2060\ufeff"
_BLANK_BEFORE = f" \n{_UNSEEN}"
_BLANK = f"{_BLANK_BEFORE}\xa0"
"""White space and characters without width, which no paragraph begins or ends with."""


class Flow:
    """Finished blocks, and the runs of the paragraph that is still open.

    An inline flow creates no blocks: a new block continues its text on a new line, or after a space
    if ``one_line`` is set. ``tex`` is the TeX of the formula that is read, ``""`` outside of one.
    """

    __slots__ = (
        "_aliases",
        "_anchor",
        "_ends_in_space",
        "_link",
        "_marked",
        "_parts",
        "_runs",
        "_style",
        "_tex",
        "blocks",
        "inline",
        "one_line",
        "tex",
    )

    def __init__(
        self,
        aliases: dict[str, str] | None = None,
        *,
        inline: bool = False,
        one_line: bool = False,
    ) -> None:
        """Record further names of a place in ``aliases``, with the name that it is known by."""
        self._aliases = {} if aliases is None else aliases
        self.blocks: list[Block] = []
        self.inline = inline or one_line
        self.one_line = one_line
        self._anchor = ""
        self.tex = ""
        self._begin()

    def _begin(self) -> None:
        self._runs: list[Run] = []
        self._parts: list[str] = []
        self._style = Style.PLAIN
        self._link = self._tex = ""
        self._ends_in_space = True
        self._marked = False

    def mark_place(self, anchor: str) -> None:
        """Give the next paragraph or heading this name, or this further name."""
        if self._anchor and anchor and anchor != self._anchor:
            self._aliases.setdefault(anchor, self._anchor)
        self._anchor = self._anchor or anchor

    def take_place(self) -> str:
        """Return the name of the next block, and clear it."""
        anchor, self._anchor = self._anchor, ""
        return anchor

    def text(self, spaced: str, style: Style, link: str) -> None:
        """Add text whose white space is already collapsed to single spaces."""
        if self._ends_in_space and spaced.startswith(" "):
            spaced = spaced[1:]
        if not spaced:
            return
        self._ends_in_space = spaced.endswith(" ")
        if style is not self._style or link != self._link or self.tex is not self._tex:
            self._close_text()
            self._style, self._link, self._tex = style, link, self.tex
        self._parts.append(spaced)
        self._marked = False

    def marker(self, sign: str, style: Style, link: str) -> None:
        """Begin the line of a list item, whose text stays beside its marker."""
        self.drop_marker()
        self.text(sign, style, link)
        self._marked = True

    def drop_marker(self) -> None:
        """Remove the marker of a list item that has no text."""
        if self._marked:
            self._parts.pop()
            self._marked, self._ends_in_space = False, True

    def line_break(self) -> None:
        """Begin a new line in the same paragraph."""
        if self._marked:
            return
        if self.one_line:
            self.text(" ", self._style, self._link)
            return
        if self._parts or self._runs:
            if self._parts:
                self._parts[-1] = self._parts[-1].rstrip(" ")
            self._parts.append("\n")
            self._ends_in_space = True

    def run(self, run: Picture | NoteMark) -> None:
        """Add a picture or a reference to a note."""
        self._close_text()
        self._runs.append(run)
        self._ends_in_space = self._marked = False

    def block(self, block: Block) -> None:
        """Close the paragraph and add a block."""
        self.close()
        self.blocks.append(block)

    def close(self) -> None:
        """End the paragraph; drop it if it has neither text nor picture."""
        if self.inline:
            if self._parts[-1:] != ["\n"]:  # blocks inside each other end together
                self.line_break()
            return
        if self._parts or self._runs:
            runs = () if self._marked else self.take_runs()
            if runs:
                self.blocks.append(Paragraph(runs, self.take_place()))

    def take_runs(self) -> Runs:
        """Return the collected runs without white space at their ends, and start again."""
        self._close_text()
        runs = _trimmed(self._runs)
        self._begin()
        return runs

    def _close_text(self) -> None:
        if not self._parts:
            return
        text = "".join(self._parts)
        self._parts = []
        last = self._runs[-1] if self._runs else None
        new = Text(text, self._style, self._link, tex=self._tex)
        if isinstance(last, Text) and last[1:] == new[1:]:  # they differ in nothing but the text
            self._runs[-1] = last._replace(text=last.text + text)
        elif text:
            self._runs.append(new)


def _trimmed(runs: Sequence[Run]) -> Runs:
    kept = list(runs)
    while kept and isinstance(last := kept[-1], Text):
        if text := last.text.rstrip(_BLANK):
            if text != last.text:
                kept[-1] = last._replace(text=text)
            break
        kept.pop()
    start = 0
    while start < len(kept) and isinstance(first := kept[start], Text):
        if text := first.text.lstrip(_BLANK_BEFORE):
            if text != first.text:
                kept[start] = first._replace(text=text)
            break
        start += 1
    return tuple(kept[start:])
