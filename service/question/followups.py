"""Follow-ups by rules: a question that leaves something to the turns before it is made to stand on its own.

Conservative in both languages: a word that refers back is replaced only where nothing in the question itself can be
what it refers to, so that a new question which merely holds "it" or "their" stays as it was asked.
"""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from corpus.article import Span
from corpus.glossary import Glossary
from corpus.language import detect
from service.answer import Turn
from service.question.kinds import Kind, kind_of
from service.question.periods import expressions
from service.text.mentions import names
from service.text.words import STOP_EN

_THINGS_ZH = (
    "(?:公司|企业|园区|园|机构|大学|学校|学院|项目|城市|地区|地方|中心|研究院|研究所|实验室|医院|平台|集团|组织|协会|基金|计划"
    "|系统|新区|区|市|省|国|谷|地)"
)
_PRONOUN = re.compile(
    r"\b(?:it|its|they|them|their|theirs|he|him|his|she|her|hers|there|"
    r"(?:this|that|these|those)(?: (?:place|compan(?:y|ies)|city|cit(?:y|ies)|cent(?:re|er)s?|parks?|firms?|ones?|hub|"
    r"institute|university|region|zone|project|lab))?|the (?:former|latter|same))\b"
    rf"|它们?|他们?|她们?|[这那][里儿]|上述{_THINGS_ZH}?|(?<!应)(?<!本)该{_THINGS_ZH}|[这那][家个所座]{_THINGS_ZH}"
    rf"|[这那]些{_THINGS_ZH}?|(?<![尤极与何])(?<!土耳)其(?![中他它余实次间])",
    re.IGNORECASE,
)
_PERSONS = frozenset({"he", "him", "his", "she", "her", "hers", "他", "她"})
_POSSESSIVES = frozenset({"its", "their", "his", "theirs", "hers"})
_PLURALS = frozenset({"they", "them", "their", "theirs", "these", "those", "它们", "他们", "她们"})
_PLACES = frozenset({"there", "这里", "那里", "这儿", "那儿"})
_JUDGED = (
    r"(?:possible|necessary|true|hard|difficult|easy|common|legal|better|worth|important|allowed|likely|safe|normal|usual"
    r"|useful|said|known)\b"
)
_IDLE_IT = re.compile(
    r"\b(?:do|does|did|will|would|can|could|should|might) it (?:take|cost|need|require|make sense)\b.*\bto [a-z]+ [a-z]"
    rf"|\b(?:is|was|be|isn['’]t) it (?:ever |still |so |too )?{_JUDGED}"
    rf"|\bit (?:is|was|['’]s) (?:\w+ )?(?:that\b|{_JUDGED})|\bwhat is it like to\b",
    re.IGNORECASE,
)
_IDLE_THERE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would) there (?=\w)|\bthere (?:is|are|was|were|be|been|has|have|will)\b",
    re.IGNORECASE,
)
_COUNTS_THERE = re.compile(r"\b(?:is|are|was|were) there\s*[?？.]*$", re.IGNORECASE)
_BACKWARDS = re.compile(r"\b(?:than|as|like|with|of|from|to|and|or|in|near) $|[比跟和与像]$", re.IGNORECASE)
_PLURAL_NOUN = re.compile(
    r"\b(?!(?:does|is|was|has|as|its|this|us|his|hers|theirs|yes|plus|always|perhaps|besides)\b)[a-z]{2,}[^\Ws]s\b"
    r"|\b(?:people|staff|children|women|men|everyone|somebody|someone)\b|哪些|企业|公司|人们|人员|学生|员工",
    re.IGNORECASE,
)
_CONTINUES = re.compile(
    r"^\s*(?:and|what about|how about|or|also|but|then)\b|^\s*(?:那么?|还有|以及)|呢[？?]?\s*$", re.IGNORECASE
)
_ONLY_JOINS = re.compile(
    r"\s*(?:(?:and|what about|how about|or|but|then)\b|那么?|还有|以及)?[\s,，]*呢?[\s?？.。]*", re.IGNORECASE
)
_OPENS = re.compile(r"^\s*(?:and|but|so|then|or|ok(?:ay)?)\b[\s,]*", re.IGNORECASE)
_NAME = re.compile(r"(?:[A-Z][\w’'&.-]*|\d[\w.,-]*)(?:\s+(?:(?:of|and|the|for|de)\s+)?(?:[A-Z][\w’'&.-]*|\d[\w.,-]*))*")
_BEFORE_VERB = re.compile(r"[\u4e00-\u9fff]{2,}?(?=[是在有由被何谁哪什怎多几，])")
_DAY_WORD = re.compile(r"(?:in|on|during|since|before|after|until) ", re.IGNORECASE)
_ENDS = "?？。. "

