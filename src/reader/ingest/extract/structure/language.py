"""The programming language of a block of code, as highlighters write it into classes."""

import re
from collections.abc import Iterable
from itertools import islice

from reader.ingest.extract.measure import Element

_ATTRIBUTES = (
    "data-lang", "data-language", "data-code-language", "data-enlighter-language",
    "data-syntax", "data-code-lang",
)  # fmt: skip
_PARAMETERS = "data-syntaxhighlighter-params"
_CLASS = re.compile(
    r"(?:^|\s)(?:(?:language|lang|mw-highlight-lang|highlight-source|highlight-text)[-:]\s*|brush\s*:\s*)"
    r"([\w+#.-]{1,40})"
)
_BESIDE = re.compile(
    r"(?:^|\s)(?:(?:hljs|sourcecode|syntaxhighlighter|highlight|codehilite)\s+|"
    r"(?:highlight|src|code)-)([\w+#-]{1,30})"
)
"""Names that other names follow, most of them not those of languages."""

_UNKNOWN = frozenset(
    "none default undefined nohighlight auto null true table wrapper container block box "
    "toolbar copy figure line lines theme".split()
)
_NAMES = frozenset(
    "asm assembly awk bash bat batch c c# c++ clojure cmake cmd cobol coffeescript conf console "
    "cpp cs csharp css csv cuda d dart delphi diff docker dockerfile elixir elm erb erlang f# "
    "fish fortran fsharp glsl go golang gradle graphql groovy haml handlebars haskell hcl hlsl "
    "html http ini java javascript jinja js json json5 jsonc jsonl jsx julia kotlin kql kt "
    "latex less lisp log lua makefile markdown matlab md mdx mermaid nginx nim nix "
    "objective-c objectivec ocaml pascal perl php plaintext powershell proto protobuf prolog ps1 "
    "py python r racket rb regex rs rst ruby rust sas sass scala scheme scss sh shell solidity "
    "sql svelte swift tcl terminal terraform tex toml ts tsx typescript txt vb vba vbnet "
    "verilog vhdl vim vue wasm xml yaml yml zig zsh".split()
)


def is_name(word: str) -> bool:
    """Return whether a word is the name of a language, as labels above code have it."""
    return word.lower() in _NAMES


def language_of(code: Element, around: Iterable[Element]) -> str:
    """Return the language of a block of code, ``""`` if no class or attribute names one.

    The block, the code in it, and the boxes ``around`` it are asked.
    """
    for element in (code, *islice(code.iterdescendants("code"), 1), *around):
        if name := _own(element):
            return name
    return ""


def _own(element: Element) -> str:
    for attribute in _ATTRIBUTES:
        if name := _known(element.get(attribute) or ""):
            return name
    named = " ".join(filter(None, map(element.get, ("class", _PARAMETERS)))).lower()
    for match in _CLASS.finditer(named):
        if name := _known(match[1]):
            return name
    return next((match[1] for match in _BESIDE.finditer(named) if is_name(match[1])), "")


def _known(name: str) -> str:
    name = name.strip().lower()
    return "" if name in _UNKNOWN or not re.fullmatch(r"[\w+#.-]{1,40}", name) else name
