"""What is left of a likelihood where a sentence lacks the fact that is asked for, or gives another one's."""

import re
from functools import lru_cache

from corpus.language import detect
from service.question.kinds import FACTS, Kind, attribute_of
from service.question.units import HEAD
from service.sentences.features import Measured
from service.sentences.named import asks_names, names_none
from service.sentences.neighbours import asks_itself
from service.sentences.wanted import Wanted
from service.text.measures import units_asked
from service.text.mentions import Measure
from service.text.wording import other_names
from service.text.words import NAME_EN
from service.understand import Understood

UNTOLD = 0.3
"""What is left where hardly anything is told of what is asked of a name."""
WITHOUT_ATTRIBUTE = 0.15
"""What is left where what is asked of a thing, its founder, is told by none of its names."""
UNNAMED = 0.2
"""What is left where a name is asked for, and a sentence only says that there is such a thing: "a Danish company"."""
ONLY_COUNTED = 0.3
"""What is left where a list is asked for, and a sentence only says how many there are."""
UNANSWERED = 0.25
"""What is left where a question in Chinese asks for a school's name, for people or for a view, and none is there."""
ASKS_ITSELF = 0.4
"""What is left of a sentence that asks a question: its answer comes behind it."""
OF_ANOTHER = 0.33
"""What is left where a fact is asked of a name or a year, and a sentence tells of another one."""

_HARDLY = 0.07  # held of what is asked of a name: asked for a fact, such a sentence is hardly an answer
_UNLIKE = 0.35  # nearness of the farthest word of a question, below which it is not told in other words either
# what a name is asked of: "which company", 哪家企业, 企业叫什么; and how it stands there without one: 一家企业
_ASKS_NAME = re.compile(
    r"\b(?:which|what|names? of the) (?P<en>[a-z-]+)\b|哪一?[家位所个座](?P<zh>[\u4e00-\u9fff]{2})"
    r"|(?P<called>[\u4e00-\u9fff]{2})(?:是?叫什么|的名[字称]是)",
    re.IGNORECASE,
)
_COMPANY_ZH = "(?:公司|企业|厂商|厂家|药企)"
# 一家, but no 药明是一家; 有两家, but no 甲和乙两家
_SOME_ZH = "(?:(?<![是为作])[一某]|(?<=[有由与和向给投了括及含中对从，、（])[两几多三四五六七八九十])[家位所个座]"
_FROM = re.compile(rf"\b[Ff]rom (?:the )?({NAME_EN})")
_QUOTED = re.compile(r"[“「《\"]")
_BY_A_WORD = frozenset({Kind.WHO, Kind.QUANTITY})  # when and where something happened is told in more ways
_BEGAN = (
    r"(?:found(?:ed|ing|ation)|establish\w*|set up|open(?:ed|s|ing)?|start(?:ed|s)?|launch\w*|creat(?:ed|ion)|built"
    r"|beg[au]n|born|birth|formed|inaugurat\w*|incorporat\w*)\b"
)
_ASKS_BEGINNING = re.compile(rf"\b(?:when|what year|which year)\b.*\b{_BEGAN}|\byear .*\b{_BEGAN}", re.IGNORECASE)
_TELLS_BEGINNING = re.compile(
    rf"\b{_BEGAN}|\b(?:since|dat(?:es?|ed|ing) (?:from|back)|origin\w*|go(?:es)? back|old|ago|spun|introduced|adopted"
    r"|complet\w+|history|came into|first)\b",
    re.IGNORECASE,
)
# no 由艾达负责, 负责人 or 艾达负责
_HAS_TASK_ZH = re.compile(
    r"(?:^|[，；：、（(]|它|其|主要|专门|并|大学|公司|机构|企业|中心|院|会|局)负责(?=[\u4e00-\u9fff])(?!人)"
)


def left(measured: Measured, question: Understood, wanted: Wanted) -> float:
    """Return what is left, 0 to 1; 1 where nothing is lacking, or it can't be told."""
    rest = wanted.left(measured.features.fit)
    lacking = (_tells_nothing_asked, _lacks_head)
    rest *= UNTOLD if any(lacks(measured, question) for lacks in lacking) else 1.0
    if rest == 1.0 or question.kind is not Kind.QUANTITY:  # without a sum it matters little that it is of what is asked
        rest *= WITHOUT_ATTRIBUTE if _lacks_attribute(measured, question) else 1.0
    unnamed = leaves_unnamed(measured.text, question.text)
    unnamed = unnamed or (asks_names(question.text) and names_none(measured.text, question.text))
    rest *= UNNAMED if unnamed else 1.0
    rest *= WITHOUT_ATTRIBUTE if lacks_beginning(measured.text, question.text) else 1.0
    rest *= ONLY_COUNTED if measured.only_counted else 1.0
    rest *= UNANSWERED if measured.unanswered else 1.0
    rest *= ASKS_ITSELF if asks_itself(measured.text) else 1.0
    elsewhere = question.kind is Kind.QUANTITY and starts_elsewhere(measured.text, question.text)
    return rest * (OF_ANOTHER if measured.of_another or elsewhere else 1.0)