_LAST_SENTENCE = re.compile(r"(.+?)(?:[.!]| [–—-]) ([^.!]+(?:[.!](?! )[^.!]*)*)", re.DOTALL)

_BARE_EN = re.compile(
    r"\s*(?:(?:and|but|so|ok)[\s,]+)?(?P<word>why|when|since when|where|who|how many|how much|how long|how)"
    r"(?P<not> not)?(?: of (?:them|these|those)| (?:is|was) that| are (?:there|they))?[\s?]*",
    re.IGNORECASE,
)
_BARE_ZH = re.compile(
    r"\s*(?:那么?|但是?)?[，\s]*(?P<word>为什么|为何|什么时候|何时|哪一?年|在?哪里|谁|如何|怎么做?|有?多少[个家所名]?|有?几[个家所名])"
    r"(?:呢|啊)?[\s?？]*"
)
_AUX = r"(?:is|was|are|were|do|does|did|has|have|had|can|could|will|would|should)\b"
_ASKS_HOW_EN = re.compile(
    rf"(?:(?:and|but) )?(?:why|when|where|how(?: long| often)?|(?:in )?(?:what|which) year) (?P<rest>{_AUX}.*)",
    re.IGNORECASE,
)
_YES_NO_EN = re.compile(rf"(?P<rest>{_AUX}.*)", re.IGNORECASE)
_WHICH_EN = re.compile(r"(?:which|what)(?: (?:are|were)(?: the)?)? (?P<rest>.*)", re.IGNORECASE)
_ASKS_HOW_ZH = re.compile(r"是?什么时候|何时|(?:是|在)?哪一?年|为什么|为何|如何|怎么|怎样|在?哪里|多久")
_WHICH_ZH = re.compile(r"哪些|哪几[个家所名]")
_OUR_LEAD = re.compile(r"From “[^”]*”[^:\n]*:|据《[^》]*》(?:（[^）]*）)?：|\[\d+\]")
_TURNS_READ, _TURN_CHARS = 6, 2000


def resolve(question: str, history: Sequence[Turn], glossary: Glossary) -> str:
    """Return the question with what it leaves to earlier turns put in; unchanged where it stands on its own.

    A word that refers back takes the name that the last question was about, or, where that names nothing, the main
    name of the answer to it. "And in Suzhou?" asks the last question of Suzhou, "why?" asks it for its reason. Only
    the newest turns are read.
    """
    turns = [Turn(t.role, t.content[:_TURN_CHARS]) for t in history[-_TURNS_READ:] if t.content.strip()]
    last = max((place for place, turn in enumerate(turns) if turn.role == "user"), default=None)
    if last is None:
        return question
    previous = resolve(turns[last].content, turns[:last], glossary)
    reply = " ".join(turn.content for turn in turns[last + 1 :])
    own = _topics(question, glossary)
    if whole := _in_other_days(previous, question) or _bare(question, previous):
        return whole
    if _CONTINUES.search(question) and own and not _asks_itself(question) and _referring(question, own) is None:
        return _substituted(previous, _topics(previous, glossary), question, own)
    word = _referring(question, own)
    if word is None and (_asks_itself(question) or not _CONTINUES.search(question)):
        return question
    subject = _subject(word.group().lower() if word else "it", previous, reply, glossary)
    return _put_in(question, word, subject)


def resolve_within(text: str, glossary: Glossary) -> str:
    """Return the question of a text with what it leaves to the sentences before it: "The mill is old. Who runs it?".

    Unchanged where they ask too, name nothing, or it leaves nothing to them.
    """
    parted = _LAST_SENTENCE.fullmatch(text)
    before, question = parted.groups() if parted else ("", "")
    if "?" in before or not _topics(before, glossary) or not _asks_itself(question):
        return text
    resolved = resolve(question, [Turn("user", before)], glossary)
    return text if resolved == question else resolved


