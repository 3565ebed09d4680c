"""Whether a sentence holds the sort of thing that a question asks for: a date, a person, so many of what is counted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.article import Language
from corpus.language import CJK, Analyzer, detect
from service.question.kinds import FACTS, Kind
from service.question.units import Unit
from service.sentences.bodies_zh import asks_by_name, asks_person
from service.sentences.named import NO_NAMES
from service.sentences.sections import Topic, topics_of
from service.text.measures import measures_asked, units_asked
from service.text.mentions import Measure, amounts, times
from service.text.months import MONTHS
from service.text.wording import name_words
from service.text.words import LIGHT_EN, NUMBER_ZH, STOP_EN

_NUMBER = (
    r"(?:(?!(?:1[5-9]|20)\d\d$)\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|"
    r"millions?|billions?|half|several)"
)
_HELD: dict[Kind, re.Pattern[str]] = {
    Kind.WHEN: re.compile(
        rf"(?<!\d)(?:1\d{{3}}|20\d{{2}})(?!\d)|\b(?:{'|'.join(MONTHS)})\b|\b\d+(?:st|nd|rd|th) century\b"
        r"|(?<![£$€¥.,])\b\d{3,4}s?\b|\d (?:BP|BCE?|AD|CE)\b|\bago\b|\b\d{1,2}: ?\d{2}\b"
        r"|\b(?:last|this|next) (?:year|month|week|spring|summer|autumn|winter)\b"
        r"|\d+ ?[年月]|[一二三四五六七八九十]月|[今去前明]年|[本上下]个?月|世纪|年代"
    ),
    Kind.QUANTITY: re.compile(
        r"(?<![\d.])(?!(?:1[5-9]|20)\d\d(?!%|[\d]|[,.]\d))\d"  # a number that is no year
        r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|millions?|"
        r"billions?|half|quarter|third|twice|double|several)\b"
        r"|\d{4} ?[个家所名位种项人座倍篇次条]"
        r"|(?<!第)(?<![多少](?=数))(?!一[个家所名位项座篇条件份款])[一二两三四五六七八九十百千万亿半数][多余几]?(?:[个家所名位种项人座倍元篇次条天万亿成米期步类层件份封株款笔届例套台]|公里|平方|分之)",
        re.IGNORECASE,
    ),
    Kind.WHERE: re.compile(
        r"\b(?:in|at|near|from|to|of|on|off|between|along|across) (?:the )?(?:[a-z]+ )?[A-Z]"
        r"|[省市州县国区岛洲镇]|位于|地处|在"
    ),
    Kind.WHY: re.compile(
        r"\b(?:because|since|due to|owing to|as a result|therefore|so that|in order to|caused?|reason|led to|thus|"
        r"means that|made)\b|因为|由于|因此|所以|导致|以便|从而|原因",
        re.IGNORECASE,
    ),
    Kind.DEFINITION: re.compile(
        r"\b(?:is|are|was|were|refers to|means|known as|called|stands for|defined as)\b|[（(]|是|指|即|称为",
        re.IGNORECASE,
    ),
}

# How much a sentence gains by holding the sort of thing asked for, and loses by not holding it: the logarithm of how
# much more often answering sentences do than others, counted on public question sets (ClapNQ, XQuAD).
_WORTH: dict[Kind, tuple[float, float]] = {
    Kind.WHEN: (1.0, -2.5),
    Kind.QUANTITY: (0.5, -2.2),
    Kind.WHERE: (0.5, -0.8),
    Kind.WHY: (1.0, -0.4),
    Kind.DEFINITION: (0.4, -1.0),
    Kind.WHO: (0.1, -1.0),
}
_PLAIN = frozenset({Kind.WHEN, Kind.QUANTITY, Kind.WHO})
"""Kinds whose answers hold the sort of thing that is asked for, and hold it so that it can be seen."""
LACKS_DATE, LACKS_NAME, LACKS_UNIT, LACKS_COUNT, LACKS_WHAT_IS_ASKED = 0.3, 0.33, 0.3, 0.35, 0.5
"""What is left of a likelihood where it is not there; judgements too, made with the starter articles in view. No name
counts where the question is in English or asks for one that has a name, no count where it is known what is counted."""
COUNTS_ELSE, COUNTS_ELSE_ZH = 0.3, 0.4
"""The same where a number stands elsewhere than by what is counted; Chinese has more places for it."""
_COUNTED_WORTH = 2.5
"""The same for a number that stands by what is counted."""
_OTHER_NUMBER_WORTH, _NO_NUMBER_WORTH = -0.3, -3.5
"""That of one that stands elsewhere and that of none at all, where it is known what is counted; judgements, not
counted."""

# what is so every time ("When do tenants pay?") may be told by the circumstances, and without a date
_EVERY_TIME = re.compile(
    r"\bwhen (?:do|does|should|can|must|to)\b"
    r"|(?:什么时候|何时)(?:才?[能要该会]|应该?|可以|做|进行|办理?|[交支]?付|提交|申请)[^了的过]{0,6}[？?]?$",
    re.IGNORECASE,
)
# "How long does it take?", which no date tells
_LASTS = re.compile(
    r"\bhow long (?:does|do|will|would|can|could|must|should)\b|(?:要|需|提前|持续|耗时|花)(?:多久|多长时间)"
    r"|多久(?:能|可以|才|之前|以前)",
    re.IGNORECASE,
)
# how long, without a number
_LONG = re.compile(
    r"\b(?:several|many|some|a few|a couple of) (?:years|months|weeks|days|hours|minutes|decades)\b"
    r"|\b(?:until|as long as|for life|indefinitely|permanent(?:ly)?)\b"
    r"|[多数几半]个?[年月周天]|直到|为止|期满|终身|长期",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(r"\b(?:how many|number of|count of|in terms of) ((?:[\w-]+ ?){1,4})", re.IGNORECASE)
_COUNTED_ENDS = re.compile(
    r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|of|in|at|there|the|to|that)", re.IGNORECASE
)
_PLURAL = re.compile(r"people|children|(?:wo)?men|[\w-]+[^suia]s", re.IGNORECASE)
_OF_FEW_THINGS = "件份封株款笔届例套"  # measures that say themselves what is counted
_MEASURES = f"个家所名位种项人座倍元篇次条天年岁米门场部支台辆艘吨分期步类层{_OF_FEW_THINGS}"
_AMOUNTS = "倍元天年岁米吨分"  # measures that count no things
_HOW_MANY_CHINESE = re.compile(
    rf"(?:多少|几)([{_MEASURES}])|多少(?=[\u4e00-\u9fff])(?!钱|资金|时间|次|比例|[万亿]|公[里顷斤]|平方|美元|欧元|人民币)"
)
_OF_THINGS = ("家", "所", "名", "位", "座")  # measures of what is likely to have been named before
_COUNTED_BEFORE_ZH = re.compile(
    r"([\u4e00-\u9fff]{2,6}?)的?(?:数量)?(?:目前|现在|至今|大概|大约|一共|总共|共计|合计|总计|共|有|达到?|约)*$"
)
_NUMBER_OF_CHINESE = re.compile(r"([\u4e00-\u9fff]+?)的?(?:数量|总数|数目)")
_SHARE = re.compile(
    r"\b(?:half|thirds?|quarters?|fifths?|tenths?|majority|most|all|none|(?:one|two|three|four|\d+) (?:in|out of)"
    r" (?:every )?\w+)\b|[分成半]",
    re.IGNORECASE,
)
_COMPARES = re.compile(
    r"(?:fast|larg|bigg|high|low|long|short|quick|small|cheap|strong|great)er", re.IGNORECASE
)  # "how much faster"
_CLAUSES = re.compile(r"[，,；;。]")
_NOUNS_ZH = ("n", "vn", "j", "l", "eng")  # jieba's tags: names too, and what is short for one
_PEOPLE_ZH = re.compile(rf"(?<!第){NUMBER_ZH}+[多余]?[人名位](?!次|均|民币)")
_YEARS_ZH = re.compile(r"(?:几|多少)个?[年月天](?!了|的?历史)")  # so many, which no date tells: "有效期是几年"
_OF_THEM = re.compile(rf"\b{_NUMBER} of (?:them|these|those|which)\b", re.IGNORECASE)
# behind what is counted, and nothing more: "员工增至130人"
_BEHIND_ZH = rf"[^，,。；;、的\d]{{0,6}}{NUMBER_ZH}+[多余]?(?![{_AMOUNTS}])[{_MEASURES}](?=[，,。；;、（）()”]|$)"
_COUNTED_WITHIN = 4  # words between a number and what it counts: "1,100 small biotech companies"
# "2000 guests", but no "in 2019 universities"
_LIKE_A_YEAR = re.compile(r"(?<!\bin )(?<!\bsince )(?<!\bof )(?<!\bby )\b\d{4} ([a-z]+)", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s? (?=[A-Z])")
_PLACE = re.compile(
    r"\b(?:in|on|within|at|near|across|throughout)(?: the)?(?: [A-Z][\w’'-]*(?: (?:of|and)(?= [A-Z]))?)+"
)
# what the name of an organisation ends with, which one may do as well as a person
_ORGANISATION_ZH = re.compile(
    rf"[{CJK}]{{2,8}}?(?:资本|集团|公司|大学|银行|基金|创投|投资|研究院|研究所|学院|医院|政府|委员会|协会|药业|生物|科技|控股)"
)
_LONG_NAME_ZH = 5  # characters, of which the last tell whether a question says it
# a foreign person's, written in Chinese, and one that jieba need not know: 由沈棠创办, 主任是沈棠
_CHINESE_NAME = re.compile(
    rf"[{CJK}]·[{CJK}]|由(?![一某此于几多两])[{CJK}]{{2,3}}(?:创[办立]|发起|领导|负责|担任|牵头|主持|执笔)"
    rf"|[人长任师员席裁理](?:[是为叫]|名叫)(?![一某两])[{CJK}]{{2,3}}(?=[，。；、（]|$)"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The sort of thing that a question asks for.

    ``counted`` are the index terms of what it counts ("how many firms"), in both languages where the glossary knows
    them, and ``measure`` is the Chinese measure word ("多少所", else empty); ``units`` are the measures in whose units
    the number must be ("how far"), none where any will do; ``aged`` says that a date tells it too ("how old"). ``text``
    is the question, ``topics`` are what a fact or a list is asked of.
    """

    kind: Kind
    text: str
    language: Language
    counted: frozenset[str]
    measure: str
    units: frozenset[Measure] = frozenset()
    aged: bool = False
    topics: tuple[Topic, ...] = ()

    @classmethod
    def of(cls, question: str, kind: Kind, units: Sequence[Unit], analyzer: Analyzer) -> "Wanted":
        """Read what ``question``, which is of ``kind`` and names ``units``, asks for."""
        in_units = _unit_counted(question) if kind is Kind.QUANTITY else None
        counted, measure = _counted(question, analyzer) if kind is Kind.QUANTITY and not in_units else ("", "")
        things = [unit for unit in units if unit.own[-1] == counted]
        if not (measure or counted.isascii() or any(unit.others for unit in things)):
            counted = ""  # "多少食物" may be told in other words, of which nothing is known
        names = {name[-1] for unit in things if counted for name in unit.phrases[1:]}
        counts_nothing = kind is Kind.QUANTITY and not counted
        return cls(
            kind,
            question,
            detect(question),
            counted=frozenset(names | {counted} - {""}),
            measure=measure,
            units=frozenset({in_units}) if in_units else units_asked(question) if counts_nothing else frozenset(),
            topics=tuple(topics_of(units, question, detect(question), analyzer)) if kind in FACTS | {Kind.LIST} else (),
            aged=kind is Kind.QUANTITY
            and bool(measures_asked(question) & {Measure.AGE, Measure.DURATION})
            and not _LASTS.search(question)
            and not _YEARS_ZH.search(question),
        )

    def fits(self, sentence: str, analyzer: Analyzer) -> float:
        """Return what a sentence gains or loses by the sort of thing that is asked for; 0 where it can't be told."""
        worth = _WORTH.get(self.kind)
        if worth is None:
            return 0.0
        if self.kind is Kind.WHO:
            return worth[0] if self._names_somebody(sentence, analyzer) else worth[1]
        dated = self.aged and bool(times(sentence))
        dated = dated or (Measure.DURATION in self.units and bool(_LONG.search(sentence)))
        if self.units:
            shared = Measure.PERCENT in self.units and bool(_SHARE.search(sentence))
            return worth[
                0 if dated or shared or any(amount.measure in self.units for amount in amounts(sentence)) else 1
            ]
        told = bool(self.counted or self.measure)  # what is counted
        if told and self._counts(sentence, analyzer):
            return _COUNTED_WORTH
        if not dated and not _HELD[self.kind].search(sentence):
            return _NO_NUMBER_WORTH if told else worth[1]
        return _OTHER_NUMBER_WORTH if told else worth[0]

    def left(self, fit: float) -> float:
        """Return what is left of a likelihood where a sentence of this ``fit`` lacks what is asked for, else 1.

        That is a date, a number or a person. What can be told best leaves least: whether there is an amount in the unit
        that is asked for, a number beside what is counted, or a name in Latin script.
        """
        if self.kind is Kind.QUANTITY and fit == _OTHER_NUMBER_WORTH:
            return COUNTS_ELSE if self.language == "en" else COUNTS_ELSE_ZH
        if self.kind not in _PLAIN or _EVERY_TIME.search(self.text) or fit > _WORTH[self.kind][1]:
            return 1.0
        if self.kind is Kind.WHO and (self.language == "en" or asks_by_name(self.text)):
            return LACKS_NAME
        if self.kind is Kind.WHEN:
            return LACKS_DATE
        return LACKS_UNIT if self.units else LACKS_COUNT if fit == _NO_NUMBER_WORTH else LACKS_WHAT_IS_ASKED

    def _names_somebody(self, sentence: str, analyzer: Analyzer) -> bool:
        """Whether a name stands there that the question itself does not say."""
        asked = self.text.casefold()
        known: set[int] = set()  # runs of names that begin with one asked of: "Brill Mills" may be the Brill
        for name in name_words(_POSSESSIVE.sub(", ", _PLACE.sub("there", sentence))):
            if name.text.casefold() in asked:
                known.add(name.run)
            elif name.sure and name.run not in known and name.text.lower() not in NO_NAMES:
                return True
        if detect(sentence) != "zh":
            return False
        bodies = [] if asks_person(self.text) else _ORGANISATION_ZH.findall(sentence)
        found = [*analyzer.chinese_names(sentence, persons=True), *bodies]
        # of 五人组成的定价委员会 the question says the end
        return bool(_CHINESE_NAME.search(sentence)) or any(name[-_LONG_NAME_ZH:] not in asked for name in found)

    def _counts(self, sentence: str, analyzer: Analyzer) -> bool:
        """Whether a number stands by what is counted: before it, or right behind it ("universities, 53 in all")."""
        if self.measure and any(self._is_of_it(clause, analyzer) for clause in _CLAUSES.split(sentence)):
            return True
        if any(analyzer.stem(match[1]) in self.counted for match in _LIKE_A_YEAR.finditer(sentence)):
            return True
        if "人" in self.counted and _PEOPLE_ZH.search(sentence):
            return True
        if _OF_THEM.search(sentence):
            return True  # what that is, the sentence before tells
        if any(not term.isascii() and re.search(re.escape(term) + _BEHIND_ZH, sentence) for term in self.counted):
            return True
        words = [(token.term, token.span.of(sentence)) for token in analyzer.tokens(sentence)]
        return any(
            re.fullmatch(_NUMBER, near, re.IGNORECASE)
            for place, (term, word) in enumerate(words)
            if term in self.counted and not word[0].isupper()  # "Ulverby University" is one, and not what is counted
            for _, near in (*words[max(0, place - _COUNTED_WITHIN) : place], *words[place + 1 : place + 2])
        )

    def _is_of_it(self, clause: str, analyzer: Analyzer) -> bool:
        """Whether a number stands there in the measure that is asked for, and nothing else is plainly counted."""
        if not re.search(rf"(?<!第){NUMBER_ZH}[多余]?{self.measure}(?![月钟之])", clause):
            return False
        told = self.measure in _AMOUNTS + _OF_FEW_THINGS or not self.counted
        return told or not self.counted.isdisjoint(analyzer.terms(clause))


