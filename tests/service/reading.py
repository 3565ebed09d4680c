"""Evidence as a question finds it in small articles: the sentences hold what they say, the first is the best."""

from collections.abc import Sequence
from datetime import date

from corpus.article import Article
from corpus.dictionary import Dictionary
from corpus.glossary import Glossary
from corpus.language import Analyzer
from ingest.split import split
from service.answer import Turn
from service.evidence import Evidence, RankedPassage, ScoredSentence
from service.ranking.bm25 import PARTS
from service.sentences.presence import presence
from service.understand import Reader, Understood
from tests.service.small_library import article


def page(*paragraphs: str, title: str = "Page", published: str = "2025-01-01") -> Article:
    """An article of these paragraphs."""
    body = "\n\n".join(paragraphs)
    return article(f"---\ntitle: {title}\npublished: {published}\n---\n{body}", f"{title}-{published}.md")


def understand(
    question: str,
    *,
    history: Sequence[Turn] = (),
    analyzer: Analyzer,
    glossary: Glossary,
    dictionary: Dictionary | None = None,
    today: date | None = None,
) -> Understood:
    """The likeliest reading of a question."""
    return next(Reader(analyzer, glossary, dictionary=dictionary, today=today).readings(question, history))


def asked(question: str, analyzer: Analyzer, glossary: Glossary) -> Understood:
    return understand(question, analyzer=analyzer, glossary=glossary)


def read(question: Understood, *articles: Article, analyzer: Analyzer) -> Evidence:
    """The sentences in order, each a little less likely than the one before."""
    ranked = tuple(RankedPassage(each, passage, 0.5) for each in articles for passage in split(each))
    scored: list[ScoredSentence] = []
    for one in ranked:
        for sentence in one.passage.sentences:
            text = sentence.span.of(one.article.text)
            terms = analyzer.terms(text)
            held = frozenset(i for i, unit in enumerate(question.units) if presence(unit, terms) >= PARTS)
            scored.append(ScoredSentence(one.article, one.passage, sentence, text, 0.9 - 0.01 * len(scored), held))
    return Evidence(ranked, tuple(scored), 0.9)
