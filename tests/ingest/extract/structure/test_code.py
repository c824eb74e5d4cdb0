"""Code is its lines and its language, whichever highlighter wrote it."""

import pytest
from tests.ingest.extract.structure.page import blocks_of, code_of

from reader.body.blocks import Code, Paragraph
from reader.body.from_html import from_html

_WANTED = Code("import os\n\nfor name in os.listdir():\n    print(name)", "python")
_LINES = _WANTED.text.split("\n")


def _rows(row: str) -> str:
    return "".join(
        row.replace("$N", str(number)).replace("$L", line) for number, line in enumerate(_LINES, 1)
    )


_NUMBERS = "\n".join(map(str, range(1, len(_LINES) + 1)))
_TEXT = _WANTED.text
_HIGHLIGHTERS = {
    "plain": f'<pre><code class="language-python">{_TEXT}\n</code></pre>',
    "Pygments, a table": (
        '<div class="highlight-python notranslate"><div class="highlight"><table class='
        f'"highlighttable"><tr><td class="linenos"><div class="linenodiv"><pre>{_NUMBERS}</pre>'
        f'</div></td><td class="code"><div><pre><span></span>{_TEXT}\n</pre></div></td></tr>'
        "</table></div></div>"
    ),
    "Pygments, in the lines": (
        '<div class="highlight"><pre class="lang-python"><span></span><code>'
        + _rows('<span class="linenos">$N</span><span class="k">$L</span>\n')
        + "</code></pre></div>"
    ),
    "Rouge": (
        '<div class="language-python highlighter-rouge"><div class="highlight"><pre class='
        '"highlight"><code><table class="rouge-table"><tbody><tr><td class="rouge-gutter gl">'
        f'<pre class="lineno">{_NUMBERS}\n</pre></td><td class="rouge-code"><pre>{_TEXT}\n</pre>'
        "</td></tr></tbody></table></code></pre></div></div>"
    ),
    "Chroma, in the lines": (
        '<div class="highlight"><pre tabindex="0" class="chroma"><code data-lang="python">'
        + _rows('<span class="line"><span class="ln">$N</span><span class="cl">$L\n</span></span>')
        + "</code></pre></div>"
    ),
    "Chroma, by its styles": (
        '<div class="highlight"><pre><code class="language-python">'
        + _rows('<span style="display:flex;"><span style="user-select:none;color:#7f7f7f">$N'
                "</span><span>$L\n</span></span>")
        + "</code></pre></div>"
    ),
    "Hexo": (
        '<figure class="highlight python"><table><tr><td class="gutter"><pre>'
        + _rows('<span class="line">$N</span><br>')
        + '</pre></td><td class="code"><pre>'
        + _rows('<span class="line">$L</span><br>')
        + "</pre></td></tr></table></figure>"
    ),
    "SyntaxHighlighter": (
        '<div class="syntaxhighlighter  python"><table border="0"><tbody><tr><td class="gutter">'
        + _rows('<div class="line number$N">$N</div>')
        + '</td><td class="code"><div class="container">'
        + _rows('<div class="line number$N"><code class="python plain">$L</code></div>')
        + "</div></td></tr></tbody></table></div>"
    ),
    "SyntaxHighlighter before its script ran": (
        f'<pre class="brush: python; gutter: true">{_TEXT}</pre>'
    ),
    "a file of GitHub": (
        '<div class="blob-wrapper highlight-source-python"><table class="highlight js-file-line-'
        'container">'
        + _rows('<tr><td id="L$N" class="blob-num js-line-number" data-line-number="$N"></td>'
                '<td id="LC$N" class="blob-code blob-code-inner">$L</td></tr>')
        + "</table></div>"
    ),
    "highlight.js with numbers": (
        '<pre><code class="hljs language-python"><table class="hljs-ln"><tbody>'
        + _rows('<tr><td class="hljs-ln-line hljs-ln-numbers" data-line-number="$N"><div class='
                '"hljs-ln-n" data-line-number="$N"></div></td><td class="hljs-ln-line '
                'hljs-ln-code" data-line-number="$N">$L</td></tr>')
        + "</tbody></table></code></pre>"
    ),
    "Prism with numbers": (
        f'<pre class="line-numbers language-python"><code class="language-python">{_TEXT}<span '
        'aria-hidden="true" class="line-numbers-rows"><span></span><span></span></span></code>'
        "</pre>"
    ),
    "Docusaurus": (
        '<div class="language-python codeBlockContainer theme-code-block"><div class="content">'
        '<pre tabindex="0" class="prism-code language-python thin-scrollbar"><code class="lines">'
        + _rows('<span class="token-line" style="color:#393A34"><span class="token plain">$L</span>'
                "<br></span>")
        + '</code></pre><div class="buttonGroup"><button type="button" class="clean-btn">Copy'
        "</button></div></div></div>"
    ),
    "lines in boxes": (
        '<pre class="prism-code language-python">'
        + _rows('<div class="token-line">$L</div>')
        + "</pre>"
    ),
    "lines in boxes, each on its own line": (
        '<pre><code class="language-python">'
        + "\n".join(f'<div class="line">{line}\n</div>' for line in _LINES)
        + "</code></pre>"
    ),
    "Shiki": (
        '<pre class="shiki github-dark" tabindex="0"><code class="language-python">'
        + "\n".join(f'<span class="line"><span>{line}</span></span>' for line in _LINES)
        + "</code></pre>"
    ),
    "Shiki in a grid": (
        '<figure data-rehype-pretty-code-figure><pre data-language="python"><code>'
        + _rows('<span class="line" data-line="">$L</span>')
        + "</code></pre></figure>"
    ),
    "Expressive Code": (
        '<div class="expressive-code"><figure class="frame"><pre data-language="python"><code>'
        + _rows('<div class="ec-line"><div class="gutter"><div class="ln" aria-hidden="true">$N'
                '</div></div><div class="code">$L\n</div></div>')
        + '</code></pre><div class="copy"><button title="Copy to clipboard"><div></div></button>'
        "</div></figure></div>"
    ),
    "react-syntax-highlighter": (
        '<pre style="display:block"><code class="language-python" style="white-space:pre">'
        + _rows('<span><span class="comment linenumber react-syntax-highlighter-line-number" '
                'style="user-select:none">$N</span><span>$L\n</span></span>')
        + "</code></pre>"
    ),
    "CodeMirror": (
        '<div class="CodeMirror"><div class="CodeMirror-code" data-lang="python">'
        + _rows('<div style="position:relative"><div class="CodeMirror-gutter-wrapper"><div class='
                '"CodeMirror-linenumber CodeMirror-gutter-elt">$N</div></div><pre class='
                '"CodeMirror-line"><span>$L</span></pre></div>')
        + "</div></div>"
    ),
    "CodeMirror 6": (
        '<div class="cm-content" data-language="python">'
        + _rows('<div class="cm-line">$L</div>')
        + "</div>"
    ),
    "Crayon": (
        '<div class="crayon-syntax"><div class="crayon-toolbar"><span class="crayon-language">'
        'Python</span></div><table class="crayon-table"><tr class="crayon-row"><td class='
        '"crayon-nums">'
        + _rows('<div class="crayon-num">$N</div>')
        + '</td><td class="crayon-code"><div class="crayon-pre">'
        + _rows('<div class="crayon-line">$L</div>').replace("    ", "\xa0" * 4)
        + "</div></td></tr></table></div>"
    ),
    "line breaks": (
        '<p><code class="python language-python">' + "<br>".join(_LINES) + "</code></p>"
    ),
    "a chat": (
        '<pre class="overflow-visible"><div class="rounded"><div class="flex">python<button>Copy '
        f'code</button></div><div dir="ltr"><code class="hljs">{_TEXT}\n</code></div></div></pre>'
    ),
    "a chat with its bar outside": (
        '<div class="code-block"><div class="bar"><span>Python</span><span class="copy-button">'
        f"Copy</span></div><pre><code>{_TEXT}</code></pre></div>"
    ),
    "Pandoc": (
        '<div class="sourceCode" id="cb1"><pre class="sourceCode python"><code class="sourceCode '
        'python">'
        + "\n".join(f'<span id="cb1-{n}"><a href="#cb1-{n}" aria-hidden="true"></a>{line}</span>'
                    for n, line in enumerate(_LINES, 1))
        + "</code></pre></div>"
    ),
    "Org": f'<div class="org-src-container"><pre class="src src-python">{_TEXT}\n</pre></div>',
    "Enlighter": (
        f'<pre class="EnlighterJSRAW" data-enlighter-language="python">{_TEXT}</pre>'
    ),
}  # fmt: skip


