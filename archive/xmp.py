"""What an archived PDF says about itself, twice and equal: as XMP (ISO 16684-1) and in the document information dictionary.

Declares PDF/A-2, conformance level U (ISO 19005-2, 6.6.4). Uses predefined properties only, so that no extension schema is needed. Nobody's
validator compares the two places in part 2, so read-back does.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import escape


@dataclass(frozen=True, slots=True)
class Meta:
    """What the writer is told about a document. `created` is aware; nothing else tells the time, so the same input gives the same bytes."""

    document: str
    title: str
    case: str | None
    created: datetime
    language: str = "zh-CN"
    producer: str = "casefile 0.1.0"

    @property
    def identifiers(self) -> tuple[str, ...]:
        """The document's id, and the case number if there is one."""
        return (self.document,) if self.case is None else (self.document, self.case)


def information(meta: Meta) -> dict[str, str]:
    """The document information dictionary: ISO 32000-1, 14.3.3."""
    when = meta.created.astimezone(UTC).strftime("D:%Y%m%d%H%M%S+00'00'")
    return {
        "/Title": meta.title,
        "/Subject": ", ".join(meta.identifiers),
        "/Creator": meta.producer,
        "/Producer": meta.producer,
        "/CreationDate": when,
        "/ModDate": when,
    }


def packet(meta: Meta) -> bytes:
    """The XMP packet."""
    when = stamp(meta.created)
    title, subject, producer = escape(meta.title), escape(", ".join(meta.identifiers)), escape(meta.producer)
    items = "".join(f"<rdf:li>{escape(i)}</rdf:li>" for i in meta.identifiers)
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>U</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:identifier>{escape(meta.document)}</dc:identifier>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{escape(meta.language)}</rdf:li></rdf:Bag></dc:language>
<xmp:Identifier><rdf:Bag>{items}</rdf:Bag></xmp:Identifier>
<xmp:CreateDate>{when}</xmp:CreateDate>
<xmp:ModifyDate>{when}</xmp:ModifyDate>
<xmp:CreatorTool>{producer}</xmp:CreatorTool>
<pdf:Producer>{producer}</pdf:Producer>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>""".encode()


def stamp(at: datetime) -> str:
    """`at` as XMP writes it, to the second, UTC."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
