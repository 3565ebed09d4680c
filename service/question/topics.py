"""What a text names, so that a later question may be about it: names, terms, and the items of a list."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from corpus.article import Span
from corpus.glossary import Glossary, Mention
from corpus.language import CHINESE_CHAR, CJK, Analyzer, detect
from corpus.tokens import FUNCTION_WORDS
from service.question.kinds import Kind, kind_of
from service.text.mentions import WORK_ZH, lists, name_spans
from service.text.words import LIGHT_EN, ORDINAL_EN, POSSESSIVE_END, SORTS_EN, STOP_EN, STOP_ZH, WORD_END

THINGS_ZH = (
    "(?:公司|企业|园区|园|机构|大学|学校|学院|项目|城市|地区|地方|中心|研究院|研究所|实验室|医院|平台|集团|集群|组织|协会|基金|计划"
    "|系统|签证|法案|法|新区|区|市|省|国|谷|地)"
)
"""Nouns that say what sort of thing a Chinese name is of, as a pattern."""
DEMONYMS = frozenset(
    "american asian australian british chinese danish dutch english european french german indian irish italian"
    " japanese korean scottish singaporean spanish swedish swiss welsh 英文 英语 中文".split()
)
"""Words that name a country or its language, and no thing: "the Chinese partner", 英文叫什么."""

_LATIN = f"(?:[^\\W{CJK}]|[’'&.-])"  # a name ends where Chinese goes on: "CRO在江北"
_NAME_WORD = rf"(?:[A-Z]{_LATIN}*(?:[类轮期股](?![型别]))?|\d(?:[^\W{CJK}]|[.,-])*年?)"
_NAME = re.compile(rf"{_NAME_WORD}(?:\s+(?:(?:of|and|the|for|de)\s+)?{_NAME_WORD})*")
_NAME_TAGS = frozenset({"ns", "nt", "nr", "nrt", "nrfg", "nz"})
_NO_NOUN = frozenset("prdcutmqfy")  # first letters of the segmenter's tags: what no name of several words holds
_SORT = re.compile(rf".*{THINGS_ZH}")
_OUR_LEAD = re.compile(r"From “[^”]*”[^:\n]*:|据《[^》]*》(?:（[^）]*）)?：|\[\d+\]")
_REFUSES = re.compile(r"This is not in the articles\.|文章中没有这个问题的答案。")
_TITLED = re.compile(
    r"\b(?:Dr|Ms|Mrs|Mr|Miss|Professor|Prof|Sir|Dame|Lord|Lady|Baroness)\.? (?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*)"
)
# "Summarise the article", "Another one": no name, though a capital begins it
_BIDS = re.compile(r" (?:the|an?|my|our|your|its|their|this|that|these|those|me|us|it|them|ones?|some|any)\b")
_ITEMS = re.compile(r",? (?:and|or) |, |、|以?及|[和与]| \| ")
_ROW = re.compile(r"[“「]([^”」\n]* \| [^”」\n]* \| [^”」\n]*)[”」]")
_ITEM_LINE = re.compile(r"^ *(?:-|\d+\.) (.+)$", re.MULTILINE)
_TITLE_WORDS = r"[A-Z][\w’'&-]*(?: (?:of |and |the )?[A-Z][\w’'&-]*)*"  # "House of Brill and Colm"
_ITEM_NAME = re.compile(
    rf"(?:The )?(?P<name>{_TITLE_WORDS}|[{CJK}]{{2,16}})"
    r"(?= *(?:\[\d|[:：,，;；(（。.]|[–—] |$))"
)
_CAPITALS = r"[A-Z][\w’'&-]*(?: (?:of |the )?[A-Z][\w’'&-]*)*"
_ENUMERATED = re.compile(rf"{_CAPITALS}(?:, {_CAPITALS})+,? and {_CAPITALS}")  # "Ada Brill, Ben Colm and Cy Dent"
_OF_OFFICE = re.compile(r"['’]s? |['’]$|\b[A-Z]{2,}\b")  # "Brill's CEO" is nobody's name
_NO_PERSON = SORTS_EN | frozenset(
    "act area city day festival kingdom law prize programme project road science sciences states street technologies"
    " technology week year".split()
)
_ONE_THING = re.compile(
    r"(?:\b(?:(?P<does>do|does|did)|(?P<is>is|are|was|were)) )?"
    r"\b(?P<article>the|an?) (?=(?P<words>[\w-]+(?: [\w-]+)*))",
    re.IGNORECASE,
)
_ONE_THING_ZH = re.compile(rf".+{THINGS_ZH}(?<!机构|企业|组织|城市|地区|地方|项目|学校|公司|计划|平台)")
_NO_NOUN_EN = FUNCTION_WORDS | {"should", "would", "could", "might"}
_NOUN_WORDS = 3
_IS_NAME = re.compile(f"[A-Z{CJK}]")
_NOTE = re.compile(r" ?[(（].*")
# "Solexa was founded", "Abcam, also", but no "Discovery work" or "Today, the"
_OPENING = re.compile(
    rf"[“「](?:The )?(?!(?i:{ORDINAL_EN}|finally)\b)"
    rf"(?P<name>{_TITLE_WORDS})"
    r"(?=,(?! (?:the|an?|its?|they|their|we|our|you|this|these|those|there|[A-Z][\w’'-]*)\b)"
    r"| (?:is|was|are|were|has|had|have|also|became|runs?|offers?|makes?|\(|[–—-])|:)"
)


def topics(text: str, glossary: Glossary, analyzer: Analyzer) -> list[Span]:
    """Return where a question's names stand: capitalised runs, numbers, Chinese names and terms.

    Where two overlap it is the longer one; a word that has its capital only as the first is none.
    """
    spans = [
        span
        for m in _NAME.finditer(text)
        if (span := _without_small_words(Span(m.start(), m.end()), text))
        if not (span.start == 0 and (kind_of(m.group()) is not Kind.OTHER or _BIDS.match(text, span.end)))
    ]
    spans += [
        mention.span for mention in glossary.mentions(text) if mention.proper or mention.long or _is_thing(mention)
    ]
    spans += _chinese_names(text, analyzer)
    spans += [Span(*match.span()) for match in WORK_ZH.finditer(text)]
    chosen: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start - s.end, s.start)):
        if all(span.end <= other.start or span.start >= other.end for other in chosen):
            chosen.append(span)
    return sorted(chosen, key=lambda s: s.start)


def _is_thing(mention: Mention) -> bool:
    """Whether a term in words is one that has an abbreviation: "the marketing authorisation holder system"."""
    return len(mention.phrase) > 2 and any(len(name) == 1 for name in mention.names)


def _without_small_words(name: Span, text: str) -> Span | None:
    """Return a run of capitals without the words that only ask or join at its beginning ("Does", "The")."""
    start = name.start
    while word := re.match(r"[\w’'-]+\s*", text[start : name.end]):
        said = word.group().strip().lower()
        if said not in STOP_EN and WORD_END.sub("", said) not in STOP_EN:
            break
        start += word.end()
    return Span(start, name.end) if start < name.end else None


def _chinese_names(text: str, analyzer: Analyzer) -> Iterator[Span]:
    """Yield names as the segmenter tags them, those side by side as one, with the noun that says of what sort."""
    words = _words(text, analyzer) if CHINESE_CHAR.search(text) else []
    place = 0
    while place < len(words):
        nouns = list(takewhile(lambda word: word.is_noun, words[place:])) if words[place].is_name else []
        if nouns:
            # 英国大学 are many: a common noun of two characters right behind makes no name
            last = max(n for n, noun in enumerate(nouns) if noun.is_name or (noun.is_sort and (n > 1 or noun.is_long)))
            yield Span(nouns[0].span.start, nouns[last].span.end)
        place += len(nouns) or 1


class _Word(NamedTuple):
    """A Chinese word with its tag and its place."""

    text: str
    tag: str
    span: Span

    @property
    def is_name(self) -> bool:
        return self.tag in _NAME_TAGS and len(self.text) > 1 and not self.text.isascii()

    @property
    def is_noun(self) -> bool:
        return self.tag.startswith("n")

    @property
    def is_sort(self) -> bool:
        return bool(_SORT.fullmatch(self.text))

    @property
    def is_long(self) -> bool:
        return len(self.text) > 2


def _words(text: str, analyzer: Analyzer) -> list[_Word]:
    """Return the words of a text with their places; none where folding it changes how long it is."""
    folded, place, found = analyzer.normalise(text), 0, list[_Word]()
    for word, tag in analyzer.tagged(text) if len(folded) == len(text) else ():
        start = folded.index(word, place)
        place = start + len(word)
        found.append(_Word(word, tag, Span(start, place)))
    return found


def opening(text: str, analyzer: Analyzer) -> str:
    """Return the noun phrase that a question in Chinese begins with, "" where it begins otherwise."""
    end = 0
    for word in _words(text, analyzer) if detect(text) == "zh" else ():
        if word.tag[:1] in _NO_NOUN or word.text in STOP_ZH or (word.tag == "v" and len(word.text) == 1):
            break
        end = word.span.end
    return text[:end].strip()


def common_thing(text: str, analyzer: Analyzer) -> str | None:
    """Return the common thing that a question is about: "the levy" of "what does the levy cost?".

    In Chinese it is a place, a body or a law that it begins with (生物谷); None where there is none.
    """
    if detect(text) == "zh":
        begun = opening(text, analyzer)
        return begun if _ONE_THING_ZH.fullmatch(begun) and text[len(begun) :][:1] != "的" else None
    for found in sorted(_ONE_THING.finditer(text), key=lambda match: match["article"].lower() != "the"):
        said = found["words"].split()[:_NOUN_WORDS]
        words = list(takewhile(lambda word: word.lower() not in _NO_NOUN_EN, said))
        after = text[found.start("words") + len(" ".join(words)) :]
        if words[1:] and (found["does"] or (found["is"] and words[-1].endswith("ed"))):
            words = words[:-1]  # the verb
        if not (STOP_EN | LIGHT_EN).issuperset(map(str.lower, words)) and not after.startswith(" of "):
            return f"the {' '.join(words)}"
    return None


def joined(spans: Sequence[Span], text: str) -> str:
    """Return names as they were joined in ``text`` ("A and B", "CROs in B"), without what else stood between them."""
    said = spans[0].of(text)
    for one, two in pairwise(spans):
        between = text[one.end : two.start]
        if not re.fullmatch(r",? (?:and|or|in|at|of) (?:the )?|, |[和与及、的]", between):
            between = " in " if re.search(r"\b(?:in|at)(?: the)? $", between) else "的" if detect(text) == "zh" else " "
        said += between + two.of(text)
    return said


def side_by_side(spans: Sequence[Span]) -> list[Span]:
    """Return names with those that follow one another at once as one: a place, and what is there."""
    found: list[Span] = []
    for span in spans:
        joins = bool(found) and found[-1].end == span.start
        found.append(Span(found.pop().start, span.end) if joins else span)
    return found


def enumerated(names: Sequence[str]) -> str:
    """Return names as one says them: "A, B and C"."""
    return f"{', '.join(names[:-1])} and {names[-1]}" if names[1:] else "".join(names)


def own_words(reply: str) -> str:
    """Return an answer without the lines of ours that lead its quotes in; nothing where it says that there is none."""
    return "" if _REFUSES.search(reply) else _OUR_LEAD.sub(" ", reply)


def main_name(reply: str, previous: str, analyzer: Analyzer, *, person: bool) -> str | None:
    """Return the name that answers best to ``previous``; None where ``reply`` names nothing new.

    It is one that says of what sort it is in the question's own words ("Brill Science Park" of "which science park"),
    of a ``person`` one with a title; else the one said most often, else the first.
    """
    asked = previous.casefold()
    found = [name for name in _said(reply, analyzer, person=person) if name.casefold() not in asked]
    sort = [name for name in found if not person and name.casefold().split()[-1] in previous.split()]
    return Counter(sort or found).most_common(1)[0][0] if found else None


def _said(reply: str, analyzer: Analyzer, *, person: bool) -> Sequence[str]:
    """Return the names of a reply, those of persons alone where one is meant and some can be told."""
    said = [POSSESSIVE_END.sub("", span.of(reply)) for span in name_spans(reply)]
    if not person:
        return [name for name in said if " " in name or sum(map(str.isupper, name)) > 1]
    titled = [match["name"] for match in _TITLED.finditer(reply)]
    return (
        titled
        or [name for name in said if " " in name and may_be_person(name, reply)]
        or _chinese_persons(reply, analyzer)
    )


def may_be_person(name: str, text: str) -> bool:
    """Whether a name in English may be somebody's: nobody is called "the", and no college is somebody."""
    no_person = not _NO_PERSON.isdisjoint(name.lower().split()) or re.search(rf"\b[Tt]he {re.escape(name)}", text)
    return not (no_person or _OF_OFFICE.search(name))


