"""Several questions in one: "When did the mill open and who runs it?"."""

import re
from itertools import chain, islice

from corpus.language import detect
from service.text.words import ASKING_EN

MOST = 3
"""Questions into which a text is parted at most."""

# where a clause begins that asks, and none that only says which one is meant ("of which")
_ASKS = rf"(?:(?:in|at|on|by|from|to|for|with|since) )?{ASKING_EN}"
_COMPARES = r"\b(?:between|compare|differ(?:s|ence|ences|ent)?)\b"
_TOLD = (
    r"(?:tell (?:me|us)|know|wonder(?:ing)?|explain|remember|see|say|find out|ask(?:ed)?|check|interested in"
    r"|curious(?: about)?|unsure|sure|clear)"
)
_TWO = re.compile(
    rf"(?P<first>(?!.*{_COMPARES})(?:.*(?:[.,:;!?–—-] |\b{_TOLD} (?:about )?))??{_ASKS}.{{6,}}?)"
    rf"(?:[,;]? and |[,;?] (?:and )?)(?P<second>{_ASKS}.{{6,}})",
    re.IGNORECASE,
)
# no 任何, 好几个, 几乎, 十几家, and nothing that is only heard of or going on when something is asked
_ASKS_ZH = "(?:谁|哪(?!怕)|(?<![任为如])何(?!况)|(?<![好十百千])几(?![乎十百千])|什么(?!的)|多少|多[久大长高])"
_ASIDE_ZH = r"听说|据说|据称|说想|告诉|[时后]$|的话$|以前$|之前$"
_SAME_ZH = r"具体|就是|也就是|究竟|到底|分别|各自|还是"
_TWO_ZH = re.compile(
    rf"(?P<first>(?!.*(?:{_ASIDE_ZH})[，；？]).*{_ASKS_ZH}[^，；？]*)[，；？]\s*(?!{_SAME_ZH})"
    rf"(?P<second>(?:[^，；？]*){_ASKS_ZH}.*)"
)
_LEAST_ZH = 4  # characters of a question


def questions_in(text: str) -> tuple[str, ...]:
    """Return the questions that a text joins, each but the first as it stands there; none of one question."""
    plain = " ".join(text.split())
    chinese = detect(plain) == "zh"
    joined = (_TWO_ZH if chinese else _TWO).fullmatch(plain)
    if joined is None or (chinese and len(joined["second"].rstrip("？?。")) < _LEAST_ZH):
        return ()
    first = f"{joined['first'].rstrip(' ?？')}{'？' if chinese else '?'}"
    parted = (questions_in(part) or (part,) for part in (first, joined["second"]))
    return tuple(islice(chain.from_iterable(parted), MOST))
