"""Markdown, with or without front matter, to pieces."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml

from corpus.article import BlockKind
from ingest.checks import check_kind, check_text
from ingest.draft import Draft, Piece
from ingest.html import fragment_flags, fragment_pieces
from ingest.metadata import Metadata, read_metadata
from ingest.post import BadPost, Post
from ingest.shown import raised
from ingest.text import decode, join_lines, one_line, word_count

if TYPE_CHECKING:
    from markdown_it.token import Token

LONGEST_FRONT_MATTER = 20_000  # characters

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)??(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FRONT_KEY = re.compile(r"---[ \t]*\n\s*[A-Za-z_]+[ \t]*:")
_COLON_INSIDE = re.compile(
    r"([A-Za-z_]+)[ \t]*:[ \t]+[^\s\"'\[{][^\n]*:(?:[ \t]|$)"
)  # "title: Talent: the missing piece"
_FOOTNOTE_MARK = re.compile(r"\[\^[^\]\s]{1,40}\]:?")
_CLOSED = re.compile(r"[.!?。！？；;:：,，…]$")


def parse_markdown(post: Post, given: Metadata) -> Draft:
    """Parse a Markdown post; raises BadPost where its front matter is broken, with the line, or it is too long."""
    check_kind(post.body)
    text = decode(post.body).replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    check_text(text)
    front, body = _split_front_matter(text)
    walk = _walked(body)
    pieces = walk.pieces
    metadata = given.or_else(read_metadata(front))
    if metadata.title is None:
        title = next((piece for piece in pieces if piece.kind is BlockKind.HEADING and piece.level == 1), None)
        if title is not None:
            pieces.remove(title)
            metadata = metadata.or_else(Metadata(title=title.text))
    return Draft(metadata, tuple(pieces), tuple(walk.flags))


def _split_front_matter(text: str) -> tuple[Mapping[str, object], str]:
    found = _FRONT_MATTER.match(text)
    if found is None:
        if _FRONT_KEY.match(text):
            raise BadPost("broken front matter: the block that '---' opens at line 1 is never closed")
        return {}, text
    written = found.group(1) or ""
    if len(written) > LONGEST_FRONT_MATTER:
        raise BadPost(f"broken front matter: longer than {LONGEST_FRONT_MATTER:,} characters")
    try:
        front = yaml.load(written, _Loader)  # noqa: S506 - it is a safe one
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        colon = _COLON_INSIDE.match("".join(written.split("\n")[line : line + 1]))
        reason = f"put the {colon[1]} in quotes, for it has a colon in it" if colon else error.problem or error.context
        raise BadPost(f"broken front matter at line {line + 2}: {reason}") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise BadPost("broken front matter: it is not YAML") from error
    except ValueError as error:  # a date that no calendar has, or a number of thousands of digits
        reason = one_line(str(error))[:80]
        raise BadPost(f"broken front matter: {reason}; write dates as 2025-11-20 and long numbers in quotes") from error
    if front is None:
        return {}, text[found.end() :]
    if not isinstance(front, dict):
        raise BadPost("broken front matter at line 2: not 'key: value' lines")
    return {str(key).casefold(): value for key, value in front.items()}, text[found.end() :]


class _Loader(yaml.SafeLoader):
    """YAML's plain values alone. Without aliases, so that a few lines can't stand for gigabytes."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Compose a node; raises a YAML error where it is an alias of another one."""
        if self.check_event(yaml.AliasEvent):
            mark = self.get_mark()
            raise yaml.composer.ComposerError(None, None, "an alias ('*name') is not read", mark)
        return super().compose_node(parent, index)


@dataclass
class _Walk:
    """Where the walk over the tokens stands."""

    pieces: list[Piece] = field(default_factory=list)
    lists: int = 0
    quotes: int = 0
    group: int = 0
    heading: int = 0
    row: list[str] = field(default_factory=list)
    table: list[str] | None = None
    flags: list[str] = field(default_factory=list)


def _walked(text: str) -> _Walk:
    from markdown_it import MarkdownIt

    walk = _Walk()
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    # of a link the words alone are kept; one to an unsafe address would be taken for words as a whole
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    for token in parser.parse(text):
        _step(walk, token)
    return walk


def _step(walk: _Walk, token: "Token") -> None:
    match token.type:
        case "bullet_list_open" | "ordered_list_open":
            walk.group += walk.lists == 0
            walk.lists += 1
        case "bullet_list_close" | "ordered_list_close":
            walk.lists -= 1
        case "blockquote_open" | "blockquote_close":
            walk.quotes += token.nesting
        case "heading_open":
            walk.heading = int(token.tag[1])
        case "heading_close":
            walk.heading = 0
        case "table_open" | "tr_close" | "table_close":
            _step_table(walk, token)
        case "fence" | "code_block":
            walk.pieces.append(Piece(BlockKind.CODE, token.content))
        case "html_block":
            walk.pieces += fragment_pieces(token.content)
            walk.flags += fragment_flags(token.content)
        case "inline":
            _step_inline(walk, token.children or [])


def _step_table(walk: _Walk, token: "Token") -> None:
    match token.type:
        case "table_open":
            walk.table = []
        case "tr_close" if walk.table is not None:
            walk.table.append(" | ".join(cell for cell in walk.row if cell))
            walk.row = []
        case "table_close" if walk.table is not None:
            walk.pieces.append(Piece(BlockKind.TABLE, "\n".join(walk.table)))
            walk.table = None


def _step_inline(walk: _Walk, children: Sequence["Token"]) -> None:
    text = _inline_text(children)
    if walk.table is not None:
        walk.row.append(text)
    elif walk.heading:
        walk.pieces.append(Piece(BlockKind.HEADING, text, level=walk.heading))
    elif walk.lists:
        walk.pieces.append(Piece(BlockKind.LIST_ITEM, text, group=walk.group))
    elif walk.quotes:
        walk.pieces.append(Piece(BlockKind.QUOTE, text))
    elif _wrapped_in(children, "em") and word_count(text) <= 40:
        # one line all in italics is how Markdown writes the words under a picture
        walk.pieces.append(Piece(BlockKind.CAPTION, text))
    elif _wrapped_in(children, "strong") and word_count(text) <= 14 and not _CLOSED.search(text):
        walk.pieces.append(Piece(BlockKind.HEADING, text, level=4))
    else:
        walk.pieces.append(Piece(BlockKind.PARAGRAPH, text))


def _inline_text(children: Sequence["Token"]) -> str:
    """Return the words of a line as a reader sees them; pictures, raw HTML and footnote marks have none."""
    lines = [""]
    risen: int | None = None  # where in the line something raised begins
    for child in children:
        if child.type == "html_inline" and child.content.startswith("<sup"):
            risen = len(lines[-1])
        elif child.content == "</sup>" and risen is not None:
            before, text = lines[-1][:risen], lines[-1][risen:]
            lines[-1], risen = before + raised(before, text), None
        elif child.type in ("softbreak", "hardbreak") or (
            child.type == "html_inline" and child.content.startswith("<br")
        ):
            lines.append("")
        elif child.type in ("text", "text_special", "code_inline"):
            lines[-1] += child.content
    return _FOOTNOTE_MARK.sub("", join_lines([line.strip() for line in lines])).strip()


def _wrapped_in(children: Sequence["Token"], kind: str) -> bool:
    """Say whether a single pair of marks holds the whole line."""
    shown = [child for child in children if child.type != "text" or child.content.strip()]
    opens = [child.type for child in shown].count(f"{kind}_open")
    return opens == 1 and shown[0].type == f"{kind}_open" and shown[-1].type == f"{kind}_close"
