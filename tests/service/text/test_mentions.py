"""Where names in Latin script stand, also among Chinese."""

import pytest

from service.text.mentions import name_spans


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("The Brill Mills of Ulverby closed.", ["Brill Mills of Ulverby"], id="English"),
        pytest.param("DeepMind在伦敦成立", ["DeepMind"], id="Chinese goes on behind it"),
        pytest.param("由AstraZeneca于2006年收购了CAT公司。", ["AstraZeneca", "CAT"], id="between Chinese words"),
        pytest.param("药明康德（WuXi AppTec）在江北", ["WuXi AppTec"], id="in brackets"),
        pytest.param("江北的园区", [], id="none"),
    ],
)
def test_a_name_in_latin_letters_ends_where_chinese_goes_on(text: str, names: list[str]) -> None:
    assert [span.of(text) for span in name_spans(text)] == names
