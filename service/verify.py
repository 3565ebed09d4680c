"""Whether quotes support a statement: hard comparisons by code first, then the words that they share.

The verdict answers "do these quotes say this?", never "is this true?".

Where a statement is in another language than all of its quotes, they share no words. There only numbers, dates, names
in Latin script and similarity speak: two facts found and none missing carry the statement, one fact or a high
similarity makes it "partial", and nothing to compare makes it "unsupported".
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from corpus.article import Language
from corpus.language import CJK, Analyzer
from service.answer import Support
from service.quantities import Day, Number, Value, currencies, dates, is_spelled_quantity, numbers
from service.wording import SMALL_WORDS, NameIndex, clauses, fold, names, negated, opposed, quoted_terms, squash, words

Similarity = Callable[[str, Sequence[str]], list[float]]
"""Cosines, -1 to 1, of one text to each of several others."""

_CJK_CHAR = re.compile(f"[{CJK}]")

# A logistic fit of "supported" on the share of content words found and the number of facts missing, made on one half of
# the WiCE development claims (rows 2, 4, 6 ...). That fit has AUC 0.78 and F1 0.64 on the other half; made the other
# way round, 0.88 and 0.69. Only the fit is held out: the two features, and the sentences taken of a page, were chosen
# with both halves in view. Similarity, word pairs and length added nothing in repeated two-fold trials.
_BIAS, _COVERAGE, _MISSING = -4.4, 6.1, -0.96
_MOST_MISSING = 4  # the fit was made with longer counts cut to this

SUPPORTED = 0.37
"""Least score of a supported statement, where F1 was best on the half that was fitted: 63 % of its words are found."""

PARTIAL = 0.09
"""Least score of a partial one: a third of the words are found. Chosen, not fitted."""

_LEAST_ORDINARY = 0.5  # of the words that are no names: names alone don't show what is said about them; chosen
_CROSS_SIMILAR = 0.6  # chosen, not measured: which cosines translations have depends on the model
_SENTENCES = 4  # a claim draws on a few sentences of a page; more only collect its words from unrelated places
_LEAST_GAIN = 0.05  # a sentence that adds less of the claim is noise


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check found; ``score`` is the likelihood of support, 0 to 1, and ``reason`` one line on it."""

    support: Support
    reason: str
    score: float


@dataclass(frozen=True, slots=True)
class _Comparison:
    """Facts of a statement that stand in the quotes, that are missing from them, and that can't be told."""

    found: int
    missing: tuple[str, ...]
    doubts: tuple[str, ...]


def check(
    statement: str,
    quotes: Sequence[str],
    *,
    analyzer: Analyzer,
    similarity: Similarity | None = None,
    claim_context: Sequence[str] = (),
) -> Verdict:
    """Say whether ``quotes`` together support ``statement``.

    Args:
        statement: One sentence, without citation marks.
        quotes: Exact quotes, in any order.
        analyzer: Splits both into terms.
        similarity: Used only where statement and quotes are in different languages; it must read both.
        claim_context: What the reader also sees (title, headings, date). A fact that stands only there leaves the
            statement "partial" at most.

    Returns:
        "unsupported" where a number, date, name or quoted term is in none of the quotes, where one side denies what the
        other says, or where too few words are shared; "partial" where something can't be told.

    """
    if not any(quote.strip() for quote in quotes):
        return Verdict("unsupported", "there is no quote", 0.0)
    language = _language(statement)
    same = [quote for quote in quotes if _language(quote) == language]
    if not same:
        return _across_languages(statement, quotes, similarity, claim_context)
    terms = content_terms(statement, analyzer)
    if not terms and not numbers(statement):
        return Verdict("unsupported", "the statement says nothing that could be checked", 0.0)
    compared = _compare(statement, quotes, claim_context, analyzer)
    coverage = _coverage(terms, quotes, analyzer, numbers_found=not compared.missing)
    score = _score(coverage, len(compared.missing))
    if compared.missing:
        return Verdict("unsupported", compared.missing[0], _below(score, PARTIAL))
    conflict, doubts = _denials(statement, same, analyzer)
    if conflict or opposed(statement, " ".join(same)):
        return Verdict(
            "unsupported", conflict or "the statement says the opposite of the quotes", _below(score, PARTIAL)
        )
    ordinary = _ordinary_terms(statement, terms, analyzer)
    if ordinary and _coverage(ordinary, quotes, analyzer, numbers_found=True) < _LEAST_ORDINARY:
        doubts.append("the quotes say it in other words, or say something else of the same names")
    return _graded(score, f"{coverage:.0%} of its words stand in the quotes", [*compared.doubts, *doubts])


