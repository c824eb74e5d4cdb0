"""CommonMark, GFM and the dialects of other tools, as one extension of Python-Markdown."""

from markdown import Markdown
from markdown.extensions import Extension

from reader.body import bounded, markdown_dialects, markdown_inline
from reader.body.markdown_blocks import Blocks
from reader.body.markdown_ids import Ids


class CommonMark(Extension):
    """The extension; it must be registered last."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register the parser of blocks, the processors of lines, names and bounds."""
        md.preprocessors.deregister("html_block")
        md.parser = Blocks(md, markdown_dialects.BEGINS)
        markdown_inline.register(md)
        md.treeprocessors.register(bounded.Signs(md), "bounded", 20.5)
        md.treeprocessors.register(bounded.Lines(md), "inline", 20)
        md.treeprocessors.register(Ids(md), "ids", 5)
        md.treeprocessors.deregister("prettify")
