"""Follow-ups by rules: a question that leaves something to the turns before it is made to stand on its own.

What it leaves out is often open: "it" may be what was asked about or what answered, and "who is the director?" may go
on or begin anew. Each of these is a reading; what the articles hold decides between them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from corpus.article import Span
from corpus.glossary import Glossary
from corpus.language import Analyzer, detect
from service.answer import Turn
from service.question.articles import topic_of_articles
from service.question.asking import asking_part, asks_of_it
from service.question.earlier import Earlier, newest
from service.question.fragments import ENDS, PREPOSITION, Elsewhere, asked_otherwise, elsewhere, meant
from service.question.kinds import Kind, kind_of
from service.question.parts import questions_in
from service.question.pronouns import (
    OPENS,
    ORDINAL,
    ORDINALS,
    PAIR,
    PERSONS,
    PLURALS,
    PRONOUN,
    beside,
    is_name,
    put_in,
    referring,
)
from service.question.smalltalk import only_greets
from service.question.swaps import asked_of, asked_of_another
from service.question.topics import DEMONYMS, enumerated, items, joined, main_name, opening, own_words, topics
from service.text.words import LIGHT_EN, LIGHT_ZH, POSSESSIVE_END, STOP_EN, STOP_ZH

# "why do founders leave", "what was published this year"
_GENERAL = re.compile(
    r"\b(?:do|are|can|could|should|must|would|will) (?!its\b)[a-z]+s\b|\b(?:articles?|posts?|published)\b|文章|发表",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\s*(?:(?:and|but|so|then)\s+)?(?:what|which|who|how|when|where|why)\b.*\b(?:is|are|was|were|do|does|did|can|could"
    r"|will|would|has|have|had)\b [a-z]",
    re.IGNORECASE,
)
# "when did China join?"
_LACKS_OBJECT = re.compile(
    r"\b(?:do|does|did|will|has|have|had|to) (?:[\w'’-]+ ){1,4}"
    r"(?:join|joined|adopt|adopted|sign|signed|enter|entered|leave|left|introduce|introduced|ratify|ratified|accept"
    r"|accepted|acquire|acquired|implement|implemented|approve|approved|fund|funded)\s*\?*$",
    re.IGNORECASE,
)
_LAST_SENTENCE = re.compile(r"(.+?)(?:[.!]| [–—-]) ([^.!]+(?:[.!](?! )[^.!]*)*)", re.DOTALL)
_WHICH_ONE = re.compile(
    r"\b(?:which|what) (?:[a-z-]+ ){0,3}?(?:agency|bank|city|company|country|drug|firm|fund|hospital|institute|investor"
    r"|medicine|park|partner|town|university)\b(?!['’])|哪一?[家所座种款个](?:公司|企业|大学|学校|医院|机构|园区|城市|国家|药)",
    re.IGNORECASE,
)
_NAMED_BY_ANSWER = frozenset({Kind.WHO, Kind.LIST, Kind.WHERE, Kind.OTHER, Kind.DEFINITION})
_TURN_CHARS = 2000
_READINGS = 3
_SHORT_NAME = 40  # most characters of a name that stands in for another
_LONG = 8  # words of what is no fragment
_WHOLE = 2  # words that say what a question is about, with which it needs no topic
_NUMBER = re.compile(r"[\d.,%\s]+年?")
_OF_THEM = re.compile(r"\bof $")  # "which of them"
_BEFORE_NOUNS = frozenset("pdct")  # the segmenter's tags of prepositions, adverbs, conjunctions and times


class _Reading(NamedTuple):
    """A question that stands on its own, and what was put into it."""

    text: str
    subject: str | None = None


class FollowUps:
    """Makes questions stand on their own; ``glossary`` knows terms and names, ``analyzer`` the names in Chinese."""

    def __init__(self, glossary: Glossary, analyzer: Analyzer) -> None:
        self._glossary, self._analyzer = glossary, analyzer

    def readings(self, question: str, history: Sequence[Turn]) -> tuple[str, ...]:
        """Return what ``question`` may ask behind ``history``, the likeliest first; itself where it stands alone.

        A word that refers back takes the name that the last question was about, or the main one of the answer to it.
        "And in Suzhou?" asks the last question of Suzhou, "why?" asks it for its reason. A question that names nothing
        may be about the same. Only the newest turns are read.
        """
        earlier = self._earlier([Turn(turn.role, turn.content[:_TURN_CHARS]) for turn in newest(history)])
        if earlier is None:
            return (question,)
        return tuple(islice(dict.fromkeys(reading.text for reading in self._read(question, earlier)), _READINGS))

    def parts(self, text: str) -> dict[str, tuple[str, ...]]:
        """Return for each question that a text joins what it may ask, the likeliest first; none of one question."""
        asked = questions_in(text)
        earlier = [Turn("user", question) for question in asked]
        return {question: self.readings(question, earlier[:place]) for place, question in enumerate(asked)}

    def within(self, text: str) -> str:
        """Return a text's question with what it leaves to the sentences before it: "The mill is old. Who runs it?".

        Unchanged where they ask too, name nothing, or it leaves nothing to them.
        """
        parted = _LAST_SENTENCE.fullmatch(text)
        before, question = parted.groups() if parted else ("", "")
        if "?" in before or not self._topics(before) or not _asks_itself(question) or asks_of_it(question):
            return text
        resolved, *_ = self.readings(question, [Turn("user", before)])
        return text if resolved.startswith(question) else resolved

    def _topics(self, text: str) -> list[Span]:
        return topics(text, self._glossary, self._analyzer)

    def _things(self, text: str) -> list[Span]:
        """Return where names stand that a question may be about: "Chinese" only says of what sort something is."""
        return [span for span in self._topics(text) if span.of(text).lower() not in DEMONYMS]

    def _earlier(self, turns: Sequence[Turn]) -> Earlier | None:
        """Return what was said before; thanks and greetings are passed over."""
        asked = [n for n, turn in enumerate(turns) if turn.role == "user" and not only_greets(turn.content)]
        if not asked:
            return None
        before, said = self._earlier(turns[: asked[-1]]), asking_part(" ".join(turns[asked[-1]].content.split()))
        question, subject = next(self._read(said, before)) if before else _Reading(said)
        replies = [own_words(turn.content) for turn in reversed(turns) if turn.role == "assistant"]
        named = is_name(subject) if subject else bool(self._things(question))
        return Earlier(question, tuple(filter(None, replies)), named, subject, before)

    def _read(self, question: str, earlier: Earlier) -> Iterator[_Reading]:
        if instead := meant(question):
            is_short = len(instead.what) <= _SHORT_NAME and PRONOUN.search(instead.what) is None
            if is_short and kind_of(instead.what) is Kind.OTHER:
                yield _Reading(self._asked_of(earlier.question, instead))
                return
            question = instead.what
        if whole := asked_otherwise(question, earlier.question):
            yield _Reading(whole, earlier.subject)
            return
        own = self._topics(question)
        word = referring(question, own)
        part = elsewhere(question) or _named_alone(question, own)
        if part and (ordinal := ORDINAL.search(question)) and (listed := self._listed(ordinal.group(), earlier)):
            if not part.rest:  # "and of the last one?"
                yield _Reading(self._asked_of(earlier.question, replace(part, what=listed)), listed)
                return
            part = replace(part, what=listed)
        if part and part.rest and not PRONOUN.search(part.what):
            yield from map(_Reading, self._turned(part, part.rest, earlier))
        elif word:
            for subject in self._subjects(word, earlier, question):
                yield _Reading(put_in(question, word, subject), subject)
        elif part and not _asks_itself(question):
            yield from map(_Reading, self._continued(question, part, own, earlier))
        else:
            yield from self._alone_or_not(question, earlier)

    def _continued(self, question: str, part: Elsewhere, own: Sequence[Span], earlier: Earlier) -> Iterator[str]:
        """Ask the last question of something else."""
        common = asked_of_another(earlier.question, question, part.preposition)
        behind_name = rf"\b{part.preposition} (?:the )?[A-Z]" if part.preposition else r"(?!)"
        if topic_of_articles(earlier.question):
            yield self._asked_of(earlier.question, part)
            return
        if detect(question) == "zh" and not own:  # 一年的运行费用呢: another attribute of the same
            yield from (f"{subject}{part.what}？" for subject in self._subjects(None, earlier, question))
            return
        if own or (not common and re.search(behind_name, earlier.question)):
            yield self._asked_of(earlier.question, part)
            return
        yield common or f"{earlier.question.rstrip(ENDS)}, {OPENS.sub('', question).rstrip(ENDS)}?"
        yield from (beside(question, subject) for subject in self._subjects(None, earlier, question))

    def _turned(self, part: Elsewhere, rest: str, earlier: Earlier) -> Iterator[str]:
        """Ask a whole question of what is turned to: "what about Suzhou, who runs it?", or the last one once more."""
        word = PRONOUN.search(rest)
        if word:
            yield put_in(rest, word, part.what)
        elif self._content(rest):
            yield beside(rest, part.what)
        if not self._topics(rest):
            again = self._asked_of(earlier.question, part)
            yield f"{again.rstrip(ENDS)}, {rest}"

    def _alone_or_not(self, question: str, earlier: Earlier) -> Iterator[_Reading]:
        """Read a question that refers to nothing: alone, or where it names nothing, also as one on the same topic."""
        lacks_object = bool(self._things(question)) and _LACKS_OBJECT.search(question)
        topic = self._topic(earlier, plural=False) if lacks_object else None
        if topic and topic.casefold() not in question.casefold():
            yield from (_Reading(f"{question.rstrip(ENDS)} {topic}?", topic), _Reading(question))
            return
        content = self._content(question)
        asks = bool(content) or kind_of(question) is not Kind.OTHER or "什么" in question
        if self._things(question) or not asks or topic_of_articles(question):
            yield _Reading(question)
            return
        about = [_Reading(beside(question, subject), subject) for subject in self._subjects(None, earlier, question)]
        if self._lacks_subject(question, content):
            yield from (*about, _Reading(question))
            return
        leans = content < _WHOLE and not _GENERAL.search(question)
        yield from (about if leans else [_Reading(question), *about])

    def _lacks_subject(self, question: str, content: int) -> bool:
        """Whether a question in Chinese begins with no noun: 和哪个国家合作的？, 后来叫什么？."""
        words = self._analyzer.tagged(question) if detect(question) == "zh" else ()
        tag = words[0][1][:1] if words else ""
        return tag in _BEFORE_NOUNS or (tag == "v" and content <= _WHOLE)

    def _content(self, question: str) -> int:
        """Return how many words of a question say what it is about."""
        words = [(token, token.span.of(question).lower()) for token in self._analyzer.tokens(question)]
        small = STOP_EN | LIGHT_EN | STOP_ZH | LIGHT_ZH | DEMONYMS
        return sum(word not in small and token.term not in small for token, word in words)

    def _last_two(self, earlier: Earlier, question: str) -> str | None:
        """Return what the last two questions were about, one each: "what's the difference?"."""
        two = [self._topic(one, plural=False) for one in (earlier.before, earlier) if one]
        names = [name for name in two if name and is_name(name)]
        if len({name.casefold() for name in names}) < len(two) or len(two) == 1:
            return None
        return "和".join(names) if detect(question) == "zh" else enumerated(names)

    def _subjects(self, word: re.Match[str] | None, earlier: Earlier, question: str) -> Iterator[str]:
        """Yield what a word stands for, or a question without one is about, the likeliest first."""
        said = word.group().lower() if word else "it"
        if kind_of(question) is Kind.COMPARISON and (both := self._last_two(earlier, question)):
            yield both
            return
        if word and (listed := self._listed(word.group(), earlier)):
            yield listed
            return
        if word and said in PLURALS and _OF_THEM.search(word.string, 0, word.start()):
            yield from map(enumerated, [listed for listed in map(items, earlier.replies) if len(listed) > 1][:1])
        person, place = said in PERSONS, said == "there"
        answered = (earlier.kind in _NAMED_BY_ANSWER and not (place and earlier.kind is Kind.WHO)) or person
        answer = main_name(earlier.reply, earlier.question, self._analyzer, person=person) if answered else None
        if person and not answer and earlier.before and (whom := self._somebody(earlier.before)):
            yield whom
            return
        topic = self._topic(earlier.before if place and earlier.about_somebody else earlier, plural=said in PLURALS)
        asks_who = person and earlier.kind is Kind.WHO
        means_answer = asks_who or _is_the_one(said, earlier) or (word is not None and self._asks_which_there(earlier))
        if answer and (not topic or means_answer or _is_of_sort(answer, earlier)):
            yield answer
            answer = None
        if topic:
            yield topic
        if word is None and earlier.before and (former := self._topic(earlier.before, plural=False)):
            yield former  # "and who is the chairman?", behind a question on the director by name
        if answer:
            yield answer
        elif not topic:
            yield opening(earlier.first, self._analyzer) or earlier.first.rstrip(ENDS)

    def _somebody(self, earlier: Earlier | None) -> str | None:
        """Return who was named last in answer to who does something."""
        while earlier:
            who = earlier.kind is Kind.WHO
            if who and (name := main_name(earlier.reply, earlier.question, self._analyzer, person=True)):
                return name
            earlier = earlier.before
        return None

    def _asks_which_there(self, earlier: Earlier) -> bool:
        """Whether it was asked which one there is somewhere: "which company started in BioBAY?"."""
        asked = earlier.question
        placed = all(_is_behind_preposition(span, asked) for span in self._topics(asked))
        return placed and _WHICH_ONE.search(asked) is not None

    def _topic(self, earlier: Earlier | None, *, plural: bool) -> str | None:
        """Return what the last question was about, or the one before it where it names nothing."""
        if earlier is None:
            return None
        if earlier.subject and is_name(earlier.subject):
            return earlier.subject
        previous = earlier.question
        spans = self._things(previous)
        things = [span for span in spans if not _NUMBER.fullmatch(span.of(previous))]
        if not things:
            return self._topic(earlier.before, plural=plural)
        terms = {mention.span.start for mention in self._glossary.mentions(previous) if not mention.proper}
        proper = [span for span in things if span.start not in terms]
        if plural or len(proper) != 1:
            return joined(things, previous)
        told = [span for span in things if span.start in terms and not span.of(previous).endswith("s")]
        if len(told) == 1 and told[0].end <= proper[0].start and _is_behind_preposition(proper[0], previous):
            return told[0].of(previous)  # of "since when has the scheme applied to Ulverby?" it is the scheme
        name, whole = proper[0].of(previous), opening(previous, self._analyzer)  # the segmenter may part a name
        return whole if name in whole else POSSESSIVE_END.sub("", name)

    def _listed(self, said: str, earlier: Earlier) -> str | None:
        """Return what "the second one" or "the two" stands for: of the names that were asked of, or listed last."""
        ordinal = ORDINAL.fullmatch(said)
        spans = self._topics(earlier.question)
        named = [name for span in spans for name in re.split(r" and |[和与]", span.of(earlier.question))]
        lists = [named if ordinal is None or ordinal["pair"] else [], *map(items, earlier.replies)]
        if ordinal:
            said = ordinal["en"] or ordinal["pair"] or ordinal["zh"]
            place = next(place for word, place in ORDINALS.items() if word in said.lower())
            return next((listed[place] for listed in lists if len(listed) > max(place, 1)), None)
        if PAIR.search(said.lower()):
            return next((" and ".join(listed[:2]) for listed in lists if len(listed) > 1), None)
        return None

    def _asked_of(self, previous: str, part: Elsewhere) -> str:
        return asked_of(previous, part, self._topics(previous))


def _is_behind_preposition(name: Span, text: str) -> bool:
    return re.search(rf"\b{PREPOSITION}(?: the| the whole of)? $|在$", text[: name.start]) is not None


def _named_alone(question: str, own: Sequence[Span]) -> Elsewhere | None:
    """Read a name without more ("Suzhou?") as what the last question is to be asked of."""
    alone = len(own) == 1 and own[0].start == 0 and not question[own[0].end :].strip(ENDS)
    return Elsewhere(own[0].of(question)) if alone else None


def _is_the_one(said: str, earlier: Earlier) -> bool:
    """Whether a word points at an answer: "that one", or "that company" where it was asked who or which."""
    noun = re.sub(r"^(?:this|that|these|those|上述|该|[这那][家个所座]?) ?", "", said)
    asked_for = earlier.kind in {Kind.WHO, Kind.LIST} or noun.rstrip("s") in earlier.question.lower()
    return noun in {"one", "ones"} or (noun not in {said, ""} and asked_for)


def _is_of_sort(name: str, earlier: Earlier) -> bool:
    """Whether a name says of what sort it is in words of the question: "Brill Science Park" of "which science park"."""
    return name.casefold().split()[-1] in earlier.question.split()


def _asks_itself(question: str) -> bool:
    """Tell a whole question that merely begins with "and" from a fragment that needs the last one."""
    return kind_of(question) is not Kind.OTHER or bool(_ASKS.match(question)) or len(question.split()) > _LONG