def _put_in(question: str, word: re.Match[str] | None, subject: str) -> str:
    if word is None:
        return f"{question} ({subject})"
    before, after, said = question[: word.start()], question[word.end() :], word.group().lower()
    if said == "there" and _COUNTS_THERE.search(question):
        return f"{before}there in {subject}{after}"
    if said == "there" and not before.endswith(" in "):
        subject = f"in {subject}"
    if said in _POSSESSIVES or (said == "her" and re.match(r" [a-z]", after)):
        subject += "'s"
    return f"{_OPENS.sub('', before)}{subject}{after}"


def _referring(question: str, own: Sequence[Span]) -> re.Match[str] | None:
    """Return the word that refers to an earlier turn, None where each has its meaning in the question itself."""
    return next((word for word in _PRONOUN.finditer(question) if _refers_back(word, question, own)), None)


def _refers_back(word: re.Match[str], question: str, own: Sequence[Span]) -> bool:
    said, before = word.group().lower(), question[: word.start()]
    if said == "it" and _IDLE_IT.search(question):
        return False
    if said == "there":
        return not _IDLE_THERE.search(question) and not own
    if said in {"this", "that", "these", "those"} and re.match(r"\s+\w", question[word.end() :]):
        # "this year", "that means": only the nouns of the pattern are taken for things named before
        return False
    if said in _PLURALS and _PLURAL_NOUN.search(before):
        return bool(_BACKWARDS.search(before)) and not own
    if said in {"his", "her", "him"} and re.match(r"\s*(?:who|which|what) (?!is\b|was\b)", question, re.IGNORECASE):
        return False
    return not any(span.end <= word.start() for span in own) or bool(_BACKWARDS.search(before))


def _subject(word: str, previous: str, reply: str, glossary: Glossary) -> str:
    """Return what ``word`` stands for: a name of the previous question or, where it has none, of its answer."""
    if word in _PERSONS and kind_of(previous) is Kind.WHO and (person := _main_name(reply, previous, person=True)):
        return person
    topics = _topics(previous, glossary)
    things = [span for span in topics if not span.of(previous)[0].isdigit()] or topics
    if not things:
        return _main_name(reply, previous, person=word in _PERSONS) or _asked_about(previous)
    terms = {mention.span.start for mention in glossary.mentions(previous) if not mention.proper}
    proper = [span for span in things if span.start not in terms]
    if word not in _PLURALS and len(proper) == 1:
        return proper[0].of(previous)
    return _joined(things, previous)


def _joined(spans: Sequence[Span], text: str) -> str:
    """Return names as they were joined in ``text`` ("A and B", "CROs in B"), without what else stood between them."""
    said = spans[0].of(text)
    for one, two in pairwise(spans):
        between = text[one.end : two.start]
        if not re.fullmatch(r",? (?:and|or|in|at|of) (?:the )?|, |[和与及、的]", between):
            between = " in " if re.search(r"\b(?:in|at)(?: the)? $", between) else "的" if detect(text) == "zh" else " "
        said += between + two.of(text)
    return said


def _main_name(reply: str, previous: str, *, person: bool) -> str | None:
    """Return the name that an answer says most often, the first of them; None where it names nothing new."""
    text = _OUR_LEAD.sub(" ", reply)
    asked = previous.casefold()
    found = [
        said
        for span in names(text)
        if (said := re.sub(r"['’]s?$", "", span.of(text))).casefold() not in asked
        if " " in said or (not person and sum(map(str.isupper, said)) > 1)
    ]
    return Counter(found).most_common(1)[0][0] if found else None


def _bare(question: str, previous: str) -> str | None:
    """Ask the previous question with another question word ("why?", "how many of them?", "什么时候？"); else None."""
    if match := _BARE_EN.fullmatch(question):
        return _with_word_en(match["word"].capitalize() + (match["not"] or ""), previous.strip(_ENDS))
    match = _BARE_ZH.fullmatch(question)
    return _with_word_zh(match["word"], previous.strip(_ENDS)) if match else None


