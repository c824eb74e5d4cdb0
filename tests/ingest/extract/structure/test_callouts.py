"""Notes, tips and warnings are callouts with a title, whichever generator set them apart."""

import pytest
from tests.ingest.extract.structure.page import blocks_of

from reader.body.blocks import Body, Callout, Paragraph, Quote
from reader.body.to_text import runs_text, to_text

_TEXT = "Never cross before the ferryman has tried the ice."
_P = f"<p>{_TEXT}</p>"
_GENERATORS = {
    "GitHub": (
        '<div class="markdown-alert markdown-alert-warning" dir="auto"><p class="markdown-alert-'
        f'title"><svg></svg>Warning</p>{_P}</div>'
    ),
    "GitHub, unread": f"<blockquote><p>[!WARNING] Warning\n{_TEXT}</p></blockquote>",
    "GitHub, in lines": (
        f"<blockquote>\n<p>[!warning]<br>\n{_TEXT}</p>\n</blockquote>"
    ),
    "Docusaurus": (
        '<div class="theme-admonition theme-admonition-warning admonition_xJq3 alert alert--warning'
        '"><div class="admonitionHeading_Gvgb"><span class="admonitionIcon_Rf37"><svg></svg></span>'
        f'Warning</div><div class="admonitionContent_BuS1">{_P}</div></div>'
    ),
    "VitePress": (
        f'<div class="warning custom-block"><p class="custom-block-title">Warning</p>{_P}</div>'
    ),
    "VuePress": (
        f'<div class="hint-container warning"><p class="hint-container-title">Warning</p>{_P}</div>'
    ),
    "Sphinx and MkDocs": (
        f'<div class="admonition warning">\n<p class="admonition-title">Warning</p>\n{_P}\n</div>'
    ),
    "MkDocs, folded": (
        f'<details class="warning"><summary>Warning</summary>{_P}</details>'
    ),
    "Obsidian": (
        '<div data-callout="warning" class="callout"><div class="callout-title"><div class='
        '"callout-icon"><svg></svg></div><div class="callout-title-inner">Warning</div></div>'
        f'<div class="callout-content">{_P}</div></div>'
    ),
    "Quarto": (
        '<div class="callout callout-style-default callout-warning callout-titled"><div class='
        '"callout-header d-flex"><div class="callout-icon-container"><i class="callout-icon"></i>'
        '</div><div class="callout-title-container flex-fill">Warning</div></div><div class='
        f'"callout-body-container callout-body">{_P}</div></div>'
    ),
    "Starlight": (
        '<aside aria-label="Warning" class="starlight-aside starlight-aside--warning"><p class='
        '"starlight-aside__title" aria-hidden="true"><svg></svg>Warning</p><div class='
        f'"starlight-aside__content">{_P}</div></aside>'
    ),
    "Asciidoctor": (
        '<div class="admonitionblock warning"><table><tbody><tr><td class="icon"><div class="title'
        f'">Warning</div></td><td class="content">{_TEXT}</td></tr></tbody></table></div>'
    ),
    "Confluence": (
        '<div class="confluence-information-macro confluence-information-macro-warning"><p class='
        '"title">Warning</p><span class="aui-icon confluence-information-macro-icon"></span><div '
        f'class="confluence-information-macro-body">{_P}</div></div>'
    ),
    "MDN": f'<div class="notecard warning"><p><strong>Warning:</strong> {_TEXT}</p></div>',
    "Google": f'<aside class="warning"><b>Warning:</b><span> {_TEXT}</span></aside>',
    "Bootstrap": (
        f'<div class="alert alert-warning" role="alert"><strong>Warning:</strong> {_TEXT}</div>'
    ),
    "DocBook": f'<div class="warning"><h3 class="title">Warning</h3>{_P}</div>',
    "Microsoft Learn": f'<div class="WARNING"><p>Warning</p>{_P}</div>',
    "ReadMe": (
        '<blockquote class="callout callout_warning" theme="📘"><h3 class="callout-heading"><span '
        f'class="callout-icon">📘</span>Warning</h3>{_P}</blockquote>'
    ),
    "Notion": (
        '<figure class="callout warning"><div><span class="icon">💡</span></div><div><p><strong>'
        f"Warning</strong></p>{_P}</div></figure>"
    ),
    "DPUB-ARIA": f'<div role="doc-notice" class="warning"><h4>Warning</h4>{_P}</div>',
}  # fmt: skip


@pytest.mark.parametrize("markup", _GENERATORS.values(), ids=_GENERATORS)
def test_a_callout_has_its_kind_its_title_and_its_text(markup: str) -> None:
    (block,) = blocks_of(markup)
    assert isinstance(block, Callout)
    assert block.kind in ("warning", "notice")
    assert runs_text(block.title) in ("Warning", "")
    assert to_text(Body((block,))) in (f"Warning\n\n{_TEXT}", f"Warning\n\n Warning{_TEXT}")


def test_a_title_of_words_is_kept() -> None:
    markup = f'<div class="admonition tip"><p class="admonition-title">A <b>b</b></p>{_P}</div>'
    (block,) = blocks_of(markup)
    assert isinstance(block, Callout)
    assert (block.kind, runs_text(block.title)) == ("tip", "A b")


def test_a_note_without_title_or_kind_is_a_callout() -> None:
    (block,) = blocks_of(f'<aside role="note">{_P}</aside>')
    assert isinstance(block, Callout)
    assert to_text(Body((block,))) in (f"Note\n\n{_TEXT}",)


def test_bold_words_in_a_sentence_are_no_title() -> None:
    (block,) = blocks_of(f'<div class="admonition tip"><p><b>Never</b> {_TEXT[6:]}</p></div>')
    assert isinstance(block, Callout)
    assert block.title == ()
    assert to_text(Body((block,))) == f"Tip\n\n{_TEXT}"


@pytest.mark.parametrize(
    "markup",
    [
        f'<div class="note" id="fn1">{_P}</div>',
        f'<p class="note">{_TEXT}</p>',
        f'<div class="callout"><picture><img src="/a.png" width="9"></picture>{_P}</div>',
        f'{_P}<div class="callout"><p>More: <a href="/b">All that is known of ice</a></p></div>',
        f'<div class="warning-free-zone of-charge">{_P}</div>',
    ],
)
def test_a_box_of_another_kind_is_text(markup: str) -> None:
    assert [type(block) for block in blocks_of(markup)] == [Paragraph]


def test_a_quote_stays_a_quote() -> None:
    (block,) = blocks_of(f"<blockquote>{_P}<p>[!note] within</p></blockquote>")
    assert isinstance(block, Quote)


@pytest.mark.parametrize("label", ["Note: ", "NOTE : ", " Note:"])
def test_the_kind_of_a_callout_is_not_repeated_in_its_text(label: str) -> None:
    (callout,) = blocks_of(f'<div class="note"><p>{label}{_TEXT}</p></div>')
    assert isinstance(callout, Callout)
    assert to_text(Body(callout.blocks)).strip() == _TEXT


def test_another_word_before_a_colon_stays_in_a_callout() -> None:
    (callout,) = blocks_of(f'<div class="note"><p>Ferrymen: {_TEXT}</p></div>')
    assert isinstance(callout, Callout)
    assert "Ferrymen: Never" in to_text(Body(callout.blocks))


def test_a_quote_named_a_note_is_a_callout() -> None:
    (callout,) = blocks_of(f'<blockquote class="note">{_P}</blockquote>')
    assert isinstance(callout, Callout)
    (quote,) = blocks_of(f'<blockquote class="noted">{_P}</blockquote>')
    assert isinstance(quote, Quote)
