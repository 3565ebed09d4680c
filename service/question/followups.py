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
from service.question.claims import WHETHER, as_asked
from service.question.earlier import Earlier, newest
from service.question.fragments import ENDS, Elsewhere, asked_otherwise, elsewhere, meant
from service.question.kinds import Kind, kind_of
from service.question.parts import questions_in
from service.question.pronouns import OPENS, ORDINAL, PRONOUN, beside, is_name, put_in, referring
from service.question.smalltalk import only_greets
from service.question.subjects import WHOLE, Subjects
from service.question.swaps import asked_of, asked_of_another, asked_of_others
from service.question.topics import own_words, side_by_side

# "why do founders leave", "which dates should I avoid", "the abilities that last"
_GENERAL = re.compile(
    r"\b(?:do|are|can|could|should|must|would|will) (?!its\b)[a-z]+s\b|\bshould (?:i|we|you|one)\b"
    r"|\b(?!(?:does|is|was|has)\b)[a-z]+s that [a-z]",
    re.IGNORECASE,
)
# "what was published this year"
_OF_ARTICLES = re.compile(r"\b(?:articles?|posts?|published)\b|文章|发表", re.IGNORECASE)
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
_TURN_CHARS = 2000
_READINGS = 4
_SHORT_NAME = 40  # most characters of a name that stands in for another
_LONG = 8  # words of what is no fragment
_NEARLY_WHOLE = 1.5  # words that say what it is about with which it may need none
_ADDED = re.compile(
    r" (?:about|for|to|with) (?:it|them)[\s?.]*$", re.IGNORECASE
)  # "how long should talks be for them?"
# "who is the present director?": of what was spoken of
_ATTRIBUTE = re.compile(
    r"(?:and )?(?:wh\w+|how much) (?:is|are|was|were) the [\w-]+(?: [\w-]+)?[\s?.]*$", re.IGNORECASE
)
_ONES = re.compile(r"\bones?\b", re.IGNORECASE)
_BEFORE_NOUNS = frozenset("pdct")  # the segmenter's tags of prepositions, adverbs, conjunctions and times


class _Reading(NamedTuple):
    """A question that stands on its own, and what was put into it."""

    text: str
    subject: str | None = None


