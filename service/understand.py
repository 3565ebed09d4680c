"""What a question is about: its language, what it asks for, its units of meaning, and what a follow-up refers to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from corpus.article import Language, Span
from corpus.glossary import Glossary, Phrase
from corpus.language import Analyzer, Token, detect
from service.answer import Turn
from service.dates import When, read_when
from service.kinds import Kind, kind_of
from service.periods import expressions
from service.words import LIGHT_EN, LIGHT_ZH, STOP_EN, STOP_ZH

LIGHT_WEIGHT = 0.2
ROLE_WEIGHT = 0.6  # of a light verb where a person is asked for: who runs it is another than who opened it
_PRONOUN = re.compile(
    r"\b(?:it|its|they|them|their|theirs|he|him|his|she|her|there|those|these|this|"
    r"that (?:place|company|city|centre|center|one)|the (?:former|latter|same))\b"
    r"|它们?|他们?|她们?|那里|那儿|这里|上述\w{0,4}|该\w{0,3}|其(?!中|他|它|余|实)",
    re.IGNORECASE,
)
_CONTINUES = re.compile(
    r"^\s*(?:and|what about|how about|or|also|but|then)\b|^\s*(?:那么?|还有|以及)|呢[？?]?\s*$", re.IGNORECASE
)
_ONLY_JOINS = re.compile(
    r"\s*(?:(?:and|what about|how about|or|but|then)\b|那么?|还有|以及)?[\s,，]*呢?[\s?？.。]*", re.IGNORECASE
)
_JOINED = re.compile(r"\b(?:and|or|versus|vs|than)\b|[和与及、]", re.IGNORECASE)
_NAME = re.compile(r"(?:[A-Z][\w’'&.-]*|\d[\w.,-]*)(?:\s+(?:(?:of|and|the|for|de)\s+)?(?:[A-Z][\w’'&.-]*|\d[\w.,-]*))*")
_BEFORE_VERB = re.compile(r"[\u4e00-\u9fff]{2,}?(?=[是在有由被何谁哪什怎多几，])")
_TIMES = frozenset({"year", "years", "date", "day", "month", "decade", "century"})
_MEASURES = re.compile(r"\bhow $", re.IGNORECASE)
_TURNS_READ, _TURN_CHARS = 6, 2000


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that a question names: its own words, other names for it, and how much it counts (0 to 1).

    ``name`` is set for proper names and numbers: an answer that lacks one is about something else.
    """

    surface: str
    own: Phrase
    others: tuple[Phrase, ...]
    weight: float
    name: bool


@dataclass(frozen=True, slots=True)
class Understood:
    """A question as it was understood; ``text`` stands on its own, also for a follow-up.

    ``spelt_out`` is what its evidence should say, for a model: its abbreviations in full, and without the words that
    say only which articles are meant ("articles since March"), as in ``units``. ``when`` is what it says of time.
    """

    asked: str
    text: str
    spelt_out: str
    language: Language
    kind: Kind
    units: tuple[Unit, ...]
    when: When = field(default_factory=When)

    @property
    def joins_names(self) -> bool:
        """Whether it may ask of several things at once, which several articles answer between them."""
        return bool(_JOINED.search(self.text))


def understand(
    question: str, *, history: Sequence[Turn], analyzer: Analyzer, glossary: Glossary, today: date | None = None
) -> Understood:
    """Work out what ``question`` asks; ``history`` holds earlier turns, oldest first, and ``today`` is as given."""
    text = resolve(question, history, glossary)
    kind = kind_of(text)
    when = read_when(text, today=today or date.today())
    topic = when.without_asides(text)
    units = [_lightened(unit, when, text) for unit in units_of(topic, analyzer, glossary)]
    if kind is Kind.WHO:
        units = [replace(unit, weight=max(unit.weight, ROLE_WEIGHT)) for unit in units]
    if kind is Kind.WHEN:
        units = [unit for unit in units if unit.surface.lower() not in _TIMES]
    return Understood(
        asked=question,
        text=text,
        spelt_out=" ".join(_spelt_out(topic, glossary).split()) or text,
        language=detect(question),
        kind=kind,
        units=tuple(units),
        when=when,
    )


def _lightened(unit: Unit, when: When, text: str) -> Unit:
    """Let a word that says how new ("recently") count for little; a name or a number is never such a word."""
    light = not unit.name and any(unit.surface in span.of(text) for span in when.light)
    return replace(unit, weight=min(unit.weight, LIGHT_WEIGHT)) if light else unit


def _spelt_out(text: str, glossary: Glossary) -> str:
    for mention in reversed(glossary.mentions(text)):
        if mention.long:
            text = f"{text[: mention.span.start]}{mention.long}{text[mention.span.end :]}"
    return text


def resolve(question: str, history: Sequence[Turn], glossary: Glossary) -> str:
    """Return the question with what it leaves to earlier turns put in; unchanged where it stands on its own.

    A pronoun takes the name that the last question was about; "and in Suzhou?" asks the last question of Suzhou.
    """
    earlier = [t.content[:_TURN_CHARS] for t in history[-_TURNS_READ:] if t.role == "user" and t.content.strip()]
    if not earlier:
        return question
    previous = resolve(earlier[-1], [Turn("user", text) for text in earlier[:-1]], glossary)
    if in_other_days := _in_other_days(previous, question):
        return in_other_days
    topics = _topics(previous, glossary)
    if _CONTINUES.search(question) and len(_topics(question, glossary)) >= 1 and not _asks_itself(question):
        return _substituted(previous, topics, question, _topics(question, glossary))
    pronoun = _PRONOUN.search(question)
    if pronoun is None and (_asks_itself(question) or not _CONTINUES.search(question)):
        return question
    subject = " ".join(span.of(previous) for span in topics) or _subject(previous)
    if pronoun is None:
        return f"{question} ({subject})"
    suffix = "'s" if pronoun.group().lower() in {"its", "their", "his"} else ""
    return f"{question[: pronoun.start()]}{subject}{suffix}{question[pronoun.end() :]}"


