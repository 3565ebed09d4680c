"""Feeds and sitemaps as XML from strangers: no document types, no entities, no network, no depth."""

from typing import Any

from ingest.fetch import Reply
from ingest.inflate import GZIP_MAGIC, BadBody, gunzip
from ingest.post import BadPost

LARGEST = 50 * 1024 * 1024  # bytes; what the sitemap protocol allows one to be
_HEAD = 64 * 1024  # bytes
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r"))
_NO_ENTITIES = "the XML declares a document type or entities, which no feed or sitemap needs"
# huge_tree=False keeps libxml2's own limits: 256 levels, texts of 10 MB
_SAFE: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


def unpacked(reply: Reply) -> bytes:
    """Return a reply's body, that of a gzip file decompressed, without what keeps sound XML from being read.

    That is the control characters that no XML may hold and many a feed does, and space before the declaration.
    Raises BadPost where the file is broken or too large.
    """
    body = reply.body
    if body.startswith(GZIP_MAGIC):
        try:
            body = gunzip(body, limit=LARGEST)
        except BadBody as error:
            raise BadPost(f"the file {error}") from error
    return body if b"\0" in body else body.translate(None, _CONTROLS).lstrip()


def root_name(body: bytes) -> str:
    """Return the local name of a document's outermost element, "" where there is none."""
    from lxml import etree

    parser = etree.XMLPullParser(("start",), **_SAFE, recover=True)
    try:
        parser.feed(body[:_HEAD])
        _, element = next(iter(parser.read_events()), (None, None))
    except etree.XMLSyntaxError:
        return ""
    return "" if element is None else str(etree.QName(element).localname)


def check_harmless(body: bytes) -> None:
    """Raise BadPost, with the reason, where a document declares entities or is nested too deep.

    It may be broken: many feeds are, and feedparser reads them all the same.
    """
    from lxml import etree

    parser = etree.XMLParser(**_SAFE, recover=True)
    root = etree.fromstring(body, parser)
    if root is not None and root.getroottree().docinfo.internalDTD is not None:
        raise BadPost(_NO_ENTITIES)
    if any("XML_PARSE_HUGE" in error.message for error in parser.error_log):
        raise BadPost("the XML is nested too deep, or holds a text of more than 10 MB")


def parse_xml(body: bytes) -> Any:
    """Return the outermost element; raises BadPost, with the reason, where the document is broken or not harmless."""
    from lxml import etree

    check_harmless(body)
    try:
        return etree.fromstring(body, etree.XMLParser(**_SAFE, remove_comments=True, remove_pis=True))
    except etree.XMLSyntaxError as error:
        raise BadPost(f"the XML is broken at line {error.lineno or 1}: {error.msg[:100]}") from error
