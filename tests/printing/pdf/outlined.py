"""The structure of a tagged PDF, read back with nothing of the program that wrote it."""

from pathlib import Path
from typing import Any

import pikepdf
from tests.printing.reading import glyphs


def told(file: Path) -> str:
    """Return the structure of a PDF such as ``Document[H1“Title” P“Text ” Link“here”]``.

    Annotations are told as ``@``; attributes are left out.
    """
    said: dict[tuple[int, int], str] = {}
    for each in glyphs(file):
        if each.mcid is not None:
            key = each.page, each.mcid
            said[key] = said.get(key, "") + each.said
    with pikepdf.open(file) as pdf:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        return _told(pdf.Root.StructTreeRoot.K, pages, said)


def _told(element: Any, pages: dict[Any, int], said: dict[tuple[int, int], str]) -> str:
    inside = ""
    for kid in kids_of(element):
        if isinstance(kid, int):
            inside += said.get((pages[element.Pg.objgen], kid), "")
        elif kid.get("/Type") == "/MCR":
            inside += said.get((pages[kid.Pg.objgen], int(kid.MCID)), "")
        elif "/S" in kid:
            inside += _told(kid, pages, said)
        else:
            inside += "@"
    return f"{str(element.S)[1:]}[{inside.replace(chr(0x2060), '')}]"


def kids_of(element: Any) -> list[Any]:
    """Return what is in an element, in the order in which it is heard."""
    kids: Any = element.get("/K", pikepdf.Array())
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def elements(file: pikepdf.Pdf) -> list[Any]:
    """Return all elements of a PDF in the order in which they are heard."""
    found: list[Any] = []
    waiting: list[Any] = [file.Root.StructTreeRoot.K]
    while waiting:
        found.append(waiting.pop())
        kids = [kid for kid in kids_of(found[-1]) if not isinstance(kid, int) and "/S" in kid]
        waiting += reversed(kids)
    return found


def attribute(element: Any, name: str) -> Any:
    """Return an attribute of an element, None if it has none of this name."""
    owned = element.get("/A", pikepdf.Dictionary())
    return owned.get(f"/{name}")
