"""A formula is there once, as MathML or TeX, whatever draws it."""

import pytest
from lxml import html

from reader.body.from_html import from_html
from reader.body.to_markdown import to_markdown
from reader.ingest.extract.formulas import repair

_X2 = "<math><msup><mi>x</mi><mn>2</mn></msup></math>"
_NOTED = (
    "<math><semantics><msup><mi>x</mi><mn>2</mn></msup>"
    '<annotation encoding="application/x-tex">x^2</annotation></semantics></math>'
)
_KATEX = (
    f'<span class="katex"><span class="katex-mathml">{_NOTED}</span>'
    '<span class="katex-html" aria-hidden="true">x2</span></span>'
)


def _written(inside: str) -> str:
    """Return as Markdown what a page says."""
    tree = html.fromstring(f"<div><p>a {inside} b</p></div>")
    repair(tree)
    return to_markdown(from_html(str(html.tostring(tree, encoding="unicode"))))


@pytest.mark.parametrize(
    "drawn",
    [
        _KATEX,
        f'<span class="MathJax_Preview">x2</span><span class="MathJax"><nobr>x2</nobr>{_X2}</span>'
        '<script type="math/tex">x^2</script>',
        '<b class="MathJax_SVG">x</b><script type="math/tex">% <![CDATA[\nx^2 %]]></script>',
        '<script type="math/tex">x^2</script>',
        f'<mjx-container><mjx-math data-latex="x^2">x2</mjx-math>{_X2}</mjx-container>',
        '<mjx-container><svg><g data-latex="x^2"></g></svg></mjx-container>',
        f'<span class="mwe-math-element"><span style="display: none">{_NOTED}</span>'
        '<img class="mwe-math-fallback-image-inline" alt="x^2" src="/x.svg"></span>',
        '<img class="latex" alt="x^2" src="/x.png">',
        '<img alt="$x^2$" src="https://s0.wp.com/latex.php?latex=x%5E2">',
        '<img class="math" alt="{\\displaystyle x^2}" src="/x.png">',
        f"{_NOTED}", r"\(x^2\)", "$x^2$",
        '<span class="math inline">\\(x^2\\)</span>',
    ],
)  # fmt: skip
def test_a_formula_is_written_once_with_its_tex(drawn: str) -> None:
    assert _written(drawn) == "a $x^2$ b\n"


@pytest.mark.parametrize(
    "drawn",
    [
        f'<span class="katex-display">{_KATEX}</span>',
        '<span class="MathJax_Display">x2</span><script type="math/tex; mode=display">x^2</script>',
        '<mjx-container display="true"><svg><g data-latex="x^2"></g></svg></mjx-container>',
    ],
)
def test_a_formula_that_stands_apart_is_a_paragraph(drawn: str) -> None:
    assert _written(drawn) == "a\n\n$$x^2$$\n\nb\n"


@pytest.mark.parametrize(
    "drawn",
    [
        f'<span class="MathJax" data-mathml="{_X2}">x2</span>',
        f'<span class="MathJax">{_X2}<nobr>x2</nobr></span>',
        f'<script type="math/mml">{_X2}</script>',
        f"<mjx-container><mjx-math>x2</mjx-math>{_X2}</mjx-container>",
    ],
)
def test_mathml_without_tex_is_shown(drawn: str) -> None:
    assert _written(drawn) == "a <em>x</em><sup>2</sup> b\n"


def test_a_drawing_of_katex_alone_keeps_its_raised_letters() -> None:
    raised = '<span class="msupsub"><span class="vlist-t">2</span></span>'
    drawn = f'<span class="katex"><span class="katex-html">x{raised}</span></span>'
    assert _written(drawn) == "a x<sup>2</sup> b\n"


@pytest.mark.parametrize(
    "image",
    [
        r'<img class="latex" src="/x.png" alt="\begin{matrix}a\end{matrix}">',
        '<img class="latex" src="/x.png" alt="A page of a book">',
        '<img src="/x.png" alt="x^2">',
        '<img class="latex" src="/x.png">',
    ],
)
def test_a_picture_that_is_no_simple_formula_stays(image: str) -> None:
    tree = html.fromstring(f"<p>{image}</p>")
    repair(tree)
    assert tree.find("img") is not None


def test_scripts_that_are_no_formulas_and_broken_ones_do_nothing() -> None:
    for drawn in (
        '<script type="text/x">x^2</script>', '<script type="math/tex"></script>',
        '<script type="math/mml">x</script>',
        '<span class="MathJax_Preview">x^2</span>',
        '<span class="MathJax" data-mathml="&lt;"></span>',
    ):  # fmt: skip
        assert _written(drawn) == "a b\n"
