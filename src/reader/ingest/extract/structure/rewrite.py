"""Rewrite the constructs of a page in plain HTML, before its article is searched."""

from reader.ingest.extract.measure import Element
from reader.ingest.extract.structure import callouts, code, headings, lists, margins, notes, raised
from reader.ingest.extract.structure.index import Index
from reader.ingest.extract.structure.section_links import drop_section_links


def rewrite(body: Element) -> None:
    """Rewrite code, callouts, notes and headings; the tree is changed."""
    index = Index(body)
    code.restructure(body, index)
    margins.lift(index)
    raised.link(body)
    notes.restructure(body)
    callouts.restructure(body, index)
    headings.restructure(body, index)
    lists.restructure(body)
    drop_section_links(body, index)
    for source in list(body.iterfind(".//blockquote//footer")):
        source.tag = "p"