def claim_score(claim: str, evidence_sentences: Sequence[str], *, analyzer: Analyzer) -> float:
    """Return the likelihood, 0 to 1, that a few of a page's sentences together support ``claim``."""
    terms = content_terms(claim, analyzer)
    sentences = [set(analyzer.terms(sentence)) for sentence in evidence_sentences]
    chosen = [evidence_sentences[place] for place in _best_sentences(terms, sentences)]
    if not chosen:
        return check(claim, evidence_sentences, analyzer=analyzer).score
    compared = _compare(claim, chosen, (), analyzer)
    coverage = _coverage(terms, chosen, analyzer, numbers_found=not compared.missing)
    return _score(coverage, len(compared.missing))


def _language(text: str) -> Language:
    """Weigh Chinese characters against Latin *words*: a short Chinese sentence may be mostly names in Latin letters."""
    return "zh" if len(_CJK_CHAR.findall(text)) > len(words(text)) else "en"


def content_terms(text: str, analyzer: Analyzer) -> dict[str, str]:
    """Return the distinct terms of ``text`` that carry content, in order of appearance, with the word as written.

    Words like "thousand" and "percent" are left out: they are compared as a part of values.
    """
    found: dict[str, str] = {}
    for token in analyzer.tokens(text):
        word = token.span.of(text)
        if fold(word) not in SMALL_WORDS and not is_spelled_quantity(word):
            found.setdefault(token.term, word)
    return found


def _ordinary_terms(statement: str, terms: Mapping[str, str], analyzer: Analyzer) -> dict[str, str]:
    named = {analyzer.stem(name.text) for name in names(statement)} | set(analyzer.chinese_names(statement))
    return {term: word for term, word in terms.items() if term not in named and not term[0].isdigit()}


def _best_sentences(terms: Collection[str], sentences: Sequence[set[str]]) -> list[int]:
    """Pick sentences one by one, each for the rare words of the claim that it adds."""
    seen_in = Counter(term for sentence in sentences for term in sentence)
    weight = {term: math.log(1 + (len(sentences) + 1) / (seen_in[term] + 1)) for term in terms}
    total = sum(weight.values())
    left, chosen = set(terms), list[int]()
    while left and len(chosen) < _SENTENCES:
        gains = [sum(weight[term] for term in sentence & left) for sentence in sentences]
        best = max(range(len(sentences)), key=lambda place: (gains[place], -len(sentences[place])), default=None)
        if best is None or gains[best] < _LEAST_GAIN * total or not gains[best]:
            break
        chosen.append(best)
        left -= sentences[best]
    return chosen


def _coverage(terms: Mapping[str, str], quotes: Sequence[str], analyzer: Analyzer, *, numbers_found: bool) -> float:
    """Return the share of terms that stand in the quotes, names also in another form; 1.0 where there are none.

    ``numbers_found`` says that every number has been found by its value, however it is written.
    """
    shown = {term for quote in quotes for term in analyzer.terms(quote)}
    # Chinese words are also looked for as they stand, since both sides may be segmented differently
    text, index = analyzer.normalise("\n".join(quotes)), NameIndex(quotes)

    def found(term: str, word: str) -> bool:
        if term in shown:
            return True
        if term[0].isdigit():
            return numbers_found
        return index.holds(word) if word.isascii() and word[0].isupper() else not word.isascii() and term in text

    return sum(found(term, word) for term, word in terms.items()) / len(terms) if terms else 1.0


def _score(coverage: float, missing: int) -> float:
    return 1 / (1 + math.exp(-(_BIAS + _COVERAGE * coverage + _MISSING * min(missing, _MOST_MISSING))))


def _below(score: float, bound: float) -> float:
    """Squeeze a score under a bound and keep the order of scores."""
    return score * bound


def _graded(score: float, reason: str, doubts: Sequence[str]) -> Verdict:
    if score < PARTIAL:
        return Verdict("unsupported", reason, score)
    if score < SUPPORTED:
        return Verdict("partial", reason, score)
    return Verdict("partial", doubts[0], _below(score, SUPPORTED)) if doubts else Verdict("supported", reason, score)


@dataclass(frozen=True, slots=True)
class _Fact:
    """One fact of a statement; ``sure`` is False where its absence from the quotes proves nothing."""

    text: str
    here: bool
    in_context: bool
    sure: bool = True