def _in_other_days(previous: str, question: str) -> str | None:
    """Ask the previous question of other days where only they are named ("and since March?"); else None."""
    today = date.today()  # only the places of the expressions count
    said = expressions(question, today=today)
    rest = "".join(question[: said[0].span.start] + question[said[-1].span.end :]) if said else question
    if not said or not _ONLY_JOINS.fullmatch(rest):
        return None
    days = Span(said[0].span.start, said[-1].span.end).of(question).strip()
    old = expressions(previous, today=today)
    if not old:
        blank = "" if detect(previous) == "zh" else " "
        end = "？" if detect(previous) == "zh" else "?"
        return f"{previous.rstrip('?？。. ')}{blank}{days}{end}"
    place = old[-1].span
    before, after = previous[: place.start].rstrip(), previous[place.end :]
    blank = "" if detect(previous) == "zh" or not before else " "
    return f"{before}{blank}{days}{after}"


def _subject(question: str) -> str:
    """Return what a question without names is about: in Chinese what stands before its verb, else all of it."""
    before = _BEFORE_VERB.match(question)
    return before.group() if before else question.rstrip("?？。. ")


def _asks_itself(question: str) -> bool:
    """Tell a whole question that merely begins with "and" from a fragment that needs the last one."""
    return kind_of(question) not in (Kind.OTHER,) or len(question.split()) > 8


def _topics(text: str, glossary: Glossary) -> list[Span]:
    """Return where a question's names stand: capitalised runs, numbers and terms, the longest where they overlap."""
    spans = [
        Span(m.start(), m.end())
        for m in _NAME.finditer(text)
        if not (m.start() == 0 and kind_of(m.group()) is not Kind.OTHER)
    ]
    spans = [s for s in spans if s.of(text).lower() not in STOP_EN]
    spans += [mention.span for mention in glossary.mentions(text) if mention.proper or mention.long]
    chosen: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start - s.end, s.start)):
        if all(span.end <= other.start or span.start >= other.end for other in chosen):
            chosen.append(span)
    return sorted(chosen, key=lambda s: s.start)


def _substituted(previous: str, old: Sequence[Span], question: str, new: Sequence[Span]) -> str:
    """Ask the previous question of the new name, in the place of its last old one."""
    name = " ".join(span.of(question) for span in new)
    if not old:
        return f"{previous.rstrip('?？。. ')} {name}?"
    alike = [span for span in old if _shape(span.of(previous)) == _shape(name)]
    replaced = (alike or old)[-1]
    return f"{previous[: replaced.start]}{name}{previous[replaced.end :]}"


def _shape(name: str) -> tuple[bool, bool]:
    """Tell a place from an abbreviation: written in Chinese, or all in capitals."""
    return detect(name) == "zh", sum(char.isupper() for char in name) > 1 and " " not in name


def units_of(text: str, analyzer: Analyzer, glossary: Glossary) -> list[Unit]:
    """Return what a question names, in order; words that only ask or join are none."""
    mentions = {mention.span.start: mention for mention in glossary.mentions(text)}
    units: list[Unit] = []
    covered = 0
    for place, token in enumerate(tokens := analyzer.tokens(text)):
        mention = mentions.get(token.span.start)
        if mention is not None and not _is_stop(token, text, alone=mention.span == token.span):
            surface = mention.span.of(text)
            own = tuple(t.term for t in tokens[place:] if t.span.end <= mention.span.end)
            others = tuple(other for other in mention.names if other != own)
            units.append(Unit(surface, own, others, _weight(surface, token) if len(own) == 1 else 1.0, mention.proper))
            covered = mention.span.end
        elif token.span.start >= covered and not _is_stop(token, text, alone=True):
            surface = token.span.of(text)
            units.append(Unit(surface, (token.term,), (), _weight(surface, token), _is_name(surface, token, place)))
    return list({unit.own: unit for unit in reversed(units)}.values())[::-1]


def _is_stop(token: Token, text: str, *, alone: bool) -> bool:
    if not alone:
        return False
    if _MEASURES.search(text, 0, token.span.start):
        return True  # "large" of "how large"
    word = token.span.of(text)
    return token.term in STOP_ZH if token.chinese else word.lower().rstrip("'’s") in STOP_EN or word.lower() in STOP_EN


def _weight(surface: str, token: Token) -> float:
    light = token.term in LIGHT_ZH if token.chinese else surface.lower() in LIGHT_EN or token.term in LIGHT_EN
    return LIGHT_WEIGHT if light else 1.0


def _is_name(surface: str, token: Token, place: int) -> bool:
    """Whether a word is a proper name or a number: a capital in the middle of a question, or digits."""
    if any(char.isdigit() for char in surface):
        return True
    if token.chinese:
        return False
    return surface[0].isupper() and (place > 0 or surface.isupper())
