"""Whether quotes support a statement, in English, in Chinese and across the two."""

import pytest

from corpus.language import Analyzer, sentence_spans
from service.checks.verdict import PARTIAL, SUPPORTED
from service.verify import check, claim_score
from tests.service.evidence_samples import FERRY, HARBOUR, HARBOUR_ZH

EN = (
    "Opened in November 2025, the Delta Park hosts more than 1,000 firms, including Nordwind Robotics and Ferrolux, "
    "and exports grew by 20 percent to $1.2 billion."
)
DENIES = (
    "The World Health Organization (WHO) does not run the park, but it advises a contract research organisation there."
)
PIER = "The pier in the Delta Park is 30 metres long and 9 metres wide."
UNION = "The European Union's Delta Act opened a park, and it allowed other parks to open."
ZH = "三角洲园区于2025年11月20日在苏州启用，目前拥有1000多家企业，出口增长百分之二十，达到12亿元。"


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer()


@pytest.mark.parametrize(
    ("statement", "quote", "support"),
    [
        pytest.param("The Delta Park hosts more than 1000 firms.", EN, "supported", id="digit groups"),
        pytest.param("The Delta Park hosts over one thousand firms.", EN, "supported", id="a number in words"),
        pytest.param("Exports grew by 20% to 1,200 million dollars.", EN, "supported", id="percent sign and scale"),
        pytest.param("The Delta Park hosts 1,100 firms.", EN, "unsupported", id="another number"),
        pytest.param("Exports grew by 20 firms.", EN, "unsupported", id="20 is not 20 percent"),
        pytest.param("Exports grew to $1.2 million.", EN, "unsupported", id="another scale"),
        pytest.param("Exports grew to €1.2 billion.", EN, "unsupported", id="another currency"),
        pytest.param("The Delta Park opened in 2025.", EN, "supported", id="the year alone"),
        pytest.param("The Delta Park opened in 2025-11.", EN, "supported", id="an ISO month"),
        pytest.param("The Delta Park opened in December 2025.", EN, "unsupported", id="another month"),
        pytest.param("The Delta Park opened on 5 November 2025.", EN, "unsupported", id="a day that no one gave"),
        pytest.param("Nordwind Robotics' firms are in the Delta Park.", EN, "supported", id="possessive"),
        pytest.param("Helvetia Robotics is in the Delta Park.", EN, "unsupported", id="another name"),
        pytest.param("Helvetia hosts the Delta Park firms.", EN, "unsupported", id="another name as the subject"),
        pytest.param("Ferrolux acquired Nordwind Robotics.", EN, "partial", id="names found, but not what is said"),
        pytest.param("The “Golden Gate” firms are in the Delta Park.", EN, "unsupported", id="quoted term"),
        pytest.param("Exports of the Delta Park fell by 20 percent.", EN, "unsupported", id="the opposite"),
        pytest.param("The Delta Park does not host Ferrolux.", EN, "unsupported", id="denied without ground"),
        pytest.param("The WHO runs the park.", DENIES, "unsupported", id="the quote denies it"),
        pytest.param("The WHO does not run the park.", DENIES, "supported", id="both deny"),
        pytest.param("The WHO advises a CRO there.", DENIES, "supported", id="acronyms of names written out"),
        pytest.param(
            "It advises a contract research organisation (CRO) there.",
            DENIES,
            "supported",
            id="a short form of its own",
        ),
        pytest.param("The EU's Delta Act opened a park.", UNION, "supported", id="a short form behind a possessive"),
        pytest.param("The Act required parks to open.", UNION, "unsupported", id="required for allowed"),
        pytest.param("It not only hosts Ferrolux firms, it hosts Nordwind Robotics.", EN, "supported", id="not only"),
        pytest.param("Gulls nest on the roofs of the old town.", EN, "unsupported", id="another topic"),
        pytest.param("Yes.", EN, "unsupported", id="nothing to check"),
        pytest.param("Firms sing.", EN, "unsupported", id="one word alone in common"),
        pytest.param("三角洲园区目前拥有一千多家企业。", ZH, "supported", id="zh: number in characters"),
        pytest.param("園區於2025年11月啟用。", ZH, "supported", id="zh: traditional characters"),
        pytest.param("园区出口增长20%。", ZH, "supported", id="zh: percent"),
        pytest.param("园区于2025年12月启用。", ZH, "unsupported", id="zh: another month"),
        pytest.param("园区目前拥有1500家企业。", ZH, "unsupported", id="zh: another number"),
        pytest.param("三角洲园区在南京启用。", ZH, "unsupported", id="zh: another place"),
        pytest.param("园区目前没有企业。", ZH, "unsupported", id="zh: denied without ground"),
        pytest.param("园区出口下降20%。", ZH, "unsupported", id="zh: the opposite"),
        pytest.param("该园区于2025年11月启用，有1000家企业。", EN, "supported", id="zh on en: date and number"),
        pytest.param("Nordwind Robotics 和 Ferrolux 都在园区。", EN, "supported", id="zh on en: names"),
        pytest.param("该园区于2025年启用。", EN, "partial", id="zh on en: one fact alone"),
        pytest.param("码头长30米，宽9米，在Delta Park。", PIER, "supported", id="zh on en: numbers in their order"),
        pytest.param("码头长9米，宽30米，在Delta Park。", PIER, "partial", id="zh on en: in another order"),
        pytest.param("该园区有1500家企业，2025年启用。", EN, "unsupported", id="zh on en: another number"),
        pytest.param("Helvetia 在园区，2025年启用。", EN, "unsupported", id="zh on en: another name"),
        pytest.param("园区很大。", EN, "unsupported", id="zh on en: nothing to compare"),
        pytest.param(
            "It opened on 20 November 2025 and has 1,000 firms.", ZH, "supported", id="en on zh: date and number"
        ),
    ],
)
def test_check(analyzer, statement, quote, support):
    verdict = check(statement, [quote], analyzer=analyzer)
    assert verdict.support == support, verdict
    assert 0 <= verdict.score <= 1
    assert (verdict.score >= SUPPORTED) == (support == "supported")
    assert (verdict.score < PARTIAL) == (support == "unsupported")
    assert verdict.reason


