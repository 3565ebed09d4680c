"""Names that a question asks about and an article never mentions: it tells of something else."""

import re
from collections.abc import Mapping, Sequence
from itertools import zip_longest

from corpus.article import Article
from corpus.language import Analyzer
from corpus.lexical import ArticleTerms
from service.question.kinds import Kind
from service.question.spelling import is_within
from service.question.units import Unit
from service.ranking.bm25 import Weighed
from service.sentences.presence import NAMED, is_unreadable, presence, resembles
from service.sentences.sections import topics_of
from service.sentences.subjects import years_of
from service.text.mentions import WORK_ZH
from service.understand import Understood

NEAREST = 3
_YEAR_IS_ASKED = frozenset({Kind.WHEN, Kind.YES_NO})  # "Was it founded in 2010?" may be told by another year
_INNER_CAPITAL = re.compile(r"[a-z][A-Z]")


def absent_names(
    question: Understood,
    weighed: Sequence[Weighed],
    articles: Mapping[str, Article],
    terms: Mapping[str, ArticleTerms],
    analyzer: Analyzer,
) -> dict[str, bool]:
    """Tell of each article whether it never mentions a proper name that the question asks about.

    Where the question joins several names, articles that mention them all between them lack none.
    """
    years = set[str]() if question.kind in _YEAR_IS_ASKED else years_of(question.units)
    works = [match[1] for match in WORK_ZH.finditer(question.text)]
    missing = dict[str, set[str]]()
    for i, article in articles.items():
        every = terms[i].every
        missing[i] = _missing_names(weighed, every, article, foreign=article.language != question.language)
        missing[i] |= _missing_years(years, every, article) if years else set()
        missing[i] |= _missing_works(works, question.units, every, article) if works else set()
    for name in _chinese_names(question, analyzer):
        without = {i for i in missing if name not in articles[i].text}
        if without < missing.keys():  # an article that lacks it tells of something else than one that has it
            for i in without:
                missing[i].add(name)
    nearest = list(missing.values())[:NEAREST]
    together = question.joins_names and not set.intersection(*nearest) if nearest else False
    names = set().union(*missing.values())
    return {i: lacks == names and bool(names) if together else bool(lacks) for i, lacks in missing.items()}


def _chinese_names(question: Understood, analyzer: Analyzer) -> list[str]:
    """Return names in Chinese that only articles in Chinese can have: no list of words knows them."""
    topics = topics_of(question.units, question.text, question.language, analyzer)
    unknown = [topic.text for topic in topics if topic.unit is None]
    tagged = analyzer.all_chinese_names(question.text) if unknown else []
    return [text for text in unknown if any(name in text for name in tagged)]


def _missing_names(weighed: Sequence[Weighed], terms: Sequence[str], article: Article, *, foreign: bool) -> set[str]:
    """Return the proper names of the question that stand nowhere in an article, whose index terms are ``terms``.

    A ``foreign`` article, in the other language, may write a name otherwise: where it has another one, none is missing
    of which it can't be told.
    """
    units = [item.unit for item in weighed]
    missing, unreadable, held = set[str](), set[str](), False
    for unit, following in zip_longest(units, units[1:]):
        if unit.proper:
            absent = presence(unit, terms) < NAMED and not resembles(unit.own, terms)
            if absent or _only_within_another(unit, following, article):
                (unreadable if foreign and is_unreadable(unit, terms) else missing).add(unit.surface)
            else:
                held = True
    return missing if held else missing | unreadable


def _missing_years(years: set[str], terms: Sequence[str], article: Article) -> set[str]:
    """Return the years of a question where none stands in an article, which was published in another one.

    Of its own year and the one before an article tells as "this year" and "last year".
    """
    own = int(article.published[:4]) if article.published else None
    told = {year for year in years if year in terms or (own is not None and int(year) in {own, own - 1})}
    return set() if told else years


def _missing_works(works: Sequence[str], units: Sequence[Unit], terms: Sequence[str], article: Article) -> set[str]:
    """Return the ``works`` and laws that a question names in marks (《数据安全法》) and an article does not.

    One may be named for short: 《安全法》 is any with these characters in their order. In another language each of its
    words must stand in the article.
    """
    if article.language != "zh":
        lacking = [unit.surface for unit in units if presence(unit, terms) < NAMED]
        return {work for work in works if any(word in work for word in lacking)}
    text = f"{article.title}\n{article.text}"
    written = [match[1] for match in WORK_ZH.finditer(text)]
    return {work for work in works if work not in text and not any(is_within(work, other) for other in written)}


def _only_within_another(unit: Unit, following: Unit | None, article: Article) -> bool:
    """Whether an article has of a name but the letters, with a capital inside: "Wuxi" in "WuXi AppTec".

    That is the name that is asked for where the question writes it so, or goes on as the article does.
    """
    if not unit.written or _INNER_CAPITAL.search(unit.surface):
        return False
    text = f"{article.title}\n{article.text}"
    if unit.written in text:
        return False
    if following and re.search(rf"\b{unit.written} {re.escape(following.surface)}\b", text, re.IGNORECASE):
        return False
    said = re.findall(rf"\b{unit.written}\b", text, re.IGNORECASE)
    return bool(said) and all(map(_INNER_CAPITAL.search, said))
