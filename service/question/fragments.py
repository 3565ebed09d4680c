"""Follow-ups that are no whole questions: the last one asked otherwise, of other days, or of part of its things."""

import re
from dataclasses import dataclass, replace
from datetime import date

from corpus.article import Span
from corpus.language import detect
from service.question.articles import topic_of_articles
from service.question.periods import expressions
from service.question.pronouns import beside
from service.text.words import ORDINAL_EN

ENDS = "?？。. "
"""What a question may end with."""

_BARE_EN = re.compile(
    r"\s*(?:(?:and|but|so|ok)[\s,]+)?(?P<word>why|(?:in |since )?(?:what|which) (?:year|date|month|day)"
    r"|when|(?:since|until|till|by) when"
    r"|from where|where(?: from)?|who|by whom|for whom|with whom|what for|for what|how many|how much|(?:for )?how long"
    r"|how)(?: exactly)?"
    r"(?P<not> not)?(?: of (?:them|these|those)| (?:is|was) (?:that|this)| are (?:there|they))?[\s?]*",
    re.IGNORECASE,
)
_TURNED = {"what for": "for what", "where from": "from where"}  # as a whole question begins
_BARE_ZH = re.compile(
    r"\s*(?:那么?|但是?|具体)?[，\s]*(?:是|从)?(?P<word>为什么|为何|什么时候|何时|哪一?年|在?哪里|谁|如何|怎么做?|多久|多长时间"
    r"|有?多少[个家所名]?|有?几[个家所名])(?:开始)?(?:的)?(?:事情?)?(?:呢|啊)?[\s?？]*"
)
_AUX = r"(?:is|was|are|were|do|does|did|has|have|had|can|could|will|would|should)\b"
_ASKS_HOW_EN = re.compile(
    rf"(?:(?:and|but) )?(?:why|when|where|how(?: long| often)?|(?:in )?(?:what|which) year) (?P<rest>{_AUX}.*)",
    re.IGNORECASE,
)
_YES_NO_EN = re.compile(rf"(?P<rest>{_AUX}.*)", re.IGNORECASE)
_WHICH_EN = re.compile(r"(?:which|what)(?: (?:are|were)(?: the)?)? (?P<rest>.*)", re.IGNORECASE)
_ASKS_HOW_ZH = re.compile(r"是?什么时候|何时|(?:是|在)?哪一?年|为什么|为何|如何|怎么|怎样|在?哪里|多久")
_WHICH_ZH = re.compile(r"哪些|哪几[个家所名]")
_ONLY_JOINS = re.compile(
    r"\s*(?:(?:and|what about|how about|or|but|then|only|just)\b|那么?|还有|以及|只看?|仅)?[\s,，]*呢?[\s?？.。]*",
    re.IGNORECASE,
)
_ARTICLES = re.compile(r"^[a-z ]*\b(?:articles?|posts?|pieces?)\b", re.IGNORECASE)
_DAY_WORD = re.compile(r"(?:in|on|during|since|before|after|until) ", re.IGNORECASE)
_BEYOND = re.compile(r"\s*(?:and |but |what about )?(?P<which>before|after|since) (?:that|then)[\s?.]*", re.IGNORECASE)
# "only the foreign ones", "any others abroad?", 只看外资的: less or more of what was asked for
_PART = re.compile(
    r"\s*(?:(?:and|but|ok(?:ay)?|so)[\s,]+)*(?:(?:only|just) .+|(?:are there |is there )?any(?:thing|one)? "
    r"(?:others?|more|else)\b.*|(?:what|who|where) else\b.*|(?:some|the) others?[\s?]*)"
    r"|\s*(?:(?:and|but|so) )?which ones\b.*|\s*(?:其中|里面|这里面)(?:的)?(?:又)?哪.+"
    r"|\s*(?:只|仅)[看要说算有限]?.{2,}?的?(?:呢)?[？?]?|\s*还有(?:没有)?(?:吗|别的|其他的?|另外的?|更多的?)[^，。？?]*[？?]?",
    re.IGNORECASE,
)