class FollowUps:
    """Makes questions stand on their own; ``glossary`` knows terms and names, ``analyzer`` the names in Chinese."""

    def __init__(self, glossary: Glossary, analyzer: Analyzer) -> None:
        self._glossary, self._analyzer = glossary, analyzer
        self._subjects = Subjects(glossary, analyzer)

    def readings(self, question: str, history: Sequence[Turn]) -> tuple[str, ...]:
        """Return what ``question`` may ask behind ``history``, the likeliest first; itself where it stands alone.

        A word that refers back takes the name that the last question was about, or the main one of the answer to it.
        "And in Suzhou?" asks the last question of Suzhou, "why?" asks it for its reason. A question that names nothing
        may be about the same. Of a claim that is asked about the claim is read. Only the newest turns are read.
        """
        claim = question.removeprefix(f"{WHETHER} ")
        if claim != question:
            return tuple(f"{WHETHER} {reading}" for reading in self.readings(claim, history))
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
        if "?" in before or not self._subjects.topics(before) or not _asks_itself(question) or asks_of_it(question):
            return text
        resolved, *_ = self.readings(question, [Turn("user", before)])
        return text if resolved.startswith(question) else resolved

    def _earlier(self, turns: Sequence[Turn]) -> Earlier | None:
        """Return what was said before; thanks and greetings are passed over."""
        asked = [n for n, turn in enumerate(turns) if turn.role == "user" and not only_greets(turn.content)]
        if not asked:
            return None
        before, last = self._earlier(turns[: asked[-1]]), " ".join(turns[asked[-1]].content.split())
        said = asking_part(as_asked(last)).removeprefix(f"{WHETHER} ")
        question, subject = next(self._read(said, before)) if before else _Reading(said)
        replies = [own_words(turn.content) for turn in reversed(turns) if turn.role == "assistant"]
        named = is_name(subject) if subject else bool(self._subjects.things(question))
        return Earlier(question, tuple(filter(None, replies)), named, subject, before)

    def _read(self, question: str, earlier: Earlier) -> Iterator[_Reading]:
        if instead := meant(question):
            is_short = len(instead.what) <= _SHORT_NAME and PRONOUN.search(instead.what) is None
            if is_short and kind_of(instead.what) is Kind.OTHER:
                yield _Reading(self._asked_of(earlier.question, instead), self._turned_to(instead, earlier))
                return
            question = instead.what
        if whole := asked_otherwise(question, earlier.question):
            yield _Reading(whole, earlier.subject)
            return
        own = self._subjects.topics(question)
        word = referring(question, own)
        part = elsewhere(question) or _named_alone(question, own)
        ordinal = ORDINAL.search(question) if part else None
        if part and ordinal and (listed := self._subjects.listed(ordinal.group(), earlier)):
            if not part.rest:  # "and of the last one?"
                yield _Reading(self._asked_of(earlier.question, replace(part, what=listed)), listed)
                return
            part = replace(part, what=listed)
        if part and part.rest and not PRONOUN.search(part.what):
            yield from map(_Reading, self._turned(part, part.rest, earlier))
        elif word:
            found = list(self._subjects.of(word, earlier, question))
            yield from (_Reading(put_in(question, word, subject), subject) for subject in found)
            if not found or (_ADDED.search(question) and self._subjects.tells(question) >= WHOLE):
                yield _Reading(question)
        elif part and not _asks_itself(question):
            subject = self._turned_to(part, earlier) if own else None
            yield from (_Reading(text, subject) for text in self._continued(question, part, own, earlier))
        else:
            yield from self._alone_or_not(question, earlier)

    def _turned_to(self, part: Elsewhere, earlier: Earlier) -> str | None:
        """Return what is asked about after one of several names was turned to; None where there was but one."""
        return part.what if len(self._subjects.things(earlier.question)) > 1 and not part.preposition else None

    def _continued(self, question: str, part: Elsewhere, own: Sequence[Span], earlier: Earlier) -> Iterator[str]:
        """Ask the last question of something else."""
        common = asked_of_another(earlier.question, question, part.preposition)
        behind_name = rf"\b{part.preposition} (?:the )?[A-Z]" if part.preposition else r"(?!)"
        if topic_of_articles(earlier.question):
            yield self._asked_of(earlier.question, part)
            return
        if detect(question) == "zh" and not own:  # 一年的运行费用呢: another attribute of the same
            yield from (f"{subject}{part.what}？" for subject in self._subjects.of(None, earlier, question))
            return
        if own or (not common and re.search(behind_name, earlier.question)):
            yield self._asked_of(earlier.question, part)
            return
        both = f"{earlier.question.rstrip(ENDS)}, {OPENS.sub('', question).rstrip(ENDS)}?"
        subjects = list(filter(is_name, self._subjects.of(None, earlier, question)))
        if part.preposition or _ONES.search(part.what):
            yield from (common or both, *(beside(question, subject) for subject in subjects))
            return
        others = asked_of_others(earlier.question, part.what)
        about = [beside(part.what, subject) for subject in subjects[:1]]
        named = about if any(map(self._subjects.things, subjects[:1])) else []
        yield from (*filter(None, [others]), *named, part.what, *about, both)

    def _turned(self, part: Elsewhere, rest: str, earlier: Earlier) -> Iterator[str]:
        """Ask a whole question of what is turned to: "what about Suzhou, who runs it?", or the last one once more."""
        word = PRONOUN.search(rest)
        if word:
            yield put_in(rest, word, part.what)
        elif self._subjects.content(rest):
            yield beside(rest, part.what)
        if not self._subjects.topics(rest):
            again = self._asked_of(earlier.question, part)
            yield f"{again.rstrip(ENDS)}, {rest}"

    def _alone_or_not(self, question: str, earlier: Earlier) -> Iterator[_Reading]:
        """Read a question that refers to nothing: alone, or where it names nothing, also as one on the same topic."""
        lacks_object = bool(self._subjects.things(question)) and _LACKS_OBJECT.search(question)
        topic = self._subjects.topic(earlier, plural=False) if lacks_object else None
        if topic and topic.casefold() not in question.casefold():
            yield from (_Reading(f"{question.rstrip(ENDS)} {topic}?", topic), _Reading(question))
            return
        content, alone = self._subjects.content(question), _Reading(question)
        asks = bool(content) or kind_of(question) is not Kind.OTHER or "什么" in question
        if self._subjects.things(question) or not asks or topic_of_articles(question):
            yield alone
            return
        about = [_Reading(beside(question, subject), subject) for subject in self._subjects.of(None, earlier, question)]
        about = about[: _READINGS - 1]
        tells = self._subjects.tells(question)
        general = _OF_ARTICLES.search(question) or (tells >= _NEARLY_WHOLE and _GENERAL.search(question))
        if self._lacks_subject(question, content) or (tells < WHOLE and not general):
            whole = content >= WHOLE or (tells >= _NEARLY_WHOLE and not _ATTRIBUTE.match(question))
            yield from (*about, alone) if whole else about
            return
        yield from (alone, *about)

    def _lacks_subject(self, question: str, content: int) -> bool:
        """Whether a question in Chinese begins with no noun: 和哪个国家合作的？, 后来叫什么？."""
        asks = kind_of(question) is not Kind.OTHER or "什么" in question
        words = self._analyzer.tagged(question) if asks and detect(question) == "zh" else []
        tag = words[0][1][:1] if words else ""
        verb = words[1][1] if words[1:] and words[0][0] in {"为什么", "为何"} else tag
        return tag in _BEFORE_NOUNS or (verb == "v" and (verb != tag or content <= WHOLE))

    def _asked_of(self, previous: str, part: Elsewhere) -> str:
        """Ask the previous question of something else: of a name in the place of a name, where it has one."""
        names = side_by_side(self._subjects.topics(previous))
        terms = {mention.span for mention in self._glossary.mentions(previous) if not mention.proper}
        if not any(not mention.proper for mention in self._glossary.mentions(part.what)):
            names = [name for name in names if name not in terms] or names
        return asked_of(previous, part, names)


def _named_alone(question: str, own: Sequence[Span]) -> Elsewhere | None:
    """Read a name without more ("Suzhou?") as what the last question is to be asked of."""
    alone = len(own) == 1 and own[0].start == 0 and not question[own[0].end :].strip(ENDS)
    return Elsewhere(own[0].of(question)) if alone else None


def _asks_itself(question: str) -> bool:
    """Tell a whole question that merely begins with "and" from a fragment that needs the last one."""
    return kind_of(question) is not Kind.OTHER or bool(_ASKS.match(question)) or len(question.split()) > _LONG
