"""Lines that are names and values alone, and sentences that say hardly more."""

import pytest

from service.model.bare import is_bare, only_relates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("WuXi AppTec", True, id="a name"),
        pytest.param("Suzhou or Shanghai", True, id="names"),
        pytest.param("2011", True, id="a number"),
        pytest.param("£42 per sq ft", True, id="a price"),
        pytest.param("药明康德", True, id="zh a name"),
        pytest.param("St Brill's College", True, id="a name with an apostrophe"),
        pytest.param("Is in Ulverby", True, id="a verb without its subject"),
        pytest.param("Brill is in Ulverby.", False, id="a name with what is said of it in small words"),
        pytest.param("The CROs in Brill are Norvane and Ulverby Mills.", False, id="names of what"),
        pytest.param("There are two: Norvane and Ulverby Mills.", False, id="how many, with their names"),
        pytest.param("Norvane (北风公司) was founded in Brill in 1982.", False, id="a sentence with a Chinese name"),
        pytest.param("BioBAY opened in 2007", False, id="a sentence without its stop"),
        pytest.param("Average rent: £39", False, id="a value with what it is of"),
        pytest.param("1982年。", True, id="zh a year with its stop"),
        pytest.param("圣约翰学院。", True, id="zh a name with its stop"),
        pytest.param("北卡罗来纳州。", True, id="zh a place"),
        pytest.param("在美国。", True, id="zh where, and not what"),
        pytest.param("剑桥大学圣约翰学院。", True, id="zh a long name"),
        pytest.param("约3000万美元。", True, id="zh an amount"),
        pytest.param("租金上涨。", False, id="zh a very short sentence"),
        pytest.param("会费一百元。", False, id="zh a value with what it is of"),
        pytest.param("成本较低。", False, id="zh an adjective"),
        pytest.param("成立于1897年。", False, id="zh a verb with its value"),
        pytest.param("昆泰公司1982年创立。", False, id="zh a name with its verb"),
        pytest.param("甲类：外国高端人才；", False, id="zh a label with what is under it"),
        pytest.param("CRO主要出售数据和研究服务；", False, id="zh a verb that may be a noun"),
        pytest.param("欧洲药品管理局总部在阿姆斯特丹。", False, id="zh where something is"),
        pytest.param("园区占地320亩", False, id="zh a short sentence"),
        pytest.param("它很大。", False, id="zh a whole sentence"),
    ],
)
def test_a_bare_name_or_value(text: str, expected: bool) -> None:
    assert is_bare(text) is expected


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        pytest.param("Brill is in Ulverby.", "Brill moved from Norvane to Ulverby.", True, id="where it is"),
        pytest.param(
            "Ada Brill is the CEO of Norvane.", "Ada Brill, CEO of Norvane, spoke.", False, id="an apposition"
        ),
        pytest.param(
            "Ada Brill is Norvane's CEO.", "Norvane's CEO, Ada Brill, spoke.", False, id="its other half first"
        ),
        pytest.param("Ada is Brill.", "Ada, Brill and Cole came.", True, id="names side by side in a list"),
        pytest.param("The CROs in Brill are Ada and Cole.", "Ada and Cole lead there.", False, id="a kind of thing"),
        pytest.param("Brill opened in 2007.", "Brill closed in 2007.", False, id="a verb that is compared"),
    ],
)
def test_names_that_small_words_alone_join(text: str, quote: str, expected: bool) -> None:
    assert only_relates(text, [quote]) is expected
