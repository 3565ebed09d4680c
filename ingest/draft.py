"""Between a post and an article: the pieces that a document falls into."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.article import Block, BlockKind, Span
from ingest.metadata import Metadata
from ingest.text import one_line, tidy, tidy_code


@dataclass(frozen=True, slots=True)
class Piece:
    """One block to be; ``level`` as in Block, ``group`` the same number (not 0) for the items of one list."""

    kind: BlockKind
    text: str
    level: int = 0
    group: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """A parsed document: what it says of itself, its pieces in order, and what in it a person should look at."""

    metadata: Metadata
    pieces: tuple[Piece, ...]
    flags: tuple[str, ...] = ()


def compose(pieces: Sequence[Piece]) -> tuple[str, tuple[Block, ...]]:
    """Join pieces to an article's canonical text, with the exact place of each.

    A blank line stands between blocks, a line end between the items of one list. Empty pieces are left out.
    """
    parts: list[str] = []
    blocks: list[Block] = []
    place = group = 0
    for piece in pieces:
        text = _canonical(piece)
        if not text:
            continue
        glue = "" if not parts else "\n" if piece.group and piece.group == group else "\n\n"
        place += len(glue)
        blocks.append(Block(piece.kind, Span(place, place + len(text)), piece.level))
        parts += [glue, text]
        place += len(text)
        group = piece.group
    return "".join(parts), tuple(blocks)


def _canonical(piece: Piece) -> str:
    match piece.kind:
        case BlockKind.CODE:
            return tidy_code(piece.text)
        case BlockKind.TABLE:
            return "\n".join(filter(None, tidy(piece.text).split("\n")))
        case _:
            return one_line(piece.text)
