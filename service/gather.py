"""From ranked passages to evidence: the sentences in them, scored, and how likely they are to answer."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.article import Article, Passage
from corpus.filters import EVERYTHING, Filter
from corpus.kept import Kept
from corpus.language import Analyzer
from corpus.library import Library
from corpus.view import View
from service.checks.orders import quotable
from service.evidence import Evidence, RankedPassage, ScoredSentence
from service.leads import Leads, with_neighbours
from service.question.kinds import FACTS, Kind
from service.question.units import terms_of
from service.ranking.bm25 import OTHER_NAME
from service.retrieve import Candidate, Found
from service.sentences.absent import absent_names
from service.sentences.features import UNTELLABLE, Measured, Surroundings, sentence_features
from service.sentences.lacks import OF_ANOTHER, is_untold, left
from service.sentences.owners import names_another
from service.sentences.presence import names_in_full, names_there
from service.sentences.score import AnswerFeatures, confidence, sentence_score, with_sentence
from service.sentences.sections import Heading, first_named, headings_of
from service.sentences.tables import header_of
from service.sentences.wanted import Wanted
from service.understand import Understood

ABSENT = 0.25  # what is left of a likelihood where a proper name of the question stands nowhere in the article
HOLDS_ALL = 0.5
"""Least confidence, lacks aside, where one sentence holds all that is asked, by its own words or other names, or names
several of what is to be listed: the embedder may know none of these names. Of sentences that hold all, on ClapNQ 38
answer and 8 are near misses."""
THIN, LACKING, MORE_LACKING = 0.4, 0.4, 0.1
"""What is left where an article lacks too much of a question, the share from which on it does, and how much more it may
lack for each thing that the sentence holds; only where no embedder votes. Chosen on XQuAD's Chinese questions, asked of
half of each article's paragraphs."""
VAGUE = 0.3  # what is left where one ordinary word is all that is found, and in the other language
WEAK = 0.2  # likelihood of the best sentence below which there is hardly an answer, whatever its surroundings
BEHIND, OUTDONE = 0.65, 0.3
"""Share of the score of a sentence that only lacks what is asked for, below which the best one is hardly about the same
thing, and what is left of the confidence then; judgements, made with four small libraries in view."""
_ROUNDING = 1e-6  # of a weighed mean of the same numbers
_ARTICLES_KEPT = 256


class Gatherer:
    """Reads the best passages; keeps the headings of the articles that it read last."""

    def __init__(self, library: Library, analyzer: Analyzer) -> None:
        self._library, self._analyzer = library, analyzer
        self._headings: Kept[tuple[str, int], tuple[Heading, ...]] = Kept(_ARTICLES_KEPT)

    def gather(self, question: Understood, found: Found, *, where: Filter = EVERYTHING) -> Evidence:
        """Score the sentences of the best passages; no passages give no sentences and confidence 0.

        ``where`` is what was retrieved under: an article that changed meanwhile and no longer passes is left out.
        """
        with self._library.view() as view:
            return self._gathered(question, found, view, where)

    def _gathered(self, question: Understood, found: Found, view: View, where: Filter) -> Evidence:
        ids = dict.fromkeys(candidate.passage.article_id for candidate in found.candidates)
        articles = {name: article for name, article in view.articles_of(ids).items() if where.admits(article)}
        terms = view.terms_of(articles)
        read = [candidate for candidate in found.candidates if _current(candidate, articles)]
        read_articles = {name: articles[name] for name in dict.fromkeys(c.passage.article_id for c in read)}
        absent = absent_names(question, found.weighed, read_articles, terms, self._analyzer)
        wanted = Wanted.of(question.text, question.kind, question.units, self._analyzer)
        named_from = {name: first_named(wanted.topics, article) for name, article in articles.items()}
        named = {name: names_there(question.text, article.text) for name, article in articles.items()}
        names = terms_of(unit for unit in question.units if unit.name) if question.kind is Kind.WHO else set[str]()
        called = {name: names_in_full(names, article.text, self._analyzer) for name, article in articles.items()}
        scored: list[tuple[ScoredSentence, Measured]] = []
        most = 0.0  # that a sentence scores which lacks what the question asks for by its own words
        for candidate in read:
            article = articles[candidate.passage.article_id]
            above = self._analyzer.terms(" ".join((article.title, *candidate.passage.headings)))
            allowed = frozenset(quotable(candidate.passage))
            for row in sentence_features(
                candidate,
                around=Surroundings(
                    above,
                    terms[article.id],
                    self._headings_of(article, view),
                    article.language,
                    article.title,
                    named_from[article.id],
                    named[article.id],
                    self._headers(candidate.passage, article),
                    called[article.id],
                ),
                found=found,
                wanted=wanted,
                analyzer=self._analyzer,
            ):
                if row.sentence not in allowed:
                    continue  # it speaks to a model, or is markup: no answer to any question
                score = sentence_score(row.features, votes=row.votes) * (ABSENT if absent[article.id] else 1.0)
                most = max(most, score) if row.unanswered else most
                score *= left(row, question, wanted)
                sentence = ScoredSentence(article, candidate.passage, row.sentence, row.text, score, row.holds)
                scored.append((sentence, row))
        scored.sort(key=_order)
        scored = self._of_the_same_name(scored, question)
        likely = _confidence(scored, read[0], absent, question=question, wanted=wanted) if scored else 0.0
        if scored and _is_outdone(*scored[0], most, question=question, wanted=wanted):
            likely *= OUTDONE
        told = Leads(question, view, self._analyzer, lambda article: self._headings_of(article, view)).told(scored)
        passages = [RankedPassage(articles[c.passage.article_id], c.passage, c.score) for c in read]
        return Evidence(tuple(with_neighbours(passages, told)), tuple(told), likely)

    def _of_the_same_name(
        self, scored: list[tuple[ScoredSentence, Measured]], question: Understood
    ) -> list[tuple[ScoredSentence, Measured]]:
        """Put back what tells of another name, where a fact is asked and the best sentence tells it of the one asked.

        An article whose title has that name may still tell the same of something else.
        """
        names = {place for place, unit in enumerate(question.units) if unit.proper}
        if question.kind not in FACTS or question.joins_names or not (scored and names <= scored[0][0].holds and names):
            return scored
        told = [
            (sentence, row)
            if names & sentence.holds or not names_another(sentence.text, question.text, self._analyzer)
            else (replace(sentence, score=sentence.score * OF_ANOTHER), row)
            for sentence, row in scored
        ]
        return sorted(told, key=_order)

    def _headers(self, passage: Passage, article: Article) -> dict[int, list[str]]:
        """Return the index terms of the header above each row of a passage's tables, by where the row starts."""
        headers = {row.span.start: header for row in passage.sentences if (header := header_of(row, article))}
        terms = {header: self._analyzer.terms(header.of(article.text)) for header in set(headers.values())}
        return {start: terms[header] for start, header in headers.items()}

    def _headings_of(self, article: Article, view: View) -> tuple[Heading, ...]:
        return self._headings.one((article.id, view.generation), lambda: headings_of(article, self._analyzer))


