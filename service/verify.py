"""Whether quotes support a statement: hard comparisons by code first, then the words that they share.

The verdict answers "do these quotes say this?", never "is this true?".

Where a statement is in another language than all of its quotes, numbers, dates, names and the words that a dictionary
knows are compared: two facts found and none missing carry the statement where half of its words do too, and so do more
words alone; one fact or a few words make it "partial", and nothing to compare makes it "unsupported".
"""

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from corpus.language import Analyzer
from service.checks.across_languages import across_languages
from service.checks.contradictions import contradictions
from service.checks.facts import Finding, compare_facts, language_of
from service.checks.formers import with_formers_named
from service.checks.institutions import put_together
from service.checks.literal import unquoted
from service.checks.translate import Translator
from service.checks.unsaid import unsaid_nouns
from service.checks.verdict import PARTIAL, SUPPORTED, Verdict, below, parts_of
from service.text.quantities import is_spelled_quantity, numbers
from service.text.spelt import spelt_alike, without_own_short_forms
from service.text.wording import SMALL_WORDS, fold, name_index, name_words
from service.text.words import BEING_EN

# A logistic fit of "supported" on the share of content words found and the number of facts missing, made on one half of
# the WiCE development claims (rows 2, 4, 6 ...). The two features, fitted anew on four fifths of all rows and tried on
# the last, have an AUC of 0.830 (mean of ten divisions); the number of sentences below was chosen on the same rows.
# What added nothing, or no more than 0.01, in such trials: similarity of the packaged embedder to the claim or its
# clauses, word pairs, words weighted by rarity, the best sentence alone, the sentences beside it, the page's title,
# lengths, facts counted by kind or as a share, and facts in another place.
_BIAS, _COVERAGE, _MISSING = -4.4, 6.1, -0.96
_MOST_MISSING = 4  # the fit was made with longer counts cut to this

_LEAST_ORDINARY = 0.5  # of the words that are no names: names alone don't show what is said about them; chosen
_SENTENCES = 4  # a claim draws on a few sentences of a page; more only collect its words from unrelated places
_LEAST_GAIN = 0.05  # a sentence that adds less of the claim is noise


def check(
    statement: str,
    quotes: Sequence[str],
    *,
    analyzer: Analyzer,
    translator: Translator | None = None,
    claim_context: Sequence[str] = (),
) -> Verdict:
    """Say whether ``quotes`` together support ``statement``.

    Args:
        statement: One sentence, without citation marks.
        quotes: Exact quotes, in any order.
        analyzer: Splits both into terms.
        translator: Knows words for the same in both languages; without one, statement and quotes in different
            languages are compared by facts alone.
        claim_context: What the reader also sees (title, headings). Its words and names count as shown, since it says
            what "it" in a quote is; a number, date or quoted term that stands only there leaves "partial" at most.

    Returns:
        "unsupported" where a number, date, name or quoted term is in none of the quotes, where they have another in its
        place, where one side denies what the other says, or where too few words are shared; "partial" where something
        can't be told.

    """
    if not any(quote.strip() for quote in quotes):
        return Verdict("unsupported", "there is no quote", 0.0)
    if unquoted(statement, quotes):
        return Verdict("unsupported", "an address or a code in it is in none of the quotes", 0.0, "term")
    written = map(spelt_alike, (without_own_short_forms(statement), *quotes))
    statement, *quotes = (with_formers_named(text, analyzer) for text in written)
    claim_context = [*map(spelt_alike, claim_context)]
    language = language_of(statement)
    same = [quote for quote in quotes if language_of(quote) == language]
    if not same:
        return across_languages(statement, quotes, translator, claim_context)
    return _within_one_language(statement, quotes, same, claim_context, analyzer, translator=translator)


