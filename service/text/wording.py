"""Names, quoted terms and denials of a text in English or Chinese, ready to be compared.

A statement and its quotes are read by the same rules, so what is read oddly is read oddly on both sides.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.language import CJK
from service.text.months import MONTHS
from service.text.words import POSSESSIVE_END, STOP_EN, STOP_ZH

_WORD = re.compile(rf"[^\W\d_{CJK}](?:[^\s_{CJK}，。；：、！？（）()\[\]\"“”`/]*[^\W_{CJK}])?")
_INNER_CAPITAL = re.compile(r"[^\W_].*[A-Z]|[A-Z].*\d")
_SENTENCE_START = re.compile(r"(?:^|[.!?:。！？：])[\s\"'“‘(*-]*$")
# What follows tells a name that opens a sentence ("Novo opened", "Novo runs the") from "Foreign investors".
_AS_SUBJECT = re.compile(
    r" (?:(?:is|was|has|had|will|can|could|would|does|did)\b|\w+ed\b|\w+s (?:the|an?|its|their|over|more|\d|[A-Z]))"
    rf"| ?[{CJK}，、]"
)
ORDINARY_ENDING = re.compile(r"(?:ly|ing|tion|ment|(?<![isu])s)$")
"""How words end that are hardly names, though a sentence begins with them."""

_OF_ANOTHER = ("'s", "’s", "s'", "s’")
"""What parts two names that stand side by side: "the Union's Act"."""
_DASH = re.compile(r"[-–—&]")
_PART = re.compile(r"[^\W\d_]+|\d+")
_DEMONYM = re.compile(r"(?:ese|ians?|eans?|ans?|ish|i|a|e|y)$")
_IRREGULAR = {
    "english": "england", "french": "france", "german": "germany", "spanish": "spain", "welsh": "wales",
    "irish": "ireland", "scottish": "scotland", "dutch": "netherlands", "danish": "denmark", "swedish": "sweden",
    "finnish": "finland", "polish": "poland", "swiss": "switzerland", "greek": "greece", "portuguese": "portugal",
    "turkish": "turkey", "thai": "thailand", "british": "britain", "filipino": "philippines", "icelandic": "iceland",
}  # fmt: skip
_BY_INITIALS = {"american": "us", "americans": "us", "america": "us", "usa": "us", "british": "uk", "britain": "uk"}
"""How countries are called that are mostly written in capitals, or in full."""
_QUOTED = re.compile(r"“([^”\n]{2,80})”|\"([^\"\n]{2,80})\"|「([^」\n]{2,80})」|《([^》\n]{2,80})》")
_ADDRESS = re.compile(r"https?://[^\s<>\"”）)]+|www\.[^\s<>\"”）)]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)

SMALL_WORDS = (
    STOP_EN
    | STOP_ZH
    | frozenset(map(str.lower, MONTHS))
    | frozenset("however moreover thus hence therefore consequently due unless although whereas despite".split())
)
"""Words that carry no content of their own, folded; months are compared as dates."""

_NEGATIVE = re.compile(
    r"\b(?:not|never|no|none|nor|neither|nobody|nothing|without|cannot|unable|lacks?|lacked|lacking|fail(?:s|ed)? to"
    r"|hardly|rarely|absence of|unless|(?:refus|declin)(?:es?|ed|ing) to|exclud(?:es?|ed))\b|n['’]t\b"
    r"|不(?![仅但断同少过禁足论惜管止只妨]|到[\d一二两三四五六七八九十])|没有(?!的)|没(?!有)|未(?!来)|(?<![毫南])无(?![论锡疑数所限形线人])|并非|(?<![是除])非(?![常洲法凡营])"
    r"|毫无|缺乏|缺少|难以|很难|难于|除非"
)
_NOT_NEGATIVE = re.compile(
    r"\bnot (?:only|just|merely|least|without|un\w+)\b|\bno (?:doubt|matter|fewer than|less than|more than)\b"
    r"|\bno\.? ?\d+|\bnever fail\w*|\bnothing but\b|不得不|不能不|无不|并非没有|并非不|没有不|是不是|有没有"
    r"|非[^，。]{1,8}不可"
)
# Two denials are counted one by one where it is told what each of them reaches.
_NO_DENIAL = re.compile(
    r"\bnot (?:only|just|merely|least)\b|[\"“'‘`] ?no ?[\"”'’`]"
    r"|\bno (?:doubt|matter|fewer than|less than|more than)\b|\bno\.? ?\d+"
    r"|\bnothing but\b|不得不|不能不|无不|是不是|有没有|非[^，。]{1,8}不可"
)
_CLAUSE = re.compile(
    r"[,;:，；：。！？!?—]\s*|\.\s+|\b(?:but|while|whereas|although|though|however|because)\b|但是?|然而|虽然|因为|而是"
)
_OPPOSITES = tuple(
    (re.compile(one), re.compile(other))
    for one, other in (
        (
            r"\b(?:rises?|rising|rose|risen|increas\w+|grew|grow(?:s|n|ing|th)?)\b|增长|增加|上升|提高|上涨",
            r"\b(?:falls?|falling|fell|fallen|decreas\w+|declin\w+|shrank|shrink\w*|drop(?:s|ped|ping)?)\b"
            r"|下降|减少|降低|下跌|萎缩",
        ),
        (
            r"\b(?:more than|over|above|exceed\w*|at least)\b|超过|高于|多于|以上|逾",
            r"\b(?:less than|under|below|fewer than|at most)\b|不足|低于|少于|以下",
        ),
        (r"\b(?:higher|highest)\b", r"\b(?:lower|lowest)\b"),
        (r"\bmore\b", r"\b(?:less|fewer)\b"),
        (
            r"\bgreatest\b|(?<!\bat )(?<!\bat the )(?<!\bvery )\bmost\b",
            r"\b(?:smallest|fewest)\b|(?<!\bat )(?<!\bat the )(?<!\bvery )\bleast\b",
        ),
        (r"\beligible\b", r"\b(?:ineligible|excluded)\b"),
        (r"严格|更严", r"宽松|放宽"),
        (r"全额", r"半额"),
        (r"\b(?:larger|largest|biggest|bigger)\b|最大", r"\b(?:smaller|smallest)\b|最小"),
        (r"\bbefore\b(?=[^.,;]{0,12}\d)|\d[^，。]{0,6}之?前", r"\bafter\b(?=[^.,;]{0,12}\d)|\d[^，。]{0,6}之?后"),
        (r"\b(?:plentiful|abundant|numerous)\b|众多|丰富", r"\b(?:few|scarce|rare)\b|稀少|匮乏"),
        (
            r"\b(?:allow(?:s|ed|ing)?|permit(?:s|ted|ting)?)\b|允许|准许",
            r"\b(?:forbid(?:s|den)?|prohibit(?:s|ed)?|ban(?:s|ned)?)\b|禁止",
        ),
        (r"\beast(?:ern|wards?)?\b(?! anglia)|东[部侧边面]", r"\bwest(?:ern|wards?)?\b|西[部侧边面]"),
        (r"\bnorth(?:ern|wards?)?\b|北[部侧边面]", r"\bsouth(?:ern|wards?)?\b|南[部侧边面]"),
        (r"\bmerg(?:e[sd]?|ing|ers?)\b|合并", r"\b(?:split(?:s|ting)?|demerg\w+|separat(?:es?|ed|ing))\b|拆分|分拆"),
        (r"\b(?:vacant|empty|unlet|unoccupied)\b|空置|闲置", r"\b(?:let|leased|rented|occupied)\b|出租|租出|入驻"),
        (
            r"\b(?:accept(?:s|ed|ing)?|approv(?:es?|ed|ing))\b|接受|批准",
            r"\b(?:reject(?:s|ed|ing)?|refus(?:es?|ed|ing))\b|拒绝|驳回",
        ),
        (
            r"\b(?:postpon(?:es?|ed)|delay(?:s|ed)?|put(?:s|ting)? off|push(?:es|ed)? back)\b|推迟|延期|延后",
            r"\b(?:brought forward|bring(?:s|ing)? forward|ahead of schedule)\b|提前",
        ),
        (r"\bopen(?:s|ed|ing)?\b|开业|开放|启用|开园", r"\bclos(?:es?|ed|ing|ure)\b|关闭|停业|关停"),
        (r"\blist(?:s|ed|ing)?\b|上市", r"\bdelist(?:s|ed|ing)?\b|退市"),
        (r"\bgain(?:s|ed)?\b|获得|赢得", r"\b(?:los(?:es?|ing)|lost)\b|失去|被取消|丧失"),
        (r"\binclud(?:es?|ed|ing)\b|包括|包含", r"\bexclud(?:es?|ed|ing)\b|不包括|排除"),
        (r"\bimport(?:s|ed|ing)?\b|进口", r"\bexport(?:s|ed|ing)?\b|出口"),
        (r"\bpredecessors?\b|前任", r"\bsuccessors?\b|继任|接任"),
    )
)


@dataclass(frozen=True, slots=True)
class Name:
    """One word of a name. Names with the same ``run`` stand side by side.

    ``sure`` is False where only the word's place (first in a sentence, in a heading) may give it its capital.
    """

    text: str
    run: int
    sure: bool


def fold(text: str) -> str:
    """Fold width, case and accents away; the result is for comparing, never for showing."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text)
    kept = "".join(char for char in decomposed if not unicodedata.combining(char))
    return unicodedata.normalize("NFKC", kept).casefold()


