"""How well the check of statements tells true ones from false: the long answers of a question set, and their changes.

Each sentence of a set's own answer is held against the article that it was written from, where it should be supported;
then with one fact changed, and against other articles, where it should not be.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from zlib import crc32

from corpus.article import Article
from corpus.language import Analyzer, sentence_spans
from service.evaluation.alterations import ALTERATION_KINDS, altered, names_of
from service.evaluation.metrics import mean
from service.evaluation.question_set import Question
from service.proof import Verifier

OTHERS = ("near_article", "any_article")
"""Beside the kinds of alterations: the other article with the most words of the answer, and one drawn by a checksum."""


def statement_check(
    questions: Sequence[Question],
    articles: Mapping[str, Article],
    verifier: Verifier,
    *,
    analyzer: Analyzer,
) -> dict[str, Any] | None:
    """Return the share of true sentences found supported, and of false ones not, by what makes them false.

    ``articles`` maps every name that the set uses to its article. A question counts where it is answerable from one
    article and its answer is longer than a few words; None where there is no such question. An answer counts as
    supported where all its sentences are.
    """
    held = list({article.id: article for article in articles.values()}.values())
    gold = [(question, articles[question.gold_articles[0]]) for question in questions if _counts(question, articles)]
    if not gold:
        return None
    terms = {article.id: set(analyzer.terms(article.text)) for article in held}
    names = list(dict.fromkeys(name for article in held for name in names_of(article.text)))
    answers: list[bool] = []
    sentences: list[bool] = []
    refused: dict[str, list[bool]] = {kind: [] for kind in (*ALTERATION_KINDS, *OTHERS)}
    for question, article in gold:
        said = list(_sentences(question.answer or ""))
        own = [_supported(verifier, sentence, article) for sentence in said]
        sentences += own
        answers.append(all(own))
        foreign = _foreign(names, article)
        for sentence in said:
            for change in altered(sentence, names=foreign):
                refused[change.kind].append(not _supported(verifier, change.text, article))
        for kind, other in _others(question, article, held, terms, analyzer):
            refused[kind] += [not _supported(verifier, sentence, other) for sentence in said]
    every = [flag for flags in refused.values() for flag in flags]
    return {
        "sentences_supported": mean(sentences),
        "count": len(sentences),
        "answers_supported": mean(answers),
        "answers": len(answers),
        "refused": mean(every),
        "refused_count": len(every),
        **{f"{kind}_refused": mean(flags) for kind, flags in refused.items()},
        **{f"{kind}_count": len(flags) for kind, flags in refused.items()},
    }


def _counts(question: Question, articles: Mapping[str, Article]) -> bool:
    known = len(question.gold_articles) == 1 and question.gold_articles[0] in articles
    return bool(question.answerable and question.answer and not question.short_answer and known)


def _others(
    question: Question, article: Article, held: Sequence[Article], terms: Mapping[str, set[str]], analyzer: Analyzer
) -> Iterator[tuple[str, Article]]:
    """Yield the nearest other article and any other, by the names in ``OTHERS``; the same ones each time."""
    others = [other for other in held if other.id != article.id]
    if others:
        shared = set(analyzer.terms(question.answer or ""))
        yield OTHERS[0], max(others, key=lambda other: len(shared & terms[other.id]))
        yield OTHERS[1], others[crc32(question.id.encode()) % len(others)]


def _sentences(answer: str) -> Iterator[str]:
    for line in answer.split("\n"):
        yield from (span.of(line) for span in sentence_spans(line))


def _supported(verifier: Verifier, statement: str, article: Article) -> bool:
    return verifier(statement, [article.text], claim_context=[article.title]).support == "supported"


def _foreign(names: Sequence[str], article: Article) -> list[str]:
    """Return the names of which no word stands in an article: put into its sentences they make them false."""
    own = {word.lower() for word in f"{article.title} {article.text}".split()}
    return [name for name in names if own.isdisjoint(name.lower().split())]