def _unit_counted(question: str) -> Measure | None:
    """Return the measure whose units are counted ("how many square miles"); None where things are."""
    found = _HOW_MANY.search(question)
    told = [amount.measure for amount in amounts(f"2 {found[1]}")] if found else []
    return told[0] if told and told[0] is not Measure.COUNT else None


def _counted(question: str, analyzer: Analyzer) -> tuple[str, str]:
    """Return the index term of what is counted, and the Chinese measure word; each is empty where there is none."""
    if number_of := _NUMBER_OF_CHINESE.search(question):
        return analyzer.tokens(number_of[1])[-1].term, ""
    if chinese := _HOW_MANY_CHINESE.search(question):
        word, tag = (analyzer.tagged(question[chinese.end() :]) or [("", "")])[0]
        # "多少人参加" counts people, "入驻企业共计多少家" what was named before
        if tag.startswith(_NOUNS_ZH) and chinese[1] != "人":
            return word, chinese[1] or ""
        named = _COUNTED_BEFORE_ZH.search(question[: chinese.start()]) if chinese[1] in _OF_THINGS else None
        return (analyzer.tokens(named[1])[-1].term if named else ""), chinese[1] or ""
    found = _HOW_MANY.search(question)
    last = ""
    for word in found[1].split() if found else ():
        light = word.lower() in LIGHT_EN or word.lower() == "money"
        if _COUNTED_ENDS.fullmatch(word) or (last and (light or word.lower() in STOP_EN)):
            break  # "people live in", "companies call it home"
        if _PLURAL.fullmatch(last) and not _PLURAL.fullmatch(word):
            break  # "guests attended", but "sports clubs"
        last = "" if light or _COMPARES.fullmatch(word) else word
    return (analyzer.stem(last) if last else ""), ""