def test_no_quote_supports_nothing(analyzer):
    assert check("It opened.", ["", " "], analyzer=analyzer).score == 0
    assert check("It opened.", [], analyzer=analyzer).support == "unsupported"


def test_facts_may_stand_in_different_quotes(analyzer):
    statement = "The Harbour Innovation Park opened in 2014 and the Lakeside ferry carried 48,000 passengers."
    assert check(statement, [HARBOUR], analyzer=analyzer).support == "unsupported"
    assert check(statement, [HARBOUR, FERRY], analyzer=analyzer).support == "supported"


@pytest.mark.parametrize(
    ("statement", "quote", "title", "support"),
    [
        pytest.param(
            "The Delta Park opened its doors in 2014.",
            "The park opened its doors in 2014.",
            "News of the Delta Park",
            "supported",
            id="a name that the title gives",
        ),
        pytest.param(
            "Mara Lindqvist joined the choir in Tromso.",
            "She joined the choir in Tromso.",
            "Mara Lindqvist, soprano",
            "supported",
            id="a pronoun that the title explains",
        ),
        pytest.param(
            "Helvetia opened its doors in 2014.",
            "The park opened its doors in 2014.",
            "News of the Delta Park",
            "unsupported",
            id="a name that neither gives",
        ),
        pytest.param(
            "The park opened its doors in 2014.",
            "The park opened its doors.",
            "The park in 2014",
            "partial",
            id="a number that only the title gives",
        ),
        pytest.param(
            "Nordwind acquired the shipyard.",
            "Ferrolux acquired the shipyard.",
            "Nordwind and Ferrolux",
            "unsupported",
            id="a name of the title in the place of another",
        ),
    ],
)
def test_the_title_counts_for_names_alone(analyzer, statement, quote, title, support):
    assert check(statement, [quote], analyzer=analyzer, claim_context=[title]).support == support


TERMS = (
    "Deputies serve two-year terms and may be elected again. Each of the twelve elders is elected for a six-year term. "
    "The first charter was signed in Vardo in 1903 and the second charter in 1911."
)


