"""What a question is about: its language, what it asks for, and its units of meaning."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from corpus.article import Language
from corpus.dictionary import Dictionary
from corpus.glossary import Glossary, Mention, Phrase
from corpus.language import CHINESE_CHAR, Analyzer, Token, detect
from ingest.names import learn_names
from service.answer import Turn
from service.question.asking import asides, asking_part, only_greets
from service.question.dates import When, read_when
from service.question.followups import resolve, resolve_within
from service.question.idle import idle_places, said_without_need, without_bounds
from service.question.kinds import Kind, kind_of
from service.text.words import LIGHT_EN, LIGHT_ZH, QUALIFIERS_EN, STOP_EN, STOP_ZH, WORD_END

LIGHT_WEIGHT = 0.2
ROLE_WEIGHT = 0.6  # of a light verb where a person is asked for
_OPENS = re.compile(r"(?:^|[.!?]\s)\W*$")  # a sentence begins right behind
_LETTERED = re.compile(
    r"(?:(?<=[A-Z]\w )(?:[A-HJ-Z]|I{1,3}|I?V|VI{1,3}|IX|X)|(?<=[a-z] )(?:[A-HJ-Z]|I{2,3}|IV|VI{1,3}|IX))\b(?!&)"
)
_NAME_BEFORE = re.compile(r"(?<=[^.?!:] )[A-Z][\w'’&-]* $")
_NAME_AFTER = re.compile(r" [A-Z][\w'’&-]*")
_JOINED = re.compile(r"\b(?:and|or|versus|vs|than)\b|[和与及、]|还是", re.IGNORECASE)
_IMPLIED = frozenset(
    {"area", "city", "province", "region"}
)  # of "the Jiangbei area"; "the area of Jiangbei" asks for it
_SORTS = frozenset(
    "agencies agency business businesses companies company enterprise enterprises field firm firms group groups"
    " industry institution institutions organisation organisations organization organizations orgs outfit outfits"
    " player players provider providers sector service services 企业 公司 机构 厂商 行业 服务".split()
)  # of "CRO companies"; companies alone are what is asked for
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


@dataclass(frozen=True, slots=True)
class Understood:
    """A question as it was understood; ``text`` is what of it asks, and stands on its own, also for a follow-up.

    ``reworded`` says that this is in other words than it was asked in.

    ``spelt_out`` is what its evidence should say, for a model: its abbreviations also in full, and without the words
    that say only which articles are meant ("articles since March"), as in ``units``. ``when`` is what it says of time.
    """

    asked: str
    text: str
    spelt_out: str
    language: Language
    kind: Kind
    units: tuple[Unit, ...]
    when: When = field(default_factory=When)
    reworded: bool = False

    @property
    def joins_names(self) -> bool:
        """Whether it may ask of several things at once, which several articles answer between them."""
        return self.kind is Kind.COMPARISON or bool(_JOINED.search(self.text))


def terms_of(units: Iterable[Unit]) -> set[str]:
    """Return the index terms of units by all their names."""
    return {term for unit in units for phrase in unit.phrases for term in phrase}


def understand(
    question: str,
    *,
    history: Sequence[Turn],
    analyzer: Analyzer,
    glossary: Glossary,
    dictionary: Dictionary | None = None,
    names: Mapping[str, str] | None = None,
    today: date | None = None,
) -> Understood:
    """Work out what ``question`` asks; ``history`` holds earlier turns, oldest first, and ``today`` is as given.

    Without a ``dictionary`` only terms and names cross from one language to the other. ``names`` maps other names of
    things to what the question calls them.
    """
    asks = asking_part(question)
    aside = asides(asks)
    text = resolve(asks if aside else resolve_within(asks, glossary), history, glossary)
    if introduced := learn_names(text) | dict(names or {}):  # "Calder Hub (考尔德中心)"
        glossary = glossary.with_names(introduced)
    if text != asks:
        aside = asides(text)
    kind = kind_of(_without(text, aside))
    when = read_when(text, today=today or date.today())
    topic = when.without_asides(text)
    if kind is Kind.YES_NO:
        topic = without_bounds(topic)
    mentions = glossary.mentions(topic)
    counts = kind is Kind.QUANTITY
    said = [] if only_greets(topic) else units_of(topic, analyzer, mentions, counts=counts)
    units = _asked_about(said, _without(text, aside))
    if dictionary:
        words = [unit.own for unit in units]
        units = [
            replace(unit, abroad=meant, alike=alike, name=unit.name or unit.own in dictionary.chinese_names)
            for unit, meant, alike in zip(units, dictionary.meanings(words), dictionary.alike(words), strict=True)
        ]
    if kind is Kind.WHO and not any(unit.term and not unit.name for unit in units):
        units = [_as_role(unit) for unit in units]
    needless = said_without_need(text, named=any(unit.proper for unit in units))
    idle = [*(span.of(text) for span in when.light), *needless]
    units = [_lightened(unit, idle) for unit in units]
    if kind is Kind.WHEN:
        units = [unit for unit in units if unit.surface.lower() not in _TIMES]
    return Understood(
        asked=question,
        text=text,
        reworded=text != asks,
        spelt_out=_asking(_for_model(topic, mentions, _without(topic, aside), units, glossary) or text),
        language=detect(question),
        kind=kind,
        units=tuple(units),
        when=when,
    )


def _without(text: str, parts: Iterable[str]) -> str:
    for part in parts:
        text = text.replace(part, " ")
    return text


def _asked_about(units: Sequence[Unit], asked: str) -> list[Unit]:
    """Return the units of the part that asks; of what people say beside it only names and terms may be asked about."""
    return [unit for unit in units if unit.surface in asked or unit.name or unit.term]


def _as_role(unit: Unit) -> Unit:
    """Let a light verb count where a person is asked for, all of it where the glossary knows it: who runs it."""
    qualifies = unit.surface.lower() in QUALIFIERS_EN | _SORTS | _IMPLIED
    return unit if qualifies else replace(unit, weight=max(unit.weight, 1.0 if unit.others else ROLE_WEIGHT))


def _lightened(unit: Unit, idle: Iterable[str]) -> Unit:
    """Let a word count for little that says how new ("recently"), or what sort of name is asked for ("which city").

    ``idle`` are such words, as they are said; a name or a number is never one.
    """
    light = not unit.name and any(unit.surface in said for said in idle)
    return replace(unit, weight=min(unit.weight, LIGHT_WEIGHT)) if light else unit


def _for_model(topic: str, mentions: Sequence[Mention], asked: str, units: Sequence[Unit], glossary: Glossary) -> str:
    """Return the part that asks with its abbreviations in full, and behind it what was named beside it.

    Where the part that asks names nothing ("… a CRO partner in Calder. Which ones are there?"), it is all of it.
    """
    if asked == topic or not any(unit.surface in asked for unit in units):
        return " ".join(_spelt_out(topic, mentions).split())
    named = ", ".join(unit.surface for unit in units if unit.surface not in asked)
    return " ".join(f"{_spelt_out(asked, glossary.mentions(asked))}{f' ({named})' if named else ''}".split())


def _spelt_out(text: str, mentions: Sequence[Mention]) -> str:
    for mention in reversed(mentions):
        if mention.long:
            text = f"{text[: mention.span.end]} ({mention.long}){text[mention.span.end :]}"
    return text


def _asking(text: str) -> str:
    """End a question as one: models that were trained on questions read it better so."""
    return text if text.endswith(("?", "？")) else f"{text.rstrip(' .。!！')}?"


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
        return token.term in STOP_ZH
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
