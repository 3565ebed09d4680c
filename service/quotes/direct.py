"""The few words of a quote that answer by themselves: a date, a number with its unit, a name, the items of a list.

It points only where one thing in the best sentence can be meant; where two can, no few words are given and the quotes
answer alone. What it gives is always a stretch of the article's own text.
"""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from corpus.article import Span
from corpus.language import Analyzer, Token
from service.answer import Citation, Direct
from service.cite import BrokenQuote
from service.evidence import ScoredSentence
from service.question.kinds import Kind
from service.question.units import terms_of
from service.sentences.owners import names_another
from service.sentences.tables import cell_asked_for, header_of
from service.text.measures import measures_asked
from service.text.mentions import Amount, amounts, lists, name_spans, times
from service.text.words import POSSESSIVE_END, STOP_EN
from service.understand import Understood

LEAST_HELD = 0.5  # of the question's weight that the sentence must hold for its date or number to be the one asked for

_CLAUSE = re.compile(
    r"[;；。]|, (?=(?:and|but|while|whereas|which|who|where|when|then|after|before)\b)"
    r"|\b(?=(?:but|while|whereas|before|after)\b)"
)
_DIGITS = re.compile(r"\d+")
_GRANULES = (
    (re.compile(r"\b(?:what|which) century\b|哪个?世纪", re.IGNORECASE), re.compile(r"centur|世纪")),
    (re.compile(r"\b(?:what|which) decade\b|什么年代|哪个年代", re.IGNORECASE), re.compile(r"\d0s|年代")),
    (
        re.compile(r"\b(?:what|which) (?:day|date)\b|哪天|几号|哪一天", re.IGNORECASE),
        re.compile(r"[A-Za-z].*\d|月.*[日号]"),
    ),
    (re.compile(r"\b(?:what|which) month\b|几月|哪个月", re.IGNORECASE), re.compile(r"[A-Z][a-z]{2}|月")),
    (re.compile(r"\byear\b|哪一?年", re.IGNORECASE), re.compile(r"\d{3}")),
)
_COUNTED_EN = re.compile(r"\b(?:how many|number of|amount of)((?: [A-Za-z'’-]+){1,4})", re.IGNORECASE)
_COUNTED_ZH = re.compile(
    r"(?:多少|几)(?:[个家所名位项座种次条件款部间篇艘架辆台届期批支只层]|公[里顷亩斤])?(?=[\u4e00-\u9fff])"
)
_VERBS = frozenset(
    "is are was were do does did has have had can could will would may might must should be been there in at of on "
    "from for by to with that who which".split()
)
_NAME_ENDS = re.compile(r"[,.;:)]|$|\s(?:in|on|at|and|to|with|from|for|as|who|which|was|is|\d)", re.IGNORECASE)
_SEVERAL = re.compile(
    r"\b(?:what|which) (?:are|were)\b|\bexamples\b|\b(?:what|which) [a-z-]+s\b|\bsome of\b"
    r"|\b(?:what|which) (?:[a-z-]+ ){1,2}[a-z-]+s (?:are|were|do|did|have|had|can|could)\b|哪[些几]",
    re.IGNORECASE,
)
_UNFIT = re.compile(r"[\[\]\n]")  # a footnote's mark would read as one of ours
_BY = re.compile(r"(?<= )by (?:the )?(?:[a-z-]+ ){0,3}$")
_ROLE_AFTER = re.compile(r"(?:, |,? (?:is|was|as) )(?:the |its |an? )?")
_PROPER = re.compile(r"[a-z]{2}|[A-Z]{3}")  # "Rollo" and "IBM", but neither "II" nor an initial
_PLACED = re.compile(r"\b(?:in|at|from|of|near|on)(?: the)? $", re.IGNORECASE)
_JOINS = re.compile(r"(?P<and>,? and )|, ")
_AFTER = 3  # words after a number among which the thing that it counts stands
_LEAD_CHARS, _LEAD_WORDS = 60, 6  # before an enumeration, among which a word of the question stands
_STOPS = re.compile(r"[,;:，；：。、()（）]|\b(?:and|or|in|on|with|that|which|who|for|to)\b")

Finder = Callable[[str, Understood, Analyzer], Span | None]


