"""What a question behind others may be about: what "it", "they" or "she" stands for, and the topic that was left."""

import re
from collections.abc import Iterator, Sequence

from corpus.article import Span
from corpus.glossary import Glossary
from corpus.language import Analyzer, detect
from service.question.articles import topic_of_articles
from service.question.earlier import Earlier
from service.question.fragments import ENDS, PREPOSITION
from service.question.kinds import Kind, kind_of
from service.question.pronouns import ORDINAL, ORDINALS, PAIR, PERSONS, PLURALS, is_name, means_several
from service.question.swaps import asked_for
from service.question.topics import (
    DEMONYMS,
    common_thing,
    enumerated,
    items,
    joined,
    main_name,
    may_be_person,
    opening,
    topics,
)
from service.text.mentions import times
from service.text.words import LIGHT_EN, LIGHT_ZH, POSSESSIVE_END, STOP_EN, STOP_ZH

WHOLE = 2
"""Words that say what a question is about with which it needs no topic, as ``Subjects.tells`` counts."""

_WHICH_ONE = re.compile(
    r"\b(?:which|what) (?:[a-z-]+ ){0,3}?(?:agency|bank|city|company|country|drug|firm|fund|hospital|institute|investor"
    r"|medicine|park|partner|town|university)\b(?!['’])|哪一?[家所座种款个](?:公司|企业|大学|学校|医院|机构|园区|城市|国家|药)",
    re.IGNORECASE,
)
_NAMED_BY_ANSWER = frozenset({Kind.WHO, Kind.LIST, Kind.WHERE, Kind.OTHER, Kind.DEFINITION})
_NUMBER = re.compile(r"[\d.,%\s]+年?")
_OF_THEM = re.compile(r"\bof $")  # "which of them"
_SAYS_OF_WHAT = re.compile(rf" (?:about|{PREPOSITION}) |的")
_PLACE_OF = re.compile(r"^the [^A-Z]*?\b(?:in|of|at) (?:the )?(?=[A-Z])")  # of "the firms in Brill"
# 以前是多少: of the same attribute
_AT_ANOTHER_TIME = re.compile(
    r"(?:那么?)?(?:以前|之前|过去|原来|原先|当时|当初|现在|目前|后来)(?:呢|是多少|有多少|怎么样|如何|是什么|是谁)?[？?]*"
)


