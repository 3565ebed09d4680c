"""A post becomes an article: parsed by its kind, rid of what stands around it, and laid out as canonical text."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from corpus.article import Article, BlockKind
from corpus.language import detect
from ingest.captions import is_caption
from ingest.checks import check_text
from ingest.docx import parse_docx
from ingest.draft import Draft, Piece, compose
from ingest.furniture import strip_furniture
from ingest.html import parse_html
from ingest.identity import id_of, identity_of, stem_of
from ingest.markdown import parse_markdown
from ingest.metadata import Metadata, read_metadata
from ingest.names import learn_names
from ingest.pdf import parse_pdf
from ingest.plain import parse_plain
from ingest.post import BadPost, Post
from ingest.screen import order_flags, unseen_flags
from ingest.text import decode, word_count

CLEANER = "clean-3"  # to be raised whenever cleaning gives another text for the same bytes

LONGEST_TITLE = 1000  # characters

_TITLE_OF_WORDS = 60  # characters, of what has no title and is called by its first words
_ADDRESS = re.compile(r"https?://\S+")  # alone it is of something that the post shows: a film, a form
_LONGEST_HEADING = 40  # words
_MOST_HEADINGS = 4  # in a row; more of them are a list of short lines

_PARSERS: dict[str, Callable[[Post, Metadata], Draft]] = {
    "text/markdown": parse_markdown,
    "text/plain": parse_plain,
    "text/html": parse_html,
    "application/pdf": parse_pdf,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": parse_docx,
}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An article, and what a person should look at before it is trusted: one short line each, none as a rule."""

    article: Article
    flags: tuple[str, ...]


def clean(post: Post, *, source: str = "") -> Cleaned:
    """Turn one post into an article.

    The title is metadata and not in the text. Raises BadPost, with the reason, where there is no article in it.
    """
    parse = _PARSERS.get(post.media_type)
    if parse is None:
        raise BadPost(f"not a kind of document that ingest reads: {post.media_type}")
    draft = parse(post, read_metadata(post.metadata))
    pieces = _without_heading_runs([_corrected(piece) for piece in strip_furniture(draft.pieces)])
    text, blocks = compose(pieces)
    if not any(character.isalnum() for character in _ADDRESS.sub("", text)):
        raise BadPost("no text left after cleaning")
    check_text(text)
    known = draft.metadata
    if len(known.title or "") > LONGEST_TITLE:
        raise BadPost(f"its title is longer than {LONGEST_TITLE:,} characters: shorten it")
    article = Article(
        id=id_of(post, known),
        identity=identity_of(post, known),
        title=known.title or _named_by(post) or _first_words(text),
        text=text,
        blocks=blocks,
        language=known.language or detect(text),
        url=known.url,
        author=known.author,
        published=known.published,
        modified=known.modified,
        categories=known.categories,
        source=source,
        sample=bool(known.sample),
        names=learn_names(text),
    )
    return Cleaned(article, (*draft.flags, *_unseen(post), *order_flags(f"{article.title}\n\n{text}")))


def _named_by(post: Post) -> str:
    """Return the name that a post's file or address gives it, "" where it gives none: "?p=24"."""
    stem = stem_of(post)
    return "" if "?" in stem else stem.replace("-", " ").replace("_", " ").strip()


def _first_words(text: str) -> str:
    line = text.partition("\n")[0]
    if len(line) <= _TITLE_OF_WORDS:
        return line
    return f"{line[:_TITLE_OF_WORDS].rpartition(' ')[0] or line[:_TITLE_OF_WORDS]}…"


def _unseen(post: Post) -> tuple[str, ...]:
    """Return flags for unseen characters where a post is text and nothing else, before they are taken out."""
    return unseen_flags(decode(post.body)) if post.media_type in ("text/markdown", "text/plain") else ()


def _without_heading_runs(pieces: list[Piece]) -> list[Piece]:
    """Turn runs of headings back into paragraphs, but for the last of each, which has a text below it."""
    found: list[Piece] = []
    for heading, run in groupby(pieces, key=lambda piece: piece.kind is BlockKind.HEADING):
        members = list(run)
        if heading and len(members) > _MOST_HEADINGS:
            members[:-1] = [Piece(BlockKind.PARAGRAPH, piece.text) for piece in members[:-1]]
        found += members
    return found


def _corrected(piece: Piece) -> Piece:
    """Correct a kind that the words belie: a caption marked up as a paragraph, a text marked up as a heading."""
    if piece.kind is BlockKind.PARAGRAPH and is_caption(piece.text):
        return Piece(BlockKind.CAPTION, piece.text)
    if piece.kind is BlockKind.HEADING and word_count(piece.text) > _LONGEST_HEADING:
        return Piece(BlockKind.PARAGRAPH, piece.text)
    return piece
