"""What words mean in the other language, and statements that are proved across languages by that."""

import pytest

from corpus.dictionary import Dictionary
from corpus.glossary import STARTER, Glossary, load_terms
from corpus.language import Analyzer
from service.answer import Support, SupportKind
from service.checks.translate import Carried, Translator
from service.verify import check

QUOTE = (
    "The university opened a new laboratory in Suzhou, and its director hired engineers from the hospital in the park."
)


@pytest.fixture(scope="module")
def translator(analyzer: Analyzer, dictionary: Dictionary) -> Translator:
    return Translator(Glossary(load_terms(STARTER), analyzer), dictionary, analyzer)


@pytest.mark.parametrize(
    ("sentence", "carried"),
    [
        pytest.param("大学撺掇实验室。", Carried(3, 2, 2, ()), id="terms and an unknown word"),
        pytest.param("医院的火车站", Carried(2, 2, 1, ()), id="a word that is not said"),
        pytest.param("南京的大学", Carried(2, 2, 1, ("南京",)), id="another place"),
        pytest.param("苏州工业园区的大学", Carried(2, 2, 1, (), ("苏州工业园区",)), id="a place that may be meant"),
        pytest.param("苏州的大学", Carried(2, 2, 2, ()), id="the same place"),
        pytest.param("3 Brill", Carried(0, 0, 0, ()), id="numbers and Latin names are left to others"),
        pytest.param("", Carried(0, 0, 0, ()), id="empty"),
    ],
)
def test_the_words_of_a_sentence_are_looked_for_by_meaning(
    translator: Translator, sentence: str, carried: Carried
) -> None:
    assert translator.carried(sentence, [QUOTE]) == carried


@pytest.mark.parametrize(
    ("statement", "support", "kind"),
    [
        pytest.param("这所大学在苏州新开了一个实验室。", "supported", "found", id="its words stand there"),
        pytest.param("这所大学在南京新开了一个实验室。", "unsupported", "name", id="another place"),
        pytest.param("这所大学在布鲁塞尔新开了一个实验室。", "unsupported", "name", id="a city abroad"),
        pytest.param("这所大学没有在苏州开实验室。", "unsupported", "negation", id="denied"),
        pytest.param(
            "这所大学在苏州新开了一个实验室，火车站的租金很高。", "partial", "language", id="a part of its own"
        ),
        pytest.param("大学医院便宜而拥挤。", "partial", "language", id="few of its words"),
        pytest.param("码头的租金上涨。", "unsupported", "language", id="none of its words"),
        pytest.param("这所大学在苏州有300个实验室。", "unsupported", "number", id="a number that is nowhere"),
    ],
)
def test_a_statement_is_proved_in_the_other_language(
    translator: Translator, analyzer: Analyzer, statement: str, support: Support, kind: SupportKind
) -> None:
    verdict = check(statement, [QUOTE], analyzer=analyzer, translator=translator)
    assert (verdict.support, verdict.kind) == (support, kind), verdict


@pytest.mark.parametrize(
    ("statement", "quote", "support"),
    [
        pytest.param(
            "医院的合同应当拒绝。",
            "The park has no legal force, but the contract of the hospital should be refused.",
            "partial",
            id="another part of the quote denies",
        ),
        pytest.param(
            "大学的实验室在苏州。",
            "The laboratory of the university is not in Suzhou, but the park is open.",
            "unsupported",
            id="the part that tells it denies",
        ),
    ],
)
def test_a_denial_counts_where_it_is_told(
    translator: Translator, analyzer: Analyzer, statement: str, quote: str, support: Support
) -> None:
    assert check(statement, [quote], analyzer=analyzer, translator=translator).support == support


def test_opposites_are_noticed_across_languages(translator: Translator, analyzer: Analyzer) -> None:
    quote = "Rents of laboratories in Suzhou fell in spring."
    verdict = check("苏州实验室的租金在春季上涨。", [quote], analyzer=analyzer, translator=translator)
    assert (verdict.support, verdict.kind) == ("unsupported", "opposite")


@pytest.mark.parametrize(
    ("statement", "support"),
    [
        pytest.param(
            "Brill merged with Norvane Lines in 2016 and was renamed Tessel in 2017.",
            "supported",
            id="each year its own",
        ),
        pytest.param(
            "Brill merged with Norvane Lines in 2017 and was renamed Tessel in 2016.", "unsupported", id="exchanged"
        ),
    ],
)
def test_years_are_not_exchanged_across_languages(
    translator: Translator, analyzer: Analyzer, statement: str, support: Support
) -> None:
    quote = "布里尔公司（Brill）2016年与诺万航运（Norvane Lines）合并，2017年改名为泰瑟尔（Tessel）。"
    assert check(statement, [quote], analyzer=analyzer, translator=translator).support == support


def test_without_a_translator_words_prove_nothing(analyzer: Analyzer) -> None:
    assert check("这所大学在苏州新开了一个实验室。", [QUOTE], analyzer=analyzer).support == "unsupported"
