"""By what name an article is known again, and what it is called."""

import hashlib
import re
import unicodedata
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from corpus.language import CJK
from ingest.metadata import Metadata, canonical_url
from ingest.post import Post

_SAFE_ID = re.compile(rf"[A-Za-z0-9{CJK}][A-Za-z0-9._{CJK}-]{{0,119}}")
_LONGEST_SLUG = 80


def identity_of(post: Post, metadata: Metadata) -> str:
    """Return the canonical web address, else the given id, else the post's own key."""
    url = canonical_url(metadata.url) if metadata.url else None
    return url or metadata.id or post.key


def id_of(post: Post, metadata: Metadata) -> str:
    """Return the given id where it is safe in an address and a file name, else one made of the address or file name."""
    if metadata.id and _SAFE_ID.fullmatch(metadata.id):
        return metadata.id
    path = unquote(urlsplit(metadata.url).path).rstrip("/") if metadata.url else ""
    return slug(metadata.id or PurePosixPath(path).stem or stem_of(post))


def stem_of(post: Post) -> str:
    """Return the name of the post's file or page, without its suffix."""
    return PurePosixPath(post.address).stem or post.address


def slug(text: str) -> str:
    """Return lower-case letters, digits, Chinese characters and single hyphens."""
    letters = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    plain = re.sub(rf"[^a-z0-9{CJK}]+", "-", unicodedata.normalize("NFKC", letters).casefold()).strip("-")
    return plain[:_LONGEST_SLUG].rstrip("-") or "article"


def short_hash(text: str) -> str:
    """Return eight hexadecimal digits that stand for a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