def point_at(question: Understood, sentence: ScoredSentence, analyzer: Analyzer) -> Span | None:
    """Return where in the article of ``sentence`` the few words stand that answer, or None where that is not plain."""
    finder, header = _FINDERS.get(question.kind), header_of(sentence.sentence, sentence.article)
    if (finder or header) is None or _held(question, sentence) < LEAST_HELD or not _tells(question, sentence):
        return None
    if _is_of_another(question, sentence, analyzer):
        return None
    if header:
        place = cell_asked_for(sentence.text, header.of(sentence.article.text), question.units, analyzer)
    else:
        place = finder(sentence.text, question, analyzer) if finder else None
    if place is None:
        return None
    whole = place.of(sentence.text)
    said = POSSESSIVE_END.sub("", whole.strip())
    start = sentence.sentence.span.start + place.start + len(whole) - len(whole.lstrip())
    return Span(start, start + len(said)) if said and not _UNFIT.search(said) else None


def verify_direct(direct: Direct, citations: Sequence[Citation]) -> None:
    """Check, before an answer is sent, that its few words stand in the quote that they name; raises BrokenQuote."""
    for citation in citations:
        if citation.number == direct.citation:
            said = citation.quote[max(0, direct.start - citation.start) : max(0, direct.end - citation.start)]
            if direct.start >= citation.start and said == direct.text:
                return
    raise BrokenQuote(f"“{direct.text}” is not what the article says at {direct.start}..{direct.end}")


def _held(question: Understood, sentence: ScoredSentence) -> float:
    whole = sum(unit.weight for unit in question.units)
    held = sum(unit.weight for place, unit in enumerate(question.units) if place in sentence.holds)
    return held / whole if whole else 0.0


def _tells(question: Understood, sentence: ScoredSentence) -> bool:
    """Whether a sentence holds anything of what is asked of a name: its date is else the date of something else."""
    told = {p for p, unit in enumerate(question.units) if unit.telling}
    return not told or bool(told & sentence.holds)


def _is_of_another(question: Understood, sentence: ScoredSentence, analyzer: Analyzer) -> bool:
    """Whether a sentence lacks the name that is asked about and has another: "Norvane, founded in 2011"."""
    asked = {place for place, unit in enumerate(question.units) if unit.proper}
    unnamed = bool(asked) and asked.isdisjoint(sentence.holds) and question.kind is Kind.WHEN
    return unnamed and names_another(sentence.text, question.text, analyzer)


def _when(text: str, question: Understood, analyzer: Analyzer) -> Span | None:
    """Return the one time, or the one in the clause that holds most of the question; none that the question names."""
    asked = set(_DIGITS.findall(question.text))
    fit = next((held for asks, held in _GRANULES if asks.search(question.text)), None)
    found = [
        span
        for span in times(text)
        if not (digits := _DIGITS.findall(span.of(text))) or not set(digits) <= asked
        if fit is None or fit.search(span.of(text))
    ]
    return _one(found, text, question, analyzer)


def _one(found: Sequence[Span], text: str, question: Understood, analyzer: Analyzer) -> Span | None:
    """Return the only one, or the only one of the clause that holds more of the question than the others' clauses."""
    if len(found) < 2:
        return found[0] if found else None
    asked = terms_of(question.units)
    cuts = [0, *(m.start() for m in _CLAUSE.finditer(text) if m.start()), len(text)]
    clauses = [Span(a, b) for a, b in pairwise(cuts)]
    held = {
        clause: len(asked & {token.term for token in analyzer.tokens(clause.of(text))})
        for clause in clauses
        if any(clause.start <= span.start < clause.end for span in found)
    }
    best = max(held, key=lambda clause: held[clause])
    inside = [span for span in found if best.start <= span.start < best.end]
    alone = all(held[best] > count for clause, count in held.items() if clause != best)
    return inside[0] if alone and len(inside) == 1 else None


def _quantity(text: str, question: Understood, analyzer: Analyzer) -> Span | None:
    """Return the number that counts what the question counts, or the one of the measure that it asks for."""
    found = [amount for amount in amounts(text) if amount.number.of(text).lower() not in question.text.lower()]
    counted = _counted(question, analyzer)
    if counted:
        spans = [span for amount in found if (span := _with_counted(amount, counted, text, analyzer))]
        return _one(spans, text, question, analyzer) if spans else None
    measures = measures_asked(question.text)
    return _one([a.span for a in found if a.measure in measures], text, question, analyzer) if measures else None


