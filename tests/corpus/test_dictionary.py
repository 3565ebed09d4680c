"""Everyday words in both languages."""

import re
from pathlib import Path

import pytest

from corpus.dictionary import EVERYDAY, Dictionary, load_tables
from corpus.language import CJK, Analyzer

ENTRIES = [(["租金", "房租"], ["rent", "rents"]), (["科学"], ["science"]), (["科学园"], ["science park"])]


@pytest.fixture(scope="module")
def small(analyzer: Analyzer) -> Dictionary:
    return Dictionary(ENTRIES, analyzer)


def _meanings(dictionary: Dictionary, text: str, analyzer: Analyzer) -> list[set[str]]:
    words = [(term,) for term in analyzer.phrase(text)]
    return [{"".join(phrase) for phrase in meant} for meant in dictionary.meanings(words)]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        pytest.param("房租", [{"rent"}], id="Chinese"),
        pytest.param("Rents", [{"租金", "房租"}], id="English, by its stem"),
        pytest.param("quarries", [set()], id="unknown"),
        pytest.param("science park", [{"科学", "科学园"}, {"科学园"}], id="a word, and the phrase that it is part of"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_words_mean_what_stands_beside_them(
    small: Dictionary, text: str, meant: list[set[str]], analyzer: Analyzer
) -> None:
    assert _meanings(small, text, analyzer) == meant


def test_words_on_one_side_do_not_mean_one_another(analyzer: Analyzer) -> None:
    [meant] = _meanings(Dictionary([(["交", "付"], ["hand", "pay"])], analyzer), "pay", analyzer)
    assert meant == {"交", "付"}


def test_chinese_words_of_one_entry_may_be_said_for_each_other(small: Dictionary, analyzer: Analyzer) -> None:
    words = [analyzer.phrase(word) for word in ("房租", "科学", "rents", "船")]
    assert small.alike(words) == [(analyzer.phrase("租金"),), (), (), ()]


def test_a_word_of_two_entries_has_the_meanings_of_both(analyzer: Analyzer) -> None:
    dictionary = Dictionary([(["主席"], ["chair"]), (["椅子"], ["chair"])], analyzer)
    assert _meanings(dictionary, "chair", analyzer) == [{"主席", "椅子"}]


def test_every_everyday_word_stands_on_its_side() -> None:
    tables = load_tables(EVERYDAY)
    entries = [*tables["words"], *tables["names"], *tables["places"]]
    assert len(entries) > 1000
    for chinese, english in entries:
        assert all(re.search(f"[{CJK}]", word) for word in chinese), chinese
        assert all(word and word.isascii() for word in english), english
        assert len({*chinese}) == len(chinese), chinese
        assert len({*english}) == len(english), english


def test_a_file_is_read_entry_by_entry(tmp_path: Path) -> None:
    path = tmp_path / "words.toml"
    path.write_text('[words]\n"租金 房租" = "rent, ground rent"\n', encoding="utf-8")
    assert load_tables(path) == {"words": [(["租金", "房租"], ["rent", "ground rent"])]}


def test_names_are_told_from_words_and_mean_something_too(analyzer: Analyzer) -> None:
    dictionary = Dictionary(
        [(["港"], ["harbour"])], analyzer, names=[(["南通"], ["Nantong"])], places=[(["挪威"], ["Norway"])]
    )
    assert dictionary.chinese_names == {analyzer.phrase("南通")}
    assert dictionary.chinese_places == {analyzer.phrase("挪威")}
    assert dictionary.meanings([analyzer.phrase("南通")]) == [(analyzer.phrase("Nantong"),)]
