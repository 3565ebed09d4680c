"""The embedder as all else sees it: questions, passages and their sentences to vectors."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

import numpy as np

from corpus.article import Article, Language, Passage, Span
from corpus.encoded import Encoded, Vector
from corpus.encoder import Encoder
from corpus.kept import Kept
from corpus.tokens import Tokens, words_of

RECIPE = "titled-2"
_QUESTIONS_KEPT = 1024
_WORDS_KEPT = 8192
_READS_AT_LEAST = 0.9
_PROBE_ANSWERS = (
    "The firm was established twelve years ago.",
    "Its chief executive runs the clinic.",
    "The research lab stands near the river.",
    "The price is forty pounds.",
    "Snow fell on the mountains last night.",
    "The students learn to write computer programs.",
    "She baked bread and cakes for the wedding.",
    "The orchestra played a symphony in the hall.",
)
_PROBE_QUESTIONS: dict[Language, tuple[str, ...]] = {
    "en": (
        "When was the company founded?",
        "Who leads the hospital?",
        "Where is the laboratory?",
        "How much does it cost?",
        "What was the weather like in the hills?",
        "Who is taught to code?",
        "What did the woman cook?",
        "Where was the concert?",
    ),
    "zh": (
        "公司是什么时候成立的？",
        "谁管理这家医院？",
        "实验室在哪里？",
        "它要花多少钱？",
        "山里的天气怎么样？",
        "谁在学习编程？",
        "那位女士做了什么吃的？",
        "音乐会在哪里举行？",
    ),
}


class Embedder:
    """Turns questions and passages into vectors, a passage with its sentences in one pass; safe to share."""

    def __init__(self, encoder: Encoder) -> None:
        self.model_name = encoder.name
        self._encoder = encoder
        self._questions: Kept[str, Encoded] = Kept(_QUESTIONS_KEPT)
        self._words: Kept[str, bool] = Kept(_WORDS_KEPT)
        self._reads: frozenset[Language] | None = None

    @property
    def fingerprint(self) -> str:
        """What the vectors depend on: two equal fingerprints give the same vectors, to within rounding."""
        return f"{self._encoder.fingerprint}+{RECIPE}"

    def embed_query(self, text: str) -> Vector:
        """Return the unit vector of a question, shape (d,)."""
        return self.embed_question(text).vector

    def embed_question(self, text: str) -> Encoded:
        """Return the unit vectors of a question and of its telling words; recent ones are remembered."""
        return self._questions.one(text, lambda: self._encoder.encode_question(text, words_of(text)))

    def is_word(self, word: str) -> bool:
        """Whether the model knows a word as one: common ones, where they are spelt right."""
        return self._words.one(word, lambda: self._encoder.is_word(word))

    def embed_texts(self, texts: Sequence[str]) -> list[Vector]:
        """Return the unit vectors of texts that are no passages of an article, each of shape (d,)."""
        return [item.vector for item in self._encoder.encode_passages(texts, [()] * len(texts))]

    def embed_editions(self, editions: Sequence[tuple[Article, Sequence[Passage]]]) -> list[list[Encoded]]:
        """Return the vectors of each article's passages and of their sentences; title and headings are read along.

        All in one call, so that texts of a length run together.
        """
        texts, spans = [], []
        for article, passages in editions:
            for passage in passages:
                lead = f"{' - '.join((article.title, *passage.headings))}\n"
                shift = len(lead) - passage.span.start
                texts.append(lead + passage.text)
                spans.append([Span(s.span.start + shift, s.span.end + shift) for s in passage.sentences])
        found = iter(self._encoder.encode_passages(texts, spans))
        return [
            [self._worth_keeping(item, article) for item in islice(found, len(passages))]
            for article, passages in editions
        ]

    def _worth_keeping(self, encoded: Encoded, article: Article) -> Encoded:
        """Leave the tokens out where the model can't read them: they would take most of the room, and tell nothing."""
        return encoded if article.language in self.reads() else replace(encoded, tokens=Tokens.none())

    def reads(self) -> frozenset[Language]:
        """Return the languages in which the model finds what answers a question.

        Measured on a few questions in each language and their answers in English: how often a question's own answer
        lies nearest to it, and the other way round. Ranks, not cosines, since models spread theirs differently.
        """
        if self._reads is None:
            self._reads = self._probe()
        return self._reads

    def _probe(self) -> frozenset[Language]:
        answers = np.stack([self.embed_query(answer) for answer in _PROBE_ANSWERS])
        readable: set[Language] = set()
        for language, questions in _PROBE_QUESTIONS.items():
            cosines = np.stack([self.embed_query(question) for question in questions]) @ answers.T
            places = np.arange(len(questions))
            hits = (cosines.argmax(axis=1) == places).mean() + (cosines.argmax(axis=0) == places).mean()
            if hits / 2 >= _READS_AT_LEAST:
                readable.add(language)
        return frozenset(readable)
