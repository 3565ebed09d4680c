"""Questions about the articles themselves, which what is known beside their texts answers, in both languages.

"What did we publish in 2024?", "who wrote the article on spin-outs?", 最新的文章是哪篇？, "what topics do you cover?".
What is not wholly said in such words asks for something in the articles.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from corpus.article import Language, Span
from service.answer import Turn
from service.question.articles import ENDS, topic_of_articles
from service.question.asking import asking_part
from service.question.dates import read_when
from service.question.days import Period
from service.question.library_patterns import (
    ASKS_FOR_ALL,
    BY,
    IN_LANGUAGE,
    LISTS,
    OF_ONE,
    OF_THE_WHOLE,
    ONLY_NARROWS,
    SEVERAL,
    SUPERLATIVE,
    WORK,
    Sought,
)
from service.question.periods import expressions, merged

_LONGEST = 200  # characters of a question
_LEAD = re.compile(
    r"From “(.{1,300}?)”(?:, [^“”:\n]{1,200})?(?: \([^)\n]{1,20}\))?:|据《(.{1,300}?)》(?:（[^）\n]{1,200}）)?："
)
_OF_MANY = frozenset({Sought.ARTICLES, Sought.COUNT, Sought.TOPICS, Sought.AUTHORS})
_LANGUAGES: dict[str, Language] = {"chinese": "zh", "中文": "zh", "english": "en", "英文": "en"}


@dataclass(frozen=True, slots=True)
class AboutArticles:
    """What is asked, and of which articles: of all where nothing says which.

    ``topic`` is what they are on, or a title. Named by its "title" or "loosely" ("the mill article") an article may be
    meant that the library does not hold, or something else.
    ``refers`` says that those are meant which the last answer quoted, ``titles`` are theirs. ``author`` is a name as
    the library has it. ``newest`` and ``oldest`` say which come first, ``one`` that a single one is asked for.
    """

    sought: Sought
    topic: str | None = None
    named: Literal["plainly", "loosely", "title"] = "plainly"
    refers: bool = False
    titles: tuple[str, ...] = ()
    author: str | None = None
    language: Language | None = None
    days: Period | None = None
    newest: bool = False
    oldest: bool = False
    one: bool = False

    @property
    def narrowed(self) -> bool:
        """Whether more than a topic says which articles are meant."""
        return bool(self.author or self.language or self.days or self.newest or self.oldest)


def about_articles(
    question: str, history: Sequence[Turn] = (), *, authors: Collection[str] = (), today: date
) -> AboutArticles | None:
    """Return what a question asks of the articles themselves behind ``history``; None where it asks anything else.

    ``authors`` are those that the library knows, ``today`` is what "last year" counts from.
    """
    said = " ".join(asking_part(question).split()).rstrip(ENDS)
    if len(said) > _LONGEST:
        return None
    for sought, asks in OF_THE_WHOLE:
        if asks.fullmatch(said):
            return AboutArticles(sought)
    found = _of_one(said, history) or _listed(said, authors, today)
    return found or _narrowing(said, history, authors, today)


def quoted_titles(history: Sequence[Turn]) -> tuple[str, ...]:
    """Return the titles of the articles that the last answer which quoted any did quote, in its order."""
    for turn in reversed(history):
        if turn.role == "assistant" and (found := [match[1] or match[2] for match in _LEAD.finditer(turn.content)]):
            return tuple(dict.fromkeys(found))
    return ()


def _of_one(said: str, history: Sequence[Turn]) -> AboutArticles | None:
    """Read what is asked of one article, or of those quoted last."""
    rest, newest, oldest = _unordered(said)
    sought, match = next(((s, match) for s, asks in OF_ONE if (match := asks.fullmatch(rest))), (None, None))
    if sought is None or match is None:
        return None
    said_of = {name: text for name, text in match.groupdict().items() if text}
    about = _named(AboutArticles(sought, newest=newest, oldest=oldest, one=True), said_of)
    if about is not None:
        return about
    place = _last_asked(history)
    of_work = place is not None and WORK.search(history[place].content)
    if (of_work and "quoted" not in said_of and sought is not Sought.LINK) or newest or oldest:
        return None  # "it" may be that
    titles = quoted_titles(history)
    return AboutArticles(sought, refers=True, titles=titles if "all" in said_of else titles[:1])


def _named(about: AboutArticles, said_of: Mapping[str, str]) -> AboutArticles | None:
    """Add which article a question names, by the groups of its pattern; None where it names none."""
    if topic := said_of.get("topic"):
        return replace(about, topic=topic)
    if title := said_of.get("title"):
        return replace(about, topic=title.strip('“”"《》'), named="title")
    if loose := said_of.get("loose"):
        return replace(about, topic=loose, named="loosely")
    return about if "quoted" in said_of and (about.newest or about.oldest) else None


def _last_asked(history: Sequence[Turn]) -> int | None:
    """Return the place of the last question, None where there is none."""
    return next((place for place in reversed(range(len(history))) if history[place].role == "user"), None)


def _listed(said: str, authors: Collection[str], today: date) -> AboutArticles | None:
    """Read a question for articles: by their authors, days, language, the newest of them, or all."""
    when = read_when(said, today=today)
    by_somebody = _author(said, authors) is not None
    if when.published and when.mentioned:
        return None
    rest, found = _narrowed(said, authors, today if when.published or by_somebody else None)
    sought, match = next(((s, match) for s, asks in LISTS if (match := asks.fullmatch(rest))), (None, None))
    if sought is None or match is None:
        return None
    about = replace(found, sought=sought, topic=match.groupdict().get("topic"))
    told = about.narrowed or ((sought is Sought.COUNT or not about.topic) and ASKS_FOR_ALL.search(said))
    return about if told else None


def _narrowing(said: str, history: Sequence[Turn], authors: Collection[str], today: date) -> AboutArticles | None:
    """Read what says of which articles alone the last question for articles is asked: "and the oldest?"."""
    place = _last_asked(history)
    if place is None:
        return None
    last, before = history[place].content, history[:place]
    rest, found = _narrowed(said, authors, today)
    if not found.narrowed or not ONLY_NARROWS.fullmatch(rest):
        return None
    if topic := topic_of_articles(last):
        about: AboutArticles | None = AboutArticles(Sought.ARTICLES, topic.of(last))
    else:
        about = about_articles(last, before, authors=authors, today=today)
    if about is None or about.sought not in _OF_MANY:
        return None
    ordered = found.newest or found.oldest
    return replace(
        about,
        sought=Sought.ARTICLES,
        author=found.author or about.author,
        language=found.language or about.language,
        days=found.days or about.days,
        newest=found.newest if ordered else about.newest,
        oldest=found.oldest if ordered else about.oldest,
        one=found.one if ordered else about.one,
    )


def _narrowed(said: str, authors: Collection[str], today: date | None) -> tuple[str, AboutArticles]:
    """Take out of a question what says which articles are meant, its topic aside; without ``today`` not the days."""
    rest, days = said, None
    if today and (found := expressions(said, today=today)):
        days = merged(one.period for one in found)
        rest = _without(rest, [one.span for one in found])
    if author := _author(rest, authors):
        rest = _written(author).sub(BY, rest, count=1)
    if spoken := IN_LANGUAGE.search(rest):
        rest = _without(rest, [Span(*spoken.span())])
    rest, newest, oldest = _unordered(rest)
    named = next(filter(None, spoken.groups())).lower() if spoken else ""
    return rest, AboutArticles(
        Sought.ARTICLES,
        author=author,
        language=_LANGUAGES.get(named),
        days=days,
        newest=newest,
        oldest=oldest,
        one=(newest or oldest) and not SEVERAL.match(said),
    )


def _author(said: str, authors: Collection[str]) -> str | None:
    """Return the longest of the names of authors that stands in a text."""
    likely = (name for name in authors if len(name) > 1 and name.casefold() in said.casefold())
    return max((name for name in likely if _written(name).search(said)), key=len, default=None)


def _written(author: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z])(?:the )?{re.escape(author)}(?![a-z])", re.IGNORECASE)


def _unordered(said: str) -> tuple[str, bool, bool]:
    """Take out what says which articles come first, and return whether these are the newest or the oldest."""
    first = SUPERLATIVE.search(said)
    if first is None:
        return said, False, False
    oldest = bool(first["oldest"] or first["oldest_zh"])
    return _without(said, [Span(*first.span())]), not oldest, oldest


def _without(text: str, spans: Sequence[Span]) -> str:
    for span in reversed(spans):
        text = f"{text[: span.start]} {text[span.end :]}"
    return " ".join(re.sub(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])", "", text).split()).strip(",， ")
