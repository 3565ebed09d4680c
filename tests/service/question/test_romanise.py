"""Names that a library has in the other script."""

from collections.abc import Callable

import pytest

from corpus.dictionary import Dictionary
from corpus.language import Analyzer
from corpus.library import Library
from service.question.romanise import Romaniser
from tests.service.small_library import article, publish

GARDEN = "# 云禾\n\n云禾创投由骆亦凡创办。钟山区有一座花园，单晓在太湖边种花。"
MILL = "# Liangxi\n\nThe Liangxi Mill is run by Shen Ruolan. Its name is known in Lanyin. Once it was Tianshan Shuyuan."


Names = Callable[[str], dict[str, str]]


@pytest.fixture
def names_in(library: Library, analyzer: Analyzer) -> Names:
    publish(library, article(GARDEN, "garden.md"))
    publish(library, article(MILL, "mill.md"))
    romaniser = Romaniser(library, analyzer, Dictionary([(["花园"], ["garden"])], analyzer))

    def names(text: str) -> dict[str, str]:
        with library.view() as view:
            return romaniser.names(text, view)

    return names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("Who founded Yunhe?", {"云禾": "Yunhe"}, id="in Chinese"),
        pytest.param("who founded yunhe", {"云禾": "yunhe"}, id="in Chinese, typed small"),
        pytest.param("Who is Luo Yifan?", {"骆亦凡": "Luo Yifan"}, id="a person"),
        pytest.param("Who is Yifan Luo?", {"骆亦凡": "Yifan Luo"}, id="a person, the given name first"),
        pytest.param("谁管理梁溪？", {"Liangxi": "梁溪"}, id="in Latin script"),
        pytest.param("沈若兰是谁？", {"Shen Ruolan": "沈若兰"}, id="a person, in Latin script"),
        pytest.param("“天山书院”是什么意思？", {"Tianshan Shuyuan": "天山书院"}, id="in quotation marks"),
        pytest.param("Who is Huayuan?", {}, id="an everyday word reads like it"),
        pytest.param("Who runs the Liangxi Mill?", {}, id="articles have it so"),
        pytest.param("Who is Ada Brill?", {}, id="nothing reads like it"),
        pytest.param("What is the name of the mill?", {}, id="no name"),
        pytest.param("那么谁是主任？", {}, id="a small word"),
        pytest.param("", {}, id="empty"),
    ],
)
def test_a_name_is_found_in_the_other_script(names_in: Names, text: str, names: dict[str, str]) -> None:
    assert names_in(text) == names


def test_what_an_ingest_brings_is_known_at_once(names_in: Names, library: Library) -> None:
    assert names_in("Who runs Pinghai?") == {}
    publish(library, article("# 平海\n\n平海的主任是陈立。", "sea.md"))
    assert names_in("Who runs Pinghai?") == {"平海": "Pinghai"}