class Subjects:
    """Finds what questions are about; ``glossary`` knows terms and names, ``analyzer`` the names in Chinese."""

    def __init__(self, glossary: Glossary, analyzer: Analyzer) -> None:
        self._glossary, self._analyzer = glossary, analyzer

    def topics(self, text: str) -> list[Span]:
        """Return where a text's names and terms stand."""
        return topics(text, self._glossary, self._analyzer)

    def things(self, text: str) -> list[Span]:
        """Return where names stand that a question may be about: "Chinese" only says of what sort something is."""
        return [span for span in self.topics(text) if span.of(text).lower() not in DEMONYMS]

    def content(self, question: str) -> int:
        """Return how many words of a question say what it is about."""
        return sum(self._without(question, STOP_EN | LIGHT_EN | STOP_ZH | LIGHT_ZH | DEMONYMS))

    def tells(self, question: str) -> float:
        """Return how much the words of a question say of what it is about: those of little weight half."""
        content = self.content(question)
        return content + (sum(self._without(question, STOP_EN | STOP_ZH)) - content) / 2

    def _without(self, question: str, small: frozenset[str]) -> Iterator[bool]:
        """Tell of each word of a question whether it is none of ``small``."""
        for token in self._analyzer.tokens(question):
            yield token.span.of(question).lower() not in small and token.term not in small

    def of(self, word: re.Match[str] | None, earlier: Earlier, question: str) -> Iterator[str]:
        """Yield what a word stands for, or a question without one is about, the likeliest first."""
        said = word.group().lower() if word else "it"
        if said in PERSONS:
            yield from filter(None, [self._person(earlier)])
            return
        if kind_of(question) is Kind.COMPARISON and (both := self._last_two(earlier, question)):
            yield both
            return
        if word and (listed := self.listed(word.group(), earlier)):
            yield listed
            return
        if word and means_several(said):
            yield from self._several(word, earlier)
        elif _AT_ANOTHER_TIME.fullmatch(question) and (whole := opening(earlier.question, self._analyzer)):
            yield whole
        yield from self._topic_or_answer(word, earlier)

    def _topic_or_answer(self, word: re.Match[str] | None, earlier: Earlier) -> Iterator[str]:
        """Yield what was asked about and what answered, the likelier first."""
        said = word.group().lower() if word else "it"
        place = said == "there"
        answered = earlier.kind in _NAMED_BY_ANSWER and not (place and earlier.kind is Kind.WHO)
        answer = main_name(earlier.reply, earlier.question, self._analyzer, person=False) if answered else None
        topic = self.topic(earlier.before if place and earlier.about_somebody else earlier, plural=said in PLURALS)
        topic = _PLACE_OF.sub("", topic) if topic and place else topic
        means_answer = _is_the_one(said, earlier) or (word is not None and self._asks_which_there(earlier))
        found = [topic, *([] if word else [self._former(topic, earlier)]), answer]
        if answer and (means_answer or _is_of_sort(answer, earlier)):
            found = [answer, *found[:-1]]
        yield from filter(None, found)
        if not topic and not answer:
            yield opening(earlier.first, self._analyzer) or earlier.first.rstrip(ENDS)

    def _former(self, topic: str | None, earlier: Earlier) -> str | None:
        """Return the topic that the last one came from, or that there was where the last question had none.

        "And who is the chairman?" behind a question on the director by name asks of what he directs.
        """
        told = topic and earlier.before and topic.casefold() in earlier.before.reply.casefold()
        return self.topic(earlier.before, plural=False) if told or not topic else None

    def _several(self, word: re.Match[str], earlier: Earlier) -> Iterator[str]:
        """Yield what "they" may be: of "which of them" the names that were listed, else what was asked for."""
        if _OF_THEM.search(word.string, 0, word.start()) and not topic_of_articles(earlier.question):
            yield from [enumerated(names) for names in map(items, earlier.replies) if len(names) > 1][:1]
        if earlier.subject and earlier.subject.startswith("the "):
            yield earlier.subject  # "how many staff have the firms?" is about the firms
        common = asked_for(earlier.question)
        if common and not _SAYS_OF_WHAT.search(common):
            known = [self.topic(one, plural=False) for one in (earlier, earlier.before) if one]
            topic = next((one for one in known if one and is_name(one) and one not in common), None)
            yield f"{common} of {topic}" if topic else common
        elif common:
            yield common

    def _person(self, earlier: Earlier) -> str | None:
        """Return whom the last answer or question names, or who was named last in answer to who does something."""
        asked = earlier.question
        if answer := main_name(earlier.reply, asked, self._analyzer, person=True):
            return answer
        named = [span.of(asked) for span in self.things(asked)]
        whom = next((name for name in named if " " in name and may_be_person(name, asked)), None)
        before = earlier.before
        while before and not whom:
            if before.kind is Kind.WHO:
                whom = main_name(before.reply, before.question, self._analyzer, person=True)
            before = before.before
        return whom

    def _last_two(self, earlier: Earlier, question: str) -> str | None:
        """Return what the last two questions were about, one each: "what's the difference?"."""
        two = [self.topic(one, plural=False) for one in (earlier.before, earlier) if one]
        names = [_PLACE_OF.sub("", name) for name in two if name and is_name(name)]
        if len({name.casefold() for name in names}) < len(two) or len(two) == 1:
            return None
        return "和".join(names) if detect(question) == "zh" else enumerated(names)

    def _asks_which_there(self, earlier: Earlier) -> bool:
        """Whether it was asked which one there is somewhere: "which company started in BioBAY?"."""
        asked = earlier.question
        placed = all(_is_behind_preposition(span, asked) for span in self.topics(asked))
        return placed and _WHICH_ONE.search(asked) is not None

    def topic(self, earlier: Earlier | None, *, plural: bool) -> str | None:
        """Return what the last question was about, or the one before it where it names nothing."""
        if earlier is None:
            return None
        if earlier.subject and is_name(earlier.subject):
            return earlier.subject
        previous = earlier.question
        things = _without_days(self.things(previous), previous)
        if not things:
            return self._common_topic(earlier, plural=plural) or self.topic(earlier.before, plural=plural)
        terms = {mention.span.start for mention in self._glossary.mentions(previous) if not mention.proper}
        proper = [span for span in things if span.start not in terms]
        if plural or len(proper) != 1:
            return POSSESSIVE_END.sub("", joined(things, previous))
        told = [span for span in things if span.start in terms and not span.of(previous).endswith("s")]
        if len(told) == 1 and told[0].end <= proper[0].start and _is_behind_preposition(proper[0], previous):
            return told[0].of(previous)  # of "since when has the scheme applied to Ulverby?" it is the scheme
        name, whole = proper[0].of(previous), opening(previous, self._analyzer)  # the segmenter may part a name
        return whole if name in whole else POSSESSIVE_END.sub("", name)

    def _common_topic(self, earlier: Earlier, *, plural: bool) -> str | None:
        """Return the common thing that the last question, which names none, was about by itself."""
        if earlier.subject or (earlier.before and self.tells(earlier.question) < WHOLE):
            return None
        found = common_thing(earlier.question, self._analyzer)
        return None if found and plural and found.isascii() and not found.endswith("s") else found

    def listed(self, said: str, earlier: Earlier) -> str | None:
        """Return what "the second one" or "the two" stands for: of the names that were asked of, or listed last."""
        ordinal = ORDINAL.fullmatch(said)
        spans = self.topics(earlier.question)
        named = [name for span in spans for name in re.split(r" and |[和与]", span.of(earlier.question))]
        lists = [named if ordinal is None or ordinal["pair"] else [], *map(items, earlier.replies)]
        if ordinal:
            said = ordinal["en"] or ordinal["pair"] or ordinal["zh"]
            place = next(place for word, place in ORDINALS.items() if word in said.lower())
            return next((listed[place] for listed in lists if len(listed) > max(place, 1)), None)
        if PAIR.search(said.lower()):
            return next((" and ".join(listed[:2]) for listed in lists if len(listed) > 1), None)
        return None


def _without_days(names: Sequence[Span], text: str) -> list[Span]:
    """Return names without numbers and days: nothing is about "2013" or "October 2025"."""
    days = times(text)
    return [
        name
        for name in names
        if not _NUMBER.fullmatch(name.of(text)) and not any(d.start <= name.start and name.end <= d.end for d in days)
    ]


def _is_behind_preposition(name: Span, text: str) -> bool:
    return re.search(rf"\b{PREPOSITION}(?: the| the whole of)? $|在$", text[: name.start]) is not None


def _is_the_one(said: str, earlier: Earlier) -> bool:
    """Whether a word points at an answer: "that one", or "that company" where it was asked who or which."""
    noun = re.sub(r"^(?:this|that|these|those|上述|该|[这那][家个所座]?) ?", "", said)
    asked_for_it = earlier.kind in {Kind.WHO, Kind.LIST} or noun.rstrip("s") in earlier.question.lower()
    return noun in {"one", "ones"} or (noun not in {said, ""} and asked_for_it)


def _is_of_sort(name: str, earlier: Earlier) -> bool:
    """Whether a name says of what sort it is in words of the question: "Brill Science Park" of "which science park"."""
    return name.casefold().split()[-1] in earlier.question.split()
