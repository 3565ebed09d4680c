"""Whether quotes in the other language support a statement: by facts, and by the words that a dictionary knows."""

import re
from collections.abc import Sequence

from corpus.language import sentence_spans
from service.checks.amounts import contrarily_bounded, otherwise_bounded, otherwise_measured
from service.checks.facts import Finding, compare_facts
from service.checks.number_places import number_places
from service.checks.strength import claims_more
from service.checks.translate import NOTHING_CARRIED, Carried, Translator
from service.checks.verdict import PARTIAL, SUPPORTED, Verdict, below, parts_of
from service.text.quantities import Value, numbers
from service.text.wording import clauses, denials, name_index, name_words, negated, opposed

# Of a sentence in the other language: the share of its words with a known meaning that must be said, the share of all
# its words that these must be, and how many at least; then what leaves it partial. Chosen on one half of XQuAD's
# sentences and their translations, tried on the other: see docs/answers.md.
_TRANSLATED, _OF_ALL, _LEAST_SAID = 0.67, 0.2, 3
_PARTLY_TRANSLATED, _LEAST_PARTLY_SAID = 0.5, 2
_SPOKEN_OF = 0.5  # the same share where two facts stand in the quotes
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d年?")
_ASIDE = re.compile(r"\bwithout [a-z]+ing\b")  # it denies nothing of what is said besides


def across_languages(
    statement: str,
    quotes: Sequence[str],
    translator: Translator | None,
    context: Sequence[str],
) -> Verdict:
    """Judge a statement by quotes that are all in the other language; ``context`` is what the reader sees besides."""
    compared = compare_facts(statement, quotes, context, None)
    words = translator.carried(statement, quotes) if translator else NOTHING_CARRIED
    # each fact found halves what is left of the doubt
    told = max(1 - 0.5**compared.found, words.share)
    # of facts alone it is not told what is said of them
    spoken_of = compared.found >= 2 and (words.share >= _SPOKEN_OF or not words.known)
    carried = spoken_of or _is_translated(words, facts=compared.found)
    score = told * (1 - SUPPORTED) + SUPPORTED * carried
    refusals = [*compared.missing, *_across_refusals(statement, quotes, context, translator)]
    if refusals:
        return Verdict("unsupported", refusals[0].reason, below(score, PARTIAL), refusals[0].kind)
    doubtful = (
        compared.doubts
        or words.hinted
        or _is_partly_silent(statement, quotes, translator)
        or _denies_more(statement, quotes)
        or _counts_in_another_order(statement, quotes)
        or any(otherwise_bounded(statement, quotes))
        or any(claims_more(statement, quotes))
    )
    if carried and not doubtful:
        reason = f"{compared.found} facts and {words.said} words stand in quotes of another language"
        return Verdict("supported", reason, score, "found")
    partly = words.share >= _PARTLY_TRANSLATED and words.said >= _LEAST_PARTLY_SAID
    if compared.found or partly or words.hinted:
        return Verdict(
            "partial", "the quotes are in another language", PARTIAL + below(score, SUPPORTED - PARTIAL), "language"
        )
    return Verdict(
        "unsupported",
        "nothing in it can be compared with quotes of another language",
        below(score, PARTIAL),
        "language",
    )


def _is_translated(words: Carried, *, facts: int) -> bool:
    return words.said + facts >= _LEAST_SAID and words.share >= _TRANSLATED and words.said >= _OF_ALL * words.words


def _across_refusals(
    statement: str, quotes: Sequence[str], context: Sequence[str], translator: Translator | None
) -> list[Finding]:
    """Return what speaks against a statement in another language than its quotes, beside facts that are missing."""
    found: list[Finding] = []
    if translator:
        missing = translator.carried(statement, [*quotes, *context]).missing
        found += [Finding("name", f"the name “{name}” is not in the quotes") for name in missing]
    told = [
        part for quote in quotes for span in sentence_spans(quote) for part in clauses(_ASIDE.sub("", span.of(quote)))
    ]
    if negated(statement):
        clash = not any(map(negated, told))
    else:
        nearest = (_nearest(part, told, translator) for part in (statement, *clauses(statement)))
        clash = any(parts and all(map(negated, parts)) for parts in nearest)
    if clash:
        found.append(Finding("negation", "only one of statement and quotes denies something"))
    if translator:
        places = number_places(statement, quotes, lambda part, clause: _told(part, clause, translator))
        exchanged = [place.number for place in places if place.told == "exchanged"]
        found += [Finding("elsewhere", f"the quotes have “{number}” of something else") for number in exchanged]
    if opposed(statement, " ".join(quotes)):
        found.append(Finding("opposite", "the statement says the opposite of the quotes"))
    return [*found, *otherwise_measured(statement, quotes), *contrarily_bounded(statement, quotes)]


def _nearest(statement: str, parts: Sequence[str], translator: Translator | None) -> Sequence[str]:
    """Return the parts of the quotes that say the most known words of a statement, all where nothing tells of any.

    None are returned where one word alone does.
    """
    shared = [translator.carried(statement, [part]).said if translator else 0 for part in parts]
    most = max(shared, default=0)
    return [part for part, count in zip(parts, shared, strict=True) if count == most != 1]


def _told(part: str, clause: str, translator: Translator) -> int:
    """Return how many words of a part in one language a clause in the other one says, names in Latin script too."""
    names = name_words(part)
    return translator.carried(part, [clause]).said + len(names) - len(name_index((clause,)).missing(part))


def _denies_more(statement: str, quotes: Sequence[str]) -> bool:
    """Whether statement and quotes deny another number of times: of which things can't be told across languages."""
    return len(denials(statement)) != sum(len(denials(quote)) for quote in quotes)


def _counts_in_another_order(statement: str, quotes: Sequence[str]) -> bool:
    """Whether numbers come in another order than in a quote: of what each of them is can't be told across languages."""
    said = _counts(statement)
    for quote in quotes:
        shown = _counts(quote)
        places = [next((at for at, values in enumerate(shown) if values & each), None) for each in said]
        found = [place for place in places if place is not None]
        if found != sorted(found):
            return True
    return False


def _counts(text: str) -> list[frozenset[Value]]:
    """Return the values of the numbers that belong to no date, in their order."""
    found = [number for number in numbers(text, with_dates=False) if not _YEAR.fullmatch(number.text)]
    return [number.values for number in sorted(found, key=lambda number: text.find(number.text))]


def _is_partly_silent(statement: str, quotes: Sequence[str], translator: Translator | None) -> bool:
    """Whether a part of the statement says something of its own of which the quotes have not one known word."""
    if not translator:
        return False
    parts = [part for part, _ in parts_of(statement) if not (numbers(part) or name_words(part))]
    told = [translator.carried(part, quotes) for part in parts]
    return any(part.known > 1 and not part.said for part in told)