def squash(text: str) -> str:
    """Fold ``text`` and leave nothing but its letters and digits."""
    return re.sub(r"[\W_]+", "", fold(text))


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """Return the Latin words as written, parts of hyphenated ones apart, without possessive endings and inner dots."""
    plain = unicodedata.normalize("NFKC", text)
    parts = (part for match in _WORD.finditer(plain) for part in _DASH.split(match.group()))
    return tuple(word for part in parts if (word := POSSESSIVE_END.sub("", part).replace(".", "")))


@lru_cache(maxsize=4096)
def name_words(text: str) -> tuple[Name, ...]:
    """Return the words of names in Latin script: those with a capital that are no small words."""
    plain = unicodedata.normalize("NFKC", text)
    matches = list(_WORD.finditer(plain))
    heading = len(matches) >= 5 and sum(match.group()[0].isupper() for match in matches) > 0.7 * len(matches)
    found: list[Name] = []
    run, last_end = 0, -2
    for match in matches:
        first = bool(_SENTENCE_START.search(plain, 0, match.start()))
        for word in words(match.group()):
            inner = bool(_INNER_CAPITAL.match(word))
            small = fold(word) in SMALL_WORDS and not (word.isupper() and len(word) > 1)  # "US" is no "us"
            degrees = plain[: match.start()].endswith("°")
            if small or degrees or not (inner or word[0].isupper()):
                continue
            run += plain[last_end : match.start()] not in {" ", ""} or plain[:last_end].endswith(_OF_ANOTHER)
            subject = first and not ORDINARY_ENDING.search(word) and _AS_SUBJECT.match(plain, match.end())
            found.append(Name(word, run, inner or bool(subject) or not (first or heading)))
            last_end = match.end()
    return tuple(_with_leaders(found))


