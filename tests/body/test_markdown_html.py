"""HTML in Markdown is HTML as far as CommonMark says, and never swallows the text after it."""

import pytest

from reader.body.from_markdown import from_markdown
from reader.body.to_html import to_html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<details><summary>S</summary>\n\n**a**\n\n</details>\n\nb",
         "<p><strong>S</strong></p>\n<p><strong>a</strong></p>\n<p>b</p>"),
        ('<div align="center">\n\n*a*\n\n</div>', "<p><em>a</em></p>"),
        ("<div>\n*a*\n</div>\n\n*b*", "<p>*a*</p>\n<p><em>b</em></p>"),
        ('<div markdown="1">\n*a*\n</div>', "<p><em>a</em></p>"),
        ("<!-- a\n\nb -->\nc", "<p>c</p>"),
        ("<pre>\na\n\n*b*</pre>\n*c*", "<pre><code>a&#10;&#10;*b*</code></pre>\n<p><em>c</em></p>"),
        ("<!-- never closed\n\n*a*", "<p>&lt;!-- never closed</p>\n<p><em>a</em></p>"),
        ("<script>\n\n*a*", "<p>&lt;script&gt;</p>\n<p><em>a</em></p>"),
        ("Use <title> here\n\n*a*", "<p>Use &lt;title&gt; here</p>\n<p><em>a</em></p>"),
        ("A Vec<String> of <name>", "<p>A Vec&lt;String&gt; of &lt;name&gt;</p>"),
        ("<your-name>\n\na", "<p>a</p>"), ("<NAME>\n\na", "<p>&lt;NAME&gt;</p>\n<p>a</p>"),
        ("H<sub>2</sub>O<br>b <kbd>C</kbd>", "<p>H<sub>2</sub>O<br>b <code>C</code></p>"),
        ("&copy; &amp; &#65; \\&copy;", "<p>© &amp; A &amp;copy;</p>"),
    ],
)  # fmt: skip
def test_elements_in_markdown(text: str, html: str) -> None:
    assert to_html(from_markdown(text)) == html