class _Shown:
    """What some texts show, ready to be asked for one fact after the other."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.names = NameIndex(texts)
        self._values: set[Value] = {value for text in texts for number in numbers(text) for value in number.values}
        self._days = [day for text in texts for day in dates(text)]
        self._squashed = [squash(text) for text in texts]
        self.currencies = frozenset[str]().union(*(currencies(text) for text in texts))

    def number(self, number: Number) -> bool:
        return not self._values.isdisjoint(number.values)

    def day(self, said: Day) -> bool:
        return any(
            said.month == shown.month
            and said.day in {None, shown.day}
            and (
                said.year in {None, shown.year}
                or (shown.year is None and (float(said.year or 0), False) in self._values)
            )
            for shown in self._days
        )

    def text(self, text: str) -> bool:
        return any(squash(text) in shown for shown in self._squashed)


def _compare(statement: str, quotes: Sequence[str], context: Sequence[str], analyzer: Analyzer | None) -> _Comparison:
    """Hold each fact of the statement against the quotes and, where it isn't there, against the context.

    ``analyzer`` is None where the quotes are in another language: then only what looks the same in both is compared.
    """
    shown, around = _Shown(quotes), _Shown(context)
    facts = _quantity_facts(statement, shown, around) + _latin_name_facts(statement, shown, around, across=not analyzer)
    if analyzer:
        written = [*quoted_terms(statement), *analyzer.chinese_names(statement)]
        facts += [_Fact(text, shown.text(text), around.text(text)) for text in written]
    absent = [fact for fact in facts if not fact.here]
    return _Comparison(
        len({fact.text for fact in facts if fact.here}),
        tuple(f"“{fact.text}” is in none of the quotes" for fact in absent if fact.sure and not fact.in_context),
        tuple(f"“{fact.text}” is not in the quotes themselves" for fact in absent if not fact.sure or fact.in_context),
    )


def _quantity_facts(statement: str, shown: _Shown, around: _Shown) -> list[_Fact]:
    facts = [_Fact(n.text, shown.number(n), around.number(n)) for n in numbers(statement, with_dates=False)]
    facts += [_Fact(day.text, shown.day(day), around.day(day)) for day in dates(statement)]
    said = currencies(statement)
    if said and shown.currencies:  # quotes that name no currency can't contradict one
        facts += [_Fact(sign, sign in shown.currencies, in_context=False) for sign in sorted(said)]
    return facts


def _latin_name_facts(statement: str, shown: _Shown, around: _Shown, *, across: bool) -> list[_Fact]:
    missing, unknown = set(shown.names.missing(statement)), set(around.names.missing(statement))
    translated = across and _language(statement) == "en"  # Chinese quotes write most names in Chinese
    return [
        _Fact(name.text, name not in missing, name not in unknown, sure=name.sure and not translated)
        for name in names(statement)
    ]


def _denials(statement: str, quotes: Sequence[str], analyzer: Analyzer) -> tuple[str | None, list[str]]:
    """Compare who denies what, clause by clause; returns a contradiction, or doubts."""
    doubts: list[str] = []
    sentences = [[(set(analyzer.terms(clause)), negated(clause)) for clause in clauses(quote)] for quote in quotes]
    for clause in clauses(statement):
        terms = set(content_terms(clause, analyzer))
        ranked = [
            (len(terms & shown), denied, any(denial for _, denial in sentence))
            for sentence in sentences
            for shown, denied in sentence
        ]
        shared, denied, denied_nearby = max(
            ranked, default=(0, False, False), key=lambda entry: (entry[0], not entry[1])
        )
        if not terms or 2 * shared < len(terms) or negated(clause) == denied:
            continue
        if denied or not denied_nearby:
            return ("the quotes deny it" if denied else "the quotes don't deny it"), doubts
        doubts.append("it is not clear what the quotes deny")
    return None, doubts


def _across_languages(
    statement: str, quotes: Sequence[str], similarity: Similarity | None, context: Sequence[str]
) -> Verdict:
    compared = _compare(statement, quotes, context, None)
    similar = max(similarity(statement, quotes)) if similarity else 0.0
    # each fact found halves what is left of the doubt; similarity alone never passes for proof
    score = max(1 - 0.5**compared.found, 0.5 * max(similar, 0.0)) * (1 - SUPPORTED) + SUPPORTED * (compared.found >= 2)
    if compared.missing:
        return Verdict("unsupported", compared.missing[0], _below(score, PARTIAL))
    if negated(statement) != any(negated(quote) for quote in quotes):
        return Verdict("unsupported", "only one of statement and quotes denies something", _below(score, PARTIAL))
    if compared.found >= 2 and not compared.doubts:
        return Verdict("supported", f"{compared.found} facts stand in quotes of another language", score)
    if compared.found or similar >= _CROSS_SIMILAR:
        return Verdict("partial", "the quotes are in another language", PARTIAL + _below(score, SUPPORTED - PARTIAL))
    return Verdict(
        "unsupported", "nothing in it can be compared with quotes of another language", _below(score, PARTIAL)
    )