@pytest.mark.parametrize("markup", _HIGHLIGHTERS.values(), ids=_HIGHLIGHTERS)
def test_code_is_its_lines_and_its_language(markup: str) -> None:
    assert code_of(markup) == _WANTED


def test_signs_of_a_difference_stay() -> None:
    row = '<tr><td class="blob-num" data-line-number="1"></td><td class="blob-code">%s</td></tr>'
    line = '<span class="blob-code-inner blob-code-marker" data-code-marker="%s">%s</span>'
    rows = "".join(row % (line % pair) for pair in [("-", "old"), ("+", "new"), (" ", "kept")])
    assert code_of(f'<table class="diff-table js-file-line-container">{rows}</table>') == Code(
        "-old\n+new\n kept"
    )


def test_every_tab_of_code_stays() -> None:
    panel = '<div role="tabpanel" class="tab"%s><pre><code>%s</code></pre></div>'
    tabs = f"<div class=tabs>{panel % ('', 'npm i')}{panel % (' hidden', 'yarn add')}</div>"
    assert blocks_of(tabs) == (Code("npm i"), Code("yarn add"))


def test_the_name_of_a_file_above_code_stays() -> None:
    markup = '<div class="code"><div class="title">main.py</div><pre><code>x = 1</code></pre></div>'
    name, code = blocks_of(markup)
    assert isinstance(name, Paragraph)
    assert code == Code("x = 1")


@pytest.mark.parametrize(
    "markup",
    [
        "<pre>Dear friend,\n  the ice is here.\n</pre>",
        "<table><tr><th>1</th><th>2</th></tr><tr><td>3</td><td>4</td></tr></table>",
        "<p>One <code>a</code> and<br><code>b</code>.</p>",
    ],
)
def test_what_is_no_code_is_left(markup: str) -> None:
    assert blocks_of(markup) == from_html(markup).blocks


def test_numbers_in_prose_are_no_gutter() -> None:
    (block,) = blocks_of('<p class="line">In the year <span class="year">1607</span>.</p>')
    assert "1607" in repr(block)
