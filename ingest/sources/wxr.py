"""Posts from a WordPress export: WXR, which is RSS 2.0 with WordPress's own elements."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from html import unescape
from typing import Any, BinaryIO

from ingest.checks import looks_like
from ingest.metadata import canonical_url, fold_language
from ingest.post import BadPost, Gone, Item, Post, Refused
from ingest.shortcodes import closed_shortcodes, drop_shortcodes
from ingest.sources.wordpress_post import zoned
from ingest.text import one_line

_EXPORT = "http://wordpress.org/export/"  # the namespace; the version follows
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_NOT_ONE = "not a WordPress export"
_NO_ENTITIES = "declares a document type or entities, which no WordPress export does"
_HEAD = 64 * 1024  # bytes
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r"))
_POST_TYPES = ("post", "page")

_PRE = re.compile(r"(<pre\b[^<>]*>|</pre>)", re.IGNORECASE)
_COMMENT = re.compile(r"<!--[^<>]*-->")
_LONE_ADDRESS = re.compile(r"^[ \t]*https?://\S+[ \t]*$", re.MULTILINE)  # WordPress shows what lies there
_BLOCK = re.compile(
    r"</?(?:address|article|aside|blockquote|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]"
    r"|header|hr|iframe|li|main|nav|noscript|ol|p|pre|script|section|style|summary|table|tbody|td|tfoot|th|thead|tr|ul)\b",
    re.IGNORECASE,
)


def wxr_posts(file: BinaryIO, address: str, key: str) -> Iterator[Item]:
    """Yield the published posts and pages of an export; what is in the trash is gone, the others are refused.

    The export may be of any size; it is read post by post. Attachments, menus and other kinds of entry are passed
    over. An export that breaks off gives the posts until there, and a refusal that names the line.
    """
    try:
        namespace = _namespace(file)
    except BadPost as error:
        yield Refused(address, str(error), key)
        return
    file.seek(0)
    source = _Watched(file)
    reader = _Reader(f"{{{namespace}}}", address, key)
    whole = False
    events = _iterparse(source, ("end",), reader.tags)
    for element in _elements(events):
        if element.tag == "rss":
            whole = not source.ended
        elif source.ended:  # closed by the end of the file and not by its own tag: perhaps half a post
            break
        else:
            yield from reader.read(element)
    if not whole:
        line = max((entry.line for entry in events.error_log), default=0)
        yield Refused(address, f"broken off at line {line}: what comes after it was not read", key)


class _Watched:
    """An export without its control characters, which end the parser's CDATA; it knows whether it was read to its end.

    WordPress writes every export in an encoding in which such a byte is such a character.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.ended = False

    def read(self, size: int) -> bytes:
        """Return the next bytes, some or all of them."""
        while found := self._file.read(size):
            if sound := found.translate(None, _CONTROLS):
                return sound
        self.ended = True
        return b""


def _iterparse(file: Any, events: tuple[str, ...], tags: tuple[str, ...] | None = None) -> Any:
    from lxml import etree

    return etree.iterparse(
        file, events=events, tag=tags, resolve_entities=False, no_network=True, huge_tree=False, recover=True
    )


def _elements(events: Any) -> Iterator[Any]:
    from lxml import etree

    try:
        for _, element in events:
            yield element
    except etree.XMLSyntaxError:
        return  # the parser gives up; what was read until then stands


def _namespace(file: BinaryIO) -> str:
    """Return WordPress's namespace in this export; raises BadPost where it is none."""
    head = file.read(_HEAD)
    file.seek(0)
    kind = looks_like(head)
    if kind not in (None, "an XML file"):
        raise BadPost(f"{_NOT_ONE}: it looks like {kind}")
    if b"\0" in head:  # UTF-16, which would fall to pieces as the control characters go
        raise BadPost(f"{_NOT_ONE}, or not in UTF-8 as WordPress writes it")
    root = next(_elements(_iterparse(_Watched(file), ("start",))), None)
    if root is None:
        raise BadPost(_NO_ENTITIES if b"<!ENTITY" in head else _NOT_ONE)
    found = next((str(uri) for uri in root.nsmap.values() if str(uri).startswith(_EXPORT)), None)
    if root.tag != "rss" or found is None:
        raise BadPost(_NOT_ONE)
    if root.getroottree().docinfo.internalDTD is not None:
        raise BadPost(_NO_ENTITIES)
    # "…/export/1.2/excerpt/" is a namespace of its own below the one that is wanted
    return re.sub(r"excerpt/$", "", found)


