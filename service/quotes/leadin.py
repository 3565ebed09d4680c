"""What a quoted sentence calls "it" or "the park": the name that stands before it in its article, to be shown with it.

A name is given only where the text leaves little doubt: the sentence before has it as its subject (as in the centering
theory of Grosz, Joshi and Weinstein: what a sentence begins with is what the next one goes on about), or a name before
ends in the very noun ("Brightwater Science Park", "the park"). Anything else is left as it stands.
"""

import re
from collections.abc import Sequence

from corpus.article import Article, Span
from corpus.language import Analyzer
from service.evidence import ScoredSentence
from service.text.mentions import name_spans

SENTENCES_BACK = 3  # through which "it" is followed to a name, each beginning with "it" in its turn
LONGEST = 60  # characters of a name that is shown

_NOUN = (
    r"(?:cent(?:re|er)|compan(?:y|ies)|firm|group|park|hub|valley|cluster|campus|zone|area|district|region|city|town"
    r"|institut(?:e|ion)|universit(?:y|ies)|college|school|hospital|laborator(?:y|ies)|lab|organi[sz]ation|agency"
    r"|office|foundation|association|alliance|fund|project|programme|program|scheme|initiative|platform|network"
    r"|incubator|bank|library|museum|ferry|port|airport|bridge)"
)
_NOUN_ZH = (
    "(?:园区|新区|开发区|高新区|园|谷|公司|集团|中心|大学|学院|研究院|研究所|实验室|医院|平台|基金会?|协会|联盟|机构|银行|企业"
    "|城市|城|省|市|区|项目|计划)"
)
_THING = re.compile(
    r"(?:It|Its)\b(?! (?:is|was|has been|takes|took|seems|appears) (?:\w+ )?(?:that|to|for|clear|true)\b)"
)
_PERSON = re.compile(r"(?:He|She|His|Her)\b")
_DEFINITE = re.compile(rf"(?:The|This|That) (?P<noun>{_NOUN})(?:['’]s)? (?=[a-z])(?!of\b|that\b|which\b|where\b|for\b)")
_THING_ZH = re.compile(r"它(?!们)|其(?![中他它余实次间])|这里")
_BY_NAME = re.compile(r"\bby (?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'.-]+)+)(?:, (?:the |an? )?[a-z][\w -]{2,40})?\.?$")
_WORDS = r"[A-Z][\w’'-]+ [A-Z][\w’'-]+"
# somebody brought in: by a title, or with what they are ("Ada Brill, a botanist")
_INTRODUCED = re.compile(
    rf"\b(?:Dr|Prof|Professor|Sir|Dame|Mr|Mrs|Ms)\.? {_WORDS}(?: [A-Z][\w’'-]+)?"
    rf"|(?<=[a-z,] ){_WORDS}(?=, (?:an?|the|who|whose|then|former|formerly|previously) )"
)
_DEFINITE_ZH = re.compile(rf"(?:该|这[家个座所]|本)(?P<noun>{_NOUN_ZH})")
_SUBJECT = re.compile(r"(?:The |the )?$")
_VERB_AFTER = re.compile(r"(?:,[^,]{3,60},)?(?: \([^()]{1,40}\))? [a-z]")
_SUBJECT_ZH = re.compile(
    rf"(?P<name>[A-Za-z\u4e00-\u9fff·]{{0,16}}?(?:{_NOUN_ZH}|[A-Z][A-Za-z]+))(?:（[^（）]{{1,30}}）)?"
    r"(?=成立|位于|坐落|是|于|在|由|拥有|现有|共有|有|已|将|为|始建|创办|建成|占地|目前|聚集|汇聚|研究|主要)"
)
_VERB_AFTER_ZH = re.compile(r" ?(?:成立|位于|坐落|是|于|在|由|拥有|现有|共有|有|已|将|为|始建|建成|占地|目前)")
_SMALL_ZH = re.compile(
    "的|了|从|当|对|与|和|年|月|如果|因为|由于|随着|其|该|这|那|一[个家座所些]|每|许多|多数|很多|任何"
)
_NO_NAME = re.compile(r"[\[\]\d.\s]*|.*[\[\]\n]", re.DOTALL)


def name_for(sentence: ScoredSentence, analyzer: Analyzer, *, shown: Sequence[ScoredSentence] = ()) -> str | None:
    """Return the name that the opening of ``sentence`` stands for, as its article writes it; None where none is sure.

    ``shown`` are the sentences that the answer quotes before this one: right after the one that names it, nothing is
    needed.
    """
    place = _named(sentence, analyzer)
    if place is None or _stands_right_before(place, sentence, shown):
        return None
    name = place.of(sentence.article.text)
    return None if _NO_NAME.fullmatch(name) or len(name) > LONGEST else name