@pytest.mark.parametrize(
    ("statement", "quote", "kind"),
    [
        pytest.param("Deputies serve six-year terms.", TERMS, "number", id="a number of something else"),
        pytest.param("Deputies serve two-year terms.", TERMS, "found", id="its own number"),
        pytest.param("The first charter was signed in Vardo in 1911.", TERMS, "number", id="the other year"),
        pytest.param("The second charter was signed in Vardo in 1903.", TERMS, "number", id="the other ordinal"),
        pytest.param("The 1st charter was signed in Vardo in 1903.", TERMS, "found", id="an ordinal in digits"),
        pytest.param("Deputies may not be elected again.", TERMS, "negation", id="denied without ground"),
        pytest.param("The origin is not unknown.", "The origin is unknown.", "negation", id="a denial denied"),
        pytest.param("The name is not common.", "The name is not very common.", "found", id="denied alike"),
        pytest.param(
            "The bridge is not open and not free.",
            "The bridge is open and not free.",
            "negation",
            id="one of two denials",
        ),
        pytest.param(
            "The gneiss is exposed.",
            "The gneiss is exposed. The granite is not exposed.",
            "found",
            id="denied of something else",
        ),
        pytest.param(
            "Membership means that the fee is due.",
            "Membership means that a form is sent; it does not mean that the fee is due.",
            "negation",
            id="what a denial reaches beside its first word",
        ),
        pytest.param(
            "Work began in Bergen in 1903 and moved to Vardo in 1911.",
            "Work began in Vardo in 1903 and moved to Bergen in 1911.",
            "name",
            id="two names swapped",
        ),
        pytest.param(
            "It was allowed in the Far Isles in 1903 and in Vardo in 1911.",
            "It was allowed in Vardo in 1903 and in the Far Isles in 1911.",
            "name",
            id="a name of two words swapped",
        ),
        pytest.param(
            "A CDMO is hired for the start, and a CRO for the end.",
            "A CRO is hired for the start, and a CDMO for the end.",
            "name",
            id="two abbreviations swapped",
        ),
        pytest.param(
            "已上市的有14家，被并购的有11家。",
            "有14家已经上市，11家被并购。",
            "elsewhere",
            id="zh put in another order",
        ),
        pytest.param(
            "The harbour froze because of strikes.", "The harbour froze in May.", "overlap", id="a cause added"
        ),
        pytest.param("参与医院在五个月之内确认。", "参与医院在五个工作日之内确认。", "number", id="zh another unit"),
        pytest.param("The ferry takes 30 minutes.", "The ferry takes half an hour.", "found", id="half an hour"),
        pytest.param(
            "The four cabins that burned were all on deck.",
            "Four of the 24 cabins burned, all on deck.",
            "found",
            id="of more",
        ),
        pytest.param(
            "Ships hold at most four boats.", "Ships hold no more than four boats.", "found", id="a bound denied"
        ),
        pytest.param(
            "Crews stayed 16 months before leaving.",
            "Crews left after 16 months, having stayed.",
            "found",
            id="no time",
        ),
        pytest.param("Seals are plentiful.", "Seals are still few.", "opposite", id="plentiful for few"),
        pytest.param("The sea lies west of Vardo.", "The sea lies east of Vardo.", "opposite", id="east for west"),
        pytest.param(
            "41 of the 48 rooms were vacant.", "41 of the 48 rooms were let.", "opposite", id="vacant for let"
        ),
        pytest.param("完工提前到2026年6月。", "完工推迟到2026年6月。", "opposite", id="zh earlier for later"),
        pytest.param("The rent is £39 a month.", "The rent is £39 a year.", "number", id="another rate"),
        pytest.param("One in ten ships called.", "Nine in ten ships called.", "number", id="another share"),
        pytest.param("About 90 per cent of ships called.", "Nine in ten ships called.", "found", id="the same share"),
        pytest.param(
            "A third of the ships called.", "32 per cent of the ships called.", "found", id="a share that rounds"
        ),
        pytest.param(
            "Three ports count: Bergen, Vardo and Narvik.",
            "The ports that count are Bergen, Vardo and Narvik.",
            "found",
            id="a count of what both list",
        ),
        pytest.param(
            "Two ports count: Bergen and Vardo.",
            "The ports that count are Bergen, Vardo and Narvik.",
            "number",
            id="a count of less than is listed",
        ),
        pytest.param(
            "Two ports count: Bergen and Vardo.",
            "The ports that count include Bergen and Vardo.",
            "number",
            id="a count of some",
        ),
        pytest.param(
            "Three ports count.",
            "The ports that count are Bergen, Vardo and Narvik.",
            "number",
            id="a count of what is listed can't be told",
        ),
        pytest.param("试验分为五期。", "试验分为四期。", "number", id="zh a count of phases"),
        pytest.param("园区得到六点启示。", "园区得到五点启示。", "number", id="zh a count of points"),
        pytest.param("布里尔三度获奖。", "布里尔两度获奖。", "number", id="zh how many times"),
        pytest.param("布里尔两次获奖。", "布里尔两度获奖。", "found", id="zh the same times in another word"),
        pytest.param("Brill stopped selling wool.", "Brill began selling wool.", "opposite", id="stopped for began"),
        pytest.param(
            "The trial lies within the scope of the draft.",
            "The trial, which nobody reviews, lies outside its scope.",
            "opposite",
            id="within for outside",
        ),
        pytest.param(
            "Brill published final guidance on mills.",
            "In May Brill published draft guidance on mills.",
            "opposite",
            id="final for draft",
        ),
        pytest.param(
            "Half of the net income goes to Brill.", "Half of the net income goes to Brill.", "found", id="net"
        ),
        pytest.param(
            "Half of the gross income goes to Brill.", "Half of the net income goes to Brill.", "opposite", id="gross"
        ),
        pytest.param(
            "The fastest ferry takes half an hour.", "The fastest ferry takes 30 minutes.", "found", id="minutes"
        ),
        pytest.param(
            "The fastest ferry takes half a day.", "The fastest ferry takes half an hour.", "number", id="a day"
        ),
        pytest.param("二期工程于2026年6月完工。", "第二期工程于2026年6月完工。", "found", id="zh a phase is no count"),
        pytest.param("Companies sail first.", "A company sails first.", "found", id="a word that opens the sentence"),
        pytest.param(
            "Twenty - seven ships called.", "At least twenty-seven ships called.", "found", id="a spaced hyphen"
        ),
        pytest.param("The sailors came from France.", "French sailors came.", "found", id="an irregular adjective"),
        pytest.param(
            "博物馆馆长每届任期为六年。",
            "博物馆馆长每届任期为四年，理事任期为六年。",
            "number",
            id="zh: a number of something else",
        ),
        pytest.param("渡轮不在冬季运营。", "渡轮在冬季运营。", "negation", id="zh: denied without ground"),
        pytest.param(
            "It was built by the physicist Olga Brandt.",
            "It was built by the economist Olga Brandt.",
            "opposite",
            id="another profession",
        ),
        pytest.param(
            "The storm destroyed the timber roof of the mill.",
            "The timber roof of the mill was destroyed by a storm.",
            "found",
            id="of a kind, as told",
        ),
        pytest.param(
            "The timber roof of the mill was destroyed by a flood.",
            "The timber roof of the mill was destroyed by a storm.",
            "opposite",
            id="another of a kind",
        ),
        pytest.param(
            "The pumps lowered the cost of crossings.",
            "The pumps raised the cost of crossings.",
            "opposite",
            id="lowered for raised",
        ),
        pytest.param(
            "Some 10% of the people of Vardo died of plague in 1623.",
            "Some 10% of the people of Bergen died of plague in 1623. The ferry to Vardo was closed.",
            "elsewhere",
            id="a name of something else",
        ),
        pytest.param("报告由艾琳·温特主持。", "报告由艾琳·特雷西主持。", "name", id="zh: another family name"),
        pytest.param("渡轮有没有执照由港口决定。", "渡轮是否有执照由港口决定。", "found", id="zh: no denial"),
        pytest.param(
            "Ulverby has 53 schools.",
            "Its old mill aside, Ulverby has one of the densest groups of modern schools, 53 in all.",
            "found",
            id="a number behind what it counts",
        ),
        pytest.param(
            "Ulverby has 53 ships.",
            "Its old mill aside, Ulverby has one of the densest groups of modern schools, 53 in all.",
            "elsewhere",
            id="a number of something else",
        ),
        pytest.param(
            "The firms operating in Ulverby are Brill and Norvane Labs.",
            "Leaders: Brill and Norvane Labs (诺万) give Ulverby its firms.",
            "found",
            id="a verb of being there",
        ),
        pytest.param(
            "The firms that left Ulverby are Brill and Norvane Labs.",
            "Leaders: Brill and Norvane Labs (诺万) give Ulverby its name.",
            "overlap",
            id="another verb",
        ),
        pytest.param("The pier opened in Nov. 2023.", "The pier opened in November 2023.", "found", id="a short month"),
        pytest.param(
            "条例从二〇二一年九月一日起施行。", "条例自2021年9月1日起施行。", "found", id="zh: a date in characters"
        ),
    ],
)
def test_facts_are_compared_in_their_place(analyzer, statement, quote, kind):
    verdict = check(statement, [quote], analyzer=analyzer)
    assert verdict.kind == kind, verdict
    assert (verdict.support == "supported") == (kind == "found")