# "was Jiangsu one of them?", 江苏在里面吗？
_AMONG = re.compile(
    r"\s*(?:(?:and|but|so) )?(?:is|was|are|were) (?P<en>[^?]{2,40}?) (?:(?:one|part|some) of|among(?:st)?)"
    r" (?:them|these|those)[\s?]*"
    r"|\s*(?:那么?)?(?P<zh>[^，。？?]{1,20}?)[也都]?(?:在(?:里面|其中|内|列)|是其中之一)吗?[\s?？]*",
    re.IGNORECASE,
)
_PLACE_IN_ORDER = re.compile(
    rf"\s*(?:(?:and|but|then|what about|how about)[\s,]+)*(?:the )?(?P<en>{ORDINAL_EN})"
    r"(?: one)?[\s?]*"
    r"|\s*(?:那么?)?(?:第(?P<zh>[一二三四五])[个点条项步]?|(?P<phase>[一二三四五首])期)呢?[\s?？]*",
    re.IGNORECASE,
)
_IN_ORDER = re.compile(rf"(?<=\bthe )(?:{ORDINAL_EN})\b|(?<=第)[一二三四五](?=[个点条项步])", re.IGNORECASE)
_MOST = r"(?:(?!(?:interest|request|invest|forest|test|rest|west|guest|harvest)\b)[a-z]+est|(?:most|least) [a-z]+)"
_EXTREME = re.compile(rf"(?<=\bthe ){_MOST}\b")
_EXTREME_ALONE = re.compile(
    rf"\s*(?:(?:and|but|or|what about|how about)[\s,]+)*the (?P<most>{_MOST})(?: one)?[\s?.]*", re.IGNORECASE
)
_PHASES = re.compile(r"[一二三四五首](?=期)")
_JOINTS = r"\s*(?:(?:and|but|or|also|then|so|ok(?:ay)?|right)\b[\s,]*)*"
PREPOSITION = r"(?:in|at|for|from|of|with|by|to|on|near|under|during)"
"""What may stand before a name, as a pattern."""
_ELSEWHERE_EN = re.compile(
    rf"{_JOINTS}(?:(?:(?:what|how) about|back to|regarding|as for)\s+)?(?:(?P<prep>{PREPOSITION})\s+)?"
    r"(?:the\s+|an?\s+)?(?P<what>[^,:?]{2,60}?)(?:[,:]\s*(?P<rest>.{5,})|[\s?.!]*)",
    re.IGNORECASE,
)
_ELSEWHERE_ZH = re.compile(
    r"\s*(?:那么?|还有|以及|至于|关于|[，\s])*(?:(?:还是|再|先|回来?)?[说聊谈看]回?[说聊谈看]?)?(?P<what>[^，。？?]{1,40}?)的?[吧呢][？?]?"
    r"(?:[，,。\s]*(?P<rest>[^，,。\s].+))?\s*"
)
_ENDS_ZH = re.compile(r"呢[？?]?\s*$")
_ONE = re.compile(r"(?:['’]s)? ones?$", re.IGNORECASE)  # "the Suzhou one"
_BEGINS_SO = re.compile(
    rf"\s*(?:(?:and|but|or|also|then)\b|(?:what|how) about\b|back to\b|regarding\b|as for\b|{PREPOSITION}\b)",
    re.IGNORECASE,
)
# "and in English please", 用中文说一遍: the same once more
_IN_LANGUAGE = re.compile(
    r"\s*(?:(?:and|but|now|ok(?:ay)?|please|can you|could you|say|tell me|give me|it|that|again|answer)[\s,]+)*"
    r"in (?:english|chinese|mandarin)(?:,? please)?[\s?.!]*"
    r"|\s*(?:请|能|可以|麻烦)*(?:用|说|换成)(?:英文|英语|中文|汉语)(?:再)?(?:说|讲|回答|写)?(?:一遍|一下)?(?:吗|好吗|吧)?[\s?？。!！]*",
    re.IGNORECASE,
)
_MEANT_EN = re.compile(
    r"\s*(?:(?:no|sorry|oops|wait|ah)\b[\s,.:-]*)*(?:i (?:mean|meant)|make that|rather)\b[\s,:]*"
    r"(?P<what>[^?]{2,80}?)[\s?.!]*",
    re.IGNORECASE,
)
_MEANT_ZH = re.compile(
    r"\s*(?:不对?|不是|抱歉|对不起)?[，,\s]*我?(?:说|指|问|想问)的?是(?P<what>[^，。？?]{2,20}?)[。！？?]?\s*"
)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What a fragment turns to ("and in Suzhou?", 苏州呢？), and the question that it asks of it, if it has one.

    ``one`` says that it is of the same sort as what was asked of: "and the Suzhou one?".
    """

    what: str
    preposition: str | None = None
    rest: str | None = None
    one: bool = False


def elsewhere(question: str) -> Elsewhere | None:
    """Read a fragment that turns to something else; None where a text does not begin or end as one does."""
    if detect(question) == "zh" or _ENDS_ZH.search(question):
        found = _ELSEWHERE_ZH.fullmatch(question)
        return Elsewhere(found["what"], rest=found["rest"]) if found else None
    found = _ELSEWHERE_EN.fullmatch(question) if _BEGINS_SO.match(question) else None
    return replace(_named(found["what"]), preposition=found["prep"], rest=found["rest"]) if found else None


def meant(question: str) -> Elsewhere | None:
    """Read what somebody says they meant: "no, I meant Suzhou", 我说的是苏州; None where they don't say so."""
    found = _MEANT_EN.fullmatch(question) or _MEANT_ZH.fullmatch(question)
    return _named(found["what"]) if found else None


def _named(said: str) -> Elsewhere:
    """Read what a fragment names: "the Suzhou one" is a thing of the same sort, in Suzhou."""
    what, ones = _ONE.subn("", said)
    return Elsewhere(what.removeprefix("the ") if ones else what, one=bool(ones))