def _order(row: tuple[ScoredSentence, Measured]) -> tuple[float, str, int]:
    sentence, _ = row
    return (-sentence.score, sentence.passage.id, sentence.sentence.span.start)


def _current(candidate: Candidate, articles: dict[str, Article]) -> bool:
    """Whether a passage is of the version of its article that was read; an ingest may land in between."""
    article = articles.get(candidate.passage.article_id)
    return article is not None and candidate.passage.span.of(article.text) == candidate.passage.text


def _confidence(
    scored: Sequence[tuple[ScoredSentence, Measured]],
    best: Candidate,
    absent: Mapping[str, bool],
    *,
    question: Understood,
    wanted: Wanted,
) -> float:
    (first, measured), every = scored[0], [row.features for _, row in scored]
    features, foreign = measured.features, first.article.language != question.language
    value = confidence(
        AnswerFeatures(
            coverage=features.coverage,
            context=features.context,
            lacking=features.lacking,
            whole=features.whole,
            fit=features.fit,
            lexical=best.lexical,
            told=features.told,
            around=max(f.similarity + f.around for f in every) / 2,
            beside=max(f.similarity + f.beside for f in every) / 2,
            least=features.least,
            untold=float(is_untold(measured, question)),
        ),
        votes=measured.votes,
        foreign=foreign and features.told > UNTELLABLE,
    )
    holds_all = features.whole and features.core >= OTHER_NAME - _ROUNDING
    if (holds_all or measured.lists) and not is_untold(measured, question):
        value = max(value, HOLDS_ALL)
    # A known term that stands there by none of its names is hardly the topic, least of all where a list of such things
    # is asked for; asked of several things at once, an article need not tell of all.
    value *= (1 - features.lacking_terms) ** (1 if question.joins_names else 3 if question.kind is Kind.LIST else 2)
    value *= THIN if not (measured.votes or foreign) and _is_thin(measured, question) else 1.0
    value *= min(1.0, first.score / WEAK)
    value *= ABSENT if absent[first.article.id] else 1.0
    value *= VAGUE if foreign and _is_vague(question) else 1.0
    value *= left(measured, question, wanted)
    return with_sentence(value, first.score) if measured.votes else value


def _is_outdone(
    first: ScoredSentence, measured: Measured, most: float, *, question: Understood, wanted: Wanted
) -> bool:
    """Whether the best sentence comes first only since others, of which one scored ``most``, lack what is asked for."""
    return first.score < BEHIND * most * left(measured, question, wanted)


def _is_thin(measured: Measured, question: Understood) -> bool:
    """Whether the article lacks too much of the question for the few things that the sentence holds."""
    held = sum(unit.heavy and place in measured.holds for place, unit in enumerate(question.units))
    return measured.features.lacking > LACKING + MORE_LACKING * held


def _is_vague(question: Understood) -> bool:
    """Whether a question rests on one ordinary word, which across languages is a matter of chance: "any abroad?"."""
    heavy = [unit for unit in question.units if unit.heavy]
    return len(heavy) < 2 and not any(unit.name or unit.term for unit in heavy) and not question.of_articles
