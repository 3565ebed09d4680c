"""What is measured of a sentence that may answer, and of a question's best evidence: the inputs of the two scores."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from math import log1p
from operator import mul

from corpus.article import Language, Sentence
from corpus.language import Analyzer, ManyTerms
from corpus.lexical import ArticleTerms
from service.question.kinds import Kind
from service.question.units import Unit, terms_of
from service.ranking.bm25 import PARTS
from service.ranking.meaning import meanings
from service.retrieve import Candidate, Found
from service.sentences.lacks_zh import lacks_in_chinese
from service.sentences.listed import names_several, only_counted
from service.sentences.owners import another_has
from service.sentences.presence import is_unreadable, presence, recurs
from service.sentences.sections import Heading
from service.sentences.subjects import Subjects
from service.sentences.tables import HEADED
from service.sentences.wanted import Wanted

# A unit of the question that stands not in a sentence but near it counts by this much.
BESIDE = 0.7  # in the sentence before, a heading above or the title
SAME_PASSAGE = 0.55
SAME_ARTICLE = 0.4  # where the article keeps coming back to it
NOWHERE = SAME_ARTICLE / 2


IN_BEST_ARTICLE = 0.6
"""Of how far a passage is behind the best one, where both are of one article: that may name its topic just once."""

_ASK_NAMES = frozenset({Kind.WHO, Kind.LIST, Kind.WHERE})
_MUCH = 3  # units besides names
UNTELLABLE = 0.1  # how far such a word is taken to stand there
UNREADABLE = 0.6  # of the weight of a word with no name in the article's language, which can't be found there


@dataclass(frozen=True, slots=True)
class SentenceFeatures:
    """All between 0 and 1 but for ``fit``, see ``service.sentences.wanted``.

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


