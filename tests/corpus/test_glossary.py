"""The starter glossary, and finding its names in text."""

from pathlib import Path

import pytest

from corpus.errors import BadInput
from corpus.glossary import STARTER, Glossary, Term, load_terms
from corpus.language import Analyzer

TERMS = [
    Term(("contract research organisation", "contract research", "合同研究组织", "CRO")),
    Term(("contract development and manufacturing organisation", "合同研发生产组织", "CDMO")),
    Term(("clinical trial", "临床试验")),
    Term(("Suzhou", "苏州")),
    Term(("research", "研究")),
]


@pytest.fixture(scope="module")
def small(analyzer: Analyzer) -> Glossary:
    return Glossary(TERMS, analyzer)


def _named(glossary: Glossary, text: str) -> list[str]:
    return [mention.span.of(text) for mention in glossary.mentions(text)]


@pytest.mark.parametrize("names", [pytest.param(term.names, id=term.names[0]) for term in load_terms(STARTER)])
def test_every_name_of_a_starter_term_is_found_and_leads_to_the_others(
    glossary: Glossary, analyzer: Analyzer, names: tuple[str, ...]
) -> None:
    assert len(names) > 1
    phrases = {analyzer.phrase(name) for name in names}
    for name in names:
        [mention] = glossary.mentions(name)
        assert mention.span.of(name) == name
        assert phrases - {analyzer.phrase(name)} <= set(mention.names)


def test_no_starter_name_stands_twice_in_one_term() -> None:
    assert [t for t in load_terms(STARTER) if len({*t.names, *t.asked}) < len(t.names) + len(t.asked)] == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param("Which CRO runs a clinical trial?", ["CRO", "clinical trial"], id="English, in order"),
        pytest.param("哪家合同研究组织做临床试验？", ["合同研究组织", "临床试验"], id="Chinese"),
        pytest.param("哪家CRO做臨床試驗？", ["CRO", "臨床試驗"], id="mixed, traditional"),
        pytest.param(
            "a contract research organisation", ["contract research organisation"], id="the longest name first"
        ),
        pytest.param("contract research", ["contract research"], id="the shorter name alone"),
        pytest.param("Contract Research Organisations", ["Contract Research Organisations"], id="plural and case"),
        pytest.param("the CROs of Suzhou", ["CROs", "Suzhou"], id="plural abbreviation"),
        pytest.param("which cros work here", ["cros"], id="careless plural"),
        pytest.param("cdmos and CDMO's", ["cdmos", "CDMO's"], id="careless plural and possessive"),
        pytest.param("crossing the crow", [], id="no part of a word"),
        pytest.param("", [], id="empty"),
    ],
)
def test_mentions(small: Glossary, text: str, named: list[str]) -> None:
    assert _named(small, text) == named


@pytest.mark.parametrize(
    ("text", "proper"),
    [
        pytest.param("Suzhou", True, id="a place"),
        pytest.param("苏州", True, id="its Chinese name"),
        pytest.param("CRO", False, id="an abbreviation"),
        pytest.param("clinical trial", False, id="a common term"),
    ],
)
def test_proper_names_are_told_apart(small: Glossary, text: str, proper: bool) -> None:
    [mention] = small.mentions(text)
    assert mention.proper is proper


def test_a_careless_plural_leads_to_the_abbreviation_too(small: Glossary, analyzer: Analyzer) -> None:
    [mention] = small.mentions("cros")
    assert {("cro",), analyzer.phrase("合同研究组织")} <= set(mention.names)


