"""Footnotes are marks in the text and notes of the body, whoever wrote them."""

import pytest
from tests.ingest.extract.structure.page import body_of

from reader.body.blocks import Body
from reader.body.to_text import to_text

_NOTE = "The mark is still to be seen beside the door."
_SYSTEMS = {
    "Python-Markdown": (
        '<p>The water stood high.<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>'
        f' It fell.</p><div class="footnote"><hr><ol><li id="fn:1"><p>{_NOTE}&#160;<a class='
        '"footnote-backref" href="#fnref:1" title="Jump back">&#8617;</a></p></li></ol></div>'
    ),
    "GitHub": (
        '<p>The water stood high.<sup><a href="#user-content-fn-1" id="user-content-fnref-1" '
        'data-footnote-ref aria-describedby="footnote-label">1</a></sup> It fell.</p><section '
        'data-footnotes class="footnotes"><h2 class="sr-only" id="footnote-label">Footnotes</h2><ol'
        f'><li id="user-content-fn-1"><p>{_NOTE} <a href="#user-content-fnref-1" data-footnote-'
        'backref class="data-footnote-backref">↩</a></p></li></ol></section>'
    ),
    "MediaWiki": (
        '<p>The water stood high.<sup id="cite_ref-1" class="reference"><a href="#cite_note-1">'
        '<span class="cite-bracket">[</span>1<span class="cite-bracket">]</span></a></sup> It fell.'
        '</p><div class="reflist"><ol class="references"><li id="cite_note-1"><span class='
        '"mw-cite-backlink"><b><a href="#cite_ref-1">^</a></b></span> <span class="reference-text">'
        f"{_NOTE}</span></li></ol></div>"
    ),
    "Substack": (
        '<p>The water stood high.<a class="footnote-anchor" data-component-name='
        '"FootnoteAnchorToDOM" id="footnote-anchor-1" href="#footnote-1" target="_self">1</a> It '
        'fell.</p><div class="footnote" data-component-name="FootnoteToDOM"><a id="footnote-1" '
        'href="#footnote-anchor-1" class="footnote-number" contenteditable="false" target="_self">1'
        f'</a><div class="footnote-content"><p>{_NOTE}</p></div></div>'
    ),
    "Word": (
        '<p class=MsoNormal>The water stood high.<a href="#_ftn1" name="_ftnref1" title=""><span '
        'class=MsoFootnoteReference><span>[1]</span></span></a> It fell.</p><div><br clear=all><hr '
        'align=left size=1 width="33%"><div id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1" '
        f'name="_ftn1" title=""><span class=MsoFootnoteReference>[1]</span></a> {_NOTE}</p></div>'
        "</div>"
    ),
    "Google Docs": (
        '<p><span>The water stood high.</span><sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup>'
        '<span> It fell.</span></p><hr><div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span> '
        f"{_NOTE}</span></p></div>"
    ),
    "LibreOffice": (
        '<p>The water stood high.<a class="sdfootnoteanc" name="sdfootnote1anc" href='
        '"#sdfootnote1sym"><sup>1</sup></a> It fell.</p><div id="sdfootnote1"><p><a class='
        f'"sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a> {_NOTE}</p></div>'
    ),
    "EPUB": (
        '<p>The water stood high.<a epub:type="noteref" href="#note1">[1]</a> It fell.</p>'
        f'<aside id="note1" epub:type="footnote"><p>{_NOTE}</p></aside>'
    ),
    "DPUB-ARIA": (
        '<p>The water stood high.<a role="doc-noteref" id="r1" href="#n1">*</a> It fell.</p>'
        f'<section role="doc-endnotes"><ol><li id="n1" role="doc-endnote">{_NOTE} <a role='
        '"doc-backlink" href="#r1">go back</a></li></ol></section>'
    ),
    "Easy Footnotes": (
        '<p>The water stood high.<span class="easy-footnote"><a href="#easy-footnote-bottom-1-44" '
        'title="x"><sup>1</sup></a></span> It fell.</p><ol class="easy-footnotes-wrapper"><li class'
        f'="easy-footnote-single"><span id="easy-footnote-bottom-1-44"></span>{_NOTE}<a class='
        '"easy-footnote-to-top" href="#easy-footnote-1-44"></a></li></ol>'
    ),
    "Asciidoctor": (
        '<p>The water stood high.<sup class="footnote">[<a id="_footnoteref_1" class="footnote" '
        'href="#_footnotedef_1" title="View footnote.">1</a>]</sup> It fell.</p><div id="footnotes"'
        '><hr><div class="footnote" id="_footnotedef_1"><a href="#_footnoteref_1">1</a>. '
        f"{_NOTE}</div></div>"
    ),
    "Docutils, a table": (
        '<p>The water stood high.<a class="footnote-reference" href="#id2" id="id1">[1]</a> It '
        'fell.</p><table class="docutils footnote" id="id2" rules="none"><colgroup><col class='
        '"label"><col></colgroup><tbody><tr><td class="label"><a class="fn-backref" href="#id1">[1]'
        f"</a></td><td>{_NOTE}</td></tr></tbody></table>"
    ),
    "Sphinx": (
        '<p>The water stood high.<a class="footnote-reference brackets" href="#id2" id="id1" role='
        '"doc-noteref"><span class="fn-bracket">[</span>1<span class="fn-bracket">]</span></a> It '
        'fell.</p><aside class="footnote-list brackets"><aside class="footnote brackets" id="id2" '
        'role="doc-footnote"><span class="label"><span class="fn-bracket">[</span><a role='
        '"doc-backlink" href="#id1">1</a><span class="fn-bracket">]</span></span>'
        f"<p>{_NOTE}</p></aside></aside>"
    ),
    "a journal": (
        '<p>The water stood high.<sup>[<a class="xref-bibr" href="#B1">1</a>]</sup> It fell.</p><ul'
        f' class="ref-list"><li id="B1"><span class="label">1.</span> {_NOTE}</li></ul>'
    ),
    "a list of references": (
        '<p>The water stood high.<sup><a href="#fn1">1</a></sup> It fell.</p><p id="fn1"><sup>1'
        f"</sup> {_NOTE}</p>"
    ),
    "definitions": (
        '<p>The water stood high.<a href="#note-1" class="footnote">1</a> It fell.</p><dl><dt id='
        f'"note-1">1</dt><dd>{_NOTE}</dd></dl>'
    ),
    "Tufte, numbered": (
        '<p>The water stood high.<label for="sn-1" class="margin-toggle sidenote-number"></label>'
        '<input type="checkbox" id="sn-1" class="margin-toggle"><span class="sidenote">'
        f"{_NOTE}</span> It fell.</p>"
    ),
    "Tufte, without number": (
        '<p>The water stood high.<label for="mn-1" class="margin-toggle">⊕</label><input type='
        f'"checkbox" id="mn-1" class="margin-toggle"><span class="marginnote">{_NOTE}</span> It '
        "fell.</p>"
    ),
    "LaTeXML": (
        '<p class="ltx_p">The water stood high.<span id="footnote1" class="ltx_note '
        'ltx_role_footnote"><sup class="ltx_note_mark">1</sup><span class="ltx_note_outer"><span '
        'class="ltx_note_content"><sup class="ltx_note_mark">1</sup><span class="ltx_tag '
        f'ltx_tag_note">1</span>{_NOTE}</span></span></span> It fell.</p>'
    ),
    "Modern Footnotes": (
        '<p>The water stood high.<sup class="modern-footnotes-footnote" data-mfn="1"><a href='
        '"javascript:void(0)" role="button">1</a></sup><span id="mfn-content-1" class='
        f'"modern-footnotes-footnote__note" tabindex="0">{_NOTE}</span> It fell.</p>'
    ),
    "an aside in the margin": (
        f'<p>The water stood high. It fell.</p><aside class="sidenote">{_NOTE}</aside>'
    ),
}  # fmt: skip