def other_names(text: str, question: str) -> list[Name]:
    """Return the words of names in ``text`` that ``question`` does not say."""
    known = question.casefold()
    return [name for name in name_words(text) if name.text.casefold() not in known]


def _with_leaders(found: Sequence[Name]) -> Iterator[Name]:
    """Make a sentence's first word sure where a sure one follows it, as in "Novo Nordisk opened"."""
    for place, name in enumerate(found):
        following = found[place + 1] if place + 1 < len(found) else None
        yield Name(
            name.text, name.run, name.sure or (following is not None and following.run == name.run and following.sure)
        )


def quoted_terms(text: str) -> list[str]:
    """Return what the text puts in quotation marks, and the web and mail addresses in it."""
    quoted = [next(group for group in match.groups() if group) for match in _QUOTED.finditer(text)]
    return quoted + [match.group().rstrip(".,;") for match in _ADDRESS.finditer(text)]


@lru_cache(maxsize=1024)
def name_index(texts: tuple[str, ...]) -> "NameIndex":
    """Return the index of some texts; the same quotes are asked about one statement after the other."""
    return NameIndex(texts)


class NameIndex:
    """The words of some texts, ready to be asked whether a name stands in them, also in a common variant."""

    def __init__(self, texts: Sequence[str]) -> None:
        written = [word for text in texts for word in words(text)]
        self._folded = {fold(word) for word in written}
        self._roots = {_root(word) for word in written if word[0].isupper()}
        parts = [[squash(part) for part in _PART.findall(text)] for text in texts]
        self._joined = {"".join(row[at : at + length]) for row in parts for length in (2, 3) for at in range(len(row))}
        self._compound = " ".join(f"{fold(word)} " for word in written if _INNER_CAPITAL.match(word))
        self._initials = "".join(fold(word)[0] for word in written if fold(word) not in SMALL_WORDS)
        self._acronyms = {fold(word) for word in written if word.isupper() and len(word) > 1}
        self._run_initials = {_initials(run) for text in texts for run in _runs(name_words(text))}
        named = {_BY_INITIALS.get(fold(word), "") for word in written} | self._acronyms | self._run_initials
        self._countries = named & set(_BY_INITIALS.values())

    def holds(self, name: str) -> bool:
        """Whether one word of a name stands here: itself, its plural, its country's adjective, or written out."""
        folded = fold(name)
        if not self._folded.isdisjoint({folded, folded.removesuffix("s"), folded + "s"}):
            return True
        initials = _BY_INITIALS.get(folded, folded if name.isupper() else "")
        if initials in self._countries:
            return True
        if squash(name) in self._joined or (len(folded) >= 5 and folded in self._compound):
            return True
        return (name[:2].isupper() and self._written_out(folded)) or _root(name) in self._roots

    def _written_out(self, acronym: str) -> bool:
        spellings = (acronym, acronym.removesuffix("s"))
        # two letters stand in nearly every row of initials, so for them only those of a name count
        return any(
            letters in self._run_initials or letters in self._initials * (len(letters) > 2) for letters in spellings
        )

    def unshared(self, text: str) -> list[Name]:
        """Return the missing names of which no part stands here: not "Ada" of "Ada Byrne" where "Byrne" does."""
        partly = {name.run for name in name_words(text) if self.holds(name.text)}
        return [name for name in self.missing(text) if name.run not in partly]

    def missing(self, text: str) -> list[Name]:
        """Return the names of ``text`` that do not stand here in any variant."""
        found = name_words(text)
        short = {
            run[0].run for run in _grouped(found) if len(run) > 1 and _initials([n.text for n in run]) in self._acronyms
        }
        return [name for name in found if name.run not in short and not self.holds(name.text)]


