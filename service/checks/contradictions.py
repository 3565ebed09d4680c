"""What quotes in a statement's own language say otherwise than it does, and what they may."""

from collections.abc import Iterator, Sequence

from corpus.language import Analyzer
from service.checks.alignment import Clash, QuoteWords
from service.checks.amounts import contrarily_bounded, otherwise_bounded, otherwise_measured
from service.checks.doers import done_by_another, turned_round
from service.checks.facts import Finding
from service.checks.labels import mislabelled
from service.checks.number_places import Place, number_places, words_shared
from service.checks.relations import exchanged_relation
from service.checks.reversal import another_subject, exchanged, subject_exchanged, turned_about
from service.checks.roles import role_exchanged
from service.checks.speakers import said_by_another
from service.checks.strength import claims_more, ranked_otherwise, ranks_higher, told_as_fact
from service.text.quantities import numbers
from service.text.wording import fold, name_index, opposed


def contradictions(statement: str, quotes: Sequence[str], analyzer: Analyzer) -> tuple[list[Finding], list[Finding]]:
    """Return what the quotes say otherwise, in the same place or of the same thing, and what they may."""
    refusals, doubts = _misplaced(statement, quotes, analyzer)
    if opposed(statement, " ".join(quotes)):
        refusals.append(Finding("opposite", "the statement says the opposite of the quotes"))
    if turned_round(statement, " ".join(quotes), analyzer):
        refusals.append(Finding("opposite", "the quotes have doer and done-to the other way round"))
    if other := done_by_another(statement, " ".join(quotes), analyzer):
        refusals.append(Finding("opposite", f"the quotes say that it is done by “{other}”"))
    refusals += [*_exchanges(statement, quotes, analyzer), *otherwise_measured(statement, quotes)]
    refusals += [*contrarily_bounded(statement, quotes), *ranked_otherwise(statement, quotes)]
    match mislabelled(statement, quotes, analyzer):
        case "another":
            refusals.append(Finding("name", "the quotes say it of something else than its label"))
        case "unknown":
            doubts.append(Finding("overlap", "the quotes have it under another label"))
    doubts += [*otherwise_bounded(statement, quotes), *claims_more(statement, quotes)]
    doubts += ranks_higher(statement, quotes)
    doubts += [*told_as_fact(statement, quotes, analyzer), *said_by_another(statement, quotes)]
    return refusals, doubts


def _misplaced(statement: str, quotes: Sequence[str], analyzer: Analyzer) -> tuple[list[Finding], list[Finding]]:
    """Return what the quotes have otherwise in the same place, and what they have in another one."""
    refusals, doubts = list[Finding](), list[Finding]()
    absent = frozenset(name.text for name in name_index(tuple(quotes)).unshared(statement))
    places = [*number_places(statement, quotes, words_shared(analyzer))]
    for clash in QuoteWords(quotes, analyzer).clashes(statement, analyzer, absent):
        match clash.kind:
            case "negation":
                said = "the quotes don't deny it" if clash.said else "the quotes deny it"
                refusals.append(Finding("negation", said))
            case "doubt":
                doubts.append(Finding("negation", "it is not clear that the quotes deny it"))
            case "astray":
                doubts.append(Finding("elsewhere", f"the quotes have “{clash.said}” of something else"))
            case "elsewhere":
                doubts.append(Finding("elsewhere", f"the quotes have “{clash.shown}” where it has “{clash.said}”"))
            case _ if not _is_told_here(clash, places):
                reason = f"the quotes have “{clash.shown}” where it has “{clash.said}”"
                refusals.append(Finding(clash.kind, reason))
    for place in places:
        if place.told == "exchanged":
            refusals.append(Finding("elsewhere", f"the quotes have “{place.number}” of something else"))
    return refusals, doubts


def _is_told_here(clash: Clash, places: Sequence[Place]) -> bool:
    """Whether a number clashes with another of a sentence in which its own clause tells what the statement does."""
    shown = {value for number in numbers(clash.shown) for value in number.values}
    return any(
        place.told == "here" and place.number == fold(clash.said) and not place.rivals.isdisjoint(shown)
        for place in places
    )


def _exchanges(statement: str, quotes: Sequence[str], analyzer: Analyzer) -> Iterator[Finding]:
    """Yield what the statement has in each other's place, though the quotes have all of its words."""
    if word := turned_about(statement, quotes, analyzer) or subject_exchanged(statement, quotes, analyzer):
        yield Finding("opposite", f"the quotes have both sides of “{word}” the other way round")
    if pair := exchanged(statement, quotes, analyzer):
        yield Finding("opposite", f"the quotes tell of “{pair[0]}” what it tells of “{pair[1]}”")
    if names := another_subject(statement, quotes, analyzer):
        yield Finding("opposite", f"the quotes tell of “{names[1]}” what it tells of “{names[0]}”")
    if role := role_exchanged(statement, quotes, analyzer):
        yield Finding("opposite", f"the quotes have something else of its words as “{role}”")
    match exchanged_relation(statement, quotes, analyzer):
        case "cause":
            yield Finding("opposite", "the quotes have cause and effect the other way round")
        case "time":
            yield Finding("opposite", "the quotes tell it in the other order")
        case "contrast":
            yield Finding("opposite", "the quotes have the one that it prefers in place of the other")
        case "comparison":
            yield Finding("opposite", "the quotes compare the two the other way round")
