"""The units of a question: each thing that it names, by all its names, and how much it counts."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest

from corpus.glossary import Mention, Phrase
from corpus.language import CHINESE_CHAR, Analyzer, Token, detect
from service.question.idle import PLACES, idle_places, said_without_need
from service.question.kinds import Kind
from service.text.words import LIGHT_EN, LIGHT_ZH, QUALIFIERS_EN, STOP_EN, STOP_ZH, WORD_END

LIGHT_WEIGHT = 0.2
HEAD = ("chief", "execut")
"""One of the names, as index terms, of whoever heads something."""
ROLE_WEIGHT = 0.6  # of a light verb where a person is asked for
_OPENS = re.compile(r"(?:^|[.!?]\s)\W*$")  # a sentence begins right behind
_LETTERED = re.compile(
    r"(?:(?<=[A-Z]\w )(?:[A-HJ-Z]|I{1,3}|I?V|VI{1,3}|IX|X)|(?<=[a-z] )(?:[A-HJ-Z]|I{2,3}|IV|VI{1,3}|IX))\b(?!&)"
)
_NAME_BEFORE = re.compile(r"(?<=[^.?!:] )[A-Z][\w'’&-]* $")
_NAME_AFTER = re.compile(r" [A-Z][\w'’&-]*")
# of "the Jiangbei area"; "the area of Jiangbei" asks for it
_IMPLIED = PLACES | {"area", "city", "province", "region", "valley"}
_SORTS = frozenset(
    "agencies agency business businesses companies company enterprise enterprises field firm firms group groups"
    " industry institution institutions organisation organisations organization organizations orgs outfit outfits"
    " people player players provider providers sector service services 企业 公司 机构 厂商 行业 服务".split()
)  # of "CRO companies"; companies alone are what is asked for
_COMPANIES_ZH = frozenset("药业 制药 生物 科技 集团 医药 医疗 资本 基因 股份".split())
"""What names of companies in Chinese end with: 先声药业."""
_ENOUGH = 2  # units that say what a question is about, so that "the park" in it need not
_HOW_MANY_ZH = re.compile(r"(?:几|多少)[\u4e00-\u9fff]")  # 几期 asks for a number
_TIMES = frozenset({"year", "years", "date", "day", "month", "decade", "century"})
_MEASURES = re.compile(
    r"\bhow (?:many|much|long|far|big|large|small|old|young|tall|high|low|deep|wide|heavy|short|strong|close|near"
    r"|often|fast|quickly|soon|early|late|well|good|bad)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that a question names: its own words, other names for it, and how much it counts (0 to 1).

    ``name`` is set for proper names and numbers: an answer that lacks one is about something else. ``term`` is set for
    what the glossary knows by other names, but for single ordinary words ("purpose", "run"), which are said in more
    ways than a glossary can list. ``written`` is a name as articles write it, see ``corpus.glossary.Mention``.
    ``abroad`` is what ordinary words mean in the other language, ``alike`` what may be said for them in their own.
    ``place`` is set for a country or a region in Chinese, which an answer may leave unsaid, but not replace by another.
    """

    surface: str
    own: Phrase
    others: tuple[Phrase, ...]
    weight: float
    name: bool
    term: bool = False
    written: str | None = None
    abroad: tuple[Phrase, ...] = ()
    alike: tuple[Phrase, ...] = ()
    place: bool = False

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """Its own words, its other names and what they mean in the other language."""
        return (self.own, *self.others, *self.abroad)

    @property
    def at_home(self) -> "Unit":
        """The same for texts in the question's own language, which say nothing in the other one."""
        return replace(self, abroad=self.alike) if self.abroad or self.alike else self

    @property
    def heavy(self) -> bool:
        """Whether it counts for more than a light word."""
        return self.weight > LIGHT_WEIGHT

    @property
    def telling(self) -> bool:
        """Whether it says what is asked of a name, and not in a light word."""
        return self.heavy and not self.name

    @property
    def proper(self) -> bool:
        """Whether it is a proper name, and no number."""
        return self.name and not self.surface[0].isdigit()