def _initials(run: Sequence[str]) -> str:
    return "".join(fold(word)[0] for word in run)


def _grouped(found: Sequence[Name]) -> list[list[Name]]:
    return [[name for name in found if name.run == run] for run in sorted({name.run for name in found})]


def _runs(found: Sequence[Name]) -> list[list[str]]:
    return [[name.text for name in run] for run in _grouped(found)]


def _root(word: str) -> str:
    """Cut a place and its adjective down to what they share ("China", "Chinese": "chin"); four letters stay."""
    root = _IRREGULAR.get(fold(word), fold(word))
    while len(shorter := _DEMONYM.sub("", root)) >= 4 and shorter != root:
        root = shorter
    return root


def clauses(text: str) -> list[str]:
    """Split a sentence at its inner marks and its contrasts."""
    plain = re.sub(r"(?<=\d),(?=\d)", "", unicodedata.normalize("NFKC", text))
    return [part for part in _CLAUSE.split(plain) if part.strip()]


def denials(text: str) -> list[tuple[int, int]]:
    """Return from where to where the words stand that deny something; "not only" and the like are none."""
    lower = text.lower() if len(text.lower()) == len(text) else text
    masked = _NO_DENIAL.sub(lambda match: " " * len(match.group()), lower)
    return [match.span() for match in _NEGATIVE.finditer(masked)]


def negated(clause: str) -> bool:
    """Whether a clause denies; "not only" and double negations do not."""
    return bool(_NEGATIVE.search(_NOT_NEGATIVE.sub(" ", clause.lower())))


def _bounded(text: str) -> str:
    """Say a bound that is denied as the one that it is: "no more than" is "at most"."""
    text = re.sub(r"\b(?:no|not) more than\b|不超过|不高于", " at most ", text)
    return re.sub(r"\b(?:no|not) (?:fewer|less) than\b|不少于|不低于", " at least ", text)


@lru_cache(maxsize=4096)
def _poles(text: str) -> tuple[tuple[bool, bool], ...]:
    """Say for each pair of opposites which of the two a text has."""
    bounded = _bounded(text.lower())
    return tuple((bool(one.search(bounded)), bool(other.search(bounded))) for one, other in _OPPOSITES)


def opposed(statement: str, quotes: str) -> bool:
    """Whether the statement says "rose" where the quotes say only "fell", or another pair of opposites."""
    pairs = zip(_poles(statement), _poles(quotes), strict=True)
    return any({said, shown} == {(True, False), (False, True)} for said, shown in pairs)