def _counted(question: Understood, analyzer: Analyzer) -> set[str]:
    """Return the terms of what "how many" counts."""
    if match := _COUNTED_EN.search(question.text):
        words: list[str] = []
        for word in match[1].split():
            if word.lower() in _VERBS:
                break
            words.append(word)
        return {analyzer.stem(word) for word in words}
    match = _COUNTED_ZH.search(question.text)
    tokens = analyzer.tokens(question.text[match.end() :]) if match else []
    return {tokens[0].term} if tokens else set()


def _with_counted(amount: Amount, counted: set[str], text: str, analyzer: Analyzer) -> Span | None:
    """Return the number with the words up to the thing that it counts, None where it counts something else."""
    after = text[amount.number.end : amount.number.end + 60]
    for token in analyzer.tokens(after)[: _AFTER + 1]:
        if _STOPS.search(after, 0, token.span.start):
            return None
        if token.term in counted:
            return Span(amount.number.start, amount.number.end + token.span.end)
    return None


def _who(text: str, question: Understood, analyzer: Analyzer) -> Span | None:
    """Return the one name beside what the question says of a person, with those joined to it.

    It is there as doer, after "by", or with a role.
    """
    asked = {term for unit in question.units if not unit.name for term in unit.own}
    known = set(analyzer.terms(question.text))
    tokens = analyzer.tokens(text)
    found: list[Span] = []
    names = [name for name in name_spans(text) if not _PLACED.search(text, 0, name.start)]
    for name in names:
        said = name.of(text)
        if known & set(analyzer.terms(said)) - STOP_EN or said.endswith(("'", "’")) or not _PROPER.search(said):
            continue
        before = [token for token in tokens if token.span.end <= name.start]
        after = [token for token in tokens if token.span.start >= name.end]
        done = _done_by(text, before, name, asked) or _does(text, after, name, asked)
        if done or _has_role(text, before, after, name, asked):
            found.append(name)
    return _with_joined(found[0], names, text) if len(found) == 1 else None


def _with_joined(name: Span, names: Sequence[Span], text: str) -> Span:
    """Return a name with those before and behind it that "and" joins to it: "by Ada Brill, Ben Colm and Cy Dent"."""
    start, end, place = name.start, name.end, names.index(name)
    reached = end
    for other in names[place + 1 :]:
        if not (joint := _JOINS.fullmatch(text, reached, other.start)):
            break
        reached = other.end
        end = reached if joint["and"] else end
    for other in reversed(names[:place]):
        joint = _JOINS.fullmatch(text, other.end, start)
        if not joint or (start == name.start and not joint["and"]):
            break
        start = other.start
    return Span(start, end)


def _done_by(text: str, before: Sequence[Token], name: Span, asked: set[str]) -> bool:
    """Tell "was founded by the botanist NAME"."""
    match = _BY.search(text[: name.start])
    if match is None or not _NAME_ENDS.match(text, name.end):
        return False
    return any(token.term in asked for token in before[-8:] if 0 <= match.start() - token.span.end <= 12)


def _does(text: str, after: Sequence[Token], name: Span, asked: set[str]) -> bool:
    """Tell "NAME led" and "NAME briefly led", but neither "NAME's" nor "NAME and"."""
    if not after or text[name.end : after[0].span.start] != " ":
        return False
    adverb = len(after) > 1 and after[0].span.of(text).endswith("ly")
    return after[0].term in asked or (adverb and after[1].term in asked)


def _has_role(text: str, before: Sequence[Token], after: Sequence[Token], name: Span, asked: set[str]) -> bool:
    """Tell "its director, NAME", "director NAME" and "NAME, its director"."""
    if before and before[-1].term in asked and text[before[-1].span.end : name.start] in {" ", ", "}:
        return True
    match = _ROLE_AFTER.match(text, name.end)
    said = [token for token in after if match and token.span.start >= match.end()][:2]
    return any(token.term in asked and not _STOPS.search(text, said[0].span.start, token.span.end) for token in said)


def _list(text: str, question: Understood, analyzer: Analyzer) -> Span | None:
    """Return the items of the one enumeration that is led in by words of the question."""
    if not _SEVERAL.search(question.text):
        return None
    asked = terms_of(question.units)
    found = [
        items
        for lead, items in lists(text)
        if asked & set(analyzer.terms(text[max(0, lead - _LEAD_CHARS) : lead])[-_LEAD_WORDS:])
    ]
    return found[0] if len(found) == 1 else None


_FINDERS: dict[Kind, Finder] = {Kind.WHEN: _when, Kind.QUANTITY: _quantity, Kind.WHO: _who, Kind.LIST: _list}
