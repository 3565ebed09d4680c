"""What a sentence leads in: the list or the numbered sentences after it, in its own passage or in the next one."""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import takewhile

from corpus.article import Article, BlockKind, Passage, Sentence, Span
from service.question.kinds import Kind
from service.text.mentions import lists
from service.text.numerals import NUMBERS, chinese_value
from service.text.words import SORTS_EN

MOST_ITEMS = 12  # of a list that is brought along whole
FARTHEST = 12  # sentences that are looked through for numbered ones

Placed = tuple[Passage, Sentence]

_COLON = re.compile(r"[:：]\s*$")
_NUMBER = r"(?:two|three|four|five|six|seven|eight|nine|ten|several|[2-9])"
_ANNOUNCES = re.compile(
    rf"\b(?:the following|as follows)\b|\b{_NUMBER} (?:[a-z-]+ ){{0,2}}[a-z]+s\b"
    r"|以下|如下|[两二三四五六七八九几2-9](?:大|个|项|点|类|种|条|步|方面)",
    re.IGNORECASE,
)
_SO_MANY = re.compile(
    r"\b(?P<en>two|three|four|five|six|seven|eight) (?:[a-z-]+ ){0,2}[a-z]+s\b"
    r"|(?P<zh>[两二三四五六七八])(?:大|个|项|点|类|种|条|方面)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?:\(?[1-9a-h][.)]|(?:first|second|third|fourth|fifth|sixth|last)(?:ly)?,|finally,"
    r"|(?:the|a) (?:first|second|third|fourth|fifth|sixth|last)\b|one (?:is|was)\b|another (?:is|was)\b)"
    r"|第[一二三四五六七八九十](?:[，、：]|[个项点类种条步])|其[一二三四五]|[一二三四五六](?:是|、)|首先|其次|再次|最后"
    r"|[（(]?[1-9一二三四五六][)）、]",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"[?？][\"”’」』)）]*\s*$")
_SHORT = 24  # characters of what says hardly more than yes or no
_ENUMERATION = re.compile(r"[;；].+[;；,，]|[^、]、[^、]+、|, [^,]+, (?:and|or) ")
_EXPLAINS = {
    Kind.WHY: re.compile(
        r"\b(?:because|due to|owing to|thanks to|as a result of|caus(?:e[sd]?|ing)|reasons?|c[ao]me from|stems? from)\b"
        r"|因为|由于|原因|理由|归因|源于|在于",
        re.IGNORECASE,
    ),
    Kind.DEFINITION: re.compile(
        r"^[\"“'‘(]*(?:it|this|that|these|they|the [\w-]+)(?: [\w-]+)? (?:is|are|means?|refers?|provides?|offers?"
        r"|serves?|helps?|supports?|works?|acts?|brings?|stands? for)\b"
        r"|\bit means\b|\bit(?:['’]s| is) an?\b|^[它该其这]",
        re.IGNORECASE,
    ),
}
_REFERS_BACK = re.compile(
    r"[\"“'‘(]*(?:It|They|He|She|Its|Their|His|Her|This|These|The [a-z-]+|The [A-Z][a-z]+) [a-z]|[它他她其该这此]"
)
# "Brill bought the company"
_OF_THAT = re.compile(rf"\bthe (?:{'|'.join(sorted(SORTS_EN))})\b(?! (?:(?:of|for)\b|(?:in|at)(?: the)? [A-Z]|[A-Z]))")
# Asked for a date, a number or a person, the announcing sentence is the answer or none is.
_ASK_FOR_MORE = frozenset({Kind.LIST, Kind.HOW, Kind.WHY, Kind.COMPARISON, Kind.OTHER})


def asks_itself(text: str) -> bool:
    """Whether a sentence of an article is a question."""
    return bool(_QUESTION.search(text))


def answered_next(lead: Span, following: Sequence[Placed], article: Article) -> list[Placed]:
    """Return what comes behind a question of the article's own, up to a heading; a short "No." is not all of it."""
    near = [placed for placed in following[:2] if not _heading_between(article, lead.end, placed[1].span.start)]
    told = near[:1] and len(near[0][1].span.of(article.text)) > _SHORT
    return near[:1] if told else near