@pytest.mark.parametrize(
    ("text", "long"),
    [
        pytest.param("the CRO", "contract research organisation", id="an abbreviation"),
        pytest.param("cros", "contract research organisation", id="its careless plural"),
        pytest.param("clinical trial", None, id="a full name"),
        pytest.param("合同研究组织", None, id="a Chinese name"),
    ],
)
def test_an_abbreviation_knows_its_full_name(small: Glossary, text: str, long: str | None) -> None:
    assert [mention.long for mention in small.mentions(text)] == [long]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param("What does it mean, and who told us?", [], id="small words"),
        pytest.param("It's theirs.", [], id="one that opens a sentence"),
        pytest.param("Does the WHO fund IT in the US?", ["WHO", "IT", "US"], id="in capitals"),
        pytest.param("which cros are there?", ["cros"], id="what spells no word may be small"),
    ],
)
def test_what_spells_a_small_word_is_meant_in_capitals_alone(analyzer: Analyzer, text: str, named: list[str]) -> None:
    terms = [
        Term(("information technology", "IT")),
        Term(("World Health Organization", "WHO")),
        Term(("United States", "US")),
        Term(("x", "CRO")),
    ]
    assert _named(Glossary(terms, analyzer), text) == named


def test_a_full_name_from_an_article_does_not_displace_the_known_one(small: Glossary) -> None:
    extended = small.with_names(
        {"CRO": "chief risk officer", "JITRI": "Jiangsu Industrial Technology Research Institute"}
    )
    assert [mention.long for mention in extended.mentions("CRO JITRI")] == [
        "contract research organisation",
        "Jiangsu Industrial Technology Research Institute",
    ]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param("When did ARTS close?", ["ARTS"], id="as it is written"),
        pytest.param("Is Art taught, and is Arm there?", ["Arm"], id="a word with its stem, and the same letters"),
        pytest.param("Which teams play in the MLS?", [], id="capitals are no plural"),
        pytest.param("WHICH MLS ARE THERE?", ["MLS"], id="a plural where everything is in capitals"),
    ],
)
def test_an_abbreviation_is_no_word_with_its_stem(analyzer: Analyzer, text: str, named: list[str]) -> None:
    names = {"ARTS": "Alpha Radio Television Service", "ARM": "Advanced Risc Machines", "ML": "machine learning"}
    mentions = Glossary((), analyzer).with_names(names).mentions(text)
    assert [mention.span.of(text) for mention in mentions] == named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param("Who founded Innovent?", [], id="a name with the stem of a term"),
        pytest.param("Is Innovation funded?", ["Innovation"], id="the term itself"),
        pytest.param("Innovations of the park", ["Innovations"], id="its plural"),
        pytest.param("how innovating is it", ["innovating"], id="written small, by its stem"),
    ],
)
def test_a_name_is_no_term_with_its_stem(analyzer: Analyzer, text: str, named: list[str]) -> None:
    mentions = Glossary([Term(("innovation", "创新"))], analyzer).mentions(text)
    assert [mention.span.of(text) for mention in mentions] == named


@pytest.mark.parametrize(
    ("text", "written"),
    [
        pytest.param("wuxi", "Wuxi", id="a place, written small"),
        pytest.param("无锡", "Wuxi", id="a place in Chinese"),
        pytest.param("CRO", None, id="no name"),
    ],
)
def test_a_proper_name_knows_how_articles_write_it(
    small: Glossary, analyzer: Analyzer, text: str, written: str
) -> None:
    glossary = Glossary([Term(("Wuxi", "无锡")), Term(("contract research", "CRO"))], analyzer)
    assert [mention.written for mention in glossary.with_names({}).mentions(text)] == [written]