def _with_word_en(word: str, previous: str) -> str:
    if word.startswith("How m") and (which := _WHICH_EN.fullmatch(previous)):
        return f"{word} {which['rest']}?"
    if not word.startswith(("How m", "Who")) and (asked := _ASKS_HOW_EN.fullmatch(previous)):
        return f"{word} {asked['rest']}?"
    if not word.startswith(("How m", "Who")) and (asked := _YES_NO_EN.fullmatch(previous)):
        return f"{word} {asked['rest'][0].lower()}{asked['rest'][1:]}?"
    return f"{word}: {previous}?"


def _with_word_zh(word: str, previous: str) -> str:
    if "多少" in word or "几" in word:
        changed = _WHICH_ZH.sub(word.removeprefix("有"), previous, count=1)
    elif word == "谁":
        changed = previous
    else:
        changed = _ASKS_HOW_ZH.sub(word, previous, count=1)
    return f"{changed}？" if changed != previous else f"{previous.removesuffix('吗')}，{word}？"


def _in_other_days(previous: str, question: str) -> str | None:
    """Ask the previous question of other days where only they are named ("and since March?"); else None."""
    today = date.today()  # only the places of the expressions count
    said = expressions(question, today=today)
    rest = "".join(question[: said[0].span.start] + question[said[-1].span.end :]) if said else question
    if not said or not _ONLY_JOINS.fullmatch(rest):
        return None
    days = Span(said[0].span.start, said[-1].span.end).of(question).strip()
    old = expressions(previous, today=today)
    if not old:
        blank = "" if detect(previous) == "zh" else " "
        end = "？" if detect(previous) == "zh" else "?"
        return f"{previous.rstrip(_ENDS)}{blank}{days}{end}"
    place = old[-1].span
    if (before_day := _DAY_WORD.match(place.of(previous))) and days[0].isdigit():
        days = before_day.group() + days
    before, after = previous[: place.start].rstrip(), previous[place.end :]
    blank = "" if detect(previous) == "zh" or not before else " "
    return f"{before}{blank}{days}{after}"


def _asked_about(question: str) -> str:
    """Return what a question without names is about: in Chinese what stands before its verb, else all of it."""
    before = _BEFORE_VERB.match(question)
    return before.group() if before else question.rstrip(_ENDS)


def _asks_itself(question: str) -> bool:
    """Tell a whole question that merely begins with "and" from a fragment that needs the last one."""
    return kind_of(question) not in (Kind.OTHER,) or len(question.split()) > 8


def _topics(text: str, glossary: Glossary) -> list[Span]:
    """Return where a question's names stand: capitalised runs, numbers and terms, the longest where they overlap."""
    spans = [
        span
        for m in _NAME.finditer(text)
        if (span := _without_small_words(Span(m.start(), m.end()), text))
        if not (span.start == 0 and kind_of(m.group()) is not Kind.OTHER)
    ]
    spans += [mention.span for mention in glossary.mentions(text) if mention.proper or mention.long]
    chosen: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start - s.end, s.start)):
        if all(span.end <= other.start or span.start >= other.end for other in chosen):
            chosen.append(span)
    return sorted(chosen, key=lambda s: s.start)


def _without_small_words(name: Span, text: str) -> Span | None:
    """Return a run of capitals without the words that only ask or join at its beginning ("Does", "The")."""
    start = name.start
    while (word := re.match(r"[\w’'-]+\s*", text[start : name.end])) and word.group().strip().lower() in STOP_EN:
        start += word.end()
    return Span(start, name.end) if start < name.end else None


def _substituted(previous: str, old: Sequence[Span], question: str, new: Sequence[Span]) -> str:
    """Ask the previous question of the new name, in the place of its last old one."""
    name = " ".join(span.of(question) for span in new)
    if not old:
        return f"{previous.rstrip(_ENDS)} {name}?"
    alike = [span for span in old if _shape(span.of(previous)) == _shape(name)]
    replaced = (alike or old)[-1]
    return f"{previous[: replaced.start]}{name}{previous[replaced.end :]}"


def _shape(name: str) -> tuple[bool, bool]:
    """Tell a place from an abbreviation: written in Chinese, or all in capitals."""
    return detect(name) == "zh", sum(char.isupper() for char in name) > 1 and " " not in name
