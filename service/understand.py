"""What a question is about: its language, what it asks for, and its units of meaning."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from corpus.article import Language
from corpus.dictionary import Dictionary
from corpus.glossary import Glossary, Mention
from corpus.language import Analyzer, detect
from ingest.names import learn_names
from service.answer import Turn
from service.question.articles import topic_of_articles
from service.question.asking import asides, asking_part
from service.question.claims import as_asked
from service.question.dates import When, read_when
from service.question.followups import FollowUps
from service.question.idle import without_bounds
from service.question.kinds import Kind, kind_of
from service.question.smalltalk import only_greets
from service.question.units import Unit, units_of, weighed, with_companies

_JOINED = re.compile(r"\b(?:and|or|versus|vs|than)\b|[和与及、]|还是", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Understood:
    """A question as it was understood; ``text`` is what of it asks, and stands on its own, also for a follow-up.

    ``reworded`` says that this is in other words than it was asked in.

    ``spelt_out`` is what its evidence should say, for a model: its abbreviations also in full, and without the words
    that say only which articles are meant ("articles since March"), as in ``units``. ``when`` is what it says of time.
    ``of_articles`` says that articles on a topic are asked for.
    """

    asked: str
    text: str
    spelt_out: str
    language: Language
    kind: Kind
    units: tuple[Unit, ...]
    when: When = field(default_factory=When)
    reworded: bool = False
    of_articles: bool = False

    @property
    def joins_names(self) -> bool:
        """Whether it may ask of several things at once, which several articles answer between them."""
        return self.kind is Kind.COMPARISON or bool(_JOINED.search(self.text))


class Reader:
    """Works out what questions ask.

    Without a ``dictionary`` only terms and names cross from one language to the other. ``names`` maps other names of
    things to what a question calls them; ``today`` is what "last year" counts from.
    """

    def __init__(
        self,
        analyzer: Analyzer,
        glossary: Glossary,
        *,
        dictionary: Dictionary | None = None,
        names: Mapping[str, str] | None = None,
        today: date | None = None,
    ) -> None:
        self._analyzer, self._glossary, self._dictionary = analyzer, glossary, dictionary
        self._names, self._today = dict(names or {}), today or date.today()
        self._follow_ups = FollowUps(glossary, analyzer)

    def readings(self, question: str, history: Sequence[Turn] = ()) -> Iterator[Understood]:
        """Yield what ``question`` may ask behind ``history`` (earlier turns, oldest first), the likeliest first."""
        asks, texts = self._texts(question, history)
        for text in texts:
            yield self._read(question, text, reworded=text != asks)

    def parts(self, text: str) -> tuple[tuple[Understood, ...], ...]:
        """Return the questions that a text, which stands on its own, joins, each as ``readings`` does.

        None where it is one question.
        """
        parts = self._follow_ups.parts(text)
        return tuple(tuple(self._read(part, each, reworded=True) for each in texts) for part, texts in parts.items())

    def _texts(self, question: str, history: Sequence[Turn]) -> tuple[str, tuple[str, ...]]:
        """Return what of a question asks, and the texts that this may stand for, the likeliest first."""
        if only_greets(question):  # "great, thanks" asks for nothing, in whatever conversation
            return question, (question,)
        asks = asking_part(as_asked(question))
        whole = asks if asides(asks) else self._follow_ups.within(asks)
        return asks, self._follow_ups.readings(whole, history)

    def _read(self, question: str, text: str, *, reworded: bool) -> Understood:
        """Read ``text``, which is ``question`` as it stands on its own."""
        introduced = learn_names(text) | self._names  # "Calder Hub (考尔德中心)"
        glossary = self._glossary.with_names(introduced) if introduced else self._glossary
        aside = asides(text)
        asked = asking_part(_without(text, aside).strip()) if aside else text
        kind, when = kind_of(asked), read_when(text, today=self._today)
        topic = when.without_asides(text)
        if articles := topic_of_articles(text):
            kind, topic = Kind.LIST, articles.of(topic)
        if kind is Kind.YES_NO:
            topic = without_bounds(topic)
        mentions = glossary.mentions(topic)
        counts = kind is Kind.QUANTITY
        said = [] if only_greets(topic) else units_of(topic, self._analyzer, mentions, counts=counts)
        units = with_companies(self._translated(_asked_about(said, asked)), topic)
        units = weighed(units, kind, text, [span.of(text) for span in when.light])
        return Understood(
            asked=question,
            text=text,
            reworded=reworded,
            spelt_out=_asking(_for_model(topic, mentions, _without(topic, aside), units, glossary) or text),
            language=detect(question),
            kind=kind,
            units=tuple(units),
            when=when,
            of_articles=articles is not None,
        )

    def _translated(self, units: Sequence[Unit]) -> list[Unit]:
        """Return units with what they mean in the other language, and what may be said for them in their own."""
        if self._dictionary is None:
            return list(units)
        words = [unit.own for unit in units]
        meanings, alike = self._dictionary.meanings(words), self._dictionary.alike(words)
        names, places = self._dictionary.chinese_names, self._dictionary.chinese_places
        return [
            replace(unit, abroad=meant, alike=others, name=unit.name or unit.own in names, place=unit.own in places)
            for unit, meant, others in zip(units, meanings, alike, strict=True)
        ]


def _without(text: str, parts: Iterable[str]) -> str:
    for part in parts:
        text = text.replace(part, " ")
    return text


def _asked_about(units: Sequence[Unit], asked: str) -> list[Unit]:
    """Return the units of the part that asks; of what people say beside it only names and terms may be asked about.

    Terms may be where that part asks of nothing but a name, and names where it has none.
    """
    own = [unit for unit in units if _says(asked, unit.surface)]
    telling = any(unit.telling for unit in own)
    proper = any(unit.proper for unit in own)
    return [u for u in units if u in own or (u.name and not (telling and proper)) or (u.term and not telling)]


def _says(text: str, surface: str) -> bool:
    """Whether a text says what a unit is called, and not only within another word, which Chinese does not part."""
    words = re.escape(surface)
    return re.search(rf"(?<![a-zA-Z]){words}(?![a-zA-Z])" if surface.isascii() else words, text) is not None


def _for_model(topic: str, mentions: Sequence[Mention], asked: str, units: Sequence[Unit], glossary: Glossary) -> str:
    """Return the part that asks with its abbreviations in full, and behind it what was named beside it.

    Where the part that asks names nothing ("… a CRO partner in Calder. Which ones are there?"), it is all of it.
    """
    if asked == topic or not any(_says(asked, unit.surface) for unit in units):
        return " ".join(_spelt_out(topic, mentions).split())
    named = ", ".join(unit.surface for unit in units if not _says(asked, unit.surface))
    return " ".join(f"{_spelt_out(asked, glossary.mentions(asked))}{f' ({named})' if named else ''}".split())


def _spelt_out(text: str, mentions: Sequence[Mention]) -> str:
    for mention in reversed(mentions):
        if mention.long:
            text = f"{text[: mention.span.end]} ({mention.long}){text[mention.span.end :]}"
    return text


def _asking(text: str) -> str:
    """End a question as one: models that were trained on questions read it better so."""
    return text if text.endswith(("?", "？")) else f"{text.rstrip(' .。!！')}?"
