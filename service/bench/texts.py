"""Made-up articles and questions for the bench: sentences of the starter articles with other names, words and numbers.

The same seed gives the same texts. Each sentence remembers the one that it was made of, whose vector resembles its own.
"""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.article import Article, Block, BlockKind, Language, Span
from corpus.language import detect, sentence_spans

SEED = 20251120
CHINESE_EVERY = 4  # one article, and one question, in so many is Chinese

_MARKED = re.compile(r"[#|>*\-]|\d+[.)]\s")  # headings, tables, lists: not running text
_WORD = re.compile(r"[A-Za-z]+|\d{2,}")
_DIGITS = re.compile(r"\d{2,}")
_LONG = 6  # letters of a word that may give way to another
_OTHER_WORD, _OTHER_NAME, _OTHER_CLAUSE, _NAMED = 0.3, 0.6, 0.3, 0.3  # how often
_FIRST = "Al Bel Cor Dun El Fen Gar Hol Ing Kel Lam Mar Nor Or Pel Quen Ros Sel Tor Vin Wes Yar".split()
_SECOND = "a e i o u an en in on er ar el il am em".split()
_THIRD = "bury cott dale ford gate ham leigh mere mond ness rick stead ston thorpe vale wick".split()
_SIGNS = "安北昌德东福广海恒华嘉金京康朗明南宁平清瑞盛泰同文新兴阳永远云泽中"
_KINDS = ("园区", "公司", "研究院", "实验室", "大学")
_ASKED: Mapping[Language, tuple[str, ...]] = {
    "en": ("What is known about {}?", "Where is it said that {}?", "Who works on {}?", "How does {} come about?"),
    "zh": ("关于{}，文章怎么说？", "{}是怎么回事？", "谁提到过{}？"),
}


@dataclass(frozen=True, slots=True)
class Made:
    """An article, and for each of its sentences the place of the one that it was made of among the stock's."""

    article: Article
    origins: Mapping[str, int]


