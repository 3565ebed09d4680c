"""The embedder as all else sees it: a LlamaIndex ``BaseEmbedding`` that also knows passages and sentences."""

import threading
from collections import OrderedDict
from collections.abc import Sequence

from llama_index.core.base.embeddings.base import BaseEmbedding
from pydantic import PrivateAttr

from corpus.article import Article, Language, Passage, Span
from corpus.encoder import Encoded, Encoder, Vector

RECIPE = "titled-1"
_QUERIES_KEPT = 1024
_READS_AT_LEAST = 0.35
_PROBE_PAIRS: dict[Language, tuple[tuple[str, str], ...]] = {
    "en": (
        ("When was the company founded?", "The firm was established twelve years ago."),
        ("Who leads the hospital?", "Its chief executive runs the clinic."),
        ("Where is the laboratory?", "The research lab stands near the river."),
        ("How much does it cost?", "The price is forty pounds."),
    ),
    "zh": (
        ("公司是什么时候成立的？", "The firm was established twelve years ago."),
        ("谁管理这家医院？", "Its chief executive runs the clinic."),
        ("实验室在哪里？", "The research lab stands near the river."),
        ("它要花多少钱？", "The price is forty pounds."),
    ),
}


class Embedder(BaseEmbedding):
    """Serves any LlamaIndex code, and this project's own with passage and sentence vectors in one pass."""

    _encoder: Encoder = PrivateAttr()
    _queries: OrderedDict[str, Vector] = PrivateAttr(default_factory=OrderedDict)
    _lock: threading.Lock = PrivateAttr(default_factory=threading.Lock)

    def __init__(self, encoder: Encoder) -> None:
        super().__init__(model_name=encoder.name)
        self._encoder = encoder

    @property
    def fingerprint(self) -> str:
        """What the vectors depend on: two equal fingerprints give equal vectors."""
        return f"{self._encoder.fingerprint}+{RECIPE}"

    def embed_query(self, text: str) -> Vector:
        """Return the unit vector of a question, shape (d,); recent ones are remembered."""
        with self._lock:
            if text in self._queries:
                self._queries.move_to_end(text)
                return self._queries[text]
        vector = self._encoder.encode_query(text)
        with self._lock:
            self._queries[text] = vector
            if len(self._queries) > _QUERIES_KEPT:
                self._queries.popitem(last=False)
        return vector

    def embed_passages(self, article: Article, passages: Sequence[Passage]) -> list[Encoded]:
        """Return the vectors of passages and of their sentences; title and headings are read along."""
        texts, spans = [], []
        for passage in passages:
            lead = f"{' - '.join((article.title, *passage.headings))}\n"
            shift = len(lead) - passage.span.start
            texts.append(lead + passage.text)
            spans.append([Span(s.span.start + shift, s.span.end + shift) for s in passage.sentences])
        return self._encoder.encode_passages(texts, spans)

    def reads(self) -> frozenset[Language]:
        """Return the languages in which the model finds a sentence of the same meaning among others.

        Measured on a few translated pairs: the mean cosine of true pairs minus that of the rest.
        """
        readable: set[Language] = set()
        for language, pairs in _PROBE_PAIRS.items():
            questions = [self.embed_query(question) for question, _ in pairs]
            answers = [self.embed_query(answer) for _, answer in pairs]
            true = sum(float(q @ a) for q, a in zip(questions, answers, strict=True)) / len(pairs)
            false = sum(float(q @ a) for i, q in enumerate(questions) for j, a in enumerate(answers) if i != j)
            if true - false / (len(pairs) * (len(pairs) - 1)) >= _READS_AT_LEAST:
                readable.add(language)
        return frozenset(readable)

    def _get_query_embedding(self, query: str) -> list[float]:
        return [float(x) for x in self.embed_query(query)]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return [[float(x) for x in item.vector] for item in self._encoder.encode_passages(texts, [()] * len(texts))]
