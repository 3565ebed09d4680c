"""Words that refer to what was said before ("it", "the second one", 上述公司), and what is put in their place."""

import re
from collections.abc import Sequence

from corpus.article import Span
from corpus.language import detect
from service.question.kinds import Kind, kind_of
from service.question.topics import DEMONYMS, THINGS_ZH
from service.text.words import ASKING_EN, LIGHT_EN, ORDINAL_EN, STOP_EN

PRONOUN = re.compile(
    r"\b(?:it|its|they|them|their|theirs|he|him|his|she|her|hers|there|"
    r"(?:this|that|these|those)(?: (?:place|compan(?:y|ies)|city|cit(?:y|ies)|cent(?:re|er)s?|parks?|firms?|ones?|hub|"
    r"institute|university|region|zone|project|lab))?|the (?:same|two)(?: of them)?|both(?: of them)?)\b"
    rf"|它们?|他们?俩?|她们?俩?|[这那][里儿边]|上述(?:[两几三]?[家个所座])?{THINGS_ZH}?|(?<!应)(?<!本)该{THINGS_ZH}|[这那][家个所座]{THINGS_ZH}"
    rf"|[这那]些{THINGS_ZH}?|[这那]?两[家个所座]{THINGS_ZH}|[这那][家所座](?=[是在有由叫被于])|(?<![尤极与何])(?<!土耳)其(?![中他它余实次间])",
    re.IGNORECASE,
)
"""What may refer back, as a pattern."""
ORDINALS = {word: place for place, word in enumerate(("first", "second", "third", "fourth", "fifth"))}
ORDINALS |= {word: place for place, word in enumerate("一二三四五")} | {
    "former": 0,
    "latter": 1,
    "前": 0,
    "后": 1,
    "last": -1,
}
"""The place that each ordinal counts, from 0; -1 is the last."""
ORDINAL = re.compile(
    rf"\bthe (?P<en>{ORDINAL_EN})(?: ones?| of (?:them|these|those|the [a-z]+))\b"
    r"|(?P<pair>\bthe (?:former|latter)\b|前者|后者|[前后]面那[位家个所])"
    r"|第(?P<zh>[一二三四五])[个家所位种](?=[，。？?是的在为有叫呢由被]|$)",
    re.IGNORECASE,
)
"""What counts among things said before: "the second one", "the latter", 第二家."""
PERSONS = frozenset({"he", "him", "his", "she", "her", "hers", "他", "她"})
"""What stands for a person."""
_POSSESSIVES = frozenset({"its", "their", "his", "theirs", "hers"})
PLURALS = frozenset({"they", "them", "their", "theirs", "these", "those", "它们", "他们", "她们"})
"""What stands for several."""
_PLURAL_ZH = re.compile(r"它们|他们|她们|上述|[这那]些")
PAIR = re.compile(r"the two|both|[两几]")
"""What stands for two, as a pattern."""
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
_AFTER_VERB = re.compile(r"^[^,;]*\b(?:do|does|did|has|have|had|is|are|was|were|can|could|will|would) $", re.IGNORECASE)
# "which boats do they build?": they are none of the boats
_ASKS_OF_OBJECT = re.compile(
    r"(?:(?:and|but|so) )?(?:what|which|how many|how much) [^,;]*"
    r"\b(?:do|did|have|had|can|could|will|would|should|are|were) $",
    re.IGNORECASE,
)
OPENS = re.compile(r"^\s*(?:and|but|so|then|or|ok(?:ay)?)\b[\s,]*", re.IGNORECASE)
"""What joins a question to the last one, as a pattern."""
_OPENS_ZH = re.compile(r"^(?:那么?|还有|然后)[，\s]*")
_ASKS = re.compile(r"(?:what|which|whose|how)\b", re.IGNORECASE)
# "ada brill who is she", "student visa, how long can they stay"
_NAMED_FIRST = re.compile(rf"(?P<named>(?:[\w’'-]+ ){{0,3}}[\w’'-]+),? {ASKING_EN}", re.IGNORECASE)
_SAYS_WHO_ASKS = re.compile(
    r"\b(?:i|me|my|we|us|our|you|your)\b|^(?:in|at|on|by|from|to|for|with|since|until|after|before)\b", re.IGNORECASE
)
_LONG_SUBJECT = 8  # words of what is no name any more