AFFORD = "It lets benches to young mills that need looms before they can afford looms of their own."
MISTAKE = "第二个误会，是以为馆长可以自行出售藏品。"


@pytest.mark.parametrize(
    ("statement", "quote", "support"),
    [
        pytest.param(
            "It suits young mills that need benches but cannot yet afford looms of their own.",
            AFFORD,
            "partial",
            id="denied in other words",
        ),
        pytest.param(
            "It does not let benches to young mills.", "It lets benches to young mills.", "unsupported", id="so"
        ),
        pytest.param(
            "The ferry does not sail before noon.",
            "The ferry sails before noon.",
            "unsupported",
            id="a word behind it denies nothing",
        ),
        pytest.param(
            "The ferry fails for want of money and no accord on how the partnership should end.",
            "The partnership should end when the ferry fails for want of money.",
            "partial",
            id="what it denies is not spoken of",
        ),
        pytest.param("馆长不能自行出售藏品。", MISTAKE, "partial", id="zh told as a mistake"),
        pytest.param("馆长不能自行出售藏品。", "馆长可以自行出售藏品。", "unsupported", id="zh denied without ground"),
        pytest.param(
            "人才离开往往不是因为收入低。", "人才离开的原因，往往不是收入低。", "supported", id="zh not because of"
        ),
        pytest.param(
            "乌尔弗有几十年的科学积累。",
            "乌尔弗没有规划，它有的是几十年不间断的科学积累。",
            "supported",
            id="zh a word",
        ),
        pytest.param(
            "The loom showed that the dye is a better method than others.",
            "The loom works; it does not prove that the dye is a better method than others.",
            "partial",
            id="what is not proved",
        ),
        pytest.param(
            "The rules restrict the sale of foreign looms by Danish mills.",
            "The rules restrict the sale of Danish looms by foreign mills.",
            "unsupported",
            id="two words in each other's place",
        ),
        pytest.param(
            "The town sells foreign looms, and it sells Danish dyes.",
            "The town sells Danish dyes, and it sells foreign looms.",
            "supported",
            id="two parts in another order",
        ),
        pytest.param(
            "The reason is that an earlier sale by the mill destroys the novelty of a loom.",
            "A loom must be filed first, because an earlier sale by the mill destroys its novelty.",
            "partial",
            id="a subject in other words",
        ),
        pytest.param(
            "An earlier sale destroys its novelty and is expensive.",
            "A loom must be filed first, because an earlier sale by the mill destroys its novelty.",
            "unsupported",
            id="something else is said",
        ),
        pytest.param("除此之外，布里尔可以自行织布。", "布里尔可以自行织布。", "partial", id="zh an opening"),
        pytest.param("The American mill closed.", "The mill in the United States closed.", "supported", id="American"),
        pytest.param("The UK mill closed.", "The British mill closed.", "supported", id="British for UK"),
        pytest.param("The American mill closed.", "The British mill closed.", "unsupported", id="another country"),
        pytest.param("The American mill closed.", "The mill closed, they told us.", "unsupported", id="no country"),
    ],
)
def test_what_cannot_be_told_is_not_refused(analyzer, statement, quote, support):
    assert check(statement, [quote], analyzer=analyzer).support == support


@pytest.mark.parametrize(
    "sentence",
    [
        span.of(line)
        for text in (HARBOUR, HARBOUR_ZH, FERRY)
        for line in text.split("\n")
        for span in sentence_spans(line)
    ],
)
def test_a_sentence_supports_itself(analyzer, sentence):
    assert check(sentence, [sentence], analyzer=analyzer).support == "supported"


def test_claims_are_ranked_by_their_support_on_a_page(analyzer):
    page = ["Menu", "Subscribe", *(span.of(line) for line in HARBOUR.split("\n") for span in sentence_spans(line))]
    claims = [
        "The Harbour Innovation Park, opened in 2014 by Olga Brandt, houses 1,250 companies.",
        "The Harbour Innovation Park, opened in 2014 by Olga Brandt, houses 1,250 companies and 90 nurses from Oslo.",
        "The Alpine Museum, closed in 1999 by Jan Keller, owned 77 clocks.",
    ]
    scores = [claim_score(claim, page, analyzer=analyzer) for claim in claims]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] >= SUPPORTED > scores[1]
    assert claim_score("Anything at all.", [], analyzer=analyzer) == 0
