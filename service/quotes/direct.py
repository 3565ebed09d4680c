"""The few words of a quote that answer by themselves: a date, a number with its unit, a name, the items of a list.

It points only where one thing in the best sentence can be meant; where two can, no few words are given and the quotes
answer alone. What it gives is always a stretch of the article's own text.
"""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise, takewhile

from corpus.article import Span
from corpus.language import Analyzer, Token
from service.answer import Citation, Direct
from service.cite import BrokenQuote
from service.evidence import ScoredSentence
from service.question.kinds import Kind
from service.question.units import terms_of
from service.quotes.clauses import clauses_of, tells_of_asked
from service.sentences.owners import names_another, tells_of_the_past
from service.sentences.presence import NAMED, presence
from service.sentences.tables import cell_asked_for, header_of
from service.text.measures import measures_asked
from service.text.mentions import Amount, Measure, amounts, lists, name_spans, times
from service.text.words import POSSESSIVE_END, STOP_EN
from service.understand import Understood

LEAST_HELD = 0.5  # of the question's weight that the sentence must hold for its date or number to be the one asked for

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
_NAMED_NEXT = re.compile(r" [A-Z][a-z]")  # "…, Brill's director Ben Colm"
_PROPER = re.compile(r"[a-z]{2}|[A-Z]{3}")  # "Rollo" and "IBM", but neither "II" nor an initial
_PLACED = re.compile(r"\b(?:in|at|from|of|near|on)(?: the)? $", re.IGNORECASE)
_JOINS = re.compile(r"(?P<and>,? and )|, ")
_AFTER = 3  # words after a number among which the thing that it counts stands
_LONG_ITEM = re.compile(r"(?:[^\s,;、；]+ ){8}[^\s,;、；]|[^\x00-\xff]{25}")  # no name, but a clause
_LEAD_CHARS, _LEAD_WORDS = 60, 6  # before an enumeration, among which a word of the question stands
_UNSAID = re.compile(
    r"\s*(?:[,.;:)），。；、]|$|(?:were|was|are|is|have|has|had|did|do|in|of (?:them|these|those)|more|others?)\b)"
)
_STOPS = re.compile(r"[,;:，；：。、()（）]|\b(?:and|or|in|on|with|that|which|who|for|to)\b")

_QUESTIONS = re.compile(r"\b(?:who|what|when|where|which|why|how)\b|[谁哪何]|多少|什么|几", re.IGNORECASE)
_MOST_QUESTIONS = 2  # words that ask; more are a list of questions

Finder = Callable[[str, Understood, Analyzer], Span | None]


def point_at(question: Understood, sentence: ScoredSentence, analyzer: Analyzer) -> Span | None:
    """Return where in the article of ``sentence`` the few words stand that answer, or None where that is not plain."""
    if question.of_articles:
        return None
    finder, header = _FINDERS.get(question.kind), header_of(sentence.sentence, sentence.article)
    if (finder or header) is None or _held(question, sentence) < LEAST_HELD or not _tells(question, sentence):
        return None
    if _is_of_another(question, sentence, analyzer) or _asks_for_more(question, sentence):
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
    """Whether a sentence holds what is asked of a name: its date is else the date of something else."""
    told = {p for p, unit in enumerate(question.units) if unit.telling}
    if question.kind is not Kind.WHEN:
        return not told or bool(told & sentence.holds)
    if not told:
        light = {p for p, unit in enumerate(question.units) if not unit.name}
        return not light or bool(light & sentence.holds)
    if question.language == "zh" and max(told) not in sentence.holds:
        return False  # the verb comes last: 什么时候全国实施
    lacking = len(told - sentence.holds)
    return lacking == 0 if sentence.article.language != question.language else 2 * lacking < len(told)


def _is_of_another(question: Understood, sentence: ScoredSentence, analyzer: Analyzer) -> bool:
    """Whether a sentence lacks the name that is asked about and has another: "Norvane, founded in 2011"."""
    asked = {place for place, unit in enumerate(question.units) if unit.proper}
    unnamed = bool(asked) and asked.isdisjoint(sentence.holds) and question.kind is Kind.WHEN
    return unnamed and names_another(sentence.text, question.text, analyzer)


def _asks_for_more(question: Understood, sentence: ScoredSentence) -> bool:
    """Whether a sentence tells but part of what is asked: of one of two names, or one of several questions."""
    names = {place for place, unit in enumerate(question.units) if unit.proper}
    one_of_two = question.joins_names and len(names) > 1 and not names <= sentence.holds
    return one_of_two or len(_QUESTIONS.findall(question.text)) > _MOST_QUESTIONS


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
    place = _one(found, text, question, analyzer)
    return place if place and tells_of_asked(place, text, question, analyzer) else None


def _one(found: Sequence[Span], text: str, question: Understood, analyzer: Analyzer) -> Span | None:
    """Return the only one, or the only one of the clause that holds all of the question that the others' clauses do."""
    if len(found) < 2:
        return found[0] if found else None
    clauses = [clause for clause in clauses_of(text) if any(clause.start <= s.start < clause.end for s in found)]
    held = [_units_in(clause.of(text), question, analyzer) for clause in clauses]
    best = max(range(len(clauses)), key=lambda place: len(held[place]))
    alone = all(units < held[best] for place, units in enumerate(held) if place != best)
    inside = [span for span in found if clauses[best].start <= span.start < clauses[best].end]
    return inside[0] if alone and len(inside) == 1 else None