def leads_in(text: str, kind: Kind) -> bool:
    """Whether a sentence ends in a colon, or announces several things that a question of ``kind`` may ask for."""
    return bool(_COLON.search(text) or (kind in _ASK_FOR_MORE and _ANNOUNCES.search(text)))


def followers(lead: Span, following: Iterable[Placed], article: Article, *, counted: bool = False) -> list[Placed]:
    """Return what of ``following``, the article's next sentences in order, belongs to the sentence at ``lead``.

    That is the list right after it; or, from the next sentence on, those that are numbered ("First, …", "其次……");
    or, of one that announces what is asked for ``counted``, the rest of its paragraph where that has as many sentences.
    A heading between ends all.
    """
    near = [placed for placed in following if not _heading_between(article, lead.end, placed[1].span.start)]
    items = list(takewhile(lambda placed: placed[1].kind is BlockKind.LIST_ITEM, near))
    if items:
        return items[:MOST_ITEMS]
    numbered = [placed for placed in near[:FARTHEST] if _NUMBERED.match(placed[1].span.of(article.text))]
    if len(numbered) > 1 and numbered[0] == near[0]:
        return numbered
    return _so_many(lead, near, article) if counted else []


def _so_many(lead: Span, near: Sequence[Placed], article: Article) -> list[Placed]:
    """Return the rest of the paragraph where it has as many sentences as the one at ``lead`` announces things."""
    announced = _SO_MANY.search(lead.of(article.text))
    if announced is None:
        return []
    count = NUMBERS.get((announced["en"] or "").lower()) or chinese_value(announced["zh"] or "零")
    rest = list(takewhile(lambda placed: "\n" not in article.text[lead.end : placed[1].span.start], near))
    return rest if len(rest) == count else []


def told_next(lead: Span, following: Sequence[Placed], article: Article) -> list[Placed]:
    """Return the next sentence of the same paragraph where it enumerates what the sentence at ``lead`` only names.

    "The park faces the usual challenges. Rents are high; talent is scarce; and the trains are full."
    """
    return [] if _enumerates(lead.of(article.text)) else _next_that(_enumerates, lead, following, article)


def explained_next(lead: Span, following: Sequence[Placed], article: Article, kind: Kind) -> list[Placed]:
    """Return the next sentence of the same paragraph where it explains what the sentence at ``lead`` only names.

    "The batch came late. The delay was caused by a pipe." and "They offer a landing pad. It is a desk for a year."
    """
    explains = _EXPLAINS.get(kind)
    if explains is None or explains.search(lead.of(article.text)):
        return []
    return _next_that(lambda text: bool(explains.search(text)), lead, following, article)


def continued_next(
    lead: Span, following: Sequence[Placed], article: Article, tells: Callable[[str], bool]
) -> list[Placed]:
    """Return the next sentence of the same paragraph where it refers back and ``tells`` what the one at ``lead`` lacks.

    Asked what a centre provides: "A centre opened in May. The centre provides desks."
    """
    return _next_that(lambda text: _refers_back(text) and tells(text), lead, following, article)


def _refers_back(text: str) -> bool:
    return bool(_REFERS_BACK.match(text) or _OF_THAT.search(text))


def _next_that(tells: Callable[[str], bool], lead: Span, following: Sequence[Placed], article: Article) -> list[Placed]:
    """Return the next sentence after the one at ``lead`` where it is in the same paragraph and ``tells`` says so."""
    if not following:
        return []
    _, sentence = following[0]
    beside = "\n" not in article.text[lead.end : sentence.span.start]
    return list(following[:1]) if beside and tells(sentence.span.of(article.text)) else []


def _enumerates(text: str) -> bool:
    return bool(_ENUMERATION.search(text)) or bool(lists(text))


def runs_on(found: Sequence[Placed], passage: Passage, lead: Span) -> bool:
    """Whether what belongs to a lead-in may go on in the next passage: it fills its own up to the end."""
    rest = [sentence for sentence in passage.sentences if sentence.span.start >= lead.end]
    return not rest or bool(found and found[-1][1] == rest[-1])


def _heading_between(article: Article, start: int, end: int) -> bool:
    return any(block.kind is BlockKind.HEADING and start <= block.span.start < end for block in article.blocks)
