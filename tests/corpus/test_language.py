"""Languages, sentences and index terms, in English, Chinese and both at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language import Analyzer, ManyTerms, detect, sentence_spans

MIXED = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from(" \n\t.!?,;:。！？；，…：“”‘’「」（）\"'()\u3000\xa0中文学药Aab1Dr"),
    )
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("The centre opened in 2019.", "en", id="English"),
        pytest.param("该中心于2019年成立。", "zh", id="Chinese"),
        pytest.param("藥物研發中心", "zh", id="traditional Chinese"),
        pytest.param("CRO 是一家合同研究组织，为 biotech 公司服务", "zh", id="Chinese with English terms"),
        pytest.param(
            "Jiangbei (江北新区) is a district of Nanjing, a large city in China.",
            "en",
            id="English with a Chinese name",
        ),
        pytest.param("", "en", id="empty"),
        pytest.param("  \n", "en", id="blank"),
        pytest.param("2019 - 100,000 (50%)", "en", id="digits only"),
        pytest.param("😀🧬", "en", id="emoji only"),
        pytest.param("これはテストです", "en", id="kana alone is not Chinese"),
        pytest.param("𠮷𠮷𠮷", "zh", id="Chinese beyond the first plane"),
    ],
)
def test_detect(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        pytest.param("", [], id="empty"),
        pytest.param(" \n\u3000", [], id="blank"),
        pytest.param("No end mark", ["No end mark"], id="no end mark"),
        pytest.param(
            "Dr. Smith leads it. She met Prof. Li.", ["Dr. Smith leads it.", "She met Prof. Li."], id="titles"
        ),
        pytest.param(
            "Some firms, e.g. the largest, left. Others stayed.",
            ["Some firms, e.g. the largest, left.", "Others stayed."],
            id="e.g.",
        ),
        pytest.param("The U.S. market grew. It doubled.", ["The U.S. market grew.", "It doubled."], id="U.S."),
        pytest.param("It grew by 3.5 per cent. It fell.", ["It grew by 3.5 per cent.", "It fell."], id="decimal"),
        pytest.param('"Really?" she asked. Yes.', ['"Really?" she asked.', "Yes."], id="a question within"),
        pytest.param(
            "It lies to the west. East Asia (in the series.) Dan left the car. “Why?”",
            ["It lies to the west.", "East Asia (in the series.)", "Dan left the car.", "“Why?”"],
            id="ordinary words that abbreviate something elsewhere",
        ),
        pytest.param(
            "They went West. Especially famous is the Great Wall. Especially by night.",
            ["They went West.", "Especially famous is the Great Wall.", "Especially by night."],
            id="names that abbreviate something elsewhere",
        ),
        pytest.param(
            "Her firm, Corp. Law, met Univ. Smith. Prof. Li of Penn. State left.",
            ["Her firm, Corp. Law, met Univ. Smith.", "Prof. Li of Penn. State left."],
            id="names that abbreviate something",
        ),
        pytest.param(
            "It is 2000 to 4000 m. Though rare, it grows. It weighs 3 kg. Others weigh 5 m. each.",
            ["It is 2000 to 4000 m.", "Though rare, it grows.", "It weighs 3 kg.", "Others weigh 5 m. each."],
            id="units",
        ),
        pytest.param(
            "Snape was made D.A.D.A. professor. He has a B.A. degree from the U.K. He left.",
            ["Snape was made D.A.D.A. professor.", "He has a B.A. degree from the U.K.", "He left."],
            id="an abbreviation within",
        ),
        pytest.param(
            "It cost approx. Five pounds, lit. Five lb.", ["It cost approx. Five pounds, lit. Five lb."], id="approx."
        ),
        pytest.param("  One.  Two.\n", ["One.", "Two."], id="blank edges"),
        pytest.param(
            "它成立了。它扩大了！真的？是的。", ["它成立了。", "它扩大了！", "真的？", "是的。"], id="Chinese marks"
        ),
        pytest.param(
            "药物研发，很贵；周期长。", ["药物研发，很贵；", "周期长。"], id="a comma does not end, a semicolon does"
        ),
        pytest.param("他说：“你好。”然后走了。", ["他说：“你好。”", "然后走了。"], id="a closing quote stays"),
        pytest.param("见附录（第一章。）然后读。", ["见附录（第一章。）", "然后读。"], id="a closing bracket stays"),
        pytest.param("「完成了。」他說。", ["「完成了。」", "他說。"], id="corner brackets"),
        pytest.param("后来……没有了。", ["后来……", "没有了。"], id="an ellipsis"),
        pytest.param("真的？！是的。", ["真的？！", "是的。"], id="two marks are one end"),
        pytest.param("收入为3.5亿元。增长了。", ["收入为3.5亿元。", "增长了。"], id="a decimal in Chinese"),
        pytest.param(
            "CRO 指合同研究组织。CDMO 指生产。",
            ["CRO 指合同研究组织。", "CDMO 指生产。"],
            id="Chinese with English words",
        ),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [span.of(text) for span in sentence_spans(text)] == sentences


@given(MIXED)
def test_sentences_hold_every_character_once(text: str) -> None:
    spans = sentence_spans(text)
    covered = [place for span in spans for place in range(span.start, span.end)]
    assert covered == sorted(set(covered)), "in order, without overlap"
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(span.of(text) == span.of(text).strip() for span in spans)
    lost = set(range(len(text))) - set(covered)
    assert all(text[place].isspace() for place in lost)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("藥物研發與臨床試驗", "药物研发与临床试验", id="traditional and simplified"),
        pytest.param("ＣＲＯ", "CRO", id="full width"),
        pytest.param("ＣＲＯｓ", "CRO", id="full-width plural"),
        pytest.param("１０００", "1000", id="full-width digits"),
        pytest.param("1,000", "1000", id="grouped digits"),
        pytest.param("1，000，000", "1000000", id="digits grouped by a full-width comma"),
        pytest.param("CROs", "CRO", id="plural of an abbreviation"),
        pytest.param("CRO's", "CRO", id="possessive"),
        pytest.param("CRO’s", "CRO", id="typographic possessive"),
        pytest.param("don’t", "don't", id="typographic apostrophe"),
        pytest.param("universities", "university", id="plural"),
        pytest.param("Universities", "UNIVERSITY", id="case"),
        pytest.param("training", "trained", id="inflection"),
        pytest.param("Nestlé", "Nestle", id="accent"),
        pytest.param("Zu\u0308rich", "Zürich", id="decomposed accent"),
        pytest.param("CRO，CDMO", "CRO CDMO", id="a comma without a blank parts words"),
        pytest.param("2019，2020", "2019 2020", id="a comma parts years"),
        pytest.param("well-known", "well known", id="hyphen"),
    ],
)
def test_forms_of_the_same_words_give_the_same_terms(analyzer: Analyzer, one: str, other: str) -> None:
    assert analyzer.terms(one) == analyzer.terms(other) != []
    assert [t.term for t in analyzer.tokens(one)] == [t.term for t in analyzer.tokens(other)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("CRO", "CDMO", id="abbreviations"),
        pytest.param("1,000", "1.000", id="a point groups nothing"),
        pytest.param("药物", "药品", id="Chinese words"),
    ],
)
def test_different_words_give_different_terms(analyzer: Analyzer, one: str, other: str) -> None:
    assert analyzer.terms(one) != analyzer.terms(other)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("AI药物研发", ["AI", "药物", "研发"], id="Latin beside Chinese"),
        pytest.param("合同研究组织（CRO）", ["合同", "研究", "组织", "CRO"], id="in brackets"),
        pytest.param("🧬 The 1,000 CROs’ labs", ["The", "1,000", "CROs", "labs"], id="after an astral character"),
        pytest.param("藥物", ["藥物"], id="as written"),
        pytest.param("snake_case", ["snake", "case"], id="underscore"),
        pytest.param("", [], id="empty"),
    ],
)
def test_tokens_point_at_the_words(analyzer: Analyzer, text: str, words: list[str]) -> None:
    assert [token.span.of(text) for token in analyzer.tokens(text)] == words


def test_chinese_terms_hold_long_words_and_their_parts(analyzer: Analyzer) -> None:
    assert {"临床", "试验", "临床试验"} <= set(analyzer.terms("临床试验"))


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        pytest.param("药物研发", ["药物", "物研", "研发"], id="neighbours"),
        pytest.param("药", ["药"], id="one character"),
        pytest.param("药AI物", ["药", "物"], id="not across other scripts"),
        pytest.param("藥物", ["药物"], id="traditional"),
        pytest.param("none", [], id="no Chinese"),
    ],
)
def test_bigrams(analyzer: Analyzer, text: str, pairs: list[str]) -> None:
    assert analyzer.bigrams(text) == pairs


@given(text=MIXED)
def test_tokens_lie_in_order_within_any_text(analyzer: Analyzer, text: str) -> None:
    tokens = analyzer.tokens(text)
    place = 0
    for token in tokens:
        assert place <= token.span.start < token.span.end <= len(text)
        place = token.span.end
    words = {i for token in tokens for i in range(token.span.start, token.span.end)}
    assert all(i in words for i, char in enumerate(text) if char.isalnum())


@given(text=MIXED)
def test_terms_are_never_blank_and_never_hold_a_blank(analyzer: Analyzer, text: str) -> None:
    assert all(term and not any(char.isspace() for char in term) for term in analyzer.terms(text))


def test_threads_share_an_analyzer() -> None:
    """Each thread gets what one thread alone gets, also while words are new to the analyzer."""
    texts = [f"Universities{i} train{i} engineers{i} 藥物研發{i} running{i % 7}" for i in range(300)]
    analyzer, reference = Analyzer(), Analyzer()
    alone = [reference.terms(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        for _ in range(3):
            assert list(pool.map(analyzer.terms, texts)) == alone


@pytest.mark.parametrize(
    ("form", "base"),
    [
        pytest.param("sold", "sell", id="a verb's past"),
        pytest.param("Grown", "grow", id="a participle, with a capital"),
        pytest.param("children", "child", id="a plural"),
        pytest.param("founded", "found", id="a regular one"),
    ],
)
def test_forms_of_a_word_are_one_term(form: str, base: str, analyzer: Analyzer) -> None:
    assert analyzer.stem(form) == analyzer.stem(base)


def test_what_is_as_often_another_word_stays_apart(analyzer: Analyzer) -> None:
    assert analyzer.stem("found") != analyzer.stem("find")
    assert analyzer.stem("bases") == analyzer.stem("base") != analyzer.stem("basis")


@given(st.lists(st.text(max_size=2)), st.text(max_size=2))
def test_many_terms_are_a_tuple_that_is_quick_to_say_no(terms: list[str], asked: str) -> None:
    many = ManyTerms(terms)
    assert many == tuple(terms)
    assert (asked in many, many.count(asked)) == (asked in terms, terms.count(asked))