def _units_in(clause: str, question: Understood, analyzer: Analyzer) -> set[int]:
    terms = analyzer.terms(clause)
    return {place for place, unit in enumerate(question.units) if presence(unit, terms) >= NAMED}


def _quantity(text: str, question: Understood, analyzer: Analyzer) -> Span | None:
    """Return the number that counts what the question counts, or the one of the measure that it asks for."""
    found = [amount for amount in amounts(text) if amount.number.of(text).lower() not in question.text.lower()]
    counted = _with_other_names(_counted(question, analyzer), question)
    if counted:
        spans = [span for amount in found if (span := _with_counted(amount, counted, text, analyzer))]
        bare = [amount.span for amount in found if _counts_unsaid(amount, text)]
        place = _one([*spans, *bare], text, question, analyzer) if spans else None
        return _with_rest(place, text, question, analyzer) if place in spans else None
    measures = measures_asked(question.text)
    if measures == {Measure.MONEY} and any(amount.measure is Measure.PERCENT for amount in found):
        return None  # a fee may be told by a share, and the sum be that of which it is one
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


def _with_other_names(counted: set[str], question: Understood) -> set[str]:
    """Return terms with those of the other names of what they are: firms are companies."""
    named = (unit.phrases for unit in question.units if unit.own[-1] in counted)
    return counted | {phrase[-1] for phrases in named for phrase in phrases}


def _counts_unsaid(amount: Amount, text: str) -> bool:
    """Whether a number leaves unsaid what it counts, which may be what is asked for: "Brill employs 1,200."."""
    return amount.measure is Measure.COUNT and bool(_UNSAID.match(text, amount.span.end))


def _with_rest(place: Span | None, text: str, question: Understood, analyzer: Analyzer) -> Span | None:
    """Return a number in Chinese with all of what it counts: 13个设区市, of which the first word is but a part."""
    counted = _COUNTED_ZH.search(question.text)
    if place is None or not counted:
        return place
    end = place.end
    first, *rest = analyzer.tagged(question.text[counted.end() :])
    nouns = "".join(word for word, _ in takewhile(lambda word: word[1].startswith("n"), rest))
    whole = text[:end].endswith(first[0]) and text.startswith(nouns, end)
    return Span(place.start, end + len(nouns)) if whole else place


def _with_counted(amount: Amount, counted: set[str], text: str, analyzer: Analyzer) -> Span | None:
    """Return the number with the words up to the thing that it counts, None where it counts something else."""
    after = text[amount.number.end : amount.number.end + 60]
    end = None
    for token in analyzer.tokens(after)[: _AFTER + 1 + len(counted)]:
        if _STOPS.search(after, 0, token.span.start):
            break
        if token.term in counted:
            end = amount.number.end + token.span.end
        if end and (token.term not in counted or token.span.of(after).endswith("s")):
            break  # "devices" of "AI devices use"
    return Span(amount.number.start, end) if end else None


def _who(text: str, question: Understood, analyzer: Analyzer) -> Span | None:
    """Return the one name beside what the question says of a person, with those joined to it.

    It is there as doer, after "by", or with a role.
    """
    if tells_of_the_past(text, question.text):
        return None
    asked = {term for unit in question.units if not unit.name for term in unit.own}
    known = set(analyzer.terms(question.text))
    tokens = analyzer.tokens(text)
    found: list[Span] = []
    spans = [_without_role(name, text, asked, analyzer) for name in name_spans(text)]
    names = [name for name in spans if not _PLACED.search(text, 0, name.start)]
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


def _without_role(name: Span, text: str, asked: set[str], analyzer: Analyzer) -> Span:
    """Return a name without the role in it that is asked about: Ada Brill of "Ulverby's CEO Ada Brill"."""
    tokens = analyzer.tokens(name.of(text))
    behind = [second for first, second in pairwise(tokens) if first.term in asked]
    return Span(name.start + behind[-1].span.start, name.end) if behind else name


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
    return any(
        token.term in asked
        and not _STOPS.search(text, said[0].span.start, token.span.end)
        and not _NAMED_NEXT.match(text, token.span.end)
        for token in said
    )


def _list(text: str, question: Understood, analyzer: Analyzer) -> Span | None:
    """Return the items of the one enumeration that is led in by words of the question."""
    if not _SEVERAL.search(question.text):
        return None
    asked = terms_of(question.units)
    found = [
        items
        for lead, items in lists(text)
        if not _LONG_ITEM.search(items.of(text))
        and asked & set(analyzer.terms(text[max(0, lead - _LEAD_CHARS) : lead])[-_LEAD_WORDS:])
    ]
    return found[0] if len(found) == 1 else None


_FINDERS: dict[Kind, Finder] = {Kind.WHEN: _when, Kind.QUANTITY: _quantity, Kind.WHO: _who, Kind.LIST: _list}
