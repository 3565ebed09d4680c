"""Answers about the articles themselves: which ones there are, of which day, by whom, and where to read them.

What is known of an article beside its text is said in a line of ours, and its own first sentence is quoted behind it.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.article import Article, BlockKind, Language, Passage
from corpus.filters import Filter
from corpus.glossary import Phrase
from corpus.language import Analyzer, detect
from corpus.library import Library
from corpus.selection import Label
from service import article_phrases, phrases
from service.answer import Turn
from service.checks.orders import quotable
from service.cite import CitationBook
from service.compose import Composed, Quoting, choose
from service.evidence import Evidence, RankedPassage
from service.finder import Finder, Prepared, Scope
from service.question.days import Period
from service.question.earlier import newest
from service.question.library import AboutArticles, about_articles
from service.question.library_patterns import Sought
from service.sentences.concluding import concluding
from service.sentences.neighbours import Placed
from service.sentences.presence import NAMED, presence
from service.understand import Understood

MOST = 5
"""Articles that are quoted at most."""
_NEWEST = 3  # articles that are named beside the topics
_OPENING = 2  # sentences of an article that is to be summed up
_STEM = 4  # characters that a word begins with as its index term does, whatever its ending


@dataclass(frozen=True, slots=True)
class Listed:
    """An answer about articles: the question, with the passages that are quoted, and what is said."""

    draft: Prepared
    said: Composed


class Listing:
    """Answers questions about the articles of one library; safe to share among threads."""

    def __init__(self, library: Library, finder: Finder, analyzer: Analyzer, today: Callable[[], date]) -> None:
        self._library, self._finder, self._analyzer, self._today = library, finder, analyzer, today

    def answer(self, question: str, history: Sequence[Turn], where: Filter, without: frozenset[str]) -> Listed | None:
        """Return the answer from the articles that ``where`` admits and that are not among ``without``.

        None where a question is not about the articles themselves.
        """
        asked = self._asked(question, history)
        if asked is None:
            return None
        with self._library.view() as view:
            labels = [each for each in view.labels(where, _filter_of(asked)) if each.article_id not in without]
        narrowed = _narrowed(where, asked)
        chosen = self._chosen(asked, labels, narrowed, without) if labels else ()
        if chosen is None:
            return None
        days = asked.days
        draft = self._finder.unsearched(question, Scope(where, None))
        language = draft.question.language
        line = _line(asked, chosen, language) if labels else _none_held(narrowed, language)
        if line:
            return Listed(draft, Composed((line,), (), CitationBook()))
        notice = phrases.only_published(days, language) if days else None
        return self._quoted(asked, chosen, replace(draft, scope=Scope(where, notice)))

    def _asked(self, question: str, history: Sequence[Turn]) -> AboutArticles | None:
        simplified = self._analyzer.simplified
        before = [
            replace(turn, content=simplified(turn.content)) if turn.role == "user" else turn for turn in newest(history)
        ]
        return about_articles(simplified(question), before, authors=self._library.authors(), today=self._today())

    def _chosen(
        self, asked: AboutArticles, labels: Sequence[Label], narrowed: Filter, without: frozenset[str]
    ) -> Sequence[Label] | None:
        """Return the articles that are asked for, in order; None where it may be none that is meant."""
        if asked.refers:
            titled = {phrases.named(label.title, "en")[1:-1]: label for label in reversed(labels)}
            labels = [titled[title] for title in asked.titles if title in titled]
        elif asked.topic:
            found = self._finder.prepare(_asking_for(asked.topic), (), narrowed, without)
            says = any(unit.heavy for unit in found.question.units)  # "the other article" says nothing
            labels = self._on_topic(asked, labels, found) if says else ()
            if says and not labels and (asked.named != "plainly" or asked.sought is Sought.SUMMARY):
                return None
        if asked.oldest:
            labels = [label for label in reversed(labels) if label.published] or labels
        return labels[:1] if (asked.newest or asked.oldest) and asked.one else labels

    def _on_topic(self, asked: AboutArticles, labels: Sequence[Label], found: Prepared) -> Sequence[Label]:
        """Return the articles whose title or category has a topic, and those that come back to it.

        Where a single one is meant, a title in the question's language tells it best; then the likeliest is first.
        """
        named = [label for label in labels if self._names(label, found.question)]
        on_it = (
            {sentence.article.id for sentence in choose(found.evidence, found.question)} if found.admitted else set()
        )
        told = [label for label in labels if label.article_id in on_it]
        if asked.newest or asked.oldest:
            return named or told
        if not asked.one:
            return [label for label in labels if label in named or label in told]
        best = dict.fromkeys(sentence.article.id for sentence in found.evidence.sentences)
        rank = {name: place for place, name in enumerate(best)}
        told.sort(key=lambda label: rank[label.article_id])
        if asked.named == "loosely":  # "the Nature article" may be one that an article only mentions
            told = [label for label in told if _comes_back(label, found)]
        own = [label for label in named if label.language == found.question.language]
        if asked.named == "title":
            return own or named
        own.sort(key=lambda label: rank.get(label.article_id, len(rank)))
        return own or told[:1] or named

    def _names(self, label: Label, question: Understood) -> bool:
        """Whether the title and the categories of an article have all that a question names."""
        units = [unit for unit in question.units if unit.heavy]
        text = " ".join((label.title, *label.categories))
        folded = text.casefold()
        if not all(any(_may_stand(phrase, folded) for phrase in unit.phrases) for unit in units):
            return False
        terms = self._analyzer.terms(text)
        at_home = label.language == question.language
        return all(presence(unit.at_home if at_home else unit, terms) >= NAMED for unit in units)

    def _quoted(self, asked: AboutArticles, chosen: Sequence[Label], draft: Prepared) -> Listed | None:
        """Quote the first of the articles that are asked for; None where they were withdrawn meanwhile."""
        most = 1 if asked.sought is Sought.SUMMARY else MOST
        with self._library.view() as view:
            articles = view.articles_of(label.article_id for label in chosen[:most])
            passages = {name: view.passages_of(name) for name in articles}
        language, written = draft.question.language, Quoting()
        if asked.sought is Sought.COUNT:
            written.line(article_phrases.so_many(len(chosen), language))
        read = [
            RankedPassage(article, passage, 1.0)
            for name, article in articles.items()
            for passage in _tell(asked, article, passages[name], written, language)
        ]
        if asked.sought is not Sought.SUMMARY and len(chosen) > most:
            written.line(article_phrases.and_more(len(chosen) - most, language))
        if not written.statements:
            return None
        return Listed(replace(draft, evidence=Evidence(tuple(read), (), 1.0)), written.composed())


def _tell(
    asked: AboutArticles, article: Article, passages: Sequence[Passage], written: Quoting, language: Language
) -> list[Passage]:
    """Say what is asked of an article, and quote it; return the passages that are quoted."""
    placed = [(passage, sentence) for passage in passages for sentence in quotable(passage)]
    told = [each for each in placed if each[1].kind is BlockKind.PARAGRAPH] or placed
    author = asked.sought is Sought.AUTHOR or asked.author is not None
    quoted: Sequence[Placed] = told[:1]
    if asked.sought is Sought.SUMMARY:
        written.line(article_phrases.own_sentences(language))
        quoted = list(dict.fromkeys((*told[:_OPENING], *concluding(placed, article))))
    written.line(article_phrases.lead_in_full(article, language, author=author))
    for passage, sentence in quoted:
        written.quote(article, passage, sentence.span, language)
    if asked.sought is Sought.LINK:
        written.line(article_phrases.address_of(article, language))
    return [passage for passage, _ in quoted]


def _comes_back(label: Label, found: Prepared) -> bool:
    """Whether an article speaks in more than one sentence of all that a question names."""
    named = {place for place, unit in enumerate(found.question.units) if unit.heavy}
    holding = [sentence for sentence in found.evidence.sentences if named <= sentence.holds]
    return sum(sentence.article.id == label.article_id for sentence in holding) > 1


def _line(asked: AboutArticles, chosen: Sequence[Label], language: Language) -> str | None:
    """Return what is to be said where no article is to be quoted; None where some are."""
    if not chosen:
        return (
            article_phrases.none_on(asked.topic, language) if asked.topic else article_phrases.which_article(language)
        )
    match asked.sought:
        case Sought.TOPICS:
            titles = [label.title for label in chosen[:_NEWEST]]
            return article_phrases.topics(_commonest(chosen, language), titles, language)
        case Sought.AUTHORS:
            authors = Counter(label.author for label in chosen if label.author)
            return article_phrases.authors([name for name, _ in authors.most_common()], language)
        case Sought.COUNT if not (asked.topic or asked.narrowed):
            return article_phrases.held([label.published for label in chosen], language)
    return None


def _none_held(narrowed: Filter, language: Language) -> str:
    return article_phrases.held((), language) if narrowed.empty else phrases.none_matches(narrowed, language)


def _commonest(labels: Sequence[Label], language: Language) -> list[str]:
    """Return the categories of articles, those in ``language`` first, then the commonest."""
    names = Counter(name for label in labels for name in label.categories)
    return sorted(names, key=lambda name: (detect(name) != language, -names[name]))


def _asking_for(topic: str) -> str:
    """Return the question for articles on a topic."""
    return f"有哪些关于{topic}的文章？" if detect(topic) == "zh" else f"Which articles are about {topic}?"


def _filter_of(asked: AboutArticles) -> Filter:
    """Return what a question itself asks articles to be, its topic aside."""
    authors = (asked.author,) if asked.author else ()
    languages = (asked.language,) if asked.language else ()
    days = asked.days or Period()
    return Filter(authors=authors, languages=languages, since=days.since, until=days.until)


def _narrowed(where: Filter, asked: AboutArticles) -> Filter:
    """Return ``where`` with what it does not settle itself from the question; it may admit more than both do."""
    own = _filter_of(asked)
    within = where.within(own.since, own.until)
    return replace(within, authors=where.authors or own.authors, languages=where.languages or own.languages)


def _may_stand(phrase: Phrase, text: str) -> bool:
    """Whether a phrase of index terms may stand in a text in small letters: a quick look that spares a slow one."""
    return all(not term.isascii() or term[:_STEM] in text for term in phrase)