def _chinese_persons(text: str, analyzer: Analyzer) -> list[str]:
    """Return names of persons in Chinese, those of foreigners with all their parts: 戴维·贝克."""
    words, found = analyzer.tagged(text), list[str]()
    for place, (word, tag) in enumerate(words):
        if found and place > 1 and words[place - 1][0] == "·" and found[-1].endswith(words[place - 2][0]):
            found[-1] += f"·{word}"
        elif tag.startswith("nr") and len(word) > 1:
            found.append(word)
    return found


def items(reply: str) -> list[str]:
    """Return the names that an answer lists, in order: those its items begin with, or its quotes, or an enumeration.

    Of an enumeration and of quotes, the longer counts.
    """
    lines = [_ITEM_NAME.match(line) for line in _ITEM_LINE.findall(reply)]
    if len(lines) > 1 and all(lines):
        return [match["name"] for match in lines if match]
    runs = [*(span.of(reply) for _, span in lists(reply)), *_ROW.findall(reply), *_ENUMERATED.findall(reply)]
    listed = max(map(_ITEMS.split, runs), key=len, default=[])
    named = [item.strip() for item in listed if _IS_NAME.match(item.strip())]
    leading = list(dict.fromkeys(match["name"] for match in _OPENING.finditer(reply)))
    found = named if len(named) >= len(leading) else leading
    return [_NOTE.sub("", name) for name in found]
