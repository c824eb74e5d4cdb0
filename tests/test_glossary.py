"""The names of the project are those of the field: the old private ones do not come back."""

import ast
import re

from tests.source import files, tree

RETIRED = {
    "apart": "keep_apart, or another process",
    "asking": "query_parser",
    "care": "cleanup, health",
    "diary": "reading_log",
    "doubles": "duplicates",
    "emptying": "trash",
    "faces": "components",
    "finding": "query_sql",
    "findables": "palette_entries",
    "impose": "imposition",
    "nouns": "records",
    "shelving": "shelf_editing",
    "tongue": "language",
    "verbs": "actions",
    "ways": "ids",
}
"""Words of the old names of modules and classes, and what stands for them now."""

_MOST_IDIOM = 0.02
_IDIOM = re.compile(r"\b(where|what|said|says?|told|tells?)\b", re.IGNORECASE)


def _words(name: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+", name)}


def test_no_module_or_class_has_a_retired_name() -> None:
    names = {f"{file.parent.name}/{file.name}": _words(file.stem) for file in files()}
    for file in files():
        names |= {
            f"{file.name}: {node.name}": _words(node.name)
            for node in ast.walk(tree(file))
            if isinstance(node, ast.ClassDef)
        }
    wrong = {name: RETIRED[word] for name, words in names.items() for word in words & {*RETIRED}}
    assert wrong == {}


def test_docstrings_speak_plain_english() -> None:
    """“Where” for “if” and “what is said” for a noun are an idiom that only insiders read."""
    docstrings = [
        text
        for file in files()
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and (text := ast.get_docstring(node))
    ]
    odd = [text for text in docstrings if _IDIOM.search(text)]
    assert len(odd) < _MOST_IDIOM * len(docstrings), "\n".join(odd[:20])
