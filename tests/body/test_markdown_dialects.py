"""The blocks that other tools add to Markdown are what they mean."""

import pytest

from reader.body.from_markdown import from_markdown
from reader.body.to_html import to_html


def html_of(text: str) -> str:
    return to_html(from_markdown(text))


def _callout(kind: str, title: str, inside: str) -> str:
    head = f"<header>{title}</header>" if title else ""
    return f'<aside role="note" data-callout="{kind}">{head}{inside}</aside>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("> [!NOTE]\n> a\n>\n> - b", _callout("note", "", "<p>a</p><ul><li><p>b</p></li></ul>")),
        ("> [!warning]- Mind *it*\n> a\nb", _callout("warning", "Mind <em>it</em>", "<p>a b</p>")),
        ("> a\n> [!note]", "<blockquote><p>a [!note]</p></blockquote>"),
        ('!!! tip "Mind it"\n    a\n\n    b\nc', _callout("tip", "Mind it", "<p>a</p><p>b c</p>")),
        ("??? note\n    a\n\nb", _callout("note", "", "<p>a</p>") + "\n<p>b</p>"),
        (":::tip[Mind it]\na\n:::\nb", _callout("tip", "Mind it", "<p>a</p>") + "\n<p>b</p>"),
        ("::: warning Mind it\na\n\nb\n:::", _callout("warning", "Mind it", "<p>a</p><p>b</p>")),
        ("::: {.callout-note}\na\n:::", _callout("note", "", "<p>a</p>")),
        ("```{note} Mind it\n:class: wide\n*a*\n```",
         _callout("note", "Mind it", "<p><em>a</em></p>")),
        (":::{note}\n- a\n:::\nb",
         _callout("note", "", "<ul><li><p>a</p></li></ul>") + "\n<p>b</p>"),
        ("::::: {.columns}\n::: {.column}\na\n:::\n:::::\nb", "<p>a</p>\n<p>b</p>"),
        ("{{% notice tip \"Mind it\" %}}\n*a*\n{{% /notice %}}",
         _callout("tip", "Mind it", "<p><em>a</em></p>")),
    ],
)  # fmt: skip
def test_callouts_of_all_tools_are_callouts(text: str, html: str) -> None:
    assert html_of(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ('=== "One"\n\n    a\n\n=== "Two"\n\n    b',
         "<p><strong>One</strong></p>\n<p>a</p>\n<p><strong>Two</strong></p>\n<p>b</p>"),
        ('{{< highlight go "x" >}}\n# a\n{{< /highlight >}}\nb',
         '<pre><code class="language-go"># a</code></pre>\n<p>b</p>'),
        ("{% highlight ruby %}\n# a\n{% endhighlight %}\nb",
         '<pre><code class="language-ruby"># a</code></pre>\n<p>b</p>'),
        ("{{< youtube abc >}}",
         '<p><a href="https://www.youtube.com/embed/abc">▶ youtube.com</a></p>'),
        ("a\n\n{{< toc >}}\n{% include x.html %}\n{:.wide}\n\nb", "<p>a</p>\n<p>b</p>"),
        ("* a\n{:toc}\n\nb", "<p>b</p>"),
        ("- a\n  id:: 64000000-0000-0000-0000-000000000000\n  b", "<ul><li><p>a b</p></li></ul>"),
        ("%%\na\n\nb\n%%\nc", "<p>c</p>"), ("%% a %%\n\nb", "<p>b</p>"),
        ("%% a\n\nb", "<p>%% a</p>\n<p>b</p>"),
        ("$$\na\n= b_1*c_1*d\n- e\n$$", "<p>$$ a = b_1*c_1*d - e $$</p>"),
        ("\\[\na\n= b\n\\]", "<p>$$ a = b $$</p>"),
        ("```math\na_1*b*c\n```", "<p>$$ a_1*b*c $$</p>"),
        ("$$\n\n- a", "<p>$$</p>\n<ul><li><p>a</p></li></ul>"),
    ],
)  # fmt: skip
def test_what_other_tools_write_is_read_as_what_it_is(text: str, html: str) -> None:
    assert html_of(text) == html


def test_a_figure_of_hugo_is_a_figure_with_its_caption() -> None:
    html = html_of('{{< figure src="a.png" title="The mill" caption="in spring" >}}')
    assert html == "<p>The mill in spring</p>"  # the picture is not in the library