def _without_ends(body: Body) -> str:
    return to_text(body._replace(blocks=body.blocks[1:-1]))


@pytest.mark.parametrize("system", _SYSTEMS)
def test_a_mark_stands_in_the_sentence_and_its_note_apart(system: str) -> None:
    body = body_of(_SYSTEMS[system])
    assert len(body.notes) == 1
    assert to_text(Body(body.notes[0].blocks)) == _NOTE
    told = "\n\n".join(x for x in _without_ends(body).split("\n\n") if x != "* * *")
    wanted = f"The water stood high. It fell.\n\n[1] {_NOTE}"
    assert told.replace("high.[1]", "high.").replace("fell.[1]", "fell.") == wanted
    assert "[1] " in told.replace(f"[1] {_NOTE}", "") or told.count("[1]") == 2


def test_notes_beside_the_article_come_with_it() -> None:
    page = _SYSTEMS["Python-Markdown"]
    text, notes = page.split('<div class="footnote">')
    body = body_of(f"{text}</article><div class=footnote>{notes}<article>")
    assert [to_text(Body(note.blocks)) for note in body.notes] == [_NOTE]


def test_exponents_and_links_to_sections_are_no_marks() -> None:
    body = body_of(
        '<p>It is 10<sup>2</sup> m wide, see <a href="#part-2">2</a>.</p><h2 id="part-2">Part</h2>'
        "<p>Text of it.</p>"
    )
    assert not body.notes
    assert "Part" in to_text(body)


def test_many_marks_of_one_note_lead_to_it() -> None:
    mark = '<sup><a href="#fn1">1</a></sup>'
    body = body_of(f'<p>One{mark} and two{mark}.</p><ol><li id="fn1">{_NOTE}</li></ol>')
    assert to_text(body).count("[1]") == 3
    assert len(body.notes) == 1


def test_raised_numbers_without_links_lead_to_the_lines_that_begin_with_them() -> None:
    body = body_of(
        f"<p>One<sup>1</sup> and two<sup>2</sup>.</p><p><sup>1</sup> {_NOTE}</p><p><sup>2</sup> So "
        "they say.</p>"
    )
    assert [to_text(Body(note.blocks)) for note in body.notes] == [_NOTE, "So they say."]


@pytest.mark.parametrize(
    "markup",
    [
        "<p>The area is 9 m<sup>2</sup>.</p><p><sup>2</sup> is a power.</p>",
        "<p>No mark at all.</p><p><sup>1</sup> Begins with a number.</p>",
        "<p>A mark<sup>1</sup> alone.</p>",
    ],
)
def test_other_raised_numbers_are_no_notes(markup: str) -> None:
    assert not body_of(markup).notes
