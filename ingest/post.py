"""What a source gives: posts, and word of what it could not give."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
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
    ``key`` knows the post again within its source, and as an article where it names neither a web address nor an id;
    the address serves if there is none. ``marker`` is what the source tells changes by, such as a time of modification
    or an ETag; empty where only the bytes tell.
    """

    address: str
    body: bytes
    media_type: str
    metadata: Mapping[str, object] = field(default_factory=dict)
    key: str = ""
    marker: str = ""

    def __post_init__(self) -> None:
        """Let the address serve as the key where none is given."""
        object.__setattr__(self, "key", self.key or self.address)


@dataclass(frozen=True, slots=True)
class Refused:
    """Something in a source that is no post, and why, in one line; what is held under ``key`` stays as it is."""

    address: str
    reason: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A post of which the source says that it is as it was; its bytes were not read."""

    address: str
    key: str


@dataclass(frozen=True, slots=True)
class Gone:
    """A post of which there is an explicit sign that it is public no longer; ``reason`` names the sign in one line.

    With ``unless_elsewhere`` it only left this source, and the article stays while another source gives it.
    """

    address: str
    key: str
    reason: str
    unless_elsewhere: bool = False


Item = Post | Refused | Unchanged | Gone


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the library remembers of a post that a source gave before: its article and the source's marker then.

    ``identity`` is what the article is known by, its canonical web address where it has one; empty where unknown.
    """

    article_id: str
    marker: str
    identity: str = ""


class Rank(IntEnum):
    """How much a source's word counts where two give the same article: a lower one does not overwrite a higher."""

    FEED = 1
    PAGE = 2
    OWN = 3  # the site's own records, an export, a file that an admin named


class Source(Protocol):
    """Anything that yields posts; one bad post is a ``Refused`` and does not end the others.

    ``name`` is that by which the library remembers what it gave. A source never says ``Gone`` of what is merely absent.
    """

    name: str
    rank: Rank

    def posts(self, known: Mapping[str, Remembered]) -> Iterator[Item]:
        """Yield every post in a stable order, reading each only when its turn comes.

        ``known`` is what this source gave before and is still held, by key. Raises Unavailable where the source breaks
        off; what it gave until then stands.
        """
        ...
