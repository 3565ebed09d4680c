"""Chinese nouns of a statement that its quotes have in no form: 疫苗 where they speak of 血液制品.

In English a word that is swapped stands in a place that tells it; a short Chinese sentence has little else to tell by.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import takewhile

from corpus.language import CHINESE_CHAR, Analyzer, word_parts
from service.checks.translate import Translator
from service.text.wording import negated
from service.text.words import LIGHT_ZH, STOP_ZH

_NOUNS = frozenset({"n", "nz"})  # as jieba tags them; names are facts
_IN_NOUNS = _NOUNS | {"b", "t", "vn"}  # what stands in a run of them
_NEVER_IN_NOUNS = frozenset("是的了")
_LEAST_CHARACTERS = 0.5  # of a word, as many as 职位 shares with 位置


def unsaid_nouns(
    statement: str, texts: Sequence[str], analyzer: Analyzer, translator: Translator | None
) -> Iterator[str]:
    """Yield the nouns of a Chinese statement that no text has, nor half of their characters, nor another word for them.

    Of 科技人才 the first part is looked for too: what it adds to 人才 is said of no other.
    """
    shown = analyzer.normalise("\n".join(texts))
    characters = frozenset(shown)
    for word, tag in analyzer.tagged(statement) if CHINESE_CHAR.search(statement) else ():
        if tag not in _NOUNS or len(word) < 2 or word in shown or _says_little(word):
            continue
        first = word_parts(word)[:1]
        if all(_resembles(each, characters) for each in (word, *first)):
            continue
        if not (translator and translator.says(word, texts)):
            yield word


def is_other_noun(said: str, shown: str, analyzer: Analyzer, translator: Translator | None) -> bool:
    """Whether what a Chinese statement says is a noun, and another thing than what its quotes have in that place."""
    noun = all(tag in _IN_NOUNS for _, tag in analyzer.tagged(said)) or (translator and translator.is_term(said))
    one, other = _apart(said, shown)
    if not (noun and one and other) or _resembles(one, other):
        return False
    return not (translator and any(translator.says(*pair) for pair in ((one, [other]), (said, [shown]))))


def _apart(one: str, other: str) -> tuple[str, str]:
    """Return two words without what both begin and end with: 私有数据 and 公共数据 differ in 私有."""
    start = _alike(one, other)
    one, other = one[start:], other[start:]
    end = _alike(one[::-1], other[::-1])
    return one[: len(one) - end], other[: len(other) - end]


def _alike(one: str, other: str) -> int:
    """Return how many characters two words begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _says_little(word: str) -> bool:
    """Whether a word is a small one, one that denies, or cut wrongly: 无法, and 方是 of 合办方是."""
    return word in STOP_ZH | LIGHT_ZH or negated(word) or not _NEVER_IN_NOUNS.isdisjoint(word)


def _resembles(word: str, characters: Collection[str]) -> bool:
    return sum(char in characters for char in word) >= _LEAST_CHARACTERS * len(word)