@dataclass(frozen=True, slots=True)
class Measured:
    """A sentence with its features and the places of the question's units that stand in it.

    ``of_another`` says that a fact is asked of a name or a year, and that the sentence tells of another one;
    ``only_counted`` that it says how many there are of what is to be listed, ``lists`` that it names several of them.
    ``unanswered`` says that a question in Chinese asks by its own words for what is not there. ``votes`` tells whether
    the embedder does.
    """

    sentence: Sentence
    text: str
    features: SentenceFeatures
    holds: frozenset[int]
    of_another: bool
    only_counted: bool
    lists: bool
    unanswered: bool
    votes: bool


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a passage stands in: index terms of the title and the headings above it, and those of its article.

    ``headings`` are all of the article's, ``language`` and ``title`` are its own; ``named_from`` is where it first
    names what is asked about, and ``named`` are the words by which it names things, of the question's. ``headers`` are
    index terms of the header above each row of a table, by where the row starts. ``called`` are index terms of
    the full names that the article gives to whom or what a question names.
    """

    above: Sequence[str]
    article: ArticleTerms
    headings: Sequence[Heading]
    language: Language
    title: str = ""
    named_from: int = 0
    named: Collection[str] = ()
    headers: Mapping[int, Sequence[str]] = field(default_factory=dict)
    called: Collection[str] = ()


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
    measuring = _Measuring(candidate, around, found, wanted, analyzer)
    rows = []
    before: Sequence[float] = [0.0] * len(found.weighed)
    for place, sentence in enumerate(candidate.passage.sentences):
        row, before = measuring.measured(place, sentence, before)
        rows.append(row)
    return rows


class _Measuring:
    """What is worked out once for the sentences of one passage: how firmly each unit of the question stands near it."""

    def __init__(
        self, candidate: Candidate, around: Surroundings, found: Found, wanted: Wanted, analyzer: Analyzer
    ) -> None:
        self._candidate, self._found, self._wanted, self._analyzer = candidate, found, wanted, analyzer
        foreign, article = around.language != found.language, around.article.every
        self._unreadable = [foreign and is_unreadable(item.unit, article) for item in found.weighed]
        read = [item.unit if foreign else item.unit.at_home for item in found.weighed]
        self._units = units = [replace(u, name=True) if u.surface in around.named else u for u in read]
        self._weights = _shares(
            [
                item.weight * (UNREADABLE if unreadable else 1.0)
                for item, unreadable in zip(found.weighed, self._unreadable, strict=True)
            ]
        )
        known = around.article.passages.get(candidate.passage.id)  # unless another version came meanwhile
        terms = ManyTerms(known or analyzer.terms(candidate.passage.text))
        self._in_passage = [presence(unit, terms) for unit in units]
        near = [
            max(BESIDE * presence(unit, around.above), SAME_PASSAGE * here)
            for unit, here in zip(units, self._in_passage, strict=True)
        ]
        self._anywhere = [
            n if n >= SAME_ARTICLE else max(n, SAME_ARTICLE * recurs(u, article))
            for n, u in zip(near, units, strict=True)
        ]
        self._asked = {term for unit in units for term in unit.own}
        self._names = set[str]()
        if wanted.kind is Kind.WHO:
            unreadable = [unit for unit, dark in zip(units, self._unreadable, strict=True) if dark and unit.heavy]
            named = [unit for unit in units if unit.name]
            self._names = terms_of(named or unreadable) | set(around.called)
        self._listed = [u for u in units if u.telling] if wanted.kind is Kind.LIST else []
        self._subjects = Subjects(
            units,
            wanted,
            around.above,
            analyzer,
            around.headings,
            title=around.title,
            named_from=around.named_from,
        )
        self._headers = around.headers
        best = found.candidates[0]
        in_the_same = candidate.passage.article_id == best.passage.article_id
        self._behind = (best.score - candidate.score) * (IN_BEST_ARTICLE if in_the_same else 1.0)
        self._votes = candidate.dense is not None
        self._likeness = meanings(candidate.encoded, found.asked if self._votes else None)

    def measured(self, place: int, sentence: Sentence, before: Sequence[float]) -> tuple[Measured, Sequence[float]]:
        """Return a sentence measured, and how firmly each unit stands in it; ``before`` is that of the last one."""
        text = self._candidate.passage.quote(sentence.span)
        terms = self._analyzer.terms(text)
        found = [presence(u, terms) if here else 0.0 for u, here in zip(self._units, self._in_passage, strict=True)]
        inside, taken_back = found, False
        if self._wanted.kind is Kind.WHO and any(found):
            inside = self._of_those_asked(found, text)
            taken_back = any(_telling(self._units, found)) and not any(_telling(self._units, inside))
        if header := self._headers.get(sentence.span.start):
            inside = [max(i, HEADED * presence(u, header)) for i, u in zip(inside, self._units, strict=True)]
        measured = Measured(
            sentence,
            text,
            self._features(place, text, terms, inside, before),
            frozenset(place for place, x in enumerate(inside) if x >= PARTS),
            (self._subjects.tells_of_another(text, terms, sentence.span.start) and not self._names_answer(inside))
            or taken_back,
            bool(self._listed) and only_counted(text, self._wanted.text, self._listed, self._analyzer),
            bool(self._listed) and names_several(text, self._listed, self._analyzer),
            self._found.language == "zh" and self._is_unanswered(place, text),
            self._votes,
        )
        return measured, inside

    def _is_unanswered(self, place: int, text: str) -> bool:
        after = self._candidate.passage.sentences[place + 1 : place + 2]
        following = " ".join(self._candidate.passage.quote(sentence.span) for sentence in after)
        return lacks_in_chinese(text, following, self._wanted.text, self._wanted.kind)

    def _names_answer(self, inside: Sequence[float]) -> bool:
        """Whether names are asked for, and so much of what is asked of them stands here that those here are they."""
        told = _telling(self._units, inside)
        return self._wanted.kind in _ASK_NAMES and len(told) >= _MUCH and all(told)

    def _of_those_asked(self, inside: Sequence[float], text: str) -> list[float]:
        """Take back what a sentence holds only of somebody else than whom the question names."""
        tokens = self._analyzer.tokens(text)
        of_another = partial(another_has, text=text, tokens=tokens, asked=self._asked, names=self._names)
        return [
            0.0 if held and not unit.name and of_another(unit) else held
            for unit, held in zip(self._units, inside, strict=True)
        ]

    def _features(
        self, place: int, text: str, terms: Sequence[str], inside: Sequence[float], before: Sequence[float]
    ) -> SentenceFeatures:
        units, likeness = self._units, self._likeness[place]
        joined = [max(i, BESIDE * b, a) for i, b, a in zip(inside, before, self._anywhere, strict=True)]
        nowhere = [x < NOWHERE for x in joined]
        return SentenceFeatures(
            coverage=self._share(inside),
            context=self._share(joined),
            lacking=self._share(nowhere),
            lacking_terms=self._share([lacks and unit.term for lacks, unit in zip(nowhere, units, strict=True)]),
            whole=float(bool(units) and _is_whole(units, inside, joined)),
            bigrams=_held_bigrams(text, self._found, self._analyzer),
            similarity=likeness.similarity,
            words=likeness.words,
            beside=likeness.beside,
            around=likeness.around,
            least=likeness.least,
            fit=self._wanted.fits(text, self._analyzer),
            passage=self._candidate.score,
            behind=self._behind,
            length=min(1.0, log1p(len(terms)) / 4),
            novelty=min(1.0, len({term for term in terms if term not in self._asked}) / 10),
            told=_told(units, self._weights, inside, before, self._unreadable) if units else 0.0,
            core=_core(units, self._weights, inside),
        )

    def _share(self, held: Sequence[float]) -> float:
        """Return the share of the question's weight of which so much each is held."""
        return float(sum(map(mul, self._weights, held)))


def _is_whole(units: Sequence[Unit], inside: Sequence[float], joined: Sequence[float]) -> bool:
    told = all(_telling(units, inside))
    topical = all(x >= NOWHERE for u, x in zip(units, joined, strict=True) if u.heavy)
    return told and topical


def _telling(units: Sequence[Unit], inside: Sequence[float]) -> list[bool]:
    """Return for each thing that is asked of a name, and not in a light word, whether a sentence holds it."""
    return [x >= PARTS for unit, x in zip(units, inside, strict=True) if unit.telling]


def _told(
    units: Sequence[Unit],
    weights: Sequence[float],
    inside: Sequence[float],
    before: Sequence[float],
    unreadable: Sequence[bool],
) -> float:
    """Return how much of what is asked beside names stands here; in another language some of it can't be told."""
    rows = [
        (weight, UNTELLABLE if dark else max(here, BESIDE * earlier))
        for unit, weight, here, earlier, dark in zip(units, weights, inside, before, unreadable, strict=True)
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