def asked_otherwise(question: str, previous: str) -> str | None:
    """Return the whole question that a fragment makes of ``previous``; None where it is no such fragment.

    "In English, please" asks it once more, "and since March?" of other days, "why?" for its reason, "only the foreign
    ones" of part of its things, "and the second one?" of the next in order.
    """
    if _IN_LANGUAGE.fullmatch(question):
        return previous
    return (
        _in_other_days(previous, question)
        or _bare(question, previous)
        or _in_part(question, previous)
        or _next_in_order(question, previous)
        or _other_extreme(question, previous)
        or _among(question, previous)
    )


def _next_in_order(question: str, previous: str) -> str | None:
    """Ask the previous question of another in the same order: "and the second one?" of "the first cause"."""
    found = _PLACE_IN_ORDER.fullmatch(question)
    order = _PHASES if found and found["phase"] else _IN_ORDER
    if not found or not order.search(previous):
        return None
    return order.sub(found["en"] or found["zh"] or found["phase"], previous, count=1)


def _other_extreme(question: str, previous: str) -> str | None:
    """Ask the previous question of the other end: "and the oldest?" of "the newest park"."""
    found = _EXTREME_ALONE.fullmatch(question)
    if not found or not _EXTREME.search(previous):
        return None
    return _EXTREME.sub(found["most"], previous, count=1)


def _among(question: str, previous: str) -> str | None:
    """Ask the previous question with an eye to one thing that may be among those it asked for."""
    found = _AMONG.fullmatch(question)
    return beside(previous, found["en"] or found["zh"]) if found else None


def _in_part(question: str, previous: str) -> str | None:
    if not _PART.fullmatch(question.strip()):
        return None
    comma, end = ("，", "？") if detect(previous) == "zh" else (", ", "?")
    return f"{previous.rstrip(ENDS)}{comma}{question.strip().rstrip(ENDS)}{end}"


def _bare(question: str, previous: str) -> str | None:
    """Ask the previous question with another question word ("why?", "how many of them?", "什么时候？"); else None."""
    if match := _BARE_EN.fullmatch(question):
        word = _TURNED.get(match["word"].lower(), match["word"])
        return _with_word_en(word.capitalize() + (match["not"] or ""), previous.strip(ENDS))
    match = _BARE_ZH.fullmatch(question)
    return _with_word_zh(match["word"], previous.strip(ENDS)) if match else None


def _with_word_en(word: str, previous: str) -> str:
    if word.startswith("How m") and (which := _WHICH_EN.fullmatch(previous)):
        return f"{word} {which['rest']}?"
    if not word.startswith(("How m", "Who")) and (asked := _ASKS_HOW_EN.fullmatch(previous)):
        return f"{word} {asked['rest']}?"
    if not word.startswith(("How m", "Who")) and (asked := _YES_NO_EN.fullmatch(previous)):
        return f"{word} {asked['rest'][0].lower()}{asked['rest'][1:]}?"
    return f"{word}: {previous}?"


def _with_word_zh(word: str, previous: str) -> str:
    if "多少" in word or "几" in word:
        changed = _WHICH_ZH.sub(word.removeprefix("有"), previous, count=1)
    elif word == "谁":
        changed = previous
    else:
        changed = _ASKS_HOW_ZH.sub(word, previous, count=1)
    return f"{changed}？" if changed != previous else f"{previous.removesuffix('吗')}，{word}？"


def _in_other_days(previous: str, question: str) -> str | None:
    """Ask the previous question of other days where only they are named ("and since March?"); else None."""
    today = date.today()  # only the places of the expressions count
    if (beyond := _BEYOND.fullmatch(question)) and (named := expressions(previous, today=today)):
        place = named[-1].span
        days = f"{beyond['which'].lower()} {_DAY_WORD.sub('', place.of(previous))}"
        return f"{previous[: place.start]}{days}{previous[place.end :]}"
    said = expressions(question, today=today)
    rest = "".join(question[: said[0].span.start] + question[said[-1].span.end :]) if said else question
    if not said or not _ONLY_JOINS.fullmatch(rest):
        return None
    days = Span(said[0].span.start, said[-1].span.end).of(question).strip()
    old = expressions(previous, today=today)
    if not old and (articles := _ARTICLES.search(previous)) and topic_of_articles(previous):
        return f"{articles.group()} {days}{previous[articles.end() :]}"  # "which articles since May are about talent?"
    if not old:
        blank = "" if detect(previous) == "zh" else " "
        end = "？" if detect(previous) == "zh" else "?"
        return f"{previous.rstrip(ENDS)}{blank}{days}{end}"
    place = old[-1].span
    if (before_day := _DAY_WORD.match(place.of(previous))) and days[0].isdigit():
        days = before_day.group() + days
    before, after = previous[: place.start].rstrip(), previous[place.end :]
    blank = "" if detect(previous) == "zh" or not before else " "
    return f"{before}{blank}{days}{after}"
