"""What is measured of a sentence that may answer, and of a question's best evidence: the inputs of the two scores."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import log1p

from corpus.article import Language, Sentence
from corpus.language import Analyzer
from service.question.kinds import Kind
from service.ranking.bm25 import PARTS
from service.ranking.meaning import meanings
from service.retrieve import Candidate, Found
from service.sentences.listed import only_counted
from service.sentences.owners import another_has
from service.sentences.presence import presence, recurs
from service.sentences.sections import Heading
from service.sentences.subjects import Subjects
from service.sentences.wanted import Wanted
from service.understand import Unit, terms_of

# A unit of the question that stands not in a sentence but near it counts by this much.
BESIDE = 0.7  # in the sentence before, a heading above or the title
SAME_PASSAGE = 0.55
SAME_ARTICLE = 0.4  # where the article keeps coming back to it
NOWHERE = SAME_ARTICLE / 2


UNTELLABLE = 0.1  # how far such a word is taken to stand there
UNREADABLE = 0.6  # of the weight of a word with no name in the article's language, which can't be found there


@dataclass(frozen=True, slots=True)
class SentenceFeatures:
    """All between 0 and 1 but for ``fit``, see ``service.wanted``.

    ``coverage`` is the share of the question's weight that stands in the sentence, ``context`` the share that stands
    in it or near it, ``lacking`` the share that stands nowhere in its article, ``lacking_terms`` the part of that which
    the glossary knows by other names too, none of which stands there either. ``whole`` is 1 where the sentence itself
    holds everything asked about names that its article keeps coming back to, else 0. ``similarity`` is 0 where the
    embedder does not vote, and so are the next four, which compare word by word (see ``corpus.tokens``): how near the
    words of the question come on average to words of the sentence (``words``), of it and the one before (``beside``)
    and of its passage (``around``), and how near the farthest of them comes to the sentence (``least``). ``told`` is
    the share that stands in it or in the one before of what is asked beside names, ``core`` the share that stands in
    it alone, light words left out.
    """

    coverage: float
    context: float
    lacking: float
    lacking_terms: float
    whole: float
    bigrams: float
    similarity: float
    words: float
    beside: float
    around: float
    least: float
    fit: float
    passage: float
    behind: float
    length: float
    novelty: float
    told: float
    core: float

    def values(self) -> tuple[float, ...]:
        """Return the features in a fixed order."""
        return tuple(getattr(self, name) for name in self.__slots__)


@dataclass(frozen=True, slots=True)
class Measured:
    """A sentence with its features and the places of the question's units that stand in it.

    ``of_another`` says that a fact is asked of a name or a year, and that the sentence tells of another one;
    ``only_counted`` that it says how many there are of what is to be listed. ``votes`` tells whether the embedder does.
    """

    sentence: Sentence
    text: str
    features: SentenceFeatures
    holds: frozenset[int]
    of_another: bool
    only_counted: bool
    votes: bool


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a passage stands in: index terms of the title and the headings above it, and of its whole article.

    ``headings`` are all of the article's, ``language`` is its own.
    """

    above: Sequence[str]
    article: Sequence[str]
    headings: Sequence[Heading]
    language: Language