class Texts:
    """Makes articles and questions out of the running text of the Markdown files in ``folder``."""

    def __init__(self, folder: Path, *, seed: int = SEED) -> None:
        self._seed = seed
        self.sentences: tuple[str, ...] = tuple(dict.fromkeys(_sentences(folder)))
        self._places: dict[Language, list[int]] = {"en": [], "zh": []}
        for place, sentence in enumerate(self.sentences):
            self._places[detect(sentence)].append(place)
        words: set[str] = {word for place in self._places["en"] for word in _WORD.findall(self.sentences[place])}
        self._words = sorted(word for word in words if len(word) >= _LONG and word.islower())
        self._clauses: list[str] = [
            clause for place in self._places["zh"] for clause in self.sentences[place].split("，")[:-1]
        ]

    def article(self, number: int) -> Made:
        """Return the article of this number, some 900 words or 1,700 Chinese characters in three or four sections."""
        chance = random.Random(f"{self._seed}-{number}")  # noqa: S311  nothing is kept secret here
        language: Language = "zh" if number % CHINESE_EVERY == CHINESE_EVERY - 1 else "en"
        names = [_name(chance, language) for _ in range(4)]
        origins: dict[str, int] = {}
        parts: list[tuple[BlockKind, str]] = []
        for _ in range(chance.randint(3, 4)):
            parts.append((BlockKind.HEADING, self._heading(chance, names, language)))
            for _ in range(chance.randint(2, 3)):
                made = [self._sentence(chance, names, language) for _ in range(chance.randint(3, 6))]
                origins.update(made)
                parts.append((BlockKind.PARAGRAPH, ("" if language == "zh" else " ").join(text for text, _ in made)))
        text, blocks = _laid_out(parts)
        title = f"{names[0]}：{number}号报告" if language == "zh" else f"Report {number} on {names[0]} and {names[1]}"
        article = Article(
            id=f"bench{number}",
            identity=f"https://bench.example/{number}",
            title=title,
            text=text,
            blocks=blocks,
            language=language,
            url=f"https://bench.example/{number}",
            published=f"{2015 + number % 11}-{1 + number % 12:02}-{1 + number % 28:02}",
            names={f"{names[2][:1]}{names[3][:1]}Q{number}": names[2]} if number % 5 == 0 else {},
        )
        return Made(article, origins)

    def questions(self, articles: int) -> Iterator[tuple[str, Language]]:
        """Yield questions without end, no two alike, about what stands in the first ``articles`` articles."""
        chance = random.Random(f"{self._seed}-questions-{articles}")  # noqa: S311  as above
        asked: set[str] = set()
        turn = 0
        while True:
            language: Language = "zh" if turn % CHINESE_EVERY == CHINESE_EVERY - 1 <= articles - 1 else "en"
            number = CHINESE_EVERY * chance.randrange(1 + articles // CHINESE_EVERY)
            number += CHINESE_EVERY - 1 if language == "zh" else chance.randrange(CHINESE_EVERY - 1)
            if number >= articles:
                continue
            made = self.article(number)
            stretch = _stretch(chance, chance.choice(list(made.origins)), language)
            question = chance.choice(_ASKED[language]).format(stretch)
            if question not in asked:
                asked.add(question)
                turn += 1
                yield question, language

    def _heading(self, chance: random.Random, names: Sequence[str], language: Language) -> str:
        sentence, _ = self._sentence(chance, names, language)
        if language == "zh":
            return sentence.split("，")[0].rstrip("。！？；")[:16]
        return " ".join(sentence.rstrip(".!?").split()[:6])

    def _sentence(self, chance: random.Random, names: Sequence[str], language: Language) -> tuple[str, int]:
        place = chance.choice(self._places[language])
        sentence = self.sentences[place]
        if language == "zh":
            return self._varied_chinese(chance, names, sentence), place
        return self._varied_english(chance, names, sentence), place

    def _varied_english(self, chance: random.Random, names: Sequence[str], sentence: str) -> str:
        def other(match: re.Match[str]) -> str:
            word = match.group()
            if word.isdigit():
                return _number(chance, word)
            if word[0].isupper() and match.start() and chance.random() < _OTHER_NAME:
                return chance.choice(names)
            if len(word) >= _LONG and word.islower() and chance.random() < _OTHER_WORD:
                return chance.choice(self._words)
            return word

        return _WORD.sub(other, sentence)

    def _varied_chinese(self, chance: random.Random, names: Sequence[str], sentence: str) -> str:
        *clauses, last = sentence.split("，")
        kept = [chance.choice(self._clauses) if chance.random() < _OTHER_CLAUSE else clause for clause in clauses]
        lead = chance.choice(names) if chance.random() < _NAMED else ""
        return _DIGITS.sub(lambda match: _number(chance, match.group()), lead + "，".join([*kept, last]))


def _sentences(folder: Path) -> Iterator[str]:
    """Yield the sentences of running text that stand by themselves."""
    for path in sorted(folder.glob("*.md")):
        body = path.read_text(encoding="utf-8").split("\n---\n", 1)[-1]
        for line in body.splitlines():
            if line.strip() and not _MARKED.match(line):
                for span in sentence_spans(line):
                    sentence = span.of(line)
                    if len(sentence) >= (12 if detect(sentence) == "zh" else 40):
                        yield sentence


def _name(chance: random.Random, language: Language) -> str:
    """Make a name up; some come up far more often than others, as names do."""

    def pick(parts: Sequence[str]) -> str:
        return parts[int(len(parts) * chance.random() ** 2)]

    if language == "zh":
        return pick(_SIGNS) + chance.choice(_SIGNS) + pick(_KINDS)
    return pick(_FIRST) + pick(_SECOND) + chance.choice(_THIRD)


def _number(chance: random.Random, digits: str) -> str:
    return str(chance.randrange(10 ** (len(digits) - 1), 10 ** len(digits)))


def _laid_out(parts: Sequence[tuple[BlockKind, str]]) -> tuple[str, tuple[Block, ...]]:
    blocks, place = [], 0
    for kind, text in parts:
        blocks.append(Block(kind, Span(place, place + len(text)), level=2 if kind is BlockKind.HEADING else 0))
        place += len(text) + 2
    return "\n\n".join(text for _, text in parts), tuple(blocks)


def _stretch(chance: random.Random, sentence: str, language: Language) -> str:
    """Take what a question could be about out of a sentence: a clause, or some words in a row."""
    if language == "zh":
        return chance.choice(re.split(r"[，。；！？]", sentence.rstrip("。；！？")))[:24] or sentence[:24]
    words = sentence.rstrip(".!?").split()
    length = chance.randint(4, 8)
    first = chance.randint(0, max(0, len(words) - length))
    return " ".join(words[first : first + length]).strip(",;:")
