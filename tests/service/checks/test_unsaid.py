"""Chinese nouns that a statement has and its quotes have not."""

import pytest

from corpus.dictionary import Dictionary
from corpus.glossary import STARTER, Glossary, load_terms
from corpus.language import Analyzer
from service.checks.translate import Translator
from service.checks.unsaid import is_other_noun, unsaid_nouns
from service.verify import check

BARRED = "不过，羊毛制品、丝绸制品和危险染料，除市议会另有规定外，不得委托生产。"


@pytest.fixture(scope="module")
def translator(analyzer: Analyzer, dictionary: Dictionary) -> Translator:
    return Translator(Glossary(load_terms(STARTER), analyzer), dictionary, analyzer)


@pytest.mark.parametrize(
    ("statement", "quote", "nouns"),
    [
        pytest.param("疫苗不得委托生产。", BARRED, ["疫苗"], id="nothing of it"),
        pytest.param("丝绸制品和苹果不得委托生产。", BARRED, ["苹果"], id="one item of a list"),
        pytest.param("丝绸制品不得委托生产。", BARRED, [], id="as it stands"),
        pytest.param("科技人才可以申请签证。", "高端人才可以申请签证。", ["科技人才"], id="what is put before it"),
        pytest.param("人才可以申请签证。", "高端人才可以申请签证。", [], id="what is left out before it"),
        pytest.param("他们看不到职位。", "他们看不到以后的位置。", [], id="half of its characters"),
        pytest.param("两国的合作项目于1994年启动。", "两国政府合作，于1994年启动。", [], id="a longer word"),
        pytest.param("津贴由市里发放。", "补贴由市里发放。", [], id="another word of the dictionary's"),
        pytest.param("初创企业最缺实验台。", "早期企业最缺实验台。", [], id="a meaning in common"),
        pytest.param("结果无法公布。", "结果不能公布。", [], id="a denial"),
        pytest.param("这方面的情况已经公布。", "结果已经公布。", [], id="words of little weight"),
        pytest.param("The mill has a loom.", "The mill has a dye.", [], id="English is left to others"),
    ],
)
def test_nouns_of_which_the_quotes_say_nothing(
    analyzer: Analyzer, translator: Translator, statement: str, quote: str, nouns: list[str]
) -> None:
    assert list(unsaid_nouns(statement, [quote], analyzer, translator)) == nouns


def test_such_a_noun_leaves_a_statement_partial(analyzer: Analyzer) -> None:
    verdict = check("羊毛制品和疫苗不得委托生产。", [BARRED], analyzer=analyzer)
    assert (verdict.support, verdict.reason) == ("partial", "the quotes say nothing of “疫苗”")
    assert check("羊毛制品不得委托生产。", [BARRED], analyzer=analyzer).support == "supported"


def test_a_term_of_several_words_may_have_another_name(analyzer: Analyzer, translator: Translator) -> None:
    statement, quote = "他们把试验委托给合同研究机构。", "他们把试验委托给CRO。"
    verdict = check(statement, [quote], analyzer=analyzer, translator=translator)
    assert verdict.support == "supported"


def test_what_the_reader_sees_above_the_quote_says_it(analyzer: Analyzer) -> None:
    verdict = check("疫苗不得委托生产。", ["它们不得委托生产。"], analyzer=analyzer, claim_context=["疫苗怎样生产"])
    assert verdict.support == "supported"


@pytest.mark.parametrize(
    ("said", "shown", "other"),
    [
        pytest.param("职称", "位置", True, id="another noun"),
        pytest.param("私有数据", "公共数据", True, id="another kind of it"),
        pytest.param("数据", "公共数据", False, id="the same without its kind"),
        pytest.param("合同研究组织", "申办者", True, id="a term of the glossary's"),
        pytest.param("职位", "位置", False, id="characters in common"),
        pytest.param("采用", "实行", False, id="verbs have many others"),
    ],
)
def test_a_noun_in_the_place_of_another(
    analyzer: Analyzer, translator: Translator, said: str, shown: str, other: bool
) -> None:
    assert is_other_noun(said, shown, analyzer, translator) is other