class _Reader:
    """Turns an export's elements into posts and lets go of each once it is read."""

    def __init__(self, wp: str, address: str, key: str) -> None:
        self._wp = wp
        self._address = address
        self._key = key
        self._names: dict[str, str] = {}  # of the authors, by login
        self._count = 0
        self.tags = ("rss", "item", f"{wp}author", f"{wp}postmeta", f"{wp}comment")

    def read(self, element: Any) -> Iterator[Item]:
        """Yield what an element stands for, if anything."""
        if element.tag == "item":
            self._count += 1
            kind = self._field(element, "post_type") or "post"
            if kind in _POST_TYPES:
                yield self._post(element)
        elif element.tag == f"{self._wp}author":
            name = self._field(element, "author_display_name")
            if name:
                self._names[self._field(element, "author_login")] = name
        element.clear()
        if element.tag in ("item", f"{self._wp}author"):
            while element.getprevious() is not None:
                del element.getparent()[0]

    def _post(self, item: Any) -> Item:
        number = self._field(item, "post_id") or str(self._count)
        address, key = f"{self._address}:{number}", f"{self._key}#{number}"
        status = self._field(item, "status")
        if status == "trash":
            return Gone(address, key, "trashed in the export")
        if status != "publish":
            return Refused(address, f"not published: {status or 'no status'}", key)
        if self._field(item, "post_password"):
            return Refused(address, "not published: protected by a password", key)
        body = f"<article>{_html(item.findtext(_CONTENT) or '')}</article>"
        return Post(address, body.encode(), "text/html", self._metadata(item), key)

    def _metadata(self, item: Any) -> Mapping[str, object]:
        link = (item.findtext("link") or "").strip()
        login = (item.findtext(_CREATOR) or "").strip()
        labels = [
            (label.get("domain", "category"), label.get("nicename", ""), _plain(label.text))
            for label in item.findall("category")
        ]
        found = {
            "title": _plain(item.findtext("title")),
            "author": self._names.get(login, login),
            "published": zoned(self._field(item, "post_date"), self._field(item, "post_date_gmt"))
            or _rfc_date(item.findtext("pubDate")),
            "modified": zoned(self._field(item, "post_modified"), self._field(item, "post_modified_gmt")),
            "categories": [
                text
                for wanted in ("category", "post_tag")
                for domain, slug, text in labels
                if domain == wanted and slug != "uncategorized" and text
            ],
            # as the translation plugin Polylang marks a post's language
            "language": next(
                (slug for domain, slug, _ in labels if domain == "language" and fold_language(slug)), None
            ),
            "url": link if canonical_url(link) else None,
        }
        return {name: value for name, value in found.items() if value}

    def _field(self, element: Any, name: str) -> str:
        return (element.findtext(f"{self._wp}{name}") or "").strip()


def _plain(text: str | None) -> str:
    return one_line(unescape(re.sub(r"</?[a-z][^<>]*>", "", text or "")))


def _rfc_date(text: str | None) -> str | None:
    try:
        return datetime.strptime((text or "").strip(), "%a, %d %b %Y %H:%M:%S %z").isoformat()
    except ValueError:
        return None


def _html(content: str) -> str:
    """Return a post's stored content as HTML: without block marks and shortcodes, and with its paragraphs marked."""
    content = content.replace("\r\n", "\n").replace("\r", "\n")
    closed = closed_shortcodes(content)
    parts: list[str] = []
    in_code = False
    for part in _PRE.split(content):
        if _PRE.fullmatch(part):
            in_code = not part.startswith("</")
            parts.append(part)
        else:
            text = drop_shortcodes(_COMMENT.sub("", part), closed)
            parts.append(part if in_code else _paragraphs(_LONE_ADDRESS.sub("", text)))
    return "".join(parts)


def _paragraphs(text: str) -> str:
    """Mark paragraphs as WordPress does when it shows a post: what stands between blank lines and is no block."""
    stretches = filter(None, map(str.strip, re.split(r"\n\s*\n", text)))
    return "\n".join(part if _BLOCK.match(part) else f"<p>{part}</p>" for part in stretches)