def means_several(said: str) -> bool:
    """Whether a word stands for several: "they", 上述公司."""
    return said in PLURALS or _PLURAL_ZH.match(said) is not None


def referring(question: str, own: Sequence[Span]) -> re.Match[str] | None:
    """Return the word that refers to an earlier turn, None where each has its meaning in the question itself."""
    if ordinal := ORDINAL.search(question):
        return None if own else ordinal
    if _names_first(question):
        return None
    return next((word for word in PRONOUN.finditer(question) if _refers_back(word, question, own)), None)


def _names_first(question: str) -> bool:
    """Whether a question says before it asks what it is about, which "it" means then."""
    first = _NAMED_FIRST.match(OPENS.sub("", question))
    if first is None or _SAYS_WHO_ASKS.search(first["named"]):
        return False
    words = first["named"].lower().split()
    return not DEMONYMS.issuperset(words) and any(word not in STOP_EN | LIGHT_EN | PERSONS | PLURALS for word in words)


def _refers_back(word: re.Match[str], question: str, own: Sequence[Span]) -> bool:
    said, before, after = word.group().lower(), question[: word.start()], question[word.end() :]
    if said == "there":
        placed = any(re.search(r"\b(?:in|at|near)(?: the)? $", question[: span.start]) for span in own)
        return not _IDLE_THERE.search(question) and not placed
    if _means_nothing_before(said, question, after):
        return False
    if said in PLURALS and _PLURAL_NOUN.search(before):
        if said == "they" and _ASKS_OF_OBJECT.match(before):
            return True
        return bool(_BACKWARDS.search(before)) and not own
    # "how much of the Genome did they read": what does it is none of what stands before
    return bool(_AFTER_VERB.search(before) or _BACKWARDS.search(before)) or not any(s.end <= word.start() for s in own)


def _means_nothing_before(said: str, question: str, after: str) -> bool:
    """Whether a word stands for nothing said before: "is it possible", "this year", "who sold his company"."""
    if said in {"this", "that", "these", "those"}:  # only the nouns of the pattern are taken for things named before
        return re.match(r"\s+\w", after) is not None
    if said in {"his", "her", "him"}:
        return re.match(r"\s*(?:who|which|what) (?!is\b|was\b)", question, re.IGNORECASE) is not None
    return said == "it" and _IDLE_IT.search(question) is not None


def put_in(question: str, word: re.Match[str], subject: str) -> str:
    """Put what a word stands for in its place; a whole question, which stands for nothing so short, comes behind."""
    if not is_name(subject):
        return beside(question, subject)
    before, after, said = question[: word.start()], question[word.end() :], word.group().lower()
    if said == "there" and _COUNTS_THERE.search(question):
        return f"{before}there in {subject}{after}"
    if said == "there" and not before.endswith(" in "):
        subject = f"in {subject}"
    if said in _POSSESSIVES or (said == "her" and re.match(r" [a-z]", after)):
        subject += "'s"
    return f"{OPENS.sub('', before)}{subject}{after}"


def is_name(subject: str) -> bool:
    """Whether what a question is about is a name, and not a whole question."""
    asks = kind_of(subject) is not Kind.OTHER or _ASKS.match(subject)
    return not asks and len(subject.split()) <= _LONG_SUBJECT


def beside(question: str, subject: str) -> str:
    """Put behind a question what it is about, in Chinese a name before it.

    "And" goes only with a name: beside a whole question it says that two things are asked.
    """
    if not is_name(subject):
        return f"{question} ({subject})"
    if detect(question) == "zh":
        return f"{subject}{_OPENS_ZH.sub('', question)}"
    return f"{OPENS.sub('', question)} ({subject})"
