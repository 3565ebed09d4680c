"""What stands in the same place: a fact of a statement against what its quotes have among the same words.

That a number stands somewhere in the quotes says little: in "a two-year term … a six-year term" both do. So numbers,
months, ordinals and denials of a statement are held against those of the quotes that have the most neighbours in
common. What the quotes have nowhere else, or in no comparable place, is not judged here.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from corpus.language import Analyzer
from service.checks.reading import Word, read

_REACH = 5  # words on either side that make up a place
SMALL_WEIGHT = 0.25
"""Weight of a neighbour that is a small word, such as "in" before a year, beside 1 of another."""
_MARGIN = 0.3  # by which another fact's place must fit better: places that fit alike tell nothing
_BETTER = 1.25  # and by how many times
_LEAST = 1.0  # fit of a place that tells something: a content word right beside it, or two near it
_LEAST_OF_A_SORT = 0.6  # the same where the quotes have another of its sort alone
_NEAR = 0.2  # least fit of a number that may be the one that is meant: one content word at some distance
_BESIDE = 2  # words from one to the next of a list
_FAR = 0.15  # most fit of a name that is told of something else
_COUNTS = frozenset({"number", "year", "month", "ordinal"})
_BY_VALUE = frozenset({"number", "year"})  # where the way of writing counts for nothing
_NAMES = frozenset({"name", "acronym"})
_Denial = tuple[int, int]  # the quote's number, -1 for the statement, and the place in its text


@dataclass(frozen=True, slots=True)
class Clash:
    """Where statement and quotes part: ``said`` in the statement, ``shown`` in its place in the quotes.

    The kind "doubt" is a denial of the statement that the quotes neither share nor contradict, "astray" a number that
    stands in them among other words only, "opposite" a word where they have another that rules it out, "elsewhere" a
    name that they have of something else, and another one in its place.
    """

    kind: Literal["number", "date", "name", "opposite", "negation", "doubt", "astray", "elsewhere"]
    said: str
    shown: str


class QuoteWords:
    """The words of some texts, each with its neighbours, ready to be asked what stands in a place."""

    def __init__(self, texts: Sequence[str], analyzer: Analyzer) -> None:
        self._rows = [read(text, analyzer) for text in texts]
        self._at: dict[str, list[tuple[int, int]]] = {}
        for row, found in enumerate(self._rows):
            for place, word in enumerate(found):
                marks = [f"kind:{word.kind}"] * bool(word.kind) + [f"sort:{word.sort}"] * (word.sort is not None)
                for key in (word.key, *marks):
                    self._at.setdefault(key, []).append((row, place))
        self.denies = any(word.denied for row in self._rows for word in row)

    def clashes(self, statement: str, analyzer: Analyzer, absent: Collection[str] = ()) -> Iterator[Clash]:
        """Yield what the statement says otherwise than the quotes do in the same place.

        ``absent`` are the statement's names that the quotes have in no form: one of theirs may stand there instead.
        """
        said = read(statement, analyzer)
        own = {word.key for word in said}
        for place, word in enumerate(said):
            if word.kind in _COUNTS:
                shown = self._other(said, place)
                if shown and self._is_other(said, place, shown):
                    yield Clash("date" if word.kind == "month" else "number", word.text, shown)
                elif shown or self._astray(said, place):
                    yield Clash("astray", word.text, "")
            elif word.text in absent and (shown := self._other(said, place, without=own)):
                yield Clash("name", word.text, shown)
            elif word.kind == "name" and (shown := self._rival(said, place, own)):
                yield Clash("elsewhere", word.text, shown)
            elif word.sort is not None and (shown := self._other_of_its_sort(said, place, own)):
                yield Clash("opposite", word.text, shown)
        yield from self._swapped(said)
        if self.denies or any(word.denied for word in said):
            yield from self._denied_otherwise(said)

    def _other(self, said: Sequence[Word], place: int, *, without: Collection[str] = ()) -> str | None:
        """Return the fact that stands where the statement has another of its kind, if its own fits worse."""
        word = said[place]
        places = [at for at in self._at.get(f"kind:{word.kind}", ()) if self._word(at).key not in without]
        fits = [(self._fit(said, place, at), self._word(at), self._part_of(at)) for at in places]
        own = max((fit for fit, shown, part in fits if word.key in {shown.key, part}), default=None)
        others = ((fit, shown.text) for fit, shown, _ in fits if shown.key != word.key)
        fit, other = max(others, default=(0.0, ""), key=lambda it: it[0])
        if own is None and word.kind in _BY_VALUE:
            return None
        return other if fit >= _LEAST and fit > _BETTER * (own or 0.0) + _MARGIN else None

    def _rival(self, said: Sequence[Word], place: int, without: Collection[str]) -> str | None:
        """Return the name that stands where the statement has one of something else in the quotes."""
        own = max((self._fit(said, place, at) for at in self._at.get(said[place].key, ())), default=1.0)
        if own >= _FAR:
            return None
        places = [at for at in self._at.get("kind:name", ()) if self._word(at).key not in without]
        fit, shown = max(((self._fit(said, place, at), self._word(at).text) for at in places), default=(0.0, ""))
        return shown if fit >= _LEAST else None

    def _other_of_its_sort(self, said: Sequence[Word], place: int, without: Collection[str]) -> str | None:
        """Return the "director" that stands where the statement has a "chairman"."""
        stands = self._at.get(said[place].key, ())
        own = max((self._fit(said, place, at) for at in stands), default=0.0)
        places = [at for at in self._at.get(f"sort:{said[place].sort}", ()) if self._word(at).key not in without]
        fit, shown = max(((self._fit(said, place, at), self._word(at).text) for at in places), default=(0.0, ""))
        least = _LEAST if stands else _LEAST_OF_A_SORT
        return shown if fit >= least and fit > _BETTER * own + _MARGIN else None

    def _part_of(self, at: tuple[int, int]) -> str | None:
        """Return what a number is the whole of: the four of "four of the 24 cards" are cards as well."""
        row, place = self._rows[at[0]], at[1]
        before = [word.key for word in row[max(0, place - 3) : place]]
        return before[0] if len(before) == 3 and before[1:] == ["of", "the"] else None

    def _is_other(self, said: Sequence[Word], place: int, shown: str) -> bool:
        """Whether ``shown`` is told where the statement has a fact; one that it has too, both must be exchanged."""
        word = said[place]
        elsewhere = [there for there, other in enumerate(said) if other.kind == word.kind and other.text == shown]
        return not elsewhere or any(self._other(said, there) == word.text for there in elsewhere)

    def _swapped(self, said: Sequence[Word]) -> Iterator[Clash]:
        """Yield two names of the statement each of which stands in the quotes where it has the other.

        "Work began in London and moved to Calder" may not become "… in Calder and moved to London".
        """
        places = [place for place, word in enumerate(said) if word.kind in _NAMES]
        own = dict.fromkeys(said[place].key for place in places)
        at = {key: [at for at in self._at.get(key, ()) if self._word(at).kind in _NAMES] for key in own}
        taken: dict[str, Word] = {}  # by the name that stands there in the quotes
        for place in places:
            fits = {key: max((self._fit(said, place, there, _NAMES) for there in at[key]), default=0.0) for key in own}
            mine = fits.pop(said[place].key)
            best = max(fits, key=lambda key: fits[key], default=None)
            if best and fits[best] >= _LEAST and fits[best] > mine + _MARGIN:
                taken[best] = said[place]
        for shown, word in taken.items():
            if word.key in taken and taken[word.key].key == shown:
                yield Clash("name", word.text, taken[word.key].text)
                return
        yield from self._swapped_words(said)

    def _swapped_words(self, said: Sequence[Word]) -> Iterator[Clash]:
        """Yield two English words of the statement, of which each stands once in the quotes, where it has the other.

        Those beside each other may be told in any order: "talent and capital".
        """
        often = Counter(word.key for word in said)
        once = {
            place: self._at[word.key][0]
            for place, word in enumerate(said)
            if not word.small and word.kind not in _COUNTS and word.text.isascii()
            if often[word.key] == len(self._at.get(word.key, ())) == 1
        }
        fits = {place: self._fit(said, place, at) for place, at in once.items()}
        for one, other in combinations(once, 2):
            if said[one].key == said[other].key or other - one <= _BESIDE:
                continue
            crossed = self._fit(said, one, once[other]), self._fit(said, other, once[one])
            next_to = self._is_next_to(said, one, once[other]) and self._is_next_to(said, other, once[one])
            better = crossed[0] > fits[one] + _MARGIN and crossed[1] > fits[other] + _MARGIN
            if next_to and better and min(crossed) >= _LEAST:
                yield Clash("opposite", said[one].text, said[other].text)
                return

    def _is_next_to(self, said: Sequence[Word], place: int, at: tuple[int, int]) -> bool:
        """Whether the same word with content stands right before two places, or right behind both."""
        row, other = self._rows[at[0]], at[1]
        return any(
            0 <= place + step < len(said)
            and 0 <= other + step < len(row)
            and not said[place + step].small
            and said[place + step].key == row[other + step].key
            for step in (-1, 1)
        )

    def _astray(self, said: Sequence[Word], place: int) -> bool:
        """Whether a number stands in the quotes, but nowhere near any word that it has beside it in the statement."""
        places = self._at.get(said[place].key, ())
        return bool(places) and not any(
            self._fit(said, place, at) >= _NEAR or self._beside(said, place, at) for at in places
        )

    def _beside(self, said: Sequence[Word], place: int, at: tuple[int, int]) -> bool:
        """Whether a content word stands right beside a number on either side: "53 schools", "schools, 53 in all"."""
        row, other = self._rows[at[0]], at[1]
        own = {word.key for word in (*said[max(0, place - 1) : place], *said[place + 1 : place + 2]) if not word.small}
        return any(word.key in own for word in (*row[max(0, other - 1) : other], *row[other + 1 : other + 2]))

    def _denied_otherwise(self, said: Sequence[Word]) -> Iterator[Clash]:
        """Judge each denial by the words that it reaches: one that is denied alike on both sides clears it."""
        clear, against = set[_Denial](), dict[_Denial, Clash]()
        for place, word in enumerate(said):
            found = () if word.small else self._at.get(word.key, ())
            fits = [(self._fit(said, place, at), at) for at in found]
            best = max((fit for fit, _ in fits), default=0.0)
            near = [at for fit, at in fits if fit >= best - _MARGIN]
            alike = [at for at in near if self._word(at).denied == word.denied]
            own = {(-1, denial) for denial in word.denials}
            if alike and own:
                clear |= own | {(at[0], denial) for at in alike for denial in self._word(at).denials}
            elif near and not alike and (best >= _LEAST / 2 or not self.denies) and self._is_sure(said, word, near):
                clash = Clash("negation", word.text if word.denied else "", "" if word.denied else word.text)
                heads = {(at[0], denial) for at in near for denial in self._word(at).heads}
                against |= dict.fromkeys(own | heads, clash)
        yield from (clash for denial, clash in against.items() if denial not in clear)
        if not against and self._affirmed(said) - clear:
            yield Clash("negation", "", "")
        unmatched = {(-1, denial) for word in said for denial in word.denials} | self._left_out(said)
        if not unmatched <= clear:
            yield Clash("doubt", "", "")

    def _is_sure(self, said: Sequence[Word], word: Word, near: Sequence[tuple[int, int]]) -> bool:
        """Whether it can be told that the quotes don't deny what the statement does.

        It can't where they lack what it denies first, where they may deny it in other words ("before they can afford
        it"), and where the statement says the same word of something else undenied.
        """
        if not word.denied:
            return True
        heads = [other.key for other in said if not other.heads.isdisjoint(word.denials)]
        said_too = any(other.key == word.key and not other.denied for other in said)
        return not said_too and all(key in self._at for key in heads) and not any(self._word(at).hinted for at in near)

    def _affirmed(self, said: Sequence[Word]) -> set[_Denial]:
        """Return the quotes' denials whose first word the statement says undenied, as it does another that they reach.

        "It does not mean that the fee is due": the quotes may say of something else what it means, but not what is due.
        """
        heads, tails = set[_Denial](), set[_Denial]()
        for word in said:
            found = () if word.small or word.denied else self._at.get(word.key, ())
            heads |= {(at[0], denial) for at in found for denial in self._word(at).heads}
            if found and all(self._word(at).denied for at in found):
                tails |= {(at[0], d) for at in found for d in self._word(at).denials if d not in self._word(at).heads}
        return heads & tails

    def _left_out(self, said: Sequence[Word]) -> set[_Denial]:
        """Return the quotes' denials of which the statement has two words undenied, though not the first: "shows that".

        "It does not prove that the dye is better" does not show that the dye is better.
        """
        tails = Counter[_Denial]()
        for word in said:
            found = () if word.small or word.denied else self._at.get(word.key, ())
            if found and all(self._word(at).denied for at in found):
                tails.update({(at[0], denial) for at in found for denial in self._word(at).denials})
        return {denial for denial, count in tails.items() if count > 1}

    def _word(self, at: tuple[int, int]) -> Word:
        return self._rows[at[0]][at[1]]

    def _fit(
        self, said: Sequence[Word], place: int, at: tuple[int, int], without: Collection[str | None] = ()
    ) -> float:
        """Weigh the neighbours that two places have in common on the same side, the nearest most.

        Those of a kind ``without`` count for nothing: the words of a long name would always stand best by themselves.
        """
        row, other = self._rows[at[0]], at[1]
        fit = 0.0
        for step in (-1, 1):
            near = {
                row[other + step * far].key: far for far in range(_REACH, 0, -1) if 0 <= other + step * far < len(row)
            }
            for far in range(1, _REACH + 1):
                beside = place + step * far
                counts = 0 <= beside < len(said) and said[beside].kind not in without
                if counts and (there := near.get(said[beside].key)):
                    fit += (SMALL_WEIGHT if said[beside].small else 1.0) * 2 / (far + there)
        return fit
