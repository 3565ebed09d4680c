"""Whether a sentence gives a name, where the names of things of some sort are asked for: "Which firms left?"."""

import re
from functools import lru_cache

from service.text.months import MONTHS
from service.text.wording import other_names

# what bears a name of its own, and is asked for by it
_BEARS_NAME = (
    r"(?:(?:agenc|bod|charit|cit|compan|universit)(?:y|ies)|(?:bank|client|college|contractor|customer|developer"
    r"|distributor|employer|firm|foundation|fund|hospital|institut(?:e|ion)|investor|landlord|lender|manufacturer"
    r"|organi[sz]ation|publisher|regulator|school|sponsor|start-?up|supplier|town|vendor)s?)"
)
_NO_ADJECTIVE = r"(?:an?|the|do|does|did|is|are|was|were|has|have|had|can|could|must|should|will|would)"
_ASKS = re.compile(
    r"\b(?:(?:which|what|names? of)(?: of)?|(?:list|name)(?: me)?)(?: the| those| all| its| their)*"
    rf" (?:(?!{_NO_ADJECTIVE}\b)[\w'’-]+ ){{0,3}}?{_BEARS_NAME}\b",
    re.IGNORECASE,
)
_OF_A_SORT = re.compile(r"\b(?:what|which) (?:types?|kinds?|sorts?)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[“「《\"]")
NO_NAMES = frozenset(month.lower() for month in MONTHS) | frozenset(
    "monday tuesday wednesday thursday friday saturday sunday easter christmas ai it r&d dna rna gmp phd ceo".split()
)
"""Words with a capital, in lower case, that name neither a person nor a body nor a place."""


@lru_cache(maxsize=256)
def asks_names(question: str) -> bool:
    """Whether a question asks for names of organisations or towns: "which firms", "list the hospitals"."""
    return bool(_ASKS.search(question)) and not _OF_A_SORT.search(question)


def names_none(text: str, question: str) -> bool:
    """Whether a sentence has no name that ``question`` has not, nothing in quotation marks, and leads nothing in."""
    if _QUOTED.search(text) or text.rstrip().endswith((":", "：")):
        return False
    return not any(name.sure and name.text.lower() not in NO_NAMES for name in other_names(text, question))
