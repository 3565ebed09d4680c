"""How much a statement claims beside its quotes: "only", "all", "must", and a plan told as done."""

import re
from collections.abc import Iterator, Sequence

from service.checks.facts import Finding

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
            r"\b(?:all|every|always|entire(?:ly)?|completely|fully|without exception)\b|所有|全部|一律|完全",
            r"\b(?:all|every|each|both|always|entire(?:ly)?|whole|complete(?:ly)?|full(?:y)?|any|throughout|without)\b"
            r"|所有|全部|一律|完全|全|都|均|各|每",
        ),
        (
            r"\b(?:must|(?:is|are) (?:required|obliged) to|ha(?:s|ve) to)\b|必须|须得|强制",
            r"\b(?:must|requires?d?|requirements?|obliged|obligat\w+|ha(?:s|ve|d) to|shall|need(?:s|ed)? to|mandatory"
            r"|compulsory|conditions?|only|until|unless|should)\b|必须|须|应当?|要求|强制|需要?|只有",
        ),
    )
)
_PLANNED = re.compile(
    r"\b(?:plan(?:s|ned|ning)?|aims?|hopes?|intends?|expect(?:s|ed)?|propos(?:es|ed|al)|due to|set to"
    r"|going to|about to|target(?:s|ed)?"
    r"|scheduled|may|might|could|would|if|will|shall|promis\w+|seeks?|want(?:s|ed)?|consider(?:s|ed|ing)?)\b"
    r"|下一步|要(?=[在于]\d)|计划|拟|预计|将|有望|希望|打算|目标|如果|若|力争|可能",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:has|have|had) (?:already |now |since |also )?(?P<verb>[a-z]+ed|put|built|made|begun|become|taken|given|won"
    r"|set|cut|sold|bought|grown|shrunk|gone|left|paid|met)\b|已经?(?!知)",
    re.IGNORECASE,
)
_STEM = 5  # letters of a verb that its forms have in common


def claims_more(statement: str, quotes: Sequence[str]) -> Iterator[Finding]:
    """Yield where a statement says "only", "all" or "must", or of a plan that it is done, and no quote does."""
    for said, shown in _STRONGER:
        if (word := said.search(statement)) and not any(map(shown.search, quotes)):
            yield Finding("overlap", f"the quotes don't say “{word.group()}”")
    done = _DONE.search(statement)
    if done and not _PLANNED.search(statement) and all(_only_planned(done["verb"], quote) for quote in quotes):
        yield Finding("overlap", "the quotes tell it as planned or possible, not as done")


def _only_planned(verb: str | None, quote: str) -> bool:
    """Whether a quote tells of a deed that is to come; of another one it may tell that it is done."""
    if not _PLANNED.search(quote) and not re.search(r"\bto be [a-z]+ed\b", quote):
        return False
    stem = verb.lower().removesuffix("ed")[:_STEM] if verb else ""
    if stem and re.search(rf"\b(?:to|will|would|may|might|could)(?: be)? {stem}", quote, re.IGNORECASE):
        return True
    return not _DONE.search(quote)
