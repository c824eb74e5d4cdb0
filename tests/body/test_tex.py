"""Simple TeX reads like mathematics; prices, variables and what is not simple stay."""

import pytest

from reader.body.blocks import Style
from reader.body.tex import delimited, formulas, may_have_formulas, pieces_of


def _shown(text: str) -> str:
    """Return a text with formulas in braces, raised parts after ``^`` and lowered after ``_``."""
    said = ""
    for source, shown in pieces_of(text):
        signs = (
            ("^" if Style.SUP in style else "_" if Style.SUB in style else "") + each
            for each, style in shown or ()
        )
        said += source if shown is None else "{" + "".join(signs) + "}"
    return said


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("so $x$ is", "so {x} is"),
        (r"$e^{i\pi} + 1 = 0$,", "{e^i^π + 1 = 0},"),
        (r"\(\frac{a+b}{2} \le \sqrt{ab}\)", "{(a + b)/2 ≤ √(ab)}"),
        (r"$$\sum_{i=1}^{n} x_i \to \infty$$", "{∑_i_ = _1^n x_i → ∞}"),
        (r"\[\int_0^1 f(x)\,dx\]", "{∫_0^1 f(x) dx}"),
        (r"$f'(x) \times f''$", "{f^′(x) × f^′′}"),
        (r"$O(n \log n)$ or $\sin(x)$", "{O(n log n)} or {sin(x)}"),
        (r"$\log_2 8 = 3$", "{log_2 8 = 3}"),
        (r"$x \in \mathbb{R}^n$", "{x ∈ ℝ^n}"),
        (r"$v_\mathrm{max} \approx 3.5\,\text{m/s}$", "{v_max ≈ 3.5 m/s}"),
        (r"$x > 0 \text{ if } y \neq 1$", "{x > 0 if y ≠ 1}"),
        (r"$\frac1n \pm 2$", "{1/n ± 2}"),
        (r"$\left. \alpha \right)$", "{α)}"),
        (r"$\sqrt[3]{x}$", "{^3√x}"),
        (r"$\hat{x} \cdot \vec v$", "{x\u0302 · v\u20d7}"),
        ("$10^6$ and $a-b$", "{10^6} and {a − b}"),
        (r"$\{a, b\}$", "{{a, b}}"),
        ("$\\math\u00adrm{con\u00adfig}_2$", "{config_2}"),
        (r"$\mathbf{x}_{i}$", "{x_i}"),
    ],
)
def test_a_simple_formula_is_shown(text: str, shown: str) -> None:
    assert _shown(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "costs $5 and $10", "US$5/US$6", "$5-$10", "a $100+$ fee", "$5$", "$20 (or $30)",
        "$HOME and $PATH", "$HOME/$USER", "$HOME_DIR/$A_B", "$PS1$", "$is$", "$a=$b", "$i = $j",
        "A$AP", "Ke$ha met A$AP", r"\$5\$", "$ x $", "$x$y", r"\(foo\)", r"\[a-z]+\]", "$$", "$$$$",
        r"$\unknown{x}$", r"$\begin{matrix}a & b\end{matrix}$", r"$\frac{1}{$", "$x^2^3$", "$x}$",
        r"$\not= x$", r"$\text{a$", r"$\hat{xyz}$", r"$\mathbb{ab}$", r"$\sqrt[3$", "${{x}$",
        "$" + "{" * 400 + "x" + "}" * 400 + "$", "$" * 99, r"\(" * 999, "$x^$", r"C:\(x\alpha",
    ],
)  # fmt: skip
def test_all_else_stays_as_it_is(text: str) -> None:
    assert _shown(text) == text


def test_the_pieces_join_to_the_text() -> None:
    text = r"If $5 is $x$, then $y$ \(z\) is \$3, or $\nothing$ $$w$$ at $"
    pieces = [*pieces_of(text)]
    assert "".join(piece.source for piece in pieces) == text
    assert [piece.source for piece in pieces if piece.shown] == ["$x$", "$y$", r"\(z\)", "$$w$$"]
    assert may_have_formulas(text)
    assert not may_have_formulas("plain (text) [1]")


def test_formulas_are_known_whether_or_not_one_line_can_show_them() -> None:
    text = r"Of $x^2$, \[\begin{matrix}a & b\end{matrix}\] and $5, $6: $$\unknown{y} < 1$$."
    known = list(formulas(text))
    assert [(each.source, each.display) for each in known] == [
        ("x^2", False),
        (r"\begin{matrix}a & b\end{matrix}", True),
        (r"\unknown{y} < 1", True),
    ]
    assert [text[each.start : each.end][0] for each in known] == ["$", "\\", "$"]


def test_tex_between_the_signs_of_markdown_is_on_one_line() -> None:
    assert delimited("a\n+ b") == "$a + b$"
    assert delimited("a", display=True) == "$$a$$"
