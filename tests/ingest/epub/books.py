"""Small books, made for tests."""

import io
import zipfile
from collections.abc import Mapping

_CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/book.opf"/></rootfiles></container>'
)


def book(files: Mapping[str, str | bytes], package: str) -> bytes:
    """Return a book with some files in the folder of its package document."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        archive.writestr("META-INF/container.xml", _CONTAINER)
        archive.writestr("OPS/book.opf", package)
        for name, content in files.items():
            archive.writestr(name if name.startswith("META-INF/") else f"OPS/{name}", content)
    return out.getvalue()


def package(metadata: str = "<dc:title>Moors</dc:title>", items: str = "", spine: str = "") -> str:
    """Return a package document."""
    return (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:opf="http://www.idpf.org/2007/opf">{metadata}</metadata>'
        f"<manifest>{items}</manifest>{spine}</package>"
    )


def item(name: str, kind: str = "application/xhtml+xml", properties: str = "") -> str:
    """Return an entry of the manifest, whose id is its name."""
    return f'<item id="{name}" href="{name}" media-type="{kind}" properties="{properties}"/>'


def spine(*names: str, more: str = "") -> str:
    """Return the spine of some files."""
    inner = "".join(f'<itemref idref="{name}"/>' for name in names)
    return f"<spine{more}>{inner}</spine>"


def page(body: str, language: str = "en") -> str:
    """Return a page of a book."""
    return (
        f'<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xml:lang="{language}" '
        'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
        f"<head><title>A file</title></head><body>{body}</body></html>"
    )