def _within_one_language(
    statement: str,
    quotes: Sequence[str],
    same: Sequence[str],
    claim_context: Sequence[str],
    analyzer: Analyzer,
    *,
    translator: Translator | None,
) -> Verdict:
    """Compare facts with all quotes, and what is said of them with those in the statement's language (``same``).

    Words of the statement for what the quotes call otherwise, as ``translator`` knows, count as found.
    """
    told = [*quotes, *(translator.said_otherwise(statement, quotes) if translator else ())]
    terms = content_terms(statement, analyzer)
    if not terms and not numbers(statement):
        return Verdict("unsupported", "the statement says nothing that could be checked", 0.0)
    compared = compare_facts(statement, told, claim_context, analyzer)
    coverage = _coverage(terms, [*told, *claim_context], analyzer, numbers_found=not compared.missing)
    score = _score(coverage, len(compared.missing))
    refusals, doubts = contradictions(statement, same, analyzer)
    refusals, doubts = [*compared.missing, *refusals], [*compared.doubts, *doubts]
    says_more, names_more = _unsaid_parts(statement, [*told, *claim_context], analyzer)
    # nor is it enough where the context alone has words of the statement, or the quotes have one of several by chance
    shared = len(terms) * _coverage(terms, told, analyzer, numbers_found=True)
    if says_more or not (numbers(statement) or shared > min(1, len(terms) - 1)):
        refusals.append(Finding("overlap", "a part of it says what no quote speaks of"))
    if refusals:
        return Verdict("unsupported", refusals[0].reason, below(score, PARTIAL), refusals[0].kind)
    if name := put_together(statement, [*quotes, *claim_context]):
        doubts.append(Finding("name", f"the quotes have no “{name}”, but its words apart"))
    unsaid = unsaid_nouns(statement, [*told, *claim_context], analyzer, translator)
    doubts += [Finding("word", f"the quotes say nothing of “{noun}”") for noun in unsaid]
    ordinary = _ordinary_terms(statement, terms, analyzer)
    parts = [_ordinary_terms(part, content_terms(part, analyzer), analyzer) for part, _ in parts_of(statement)]
    untold = any(len(part) > 1 and not _coverage(part, told, analyzer, numbers_found=True) for part in parts)
    if names_more or untold:
        doubts.append(Finding("overlap", "the quotes show only a part of it"))
    if ordinary and _coverage(ordinary, told, analyzer, numbers_found=True) < _LEAST_ORDINARY:
        doubts.append(Finding("overlap", "the quotes say it in other words, or say something else of the same names"))
    return _graded(score, f"{coverage:.0%} of its words stand in the quotes", doubts)


def claim_score(claim: str, evidence_sentences: Sequence[str], *, analyzer: Analyzer) -> float:
    """Return the likelihood, 0 to 1, that a few of a page's sentences together support ``claim``."""
    terms = content_terms(claim, analyzer)
    sentences = [set(analyzer.terms(sentence)) for sentence in evidence_sentences]
    chosen = [evidence_sentences[place] for place in _best_sentences(terms, sentences)]
    if not chosen:
        return check(claim, evidence_sentences, analyzer=analyzer).score
    compared = compare_facts(claim, chosen, (), analyzer)
    coverage = _coverage(terms, chosen, analyzer, numbers_found=not compared.missing)
    return _score(coverage, len(compared.missing))


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
    named = {analyzer.stem(name.text) for name in name_words(statement)} | set(analyzer.chinese_names(statement))
    return {
        term: word
        for term, word in terms.items()
        if term not in named and not term[0].isdigit() and fold(word) not in BEING_EN
    }


def _unsaid_parts(statement: str, shown: Sequence[str], analyzer: Analyzer) -> tuple[bool, bool]:
    """Say whether a part ("… and is bankrupt") has not one ordinary word of some texts, and whether a subject has none.

    A subject may be the same in other words ("The reason is"). Where a number or a name is in a part, so may the rest.
    """
    says, names = False, False
    for part, is_subject in parts_of(statement):
        ordinary = _ordinary_terms(part, content_terms(part, analyzer), analyzer)
        fact = numbers(part) or name_words(part) or analyzer.chinese_names(part)
        if ordinary and not fact and not _coverage(ordinary, shown, analyzer, numbers_found=True):
            says, names = says or not is_subject, names or is_subject
    return says, names


def _best_sentences(terms: Collection[str], sentences: Sequence[set[str]]) -> list[int]:
    """Pick sentences one by one, each for the rare words of the claim that it adds."""
    seen_in = Counter(term for sentence in sentences for term in sentence)
    weight = {term: math.log(1 + (len(sentences) + 1) / (seen_in[term] + 1)) for term in terms}
    total = sum(weight.values())
    left, chosen = set(terms), list[int]()
    while left and len(chosen) < _SENTENCES:
        gains = [math.fsum(weight[term] for term in sentence & left) for sentence in sentences]
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
    text, index = analyzer.normalise("\n".join(quotes)), name_index(tuple(quotes))

    def found(term: str, word: str) -> bool:
        if term in shown:
            return True
        if term[0].isdigit():
            return numbers_found
        return index.holds(word) if word.isascii() and word[0].isupper() else not word.isascii() and term in text

    return sum(found(term, word) for term, word in terms.items()) / len(terms) if terms else 1.0


def _score(coverage: float, missing: int) -> float:
    return 1 / (1 + math.exp(-(_BIAS + _COVERAGE * coverage + _MISSING * min(missing, _MOST_MISSING))))


def _graded(score: float, reason: str, doubts: Sequence[Finding]) -> Verdict:
    if score < PARTIAL:
        return Verdict("unsupported", reason, score, "overlap")
    if score < SUPPORTED:
        return Verdict("partial", reason, score, "overlap")
    if doubts:
        return Verdict("partial", doubts[0].reason, below(score, SUPPORTED), doubts[0].kind)
    return Verdict("supported", reason, score, "found")