def _named(sentence: ScoredSentence, analyzer: Analyzer) -> Span | None:
    text = sentence.text
    if match := _DEFINITE.match(text) or _DEFINITE_ZH.match(text):
        return _ending_in(match["noun"], sentence)
    if _THING.match(text) or _THING_ZH.match(text) or _PERSON.match(text):
        return _subject_before(sentence, analyzer, person=bool(_PERSON.match(text)))
    return None


def _stands_right_before(place: Span, sentence: ScoredSentence, shown: Sequence[ScoredSentence]) -> bool:
    return any(
        last.article.id == sentence.article.id and last.sentence.span.start <= place.start < last.sentence.span.end
        for last in shown[-1:]
    )


def _subject_before(sentence: ScoredSentence, analyzer: Analyzer, *, person: bool) -> Span | None:
    """Return the subject of the sentence before, in the same paragraph; through sentences that begin with "it" too."""
    article = sentence.article
    for place in _before(sentence)[:SENTENCES_BACK]:
        text = place.of(article.text)
        if person and (last := _BY_NAME.search(text)):
            return _moved(Span(*last.span("name")), place)
        if person and len(people := list(_INTRODUCED.finditer(text))) == 1:
            return _moved(Span(*people[0].span()), place)
        if subject := _subject(text, article, analyzer):
            return None if person and " " not in subject.of(text) else _moved(subject, place)
        if not (_PERSON.match(text) if person else _THING.match(text) or _THING_ZH.match(text)):
            return None
    return None


def _subject(text: str, article: Article, analyzer: Analyzer) -> Span | None:
    """Return the name that a sentence begins with and says something of."""
    match = _SUBJECT_ZH.match(text)
    if match and not _SMALL_ZH.search(match["name"]) and len(match["name"]) > 2:
        return Span(*match.span("name"))
    place = next((name for name in analyzer.chinese_names(text) if text.startswith(name)), None)
    if place is not None:
        return Span(0, len(place)) if _VERB_AFTER_ZH.match(text, len(place)) else None
    first = next(iter(name_spans(text)), None)
    if first is None or not _SUBJECT.fullmatch(text[: first.start]) or not _VERB_AFTER.match(text, first.end):
        return None
    said = first.of(text)
    opens_only = first.start == 0 and " " not in said and not _is_a_name(said, article)
    return None if opens_only else first


def _is_a_name(word: str, article: Article) -> bool:
    """Whether a word that begins a sentence has two capitals, or keeps its one elsewhere and is never small."""
    if sum(map(str.isupper, word)) > 1:
        return True
    inside = re.search(rf"[a-z,] {re.escape(word)}\b", article.text)
    return inside is not None and not re.search(rf"\b{re.escape(word.lower())}\b", article.text)


def _ending_in(noun: str, sentence: ScoredSentence) -> Span | None:
    """Return the nearest name before that ends in ``noun`` itself, in the passage; it must be the only such name."""
    article = sentence.article
    start = sentence.passage.span.start
    before = article.text[start : sentence.sentence.span.start]
    if re.match(r"[\u4e00-\u9fff]", noun):
        found = [Span(*m.span("name")) for m in _SUBJECT_ZH.finditer(before) if m["name"].endswith(noun)]
        found = [span for span in found if not _SMALL_ZH.search(span.of(before)) and _at_start(before, span.start)]
    else:
        found = [name for name in name_spans(before) if name.of(before).casefold().split()[-1] == noun.casefold()]
        found = [name for name in found if " " in name.of(before)]
    if len({span.of(before) for span in found}) != 1:
        return None
    return Span(start + found[-1].start, start + found[-1].end)


def _at_start(text: str, place: int) -> bool:
    return place == 0 or text[place - 1] in "。！？；\n"


def _before(sentence: ScoredSentence) -> list[Span]:
    """Return the sentences before, nearest first, of the same block."""
    block = next(
        (b.span for b in sentence.article.blocks if b.span.start <= sentence.sentence.span.start < b.span.end), None
    )
    if block is None:
        return []
    places = [s.span for s in sentence.passage.sentences if block.start <= s.span.start < sentence.sentence.span.start]
    return places[::-1]


def _moved(place: Span, by: Span) -> Span:
    return Span(by.start + place.start, by.start + place.end)