def terms_of(units: Iterable[Unit]) -> set[str]:
    """Return the index terms of units by all their names."""
    return {term for unit in units for phrase in unit.phrases for term in phrase}


def units_of(text: str, analyzer: Analyzer, mentions: Sequence[Mention], *, counts: bool = False) -> list[Unit]:
    """Return what a question names, in order; words that only ask or join are none.

    ``mentions`` are its terms; ``counts`` says that it asks for a number.
    """
    starts = {mention.span.start: mention for mention in mentions}
    units: list[Unit] = []
    covered = 0
    english = detect(text) == "en"
    idle = idle_places(text)
    for place, token in enumerate(tokens := analyzer.tokens(text)):
        if any(span.start <= token.span.start < span.end for span in idle):
            continue
        if units and _goes_on(units[-1], token, text):
            units.append(_lettered(units.pop(), token, text))
            continue
        mention = starts.get(token.span.start)
        if mention is not None and not _is_stop(token, text, alone=mention.span == token.span):
            surface = mention.span.of(text)
            own = tuple(t.term for t in tokens[place:] if t.span.end <= mention.span.end)
            if not any(t.span.end == mention.span.end for t in tokens):
                own = mention.phrase  # its last word was taken for part of the next one
            others = tuple(other for other in mention.names if other != own)
            term = bool(others) and (token.chinese or mention.proper or bool(mention.long) or len(own) > 1)
            told = bool(units) and not counts and _is_told_by(units[-1], surface, text[: token.span.start])
            weight = LIGHT_WEIGHT if told else _weight(surface, token, analyzer) if len(own) == 1 else 1.0
            part = len(own) == 1 and not mention.proper and _is_part_of_name(token, text)
            units.append(Unit(surface, own, others, weight, mention.proper or part, term and not part, mention.written))
            covered = mention.span.end
        elif token.span.start >= covered and not _is_stop(token, text, alone=True):
            surface = token.span.of(text)
            name = _is_name(token, text, english=english)
            light = bool(units) and _is_told_by(units[-1], surface, text[: token.span.start])
            weight = 1.0 if name else LIGHT_WEIGHT if light else _weight(surface, token, analyzer)
            units.append(Unit(surface, (token.term,), (), weight, name))
    return list({unit.own: unit for unit in reversed(units)}.values())[::-1]


def _goes_on(unit: Unit, token: Token, text: str) -> bool:
    """Whether the name right before a word goes on with it: "Series A", and the number of "TM-117"."""
    before, word = text[: token.span.start], token.span.of(text)
    lettered = bool(_LETTERED.match(text, token.span.start)) and before.endswith(f"{unit.surface} ")
    return lettered or (unit.proper and word.isdigit() and before.endswith(f"{unit.surface}-"))


def _lettered(unit: Unit, token: Token, text: str) -> Unit:
    """Return a name with the letter, the numeral or the number behind it."""
    surface = text[token.span.start - len(unit.surface) - 1 : token.span.end]
    return Unit(surface, (*unit.own, token.term), (), 1.0, name=True)


def _is_told_by(unit: Unit, word: str, before: str) -> bool:
    """Whether a word only says what sort of thing the name or term right before it is: "the Jiangbei area"."""
    if not before.endswith((f"{unit.surface} ", unit.surface)):
        return False
    return (unit.name and word in _IMPLIED) or (unit.term and not unit.name and word in _SORTS)


def _is_part_of_name(token: Token, text: str) -> bool:
    """Whether a word with one capital stands right beside another one: "Labs" in "Isomorphic Labs"."""
    if not token.span.of(text).istitle():
        return False
    before, after = text[: token.span.start], text[token.span.end :]
    return bool(_NAME_BEFORE.search(before) or _NAME_AFTER.match(after))


