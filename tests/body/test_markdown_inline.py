"""What stands in a line of Markdown, as CommonMark, GFM and Obsidian have it."""

import pytest

from reader.body.blocks import Given, Picture
from reader.body.from_markdown import from_markdown
from reader.body.to_html import to_html


def html_of(text: str) -> str:
    return to_html(from_markdown(text))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a\\\nb  \nc", "<p>a<br>b<br>c</p>"),
        ("`` a`b `` `\\`", "<p><code>a`b</code> <code>\\</code></p>"),
        ("`a\nb`", "<p><code>a b</code></p>"), ("\\*a\\* \\q", "<p>*a* \\q</p>"),
        ("``a` b", "<p>``a` b</p>"),
        ("<https://e.org/a_b_c>", '<p><a href="https://e.org/a_b_c">https://e.org/a_b_c</a></p>'),
        ("see www.e.org.", '<p>see <a href="http://www.e.org">www.e.org</a>.</p>'),
        ("<ann@e.org>", '<p><a href="mailto:ann@e.org">ann@e.org</a></p>'),
        ("[a](https://e.org/x_(y) 'T')", '<p><a href="https://e.org/x_(y)">a</a></p>'),
        ("[a [b] c](<https://e.org/x y>)", '<p><a href="https://e.org/x%20y">a [b] c</a></p>'),
        ("[a [b](https://e.org/1) c](/2)",
         '<p>[a <a href="https://e.org/1">b</a> c](/2)</p>'),
        ("[a](not a link)", "<p>[a](not a link)</p>"),
        ("***a*** **b** d_e_f", "<p><em><strong>a</strong></em> <strong>b</strong> d_e_f</p>"),
        ("~~a~~ ==b==", "<p><s>a</s> <mark>b</mark></p>"),
    ],
)  # fmt: skip
def test_commonmark_and_gfm(text: str, html: str) -> None:
    assert html_of(text) == html


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("$a*b*c$ and $\\{x_1, x_2\\}$", "$a*b*c$ and $\\{x_1, x_2\\}$"),
        ("$$a_1 * b_1 * c$$", "$$a_1 * b_1 * c$$"), ("\\(a_1*b_1*c\\)", "\\(a_1*b_1*c\\)"),
        ("\\[\\frac{a_1}{b_1}\\]", "\\[\\frac{a_1}{b_1}\\]"), ("\\[a\\]", "[a]"),
        ("costs $5 and *a* $10", "costs $5 and <em>a</em> $10"),
        ("`$a` and `$b`", "<code>$a</code> and <code>$b</code>"), ("\\$a_1$", "$a_1$"),
    ],
)  # fmt: skip
def test_formulas_stay_as_they_are_and_money_is_none(text: str, shown: str) -> None:
    assert html_of(text) == f"<p>{shown}</p>"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[[The mill]], [[Ferry|the ferry]]", "<p>The mill, the ferry</p>"),
        ("[[Mill#Wheel|its wheel]] [[Mill#Wheel]]", "<p>its wheel Mill</p>"),
        ("[[#The wheel]]\n\n## The wheel",
         '<p><a href="#the-wheel">The wheel</a></p>\n<h2 id="the-wheel">The wheel</h2>'),
        ("[[#^w|it]]\n\nThe wheel ^w", '<p><a href="#^w">it</a></p>\n<p id="^w">The wheel</p>'),
        ("![[The mill]] ![[Mill#Wheel|the wheel]]", "<p>The mill the wheel</p>"),
        ("a %%b%% c, 100%% and %%", "<p>a c, 100%% and %%</p>"),
        ("`[[a]]`", "<p><code>[[a]]</code></p>"),
        ("| a | b |\n|--|--|\n| [[x\\|y]] | z |",
         "<table><thead><tr><th>a</th><th>b</th></tr></thead>"
         "<tbody><tr><td>y</td><td>z</td></tr></tbody></table>"),
    ],
)  # fmt: skip
def test_links_between_notes_are_words(text: str, html: str) -> None:
    assert html_of(text) == html


def test_a_note_may_be_written_where_it_is_referred_to() -> None:
    html = html_of("A^[*one* `]`] and[^b] and^[two].\n\n[^b]: B")
    assert html.startswith('<p>A<a role="doc-noteref" href="#fn:^1"></a> and<a ')
    assert "<p><em>one</em> <code>]</code></p></div>" in html
    assert html.count('<div role="doc-endnote"') == 3
    assert html_of("2^[ ] and ^[") == "<p>2^[ ] and ^[</p>"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("`a`{:.x} b", "<p><code>a</code> b</p>"), ("*a*{#x .y} b", "<p><em>a</em> b</p>"),
        ("`a`{b} c", "<p><code>a</code>{b} c</p>"), ("a {.b} c", "<p>a {.b} c</p>"),
        ('[a](https://e.org){target="_blank"}.', '<p><a href="https://e.org">a</a>.</p>'),
    ],
)  # fmt: skip
def test_attributes_of_what_stands_before_them_are_not_shown(text: str, html: str) -> None:
    assert html_of(text) == html


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("![[a b.png|300]]",
         {"src": "a b.png", "width": "300", "alt": "", "class": "internal-embed"}),
        ("![[a.png|Mill|30x20]]",
         {"src": "a.png", "width": "30", "height": "20", "alt": "Mill", "class": "internal-embed"}),
        ("![The mill|300](a.png)", {"src": "a.png", "width": "300", "alt": "The mill"}),
        ("![](a.png =300x200)", {"src": "a.png", "width": "300", "height": "200", "alt": ""}),
        ('![a](a.png){: width="300" .b}', {"src": "a.png", "width": "300", "alt": "a"}),
        ("![a](my mill.png)", {"src": "my mill.png", "alt": "a"}),
        ("![a](<my mill.png> 'T')", {"src": "my mill.png", "alt": "a"}),
        ("[![a *b*][x]](https://e.org)\n\n[x]: a.png", {"src": "a.png", "alt": "a b"}),
    ],
)  # fmt: skip
def test_pictures_have_their_address_size_and_words(text: str, found: dict[str, str]) -> None:
    seen: list[dict[str, str]] = []

    def picture(attributes: object) -> Picture:
        seen.append(dict(attributes))  # type: ignore[call-overload]
        return Picture("", alt="x", given=Given())

    from_markdown(text, picture=picture)
    assert seen == [found]


def test_a_formula_in_the_quotes_of_git_hub_is_one() -> None:
    assert html_of("a $`x^2`$ b") == html_of("a $x^2$ b")
    assert html_of("a `$x^2$` b") != html_of("a $x^2$ b")
