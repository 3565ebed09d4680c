"""When: what a question says of the days on which articles were published, and of how new they should be.

"Articles since March" speaks of publication and leaves older articles out. "How many firms were founded in 2023?"
speaks of the world: an article of any date may tell it, so its date stays an ordinary word of the question. What may be
either is taken for the latter, which leaves nothing out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from corpus.article import Span
from service.question.days import Period
from service.question.periods import Expression, expressions, merged


class Recency(StrEnum):
    """How much newer articles are to come before older ones."""

    NONE = "none"
    PREFERRED = "preferred"  # among passages that are about as good
    FIRST = "first"  # among all articles on the topic: "the latest article on …"


@dataclass(frozen=True, slots=True)
class When:
    """What a question says of time.

    ``published`` are the days of publication it asks for, None where it names none. ``mentioned`` are the days that it
    speaks of otherwise. ``aside`` are the places of words that say only which articles are meant, such as "articles
    since March": no sentence has to hold them. ``light`` are those of words that say how new ("recently"), which count
    for little.
    """

    published: Period | None = None
    mentioned: tuple[Period, ...] = ()
    recency: Recency = Recency.NONE
    aside: tuple[Span, ...] = ()
    light: tuple[Span, ...] = ()

    def without_asides(self, text: str) -> str:
        """Return ``text`` with blanks in place of the words that say only which articles are meant."""
        for span in self.aside:
            text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
        return text


def read_when(text: str, *, today: date) -> When:
    """Read what ``text``, a question that stands on its own, says of time."""
    found = expressions(text, today=today)
    published: list[Expression] = []
    for one in found:
        if _of_publication(_before(text, one, published), text[one.span.end :], one):
            published.append(one)
    others = [one for one in found if one not in published]
    latest = [Span(*match.span("new")) for rule in _LATEST for match in rule.finditer(text)]
    light = [Span(*match.span()) for match in _NEW.finditer(text) if not _within(match.span(), latest)]
    light += [one.span for one in others if one.relative]
    recency = Recency.FIRST if latest else Recency.PREFERRED if light else Recency.NONE
    aside = [one.span for one in published] + latest
    if aside:
        aside += [Span(*match.span()) for match in _SAYS_ARTICLES.finditer(text)]
    return When(
        merged(one.period for one in published) if published else None,
        tuple(one.period for one in others),
        recency,
        tuple(aside),
        tuple(light),
    )


def _within(place: tuple[int, int], spans: list[Span]) -> bool:
    return any(span.start <= place[0] and place[1] <= span.end for span in spans)


# English: what speaks of the company's own articles, and of publishing them

_NOUN = (
    r"(?:(?:blog|insights?|news) )?(?:articles?|posts?|pieces?|insights|blogs?|write-?ups?)\b"
    r"(?! of (?!(?:19|20)\d\d|last |this |(?-i:[A-Z]))|-)"
)
_ISSUED = r"(?:published|posted|written|dated|released|put out|appear(?:ed|ing)|came out|coming out|out)"
_HELPER = r"(?:(?:that|which) )?(?:(?:were|was|are|have been|has been|have|had|(?:we|you)(?: have|['’]ve)?) )?"
_WROTE = r"(?:publish(?:ed)?|post(?:ed)?|writ(?:e|ten)|wrote|put out|cover(?:ed)?|s(?:ay|aid))"
_WE = rf"(?:(?:(?:have|had|did|do) )?(?:we|you)(?: have| had|['’]ve)?(?: ever| already)? {_WROTE})"
_ANYTHING = (
    r"(?:(?:what|anything|everything|something)(?:['’]s)?(?: (?:was|were|is|has been|have been))? (?:published|posted))"
)
# A clause between "articles" and a date may be what the date belongs to: "articles on firms founded since March".
_CLAUSE = re.compile(
    r"\b(?:[a-z]{3,}ed|that|which|who|where|when|is|are|was|were|has|have|had|in force|begun|began|built|made|took"
    r"|set)\b",
    re.IGNORECASE,
)
_I = re.IGNORECASE
_OUGHT_BEFORE = re.compile(rf"\b(?:{_NOUN}(?: {_HELPER}(?:{_ISSUED}|{_WROTE}))?|{_WE}|{_ANYTHING})[ ,]*$", _I)
_TOPIC_BETWEEN = re.compile(
    rf"\b(?:{_NOUN}(?: {_HELPER}(?:{_ISSUED}|{_WROTE}))?|(?P<we>{_WE}|{_ANYTHING}))(?P<topic>.*)$", _I
)
_OUGHT_AFTER = re.compile(
    r"^,? ?(?:(?:which|what|how many|any|the|are there(?: any)?|show(?: me)?|list|find) )*"
    rf"(?:[a-z-]+ )?{_NOUN}"
    rf"|^,? (?:what|which(?: \w+)?|how much) {_WE}",
    _I,
)
_AT_THE_END = re.compile(r"^\s*(?:please)?\W*$", _I)

# Chinese

_ZH_NOUN = r"(?:文章|博文|帖子|稿件|推文|洞察文章)"
_ZH_WE = r"(?:我们|你们|咱们|贵公司|贵司)"
_ZH_WROTE = r"(?:公开)?(?:发表|发布|刊登|刊发|登载|撰写|写)"
# "发布" alone may be of a product, and so may what is "发表的" other than articles.
_ZH_SAID = rf"(?:发表|刊登|刊发|登载|撰写|写)(?!的(?!\W*$|关于|有关|.*{_ZH_NOUN}))"
_ZH_TOPIC = r"(?:(?:关于|有关|谈|讲|讨论|介绍)[^，。？?]{1,20}?的)?"
_ZH_WHICH = r"(?:哪[些几]|几|一些|所有|全部|相关|最新)?(?:的)?(?:[一几两三]?篇)?"
_ZH_AFTER = re.compile(
    rf"^，?(?:{_ZH_WE})?(?:一共|总共|都|有|所|还)*(?:{_ZH_WROTE})?(?:过|了)?的?{_ZH_WHICH}{_ZH_TOPIC}{_ZH_WHICH}{_ZH_NOUN}"
    rf"|^，?{_ZH_WE}(?:一共|总共|都|有|还)*{_ZH_SAID}"
    r"|^(?:发表|刊登|刊发)的(?:\W*$|关于|有关)"
)
_ZH_WE_BEFORE = re.compile(rf"{_ZH_WE}(?:在|于|自|从)?$")
_ZH_WE_AFTER = re.compile(rf"^(?:都|一共|总共|还)*(?:{_ZH_SAID}|{_ZH_WROTE}(?=.*{_ZH_NOUN}))")
_ZH_NOUN_BEFORE = re.compile(rf"{_ZH_NOUN}(?:中|里)?，?(?:都|有|哪些|哪几篇|是|在|于)*(?:{_ZH_WE})?$")
_ZH_NOUN_AFTER = re.compile(rf"^(?:都|一共|总共|还)*{_ZH_WROTE}")

_SAYS_ARTICLES = re.compile(
    rf"\b(?:{_WE}|{_ANYTHING}|{_NOUN}(?: {_HELPER}(?:{_ISSUED}|{_WROTE}))?)"
    rf"|{_ZH_WE}(?:都|一共|总共|还)*{_ZH_WROTE}(?:过|了)?|{_ZH_WROTE}(?:过|了)?的?(?={_ZH_NOUN})|{_ZH_NOUN}"
    rf"|{_ZH_WROTE}(?:过|了|的)",
    _I,
)

_LATEST = (
    re.compile(rf"\b(?P<new>latest|newest|most recent|last|recent) (?:(?!of\b)[\w-]+ ){{0,2}}?{_NOUN}", _I),
    re.compile(
        rf"(?P<new>最新|最近|近期|新近)(?:一期|都?有)?(?:{_ZH_WROTE})?(?:过|了)?的?{_ZH_WHICH}{_ZH_TOPIC}{_ZH_WHICH}{_ZH_NOUN}"
    ),
)
_NEW = re.compile(
    r"\b(?:latest|newest|most recent(?:ly)?|recent(?:ly)?|lately|up[- ]to[- ]date)\b|最新|最近|近期|近来|新近", _I
)


def _before(text: str, said: Expression, published: list[Expression]) -> str:
    """Return what stands before an expression, without those before it that are of publication already."""
    before = text[: said.span.start]
    for one in reversed(published):
        before = f"{before[: one.span.start].rstrip()} {before[one.span.end :].lstrip()}"
    return before


def _of_publication(before: str, after: str, said: Expression) -> bool:
    """Whether an expression of time between these words says when articles were published."""
    return any(_english(before, after, said)) or any(_chinese(before, after))


def _english(before: str, after: str, said: Expression) -> Iterator[bool]:
    yield bool(_OUGHT_BEFORE.search(before))
    yield bool(_OUGHT_AFTER.search(after))
    between = _TOPIC_BETWEEN.search(before)
    if between and _AT_THE_END.search(after) and not _CLAUSE.search(between["topic"]):
        # "articles on Suzhou in 2024" may be about 2024; "… since March", "… from last year" and "what did we publish
        # on Suzhou in 2024" hardly are
        yield said.onward or said.relative or between["we"] is not None


def _chinese(before: str, after: str) -> Iterator[bool]:
    yield bool(_ZH_AFTER.search(after))
    yield bool(_ZH_WE_BEFORE.search(before) and _ZH_WE_AFTER.search(after))
    yield bool(_ZH_NOUN_BEFORE.search(before) and _ZH_NOUN_AFTER.search(after))
