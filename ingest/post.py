"""What a source gives: posts, and word of what it could not give."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from corpus.errors import BadInput


class BadPost(BadInput):
    """A post that can't become an article; the message is the reason, in one line."""


@dataclass(frozen=True, slots=True)
class Post:
    """Bytes as fetched, and what the source knows about them.

    ``address`` is where the post stands, in words for a person ("posts/valley.md", "articles.jsonl:12").
    ``media_type`` is one that ``ingest.clean`` can read, such as "text/markdown".
    ``metadata`` may hold title, author, published, modified, categories, language, url, id and sample;
    it overrules what the document says of itself.
    ``key`` knows the post again where it names neither a web address nor an id; the address serves if there is none.
    """

    address: str
    body: bytes
    media_type: str
    metadata: Mapping[str, object] = field(default_factory=dict)
    key: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """Something in a source that is no post, and why, in one line."""

    address: str
    reason: str


class Source(Protocol):
    """Anything that yields posts; one bad post is a ``Refused`` and does not end the others."""

    def posts(self) -> Iterator[Post | Refused]:
        """Yield every post in a stable order, reading each only when its turn comes."""
        ...
