"""The metadata of a PDF as XMP (ISO 16684-1), with the claims of the file."""

import re
from collections.abc import Iterator
from datetime import datetime
from html import escape
from typing import NamedTuple

import pikepdf
from pikepdf import Dictionary, Name

_UNWRITABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
# PDF/A wants every schema described that it does not know (ISO 19005-3, 6.6.2.3).
_PDFUA_SCHEMA = """\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>"""


class Claims(NamedTuple):
    """The standards that a file claims to follow: PDF/UA-1 and PDF/A-3b."""

    accessible: bool = False
    archived: bool = False


class Facts(NamedTuple):
    """The metadata of a file; a value of ``""`` is left out. ``written`` is in UTC."""

    title: str
    author: str
    subject: str
    language: str
    creator: str
    producer: str
    written: datetime


def write_facts(pdf: pikepdf.Pdf, facts: Facts, claims: Claims) -> None:
    """Write the metadata, the same in the information dictionary and as XMP."""
    moment = f"D:{facts.written:%Y%m%d%H%M%S}Z"
    said = {
        "/Title": facts.title, "/Author": facts.author, "/Subject": facts.subject,
        "/Creator": facts.creator, "/Producer": facts.producer,
        "/CreationDate": moment, "/ModDate": moment,
    }  # fmt: skip
    for name in [*pdf.docinfo.keys()]:
        del pdf.docinfo[name]
    for name, value in said.items():
        if value:
            pdf.docinfo[name] = _plain(value)
    stream = pdf.make_stream(_packet(facts, claims).encode())
    stream.stream_dict = Dictionary(Type=Name.Metadata, Subtype=Name.XML)
    pdf.Root.Metadata = stream


def _packet(facts: Facts, claims: Claims) -> str:
    spaces = "".join(f' xmlns:{name}="{space}"' for name, space in _SPACES.items())
    said = "\n".join(_properties(facts, claims))
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'
        f'{spaces}><rdf:Description rdf:about="">\n{said}\n'
        '</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end="w"?>'
    )


def _properties(facts: Facts, claims: Claims) -> Iterator[str]:
    yield "<dc:format>application/pdf</dc:format>"
    yield _several("dc:title", "Alt", facts.title, ' xml:lang="x-default"')
    yield _several("dc:creator", "Seq", facts.author)
    yield _several("dc:description", "Alt", facts.subject, ' xml:lang="x-default"')
    yield _several("dc:language", "Bag", facts.language)
    yield _one("pdf:Producer", facts.producer)
    yield _one("xmp:CreatorTool", facts.creator)
    for name in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"):
        yield _one(name, f"{facts.written:%Y-%m-%dT%H:%M:%SZ}")
    if claims.accessible:
        yield _one("pdfuaid:part", "1")
    if claims.archived:
        yield _one("pdfaid:part", "3")
        yield _one("pdfaid:conformance", "B")
    if claims.accessible and claims.archived:
        yield _PDFUA_SCHEMA


def _several(name: str, kind: str, value: str, more: str = "") -> str:
    if not value:
        return ""
    return f"<{name}><rdf:{kind}><rdf:li{more}>{_text(value)}</rdf:li></rdf:{kind}></{name}>"


def _one(name: str, value: str) -> str:
    return f"<{name}>{_text(value)}</{name}>" if value else ""


def _text(value: str) -> str:
    return escape(_plain(value), quote=False)


def _plain(value: str) -> str:
    """Return a text without the characters that XML cannot hold."""
    return _UNWRITABLE.sub("", value)
