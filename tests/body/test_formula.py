"""Formulas become text that reads like the formula."""

import pytest

from reader.body.from_html import from_html
from reader.body.to_html import to_html
from reader.body.to_markdown import to_markdown
from reader.body.to_text import to_text

_X2 = "<msup><mi>x</mi><mn>2</mn></msup>"


@pytest.mark.parametrize(
    ("math", "text"),
    [
        ("<mi>a</mi><mo>=</mo><mi>b</mi><mo>+</mo><mn>1</mn>", "a = b + 1"),
        ("<mo>-</mo><mi>b</mi>", "-b"),
        ("<mi>x</mi><mo>=</mo><mo>-</mo><mn>1</mn>", "x = -1"),
        ("<mfrac><mn>1</mn><mn>2</mn></mfrac>", "1/2"),
        (
            "<mi>x</mi><mo>=</mo><mfrac><mrow><mo>−</mo><mi>b</mi><mo>±</mo><msqrt>"
            "<msup><mi>b</mi><mn>2</mn></msup><mo>−</mo><mn>4</mn><mi>a</mi><mi>c</mi></msqrt>"
            "</mrow><mrow><mn>2</mn><mi>a</mi></mrow></mfrac>",
            "x = (−b ± √(b2 − 4ac))/(2a)",
        ),
        ("<mroot><mi>x</mi><mn>3</mn></mroot>", "3√x"),
        ("<mi>f</mi><mo>\u2061</mo><mo>(</mo><mi>x</mi><mo>,</mo><mi>y</mi><mo>)</mo>", "f(x, y)"),
        (
            "<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr>"
            "<mtr><mtd><mn>3</mn></mtd><mtd><mn>4</mn></mtd></mtr></mtable>",
            "[1, 2; 3, 4]",
        ),
        ("<msup><mi>e</mi><msup><mi>x</mi><mn>2</mn></msup></msup>", "ex^2"),
        (
            "<semantics><mrow><mi>a</mi></mrow><annotation>\\alpha</annotation></semantics>",
            "a",
        ),
        (
            "<mfrac><mn>1</mn><mrow><mo>(</mo><mi>a</mi><mo>)</mo><mo>(</mo><mi>b</mi><mo>)</mo>"
            "</mrow></mfrac>",
            "1/((a)(b))",
        ),
        (
            "<mtable><mtr><mtd><mi>a</mi></mtd><mtd><mo>=</mo><mi>b</mi></mtd></mtr></mtable>",
            "[a =b]",
        ),
        (
            "<mfrac><mn>1</mn><mrow><mo>(</mo><mi>a</mi><mo>+</mo><mi>b</mi><mo>)</mo></mrow>"
            "</mfrac>",
            "1/(a + b)",
        ),
        (
            "<mfrac><mrow><mi>a</mi><mo>(</mo><mi>b</mi><mo>)</mo></mrow><mn>2</mn></mfrac>",
            "(a(b))/2",
        ),
        ("<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>", "xi2"),
        (
            "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>0</mn></mrow><mi>n</mi>"
            "</munderover><mi>i</mi>",
            "∑i = 0ni",
        ),
        ("<mfenced><mi>a</mi><mi>b</mi></mfenced>", "(a, b)"),
        ("<mover><mi>v</mi><mo>→</mo></mover>", "v→"),
        ("<mfrac><mi>a</mi></mfrac>", "a"),
        ("plain", "plain"),
    ],
)
def test_a_formula_reads_like_one(math: str, text: str) -> None:
    body = from_html(f"<p>So <math>{math}</math> it is.</p>", picture=lambda _: None)
    assert to_text(body).strip() == f"So {text} it is."


def test_powers_are_raised_and_letters_slanted() -> None:
    body = from_html(f"<p><math>{_X2}</math></p>", picture=lambda _: None)
    assert "<em>x</em><sup>2</sup>" in to_html(body)


def test_without_parts_its_tex_is_shown() -> None:
    body = from_html('<p>So <math alttext="a^2"></math>.</p>', picture=lambda _: None)
    assert "<code>a^2</code>" in to_html(body)


def test_bounds_stand_below_and_above_in_their_order() -> None:
    math = "<munderover><mo>∫</mo><mn>0</mn><mn>1</mn></munderover>"
    body = from_html(f"<p><math>{math}</math></p>", picture=lambda _: None)
    assert to_html(body) == "<p>∫<sub>0</sub><sup>1</sup></p>"


@pytest.mark.parametrize(
    ("math", "tex"),
    [
        (f"{_X2}", ""),
        (
            f"<semantics>{_X2}<annotation encoding='application/x-tex'>x^2 % two\n"
            "</annotation></semantics>",
            "x^2",
        ),
        (f"<semantics>{_X2}<annotation encoding='StarMath'>x ^ 2</annotation></semantics>", ""),
    ],
)
def test_the_tex_of_a_formula_is_kept_beside_what_is_shown(math: str, tex: str) -> None:
    stored = to_html(from_html(f"<p>So <math>{math}</math> is.</p>"))
    assert to_text(from_html(stored)) == "So x2 is."
    assert ("data-tex" in stored) is bool(tex)
    assert (
        to_markdown(from_html(stored))
        == f"So {f'${tex}$' if tex else '<em>x</em><sup>2</sup>'} is.\n"
    )


def test_the_alternative_text_of_a_formula_is_its_tex_without_the_frame_of_mediawiki() -> None:
    math = f'<math alttext="{{\\displaystyle x^{{2}}}}">{_X2}</math>'
    assert to_markdown(from_html(f"<p>{math}</p>")) == "$$x^{2}$$\n"


def test_endless_tex_is_not_kept() -> None:
    math = f'<math alttext="{"x" * 9_000}">{_X2}</math>'
    assert "data-tex" not in to_html(from_html(f"<p>{math}</p>"))
