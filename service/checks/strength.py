"""How much a statement claims beside its quotes: "only", "all", "must", an order, a plan or a "may" told as done."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.language import CJK, Analyzer
from service.checks.facts import Finding
from service.text.numerals import chinese_value
from service.text.quantities import ordinal
from service.text.words import ORDINAL_EN

_EVERY_ZH = r"所有(?![权者制，。；、的]|$)"  # 归…所有 tells of an owner
# what a statement says, and what the quotes say where it is theirs too
_STRONGER = tuple(
    (re.compile(said, re.IGNORECASE), re.compile(shown, re.IGNORECASE))
    for said, shown in (
        (
            r"(?<!not )\b(?:only|alone|solely|sole|exclusively|nothing but)\b|唯一|只有|仅有|仅由|独家",
            r"\b(?:only|alone|sole(?:ly)?|exclusive(?:ly)?|just|merely|single|unique|nothing but|no other|unless"
            r"|until)\b"
            r"|唯一|只|仅|独家|除非",
        ),
        (
            r"\b(?:all|every|always|entire(?:ly)?|completely|fully|without exception)\b"
            rf"|{_EVERY_ZH}|全部|一律|完全|每[次个家项名位]都|总是",
            r"\b(?:all|every|each|both|always|entire(?:ly)?|whole|complete(?:ly)?|full(?:y)?|any|throughout|without)\b"
            rf"|{_EVERY_ZH}|全部|一律|完全|全|都|均|各|每|总是",
        ),
        (
            r"\b(?:inevitabl[ey]|invariably|certain to|certainly|necessarily|unavoidabl[ey]|guarantees?|bound to"
            r"|without fail)\b|必然|必定|一定(?![程数])|肯定会|不可避免|注定|势必",
            r"\b(?:inevitabl[ey]|invariably|always|certain(?:ly|ty| to)|necessarily|unavoidabl[ey]|guarantees?d?"
            r"|bound to|cannot but)\b|必然|必定|一定|肯定|必须|不可避免|注定|势必|总是|都",
        ),
        (
            r"\b(?:certain that|certainly|definitely|undoubtedly|beyond doubt|no doubt|proved?n?|proves"
            r"|confirm(?:s|ed))\b|证实|证明了|无疑|毫无疑问|确凿",
            r"\b(?:certain(?:ly|ty)?|definite\w*|undoubted\w*|doubt|pro(?:ve[dns]?|ved|of|ven)|confirm\w*|show[ns]?"
            r"|showed|demonstrat\w*|establish\w*|found|evidence|verif\w*|clear(?:ly)?)\b|证实|证明|无疑|疑问|确凿|表明|显示|验证|确认|发现",
        ),
        (
            r"\b(?:causes?|caused)\b|导致|造成",
            r"\b(?:caus\w+|lead\w*|led|results?|resulted|resulting|because|due|owing|mak(?:es?|ing)|made|br(?:ings?|ought)"
            r"|produc\w+|creat\w+|trigger\w*|driv\w+|drove|reasons?|effects?|impacts?|so|thus|therefore|why|since|from|by)"
            r"\b|因|由|使|令|让|致|造成|引|所以|故",
        ),
        (
            r"^\W*(?:therefore|as a result|consequently|for this reason|that is why)\b|^(?:因此|所以|因而)",
            r"\b(?:caus\w+|lead\w*|led|results?|resulted|resulting|because|due|owing|mak(?:es?|ing)|so|thus|therefore"
            r"|why|since|hence|consequently|reasons?)\b|因|由于|使|令|让|导致|造成|所以|故",
        ),
        (
            r"\b(?:most(?= of| [a-z]+s\b)|the majority|mostly|mainly|largely)\b|大多数?|多数|大部分",
            r"\b(?:most(?:ly)?|majority|mainly|largely|all|every|each|generally|usually|predominantly|chiefly|typically"
            r"|per ?cent|main|half|thirds?|quarters?|bulk|primarily)\b"
            r"|%|\d|大多|多数|大部分|多[由为是以]|所有|全部|[都均]|主要|一般|通常|普遍",
        ),
        (
            r"\b(?:must|(?:is|are) (?:required|obliged) to|ha(?:s|ve) to)\b|必须|须得|强制",
            r"\b(?:must|requires?d?|requirements?|obliged|obligat\w+|ha(?:s|ve|d) to|shall|need(?:s|ed)? to|mandatory"
            r"|compulsory|conditions?|only|until|unless|should)\b|必须|须|应当?|要求|强制|需要?|只有",
        ),
        (
            r"\b(?:more|less|fewer|(?!rather|other)[a-z]{3,}er)\b[^,.;]{0,40}?(?<!rather) than\b"
            r"(?! (?:[£$€¥]?\d|[a-z]+ (?:hundred|thousand|million|per)"
            r"|half|an?\b|one|two|three|four|five|six|ten|twelve|twenty))",
            r"\bthan\b|compar|\bas \w+ as\b|outnumber|exceed|[比较更]|不如|高于|低于|超过|不及",
        ),
        (
            r"\b(?:before|after)\b(?! (?:\d|[A-Z][a-z]+ \d|noon|midnight|hours|dark|all))|[早晚先]于",
            r"\b(?:before|after\w*|then|later|earlier|first|prior|previous\w*|since|until|till|once|when|following"
            r"|follow(?:s|ed)|subsequent\w*|ahead|already|next|finally|upon)\b|[前后先再随继终才时]",
        ),
    )
)
_PLANS = re.compile(
    r"\b(?:plans?|intends?|hopes?|aims?|expects?|(?:is|are) (?:due|set|expected|scheduled|going)) to\b"
    r"|计划(?=[在于将])|打算|拟(?=[在于将])",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:plan(?:s|ned|ning)?|aims?|hopes?|intends?|expect(?:s|ed)?|propos(?:es|ed|al)|due to|set to"
    r"|going to|about to|target(?:s|ed)?"
    r"|scheduled|may|might|could|would|if|will|shall|promis\w+|seeks?|want(?:s|ed)?|consider(?:s|ed|ing)?"
    r"|announc(?:es|ed|ing)|drafts?|recommend(?:s|ed)?|advis(?:es|ed)|should)\b"
    r"|下一步|要(?=[在于]\d)|计划|拟|预计|将|有望|希望|打算|目标|如果|若|力争|可能|宣布|草案|征求意见|建议|应当?",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    rf"{_PLANNED.pattern}|\b(?:is|are|was|were) to\b|\b(?:agendas?|goals?|ambitions?|purposes?|strateg\w+)\b|目的|战略",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:has|have|had) (?:already |now |since |also )?(?P<verb>[a-z]+ed|put|built|made|begun|become|taken|given|won"
    r"|set|cut|sold|bought|grown|shrunk|gone|left|paid|met|held)\b|已经?(?!知)",
    re.IGNORECASE,
)
_FINISHED = re.compile(
    r"\b(?:complet(?:ed|ion)|finish(?:ed|es)|implement(?:ed|s)|enact(?:ed|s)"
    r"|(?:put|came|come|brought|entered|took|taken|takes?) (?:in)?to (?:effect|force|operation|practice)|in force"
    r"|took effect|takes effect)\b|完成|建成|竣工|落成|付诸实施|投入使用",
    re.IGNORECASE,
)
# "may begin", "would be moved": deeds that are told as possible or as to come
_HEDGE = r"(?:may|might|could|would|should)(?: (?:not|also|then|still|soon|well|eventually|be|have|been))*"
_HEDGED = re.compile(rf"\b{_HEDGE} (?P<verb>[a-z]+)(?: (?P<also>[a-z]+ing)\b)?", re.IGNORECASE)
_TO_COME = re.compile(r"\b(?:is|are|was|were) to [a-z]+", re.IGNORECASE)
_STEM = 5  # letters of a verb that its forms have in common


_SUPERLATIVE = re.compile(rf"\b[a-z]{{3,}}est\b|最(?![后初近终高低新])[{CJK}]")
_RANK = re.compile(rf"\b(?:(?P<place>{ORDINAL_EN})[ -])?(?P<what>[a-z]{{3,}}est)\b", re.IGNORECASE)
_RANK_ZH = re.compile(r"第(?P<place>[一二三四五六七八九十]+)(?P<what>[座个家所位名大部条届次])")
_MOST = r"(?:(?:best|worst)(?:-[a-z]+)?|[a-z]{3,}est|(?:most|least) [a-z]+)\b"
_THE_MOST = re.compile(_MOST)
_ONE_OF = re.compile(
    r"\b(?:(?:one|some|two|three|four|five|six|many|several|few|part|half) of|among) (?:[\w’'-]+ ){1,3}?"
    rf"(?P<what>{_MOST})"
)
_AS_AS = re.compile(r"(?<!not )(?<!n't )(?<!never )\bas (?P<what>[a-z]+)\b[^,.;]{0,30}? as\b")
_NO_DEGREE = frozenset(
    "arrest attest conquest contest digest earnest forest harvest honest ingest interest invest manifest midwest modest"
    " northwest protest request southwest suggest".split()
)
_ROOT = 4  # letters that the degrees of an adjective have in common


def claims_more(statement: str, quotes: Sequence[str]) -> Iterator[Finding]:
    """Yield where a statement says "only", "must" or "largest", or of a plan that it is done, and no quote does."""
    for said, shown in _STRONGER:
        if (word := said.search(statement)) and not any(map(shown.search, quotes)):
            yield Finding("overlap", f"the quotes don't say “{word.group()}”")
    for word in sorted({*_SUPERLATIVE.findall(statement.lower())} - _NO_DEGREE):
        root = word[: min(_ROOT, len(word) - 3)] if word.isascii() else word
        if not any(re.search(rf"\b{root}" if word.isascii() else root, quote.lower()) for quote in quotes):
            yield Finding("overlap", f"the quotes don't say “{word}”")
    if _PLANS.search(statement) and not any(map(_AHEAD.search, quotes)):
        yield Finding("overlap", "the quotes don't tell it as planned")
    done, finished = _DONE.search(statement), _FINISHED.search(statement)
    if _PLANNED.search(statement):
        return
    if done and all(_only_planned(done["verb"], quote) for quote in quotes):
        yield Finding("overlap", "the quotes tell it as planned or possible, not as done")
    elif finished and any(map(_PLANNED.search, quotes)) and not any(map(_FINISHED.search, quotes)):
        yield Finding("overlap", "the quotes tell it as planned or possible, not as finished")


def ranks_higher(statement: str, quotes: Sequence[str]) -> Iterator[Finding]:
    """Yield where a statement has "the largest" of what is "one of the largest", or "more useful" than what is as much.

    So it is where no quote has it otherwise.
    """
    shown, own = " ".join(quotes).lower(), statement.lower()
    among = Counter(match["what"] for match in _ONE_OF.finditer(shown))
    for what in sorted({*_THE_MOST.findall(own)} - {match["what"] for match in _ONE_OF.finditer(own)}):
        if among[what] and among[what] == shown.count(what):
            yield Finding("overlap", f"the quotes have it as one of “the {what}”")
    for match in _AS_AS.finditer(shown):
        what = match["what"]
        more = re.compile(rf"\b(?:(?:more|less) {what}|{what}e?r|{what[:-1]}ier)\b[^,.;]{{0,40}}? than\b")
        if more.search(own) and not more.search(shown):
            yield Finding("overlap", f"the quotes have it as “as {what}”")


def told_as_fact(statement: str, quotes: Sequence[str], analyzer: Analyzer) -> Iterator[Finding]:
    """Yield where a statement has a verb without the "may" or "would" that it has wherever it stands in the quotes."""
    if _PLANNED.search(statement) or _TO_COME.search(statement):
        return
    said = set(analyzer.terms(statement))
    for quote in quotes:
        hedged = [analyzer.stem(verb) for match in _HEDGED.finditer(quote) for verb in match.groups() if verb]
        stands = Counter(analyzer.terms(quote))
        for verb in said.intersection(hedged):
            if stands[verb] <= hedged.count(verb):
                yield Finding("overlap", "the quotes tell it as possible or to come, not as a fact")


def _only_planned(verb: str | None, quote: str) -> bool:
    """Whether a quote tells of a deed that is to come; of another one it may tell that it is done."""
    if not _PLANNED.search(quote) and not re.search(r"\bto be [a-z]+ed\b", quote):
        return False
    stem = verb.lower().removesuffix("ed")[:_STEM] if verb else ""
    if stem and re.search(rf"\b(?:to|will|would|may|might|could)(?: be)? {stem}", quote, re.IGNORECASE):
        return True
    return not _DONE.search(quote)


def ranked_otherwise(statement: str, quotes: Sequence[str]) -> Iterator[Finding]:
    """Yield where a statement has "the second oldest" or 第二座, and the quotes only "the oldest" or 第一座."""
    shown = [rank for quote in quotes for rank in _ranks(quote)]
    for place, what in _ranks(statement):
        others = {other for other, of in shown if of == what}
        if others and place not in others:
            yield Finding("opposite", f"the quotes don't have it in the place that “{what}” has")


def _ranks(text: str) -> Iterator[tuple[str, str]]:
    """Yield places in an order, each with what is put in order: ("2th", "oldest"), ("1th", "座")."""
    for match in _RANK.finditer(text):
        if match["what"].lower() in _NO_DEGREE:
            continue
        yield ordinal(match["place"] or "first") or "", match["what"].lower()
    for match in _RANK_ZH.finditer(text):
        yield f"{chinese_value(match['place']):g}th", match["what"]
