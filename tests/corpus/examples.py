"""Small articles, and an encoder whose vectors depend on the words, for tests that need no model."""

import hashlib
import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from corpus.article import Article, Block, BlockKind, Passage, Sentence, Span
from corpus.embedder import Embedder
from corpus.encoded import Encoded, Vector
from corpus.filters import EVERYTHING, Filter
from corpus.library import Library
from corpus.tokens import Tokens

WIDTH = 32


class WordEncoder:
    """Each word has a random direction of its own; a text's vector is their sum: texts with common words are near."""

    def __init__(self, name: str = "words") -> None:
        self.name = name
        self.fingerprint = f"{name}@1"
        self.encoded = 0

    def encode_query(self, text: str) -> Vector:
        return self._vector(text)

    def encode_question(self, text: str, words: Sequence[Span]) -> Encoded:
        return Encoded(self.encode_query(text), self._vectors([span.of(text) for span in words]))

    def is_word(self, word: str) -> bool:
        return False  # a model without pieces of words knows none

    def encode_passages(self, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> list[Encoded]:
        self.encoded += len(texts)
        return [
            Encoded(
                self._vector(text),
                self._vectors([span.of(text) for span in parts]),
                self._tokens([span.of(text) for span in parts]),
            )
            for text, parts in zip(texts, spans, strict=True)
        ]

    def _vectors(self, texts: Sequence[str]) -> Vector:
        return np.array([self._vector(text) for text in texts], np.float32).reshape(-1, WIDTH)

    def _tokens(self, sentences: Sequence[str]) -> Tokens:
        words = [(word, place) for place, sentence in enumerate(sentences) for word in re.findall(r"\w+", sentence)]
        return Tokens.of(self._vectors([word for word, _ in words]), [place for _, place in words])

    def _vector(self, text: str) -> Vector:
        total = np.zeros(WIDTH)
        for word in ["", *re.findall(r"\w+", text.lower())]:
            seed = int.from_bytes(hashlib.sha256(f"{self.name} {word}".encode()).digest()[:8], "big")
            total += np.random.default_rng(seed).normal(size=WIDTH)
        return np.asarray(total / np.linalg.norm(total), dtype=np.float32)


class RefusingEncoder(WordEncoder):
    """Fails where anything is embedded."""

    def encode_passages(self, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> list[Encoded]:
        raise AssertionError("nothing should be embedded")


def make_article(article_id: str = "a", *paragraphs: str, **fields: Any) -> Article:
    """An article of these paragraphs; whatever is not given is filled in."""
    paragraphs = paragraphs or ("The centre opened in 2019. It trains engineers.",)
    blocks, place = [], 0
    for paragraph in paragraphs:
        blocks.append(Block(BlockKind.PARAGRAPH, Span(place, place + len(paragraph))))
        place += len(paragraph) + 2
    known = {
        "identity": f"https://example.org/{article_id}",
        "title": f"Title of {article_id}",
        "text": "\n\n".join(paragraphs),
        "blocks": tuple(blocks),
        "language": "en",
    }
    return Article(id=article_id, **(known | fields))


def passages_of(article: Article) -> list[Passage]:
    """One passage for each block, of one sentence each."""
    return [
        Passage(
            id=f"{article.id}.0.{ordinal}",
            article_id=article.id,
            version=0,
            ordinal=ordinal,
            span=block.span,
            text=block.span.of(article.text),
            headings=("Overview",),
            sentences=(Sentence(block.span, block.kind),),
        )
        for ordinal, block in enumerate(article.blocks)
    ]


def embedded(embedder: Embedder, article: Article, passages: Sequence[Passage]) -> list[Encoded]:
    """Return the vectors of one article's passages."""
    return embedder.embed_editions([(article, passages)])[0]


def holding(library: Library, *phrases: str, where: Filter = EVERYTHING) -> dict[int, Passage]:
    """Return the live passages that ``where`` admits and that hold any of the phrases of index terms, by key."""
    with library.view() as view:
        postings = view.postings([tuple(phrase.split(" ")) for phrase in phrases])
        keys = {key for posting in postings.values() for key in posting.keys.tolist()}
        selected = view.selected(where)
        return view.passages(sorted(keys if selected is None else keys.intersection(selected)))