def is_untold(measured: Measured, question: Understood) -> bool:
    """Whether a fact is asked for, and a sentence holds hardly anything of what is asked of a name.

    So is a list, where no embedder knows whether other words tell of it.
    """
    asked = question.kind in FACTS or (question.kind is Kind.LIST and not measured.votes)
    return measured.features.told < _HARDLY and asked and not question.joins_names


def _tells_nothing_asked(measured: Measured, question: Understood) -> bool:
    """Whether it holds hardly anything of that, in no other words either as far as the embedder knows."""
    by_a_word = question.language == "zh" or (question.kind in _BY_A_WORD and "whose" not in question.text.lower())
    unlike = by_a_word and measured.features.least < _UNLIKE
    return unlike and is_untold(measured, question) and any(unit.telling for unit in question.units)


def _lacks_head(measured: Measured, question: Understood) -> bool:
    """Whether it is asked who heads a name, and no sort of head is told of: whoever is named may be anybody."""
    if question.kind is not Kind.WHO or question.joins_names or not any(unit.proper for unit in question.units):
        return False
    heads = [place for place, unit in enumerate(question.units) if unit.telling and HEAD in unit.phrases]
    held = [question.units[place] for place in heads if place in measured.holds]
    return bool(heads) and all(unit.surface == "负责" and only_has_task(measured.text) for unit in held)


def only_has_task(text: str) -> bool:
    """Whether a sentence in Chinese only says what a body is there for (负责技术转移的公司), and not who heads it."""
    return "负责" in text and len(_HAS_TASK_ZH.findall(text)) == text.count("负责")


def _lacks_attribute(measured: Measured, question: Understood) -> bool:
    """Whether what is asked of a thing, a college's "principal" or 院长 of 研究院, is told by none of its names."""
    asked = (
        attribute_of(question.text)
        if question.kind in {Kind.WHO, Kind.WHEN, Kind.WHERE} or _of_money(question)
        else None
    )
    places = [place for place, unit in enumerate(question.units) if asked and unit.surface in asked and unit.heavy]
    known = [place for place in places if question.units[place].others or question.units[place].alike]
    if question.kind is Kind.WHEN and not known:
        return False  # of what neither the glossary nor the dictionary knows, other words may tell
    return bool(places) and measured.holds.isdisjoint(places)


def starts_elsewhere(text: str, question: str) -> bool:
    """Whether it is asked how far or how long from one place, and a sentence tells it from another alone."""
    asked, told = _FROM.findall(question), _FROM.findall(text)
    words = {word for name in asked for word in _plain(name).split()}
    return bool(asked and told) and words.isdisjoint(_plain(text).split())


def lacks_beginning(text: str, question: str) -> bool:
    """Whether it is asked when something began, and a sentence tells, in no word for it, that anything did."""
    return _asks_beginning(question) and detect(text) == "en" and not _TELLS_BEGINNING.search(text)


@lru_cache(maxsize=256)
def _asks_beginning(question: str) -> bool:
    return _ASKS_BEGINNING.search(question) is not None


def _plain(text: str) -> str:
    """Return words as they are typed in haste: "King's Cross" as "kings cross"."""
    return re.sub(r"[^\w\s]", "", text.replace("-", " ")).casefold()


def leaves_unnamed(text: str, question: str) -> bool:
    """Whether the thing whose name is asked for stands there with an article alone, and no name that is new."""
    if _QUOTED.search(text):
        return False
    without = (one.subn("", text) for one in _without_names(question))
    return any(found and not other_names(f"- {rest}", question) for rest, found in without)


@lru_cache(maxsize=256)
def _without_names(question: str) -> tuple[re.Pattern[str], ...]:
    """Return how each thing whose name is asked for stands in a text that does not name it."""
    things = [thing for asked in _ASKS_NAME.finditer(question) for thing in asked.groups() if thing]
    return tuple(
        re.compile(rf"\b(?:an?|one) (?:[\w-]+ ){{0,3}}{thing}\b|{_SOME_ZH}[^，。；、]{{0,8}}?{_alike_zh(thing)}")
        for thing in things
    )


def _alike_zh(thing: str) -> str:
    return _COMPANY_ZH if re.fullmatch(_COMPANY_ZH, thing) else thing


def _of_money(question: Understood) -> bool:
    """Whether a sum is asked for: of a company's turnover, say, and not of its capital."""
    return question.kind is Kind.QUANTITY and Measure.MONEY in units_asked(question.text)
