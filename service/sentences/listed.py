"""Whether a sentence names the things that a list asks for, or only says how many of them there are."""

import re
from collections.abc import Sequence

from corpus.language import Analyzer
from service.question.kinds import Kind
from service.question.units import Unit, terms_of
from service.text.mentions import lists, name_spans
from service.text.wording import other_names

_NUMBER_EN = (
    r"(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|twenty|thirty|forty|fifty|(?:dozens|hundreds|thousands) of|several|many)"
)
_COUNTED_EN = re.compile(rf"\b{_NUMBER_EN} (?:[a-z][\w-]* ){{0,2}}?(?P<thing>[a-z][\w-]*s)\b", re.IGNORECASE)
_COUNTED_ZH = re.compile(
    r"(?<!第)[\d一二两三四五六七八九十百千多数几]+[多余]?(?:个|家|所|位|名|项|种|座|条|款)(?P<thing>[\u4e00-\u9fff]{1,4})"
)
_ENUMERATED_ZH = re.compile(r"、[^，。；]*$")  # "光学、机器人和太空技术三个领域"
_TOLD = re.compile(
    r"[:：(（—–]| - |(?:^|，)[^，。；、]{1,12}、|\b(?:such as|namely|including|among them)\b|包括|分别|例如|比如|如"
)
# what a question why or how is answered by, as index terms
_ANNOUNCED = {
    Kind.WHY: frozenset("caus reason factor 原因 理由 因素".split()),
    Kind.HOW: frozenset("way step method mean 方法 步骤 途径 做法 办法".split()),
}


def names_several(text: str, units: Sequence[Unit], analyzer: Analyzer) -> bool:
    """Whether a sentence names several of a sort that is to be listed: universities by their names in Latin script."""
    sorts = [analyzer.stem(name.of(text).split()[-1]) for name in name_spans(text)]
    return any(sorts.count(phrase[-1]) > 1 for unit in units for phrase in unit.phrases)


def announces(text: str, kind: Kind, units: Sequence[Unit], analyzer: Analyzer) -> bool:
    """Whether a sentence says that so many of what is to be listed, or so many reasons, come next.

    ``units`` are what the question asks for beside names.
    """
    things = [unit for unit in units if unit.surface.endswith("s") or not unit.surface.isascii()]
    asked = terms_of(things) if kind is Kind.LIST else _ANNOUNCED.get(kind, frozenset())
    found = (_COUNTED_EN.search(text), _COUNTED_ZH.search(text)) if asked else ()
    return any(not asked.isdisjoint(analyzer.terms(match["thing"])[-1:]) for match in found if match)


def only_counted(text: str, question: str, units: Sequence[Unit], analyzer: Analyzer) -> bool:
    """Whether a sentence counts things that ``question`` asks to be named, and names none behind the number.

    ``units`` are what the question asks for beside names.
    """
    asked = terms_of(units)
    for pattern in (_COUNTED_EN, _COUNTED_ZH):
        for match in pattern.finditer(text):
            if asked.isdisjoint(analyzer.terms(match["thing"])):
                continue
            behind = text[match.end() :]
            # behind a dash its first word begins no sentence, so that a capital makes it a name
            if not (
                _TOLD.search(behind)
                or other_names(f"- {behind}", question)
                or lists(text)
                or _ENUMERATED_ZH.search(text[: match.start()])
            ):
                return True
    return False