def test_names_from_articles_are_added_to_a_copy(small: Glossary, analyzer: Analyzer) -> None:
    extended = small.with_names(
        {"CRO": "chief risk officer", "JITRI": "Jiangsu Industrial Technology Research Institute"}
    )
    assert _named(extended, "JITRI") == ["JITRI"]
    assert _named(small, "JITRI") == []
    [known], [before] = extended.mentions("CRO"), small.mentions("CRO")
    assert set(known.names) == {*before.names, analyzer.phrase("chief risk officer")}
    assert analyzer.phrase("chief risk officer") not in before.names
    assert _named(small, "Jiangsu Industrial Technology Research Institute") == ["Research"]
    [long] = extended.mentions("Jiangsu Industrial Technology Research Institute")
    assert set(long.names) == {("jitri",), analyzer.phrase("Jiangsu Industrial Technology Research Institute")}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param("生物医药谷是哪一年成立的", ["生物医药谷"], id="its last word is cut into the next one"),
        pytest.param("在生物医药谷", ["生物医药谷"], id="cut at its end"),
        pytest.param("生物学", [], id="a word that begins alike"),
        pytest.param("大学生", [], id="a short name within another word"),
        pytest.param("做研发外包的", ["研发外包"], id="cut within"),
    ],
)
def test_a_long_chinese_name_is_found_however_the_words_are_cut(
    analyzer: Analyzer, text: str, named: list[str]
) -> None:
    terms = [("Biopharma Valley", "生物医药谷"), ("university", "大学"), ("CRO", "研发外包")]
    valley = Glossary([Term(names) for names in terms], analyzer)
    assert _named(valley, text) == named
    assert [mention.phrase for mention in valley.mentions(text)] == [analyzer.phrase(name) for name in named]


def test_a_foreign_name_from_a_chinese_article_is_proper_and_an_abbreviation_is_not(small: Glossary) -> None:
    learnt = small.with_names({"龙沙": "Lonza", "FTE": "Full-time equivalent"})
    assert {mention.proper for mention in learnt.mentions("龙沙 Lonza")} == {True}
    assert {mention.proper for mention in learnt.mentions("FTE")} == {False}


def test_the_spellings_of_its_words_are_known(analyzer: Analyzer) -> None:
    glossary = Glossary([Term(("spin-out", "衍生企业"), asked=("Spinouts",))], analyzer)
    assert glossary.spellings == {"spin": {"spin"}, "out": {"out"}, "spinout": {"Spinouts"}}


def test_an_empty_name_from_an_article_is_passed_over(small: Glossary) -> None:
    assert _named(small.with_names({"—": "…"}), "— …") == []


def test_a_word_that_asks_leads_to_the_names_and_no_name_leads_to_it(analyzer: Analyzer) -> None:
    glossary = Glossary([Term(("chief executive", "CEO"), asked=("manages",))], analyzer)
    [asked], [named] = glossary.mentions("Who manages it?"), glossary.mentions("The CEO spoke.")
    assert set(asked.names) == {("manag",), ("chief", "execut"), ("ceo",)}
    assert set(named.names) == {("chief", "execut"), ("ceo",)}


def test_a_glossary_may_be_empty(analyzer: Analyzer) -> None:
    assert Glossary((), analyzer).mentions("CRO") == []


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"[[term]\nen = [", id="broken TOML"),
        pytest.param("名".encode("gbk"), id="not UTF-8"),
        pytest.param(b"term = 5", id="a number instead of terms"),
        pytest.param(b"term = ['CRO']", id="a text instead of a term"),
        pytest.param(b"[[term]]\nen = 'CRO'", id="a text instead of a list"),
        pytest.param(b"[[term]]\nen = [5]", id="a number as a name"),
        pytest.param(b"[[term]]\nen = ['CRO', ' ']", id="a blank name"),
        pytest.param(b"[[term]]\nen = ['CEO']\nasked = ['']", id="a blank word that asks"),
        pytest.param(b"[[term]]\nen = ['CEO']\nasked = 'boss'", id="a text instead of a list of words that ask"),
        pytest.param(None, id="no such file"),
    ],
)
def test_a_bad_glossary_file_is_refused_in_one_line(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "glossary.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadInput, match=r"glossary\.toml") as caught:
        load_terms(path)
    assert "\n" not in str(caught.value)


def test_a_glossary_file_without_terms_is_empty(tmp_path: Path) -> None:
    (tmp_path / "glossary.toml").write_text("", encoding="utf-8")
    assert load_terms(tmp_path / "glossary.toml") == []
