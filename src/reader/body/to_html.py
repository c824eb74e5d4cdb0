"""Write a body as canonical HTML: one top-level block a line, so that it can be read by lines."""

from html import escape

from reader.body.blocks import (
    Block,
    Body,
    Callout,
    Cell,
    Code,
    Definitions,
    Figure,
    Given,
    Heading,
    Item,
    List,
    Note,
    NoteMark,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Run,
    Runs,
    Style,
    Table,
    Text,
)

_TAGS = (
    (Style.STRONG, "strong"), (Style.EMPHASIS, "em"), (Style.UNDERLINE, "u"),
    (Style.STRIKE, "s"), (Style.MARK, "mark"), (Style.SMALL, "small"),
    (Style.SUB, "sub"), (Style.SUP, "sup"), (Style.CODE, "code"),
)  # fmt: skip


def to_html(body: Body) -> str:
    """Return the body as canonical HTML, from which ``from_html.body_of`` reads the same body."""
    lines = [_block(block) for block in body.blocks]
    lines += [_note(note) for note in body.notes]
    whole = _attribute("lang", body.language) + _attribute("dir", body.direction)
    whole += _attribute("data-caveats", " ".join(body.caveats))
    if whole:
        return "\n".join([f"<article{whole}>", *lines, "</article>"])
    return "\n".join(lines)


def _note(note: Note) -> str:
    return f'<div role="doc-endnote"{_attribute("id", note.name)}>{_blocks(note.blocks)}</div>'


def _blocks(blocks: tuple[Block, ...]) -> str:
    return "".join(_block(block) for block in blocks)


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            return f"<p{_attribute('id', block.anchor)}>{_runs(block.runs)}</p>"
        case Heading():
            name = f"h{block.level}"
            return f"<{name}{_attribute('id', block.anchor)}>{_runs(block.runs)}</{name}>"
        case Quote() | Callout():
            return _apart(block)
        case Code():
            kind = f"language-{block.language}" if block.language else ""
            return f"<pre><code{_attribute('class', kind)}>{_text(block.text)}</code></pre>"
        case List():
            return _list(block)
        case Definitions():
            return _definitions(block)
        case Table():
            return _table(block)
        case Figure():
            caption = f"<figcaption>{_runs(block.caption)}</figcaption>" if block.caption else ""
            return f"<figure>{_blocks(block.blocks)}{caption}</figure>"
        case Rule():
            return "<hr>"


def _apart(block: Quote | Callout) -> str:
    if isinstance(block, Quote):
        return f"<blockquote>{_blocks(block.blocks)}</blockquote>"
    title = f"<header>{_runs(block.title)}</header>" if block.title else ""
    kind = _attribute("data-callout", block.kind)
    return f'<aside role="note"{kind}>{title}{_blocks(block.blocks)}</aside>'


def _list(block: List) -> str:
    name = "ol" if block.ordered else "ul"
    # A list that counts down begins with its length, unless it names another number.
    says_start = block.ordered and (block.start != 1 or block.descends)
    start = f' start="{block.start}"' if says_start else ""
    numerals = _attribute("type", block.numerals) + (" reversed" if block.descends else "")
    return f"<{name}{numerals}{start}>{''.join(_item(item) for item in block.items)}</{name}>"


def _item(item: Item) -> str:
    box = ""
    if item.checked is not None:
        box = f'<input type="checkbox"{" checked" if item.checked else ""}>'
    value = "" if item.value is None else f' value="{item.value}"'
    return f"<li{value}>{box}{_blocks(item.blocks)}</li>"


def _definitions(block: Definitions) -> str:
    items = [
        "".join(f"<dt>{_runs(term)}</dt>" for term in item.terms)
        + (f"<dd>{_blocks(item.blocks)}</dd>" if item.blocks or not item.terms else "")
        for item in block.items
    ]
    return f"<dl>{''.join(items)}</dl>"


def _table(table: Table) -> str:
    caption = f"<caption>{_runs(table.caption)}</caption>" if table.caption else ""
    head = "".join(_row(row) for row in table.rows[: table.head])
    rest = "".join(_row(row) for row in table.rows[table.head :])
    above = f"<thead>{head}</thead>" if head else ""
    return f"<table>{caption}{above}<tbody>{rest}</tbody></table>"


def _row(row: tuple[Cell, ...]) -> str:
    return f"<tr>{''.join(_cell(cell) for cell in row)}</tr>"


def _cell(cell: Cell) -> str:
    name = "th" if cell.header else "td"
    columns = f' colspan="{cell.columns}"' if cell.columns != 1 else ""
    rows = f' rowspan="{cell.rows}"' if cell.rows != 1 else ""
    align = _attribute("align", cell.align)
    return f"<{name}{columns}{rows}{align}>{_runs(cell.runs)}</{name}>"


def _runs(runs: Runs) -> str:
    return "".join(_run(run) for run in runs)


def _run(run: Run) -> str:
    match run:
        case Text():
            inner = styled(_text(run.text).replace("&#10;", "<br>"), run.style)
            if run.tex:
                inner = f"<span{_attribute('data-tex', run.tex)}>{inner}</span>"
            return _linked(inner, run.link)
        case Picture():
            sizes = f' width="{run.width}" height="{run.height}"' if run.width else ""
            alt = escape(run.alt).replace("\n", "&#10;")
            more = _given(run.given) + _attribute("data-address", run.address)
            return _linked(f'<img src="{run.name}"{sizes} alt="{alt}"{more}>', run.link)
        case NoteMark():
            return f'<a role="doc-noteref" href="#{escape(run.note)}"></a>'


def styled(inner: str, style: Style) -> str:
    """Return HTML within the elements of a style."""
    if not style:  # nearly always
        return inner
    for each, name in _TAGS:
        if each in style:
            inner = f"<{name}>{inner}</{name}>"
    return inner


def _given(given: Given) -> str:
    if not given.width and not given.height:
        return ""
    sides = (("width", given.width), ("height", given.height))
    return "".join(f' data-{name}="{side:.6g}{given.unit}"' for name, side in sides)


def _linked(inner: str, link: str) -> str:
    return f'<a href="{escape(link)}">{inner}</a>' if link else inner


def _attribute(name: str, value: str) -> str:
    return f' {name}="{escape(value)}"' if value else ""


def _text(text: str) -> str:
    return escape(text, quote=False).replace("\n", "&#10;")