def sentence_features(
    candidate: Candidate,
    *,
    around: Surroundings,
    found: Found,
    wanted: Wanted,
    analyzer: Analyzer,
) -> list[Measured]:
    """Measure every sentence of a passage against the question.

    Args:
        candidate: The passage.
        around: What it stands in.
        found: What the question's retrieval gave.
        wanted: What the question asks for.
        analyzer: Makes the index terms of sentences.

    """
    foreign = around.language != found.language
    units = [item.unit if foreign else item.unit.at_home for item in found.weighed]
    passage = analyzer.terms(candidate.passage.text)
    near = [max(BESIDE * presence(u, around.above), SAME_PASSAGE * presence(u, passage)) for u in units]
    anywhere = [max(n, SAME_ARTICLE * recurs(u, around.article)) for n, u in zip(near, units, strict=True)]
    weights = _shares(
        [item.weight * (UNREADABLE if foreign and not _crosses(item.unit) else 1.0) for item in found.weighed]
    )
    asked = {term for unit in units for term in unit.own}
    names = terms_of(unit for unit in units if unit.name)
    subjects = Subjects(units, wanted, around.above, analyzer, around.headings)
    listed = [u for u in units if u.telling] if wanted.kind is Kind.LIST else []
    best = found.candidates[0].score
    votes = candidate.dense is not None
    likeness = meanings(candidate.encoded, found.asked if votes else None)
    rows = []
    previous = [0.0] * len(units)
    for place, sentence in enumerate(candidate.passage.sentences):
        text = candidate.passage.quote(sentence.span)
        terms = analyzer.terms(text)
        inside = [presence(u, terms) for u in units]
        if names and wanted.kind is Kind.WHO:
            inside = _of_those_asked(units, inside, names, text, analyzer)
        joined = [max(i, BESIDE * p, a) for i, p, a in zip(inside, previous, anywhere, strict=True)]
        fresh = {term for term in terms if term not in asked}
        features = SentenceFeatures(
            coverage=sum(w * x for w, x in zip(weights, inside, strict=True)),
            context=sum(w * x for w, x in zip(weights, joined, strict=True)),
            lacking=sum(w for w, x in zip(weights, joined, strict=True) if x < NOWHERE),
            lacking_terms=sum(w for w, x, u in zip(weights, joined, units, strict=True) if x < NOWHERE and u.term),
            whole=float(bool(units) and _is_whole(units, inside, joined)),
            bigrams=_held_bigrams(text, found, analyzer),
            similarity=likeness[place].similarity,
            words=likeness[place].words,
            beside=likeness[place].beside,
            around=likeness[place].around,
            least=likeness[place].least,
            fit=wanted.fits(text, analyzer),
            passage=candidate.score,
            behind=best - candidate.score,
            length=min(1.0, log1p(len(terms)) / 4),
            novelty=min(1.0, len(fresh) / 10),
            told=_told(units, weights, inside, previous, foreign=foreign) if units else 0.0,
            core=_core(units, weights, inside),
        )
        holds = frozenset(place for place, x in enumerate(inside) if x >= PARTS)
        counted = bool(listed) and only_counted(text, wanted.text, listed, analyzer)
        rows.append(
            Measured(
                sentence,
                text,
                features,
                holds,
                subjects.tells_of_another(text, terms, sentence.span.start),
                counted,
                votes,
            )
        )
        previous = inside
    return rows


def _of_those_asked(
    units: Sequence[Unit], inside: Sequence[float], names: Collection[str], text: str, analyzer: Analyzer
) -> list[float]:
    """Take back what a sentence holds only of somebody else than whom the question names, by these index terms."""
    tokens = analyzer.tokens(text)
    return [
        0.0 if held and not unit.name and another_has(unit, text, tokens, names) else held
        for unit, held in zip(units, inside, strict=True)
    ]


def _crosses(unit: Unit) -> bool:
    """Whether a unit may stand in a text of the other language: a Latin word or number, or one with a name there."""
    return len(unit.phrases) > 1 or (unit.surface.isascii() and (unit.name or any(map(str.isdigit, unit.surface))))


def _is_whole(units: Sequence[Unit], inside: Sequence[float], joined: Sequence[float]) -> bool:
    told = all(x >= PARTS for u, x in zip(units, inside, strict=True) if u.telling)
    topical = all(x >= NOWHERE for u, x in zip(units, joined, strict=True) if u.heavy)
    return told and topical


def _told(
    units: Sequence[Unit],
    weights: Sequence[float],
    inside: Sequence[float],
    before: Sequence[float],
    *,
    foreign: bool,
) -> float:
    """Return how much of what is asked beside names stands here; in another language some of it can't be told."""
    rows = [
        (weight, UNTELLABLE if foreign and not _crosses(unit) else max(here, BESIDE * earlier))
        for unit, weight, here, earlier in zip(units, weights, inside, before, strict=True)
        if not unit.name
    ]
    return _held_of(rows)


def _core(units: Sequence[Unit], weights: Sequence[float], inside: Sequence[float]) -> float:
    """Return how much of what is asked beside names and light words ("operate", "located") stands in a sentence."""
    return _held_of([(weight, here) for u, weight, here in zip(units, weights, inside, strict=True) if u.telling])


def _held_of(rows: Sequence[tuple[float, float]]) -> float:
    """Return how much is held of what weighs so much each; of nothing, all."""
    total = sum(weight for weight, _ in rows)
    return sum(weight * held for weight, held in rows) / total if total else 1.0


def _shares(weights: Sequence[float]) -> list[float]:
    total = sum(weights)
    return [weight / total if total else 0.0 for weight in weights]


def _held_bigrams(text: str, found: Found, analyzer: Analyzer) -> float:
    if not found.bigrams:
        return 0.0
    held = set(analyzer.bigrams(text))
    return sum(weight for pair, weight in found.bigrams.items() if pair in held) / sum(found.bigrams.values())