def _is_stop(token: Token, text: str, *, alone: bool) -> bool:
    if not alone:
        return False
    if _MEASURES.search(text, 0, token.span.end):
        return True  # "large" of "how large"
    word = token.span.of(text)
    if word.isupper() and (CHINESE_CHAR.match(text, token.span.end) or (len(word) > 1 and not text.isupper())):
        return False  # "IT" and "WHO" are names where "it" and "who" are not; so is A in A轮
    if token.chinese:
        return token.term in STOP_ZH or bool(_HOW_MANY_ZH.fullmatch(token.term))
    return word.lower() in STOP_EN or WORD_END.sub("", word.lower()) in STOP_EN


def _weight(surface: str, token: Token, analyzer: Analyzer) -> float:
    if token.chinese:
        light = token.term in LIGHT_ZH
    else:
        light = surface.lower() in LIGHT_EN or (surface.islower() and token.term in _light_terms(analyzer))
    return LIGHT_WEIGHT if light else 1.0


@lru_cache(maxsize=1)
def _light_terms(analyzer: Analyzer) -> frozenset[str]:
    """Return the light words as index terms, which "operating" and "carries" have in common with them."""
    return frozenset(analyzer.stem(word) for word in LIGHT_EN)


def _is_name(token: Token, text: str, *, english: bool) -> bool:
    """Whether a word is a proper name or a number: digits, or a capital that is not the one of an English sentence."""
    surface = token.span.of(text)
    if any(char.isdigit() for char in surface):
        return True
    if token.chinese or not surface[0].isupper():
        return False
    return surface.isupper() or not (english and _OPENS.search(text, 0, token.span.start))


def weighed(units: Sequence[Unit], kind: Kind, text: str, light: Iterable[str]) -> list[Unit]:
    """Return the units of a question ``text`` of one kind with what they count there; ``light`` words say how new."""
    if kind is Kind.WHO:
        role_told = any(unit.term and unit.telling for unit in units)
        units = [unit if role_told and HEAD not in unit.phrases else _as_role(unit) for unit in units]
    named = any(unit.proper for unit in units) or sum(unit.heavy for unit in units) > _ENOUGH
    idle = [*light, *said_without_need(text, named=named)]
    units = [_lightened(unit, idle) for unit in units]
    if kind is Kind.YES_NO:  # "Are there 60 mills?" may be told by another number
        units = [replace(u, weight=LIGHT_WEIGHT, name=False) if u.surface[0].isdigit() else u for u in units]
    return [unit for unit in units if kind is not Kind.WHEN or unit.surface.lower() not in _TIMES]


def _as_role(unit: Unit) -> Unit:
    """Let a light verb count where a person is asked for, all of it where the glossary knows it: who runs it."""
    qualifies = unit.surface.lower() in QUALIFIERS_EN | _SORTS | _IMPLIED or not (unit.surface.isascii() or unit.others)
    return unit if qualifies else replace(unit, weight=max(unit.weight, 1.0 if unit.others else ROLE_WEIGHT))


def _lightened(unit: Unit, idle: Iterable[str]) -> Unit:
    """Let a word count for little that says how new ("recently"), or what sort of name is asked for ("which city").

    ``idle`` are such words, as they are said; a name or a number is never one.
    """
    light = not unit.name and any(unit.surface in said for said in idle)
    return replace(unit, weight=min(unit.weight, LIGHT_WEIGHT)) if light else unit


def with_companies(units: Sequence[Unit], text: str) -> list[Unit]:
    """Return the units of ``text``, those as names that stand before the end of a company's name: 先声 of 先声药业.

    A word that the glossary or the dictionary knows says what sort of company is meant: 中医药集团.
    """
    return [
        replace(unit, name=True) if _begins_company(unit, following, text) else unit
        for unit, following in zip_longest(units, units[1:])
    ]


def _begins_company(unit: Unit, following: Unit | None, text: str) -> bool:
    known = unit.phrases[1:] or unit.alike or not CHINESE_CHAR.match(unit.surface) or len(unit.surface) == 1
    if known or following is None or following.surface not in _COMPANIES_ZH:
        return False
    return unit.surface + following.surface in text
