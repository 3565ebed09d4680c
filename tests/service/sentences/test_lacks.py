"""What is left of a likelihood where a sentence lacks the fact that is asked for."""

from collections.abc import Callable

import pytest

from corpus.language import Analyzer
from corpus.library import Library
from service.evidence import Evidence
from service.gather import Gatherer
from service.question.kinds import attribute_of
from service.sentences.lacks import lacks_beginning, leaves_unnamed, only_has_task, starts_elsewhere
from service.threshold import THRESHOLD
from tests.service.conftest import Look


@pytest.fixture(scope="module")
def confidence(small: Library, analyzer: Analyzer, look: Look) -> Callable[[str], float]:
    gatherer = Gatherer(small, analyzer)

    def of(question: str) -> float:
        evidence: Evidence = gatherer.gather(*look(question))
        return evidence.confidence

    return of


@pytest.mark.parametrize(
    ("question", "near_miss"),
    [
        pytest.param("Who runs the Calder Valley Hub?", "Who runs Helix Foundry?", id="the head of another"),
        pytest.param(
            "Who founded the Brightwater Science Park?", "Who is the chief executive of Tessel Optics?", id="no head"
        ),
        pytest.param(
            "How many passengers did the Lakeside ferry carry in 2023?",
            "How many passengers did the Lakeside ferry carry in 2019?",
            id="another year",
        ),
        pytest.param("青岚实验室的主任是谁？", "临港创新谷的园长是谁？", id="zh another role"),
        pytest.param("青岚实验室的主任是谁？", "青岚实验室的主任周敏是哪所大学毕业的？", id="zh no school is named"),
        pytest.param("临港创新谷有多少家企业？", "临港创新谷的企业有多少员工？", id="zh firms are no staff"),
    ],
)
def test_a_near_miss_is_less_likely_than_what_is_told(
    confidence: Callable[[str], float], question: str, near_miss: str
) -> None:
    assert confidence(near_miss) < THRESHOLD < confidence(question)


@pytest.mark.parametrize(
    ("question", "sentence", "lacks"),
    [
        pytest.param("Which company bought it?", "It was bought by a Danish company.", True, id="a company"),
        pytest.param("Which company bought it?", "It was bought by Brill, a Danish company.", False, id="by name"),
        pytest.param("Which company bought it?", "It was bought in May.", False, id="no company"),
        pytest.param("What is the name of the yard?", "It rents from one old yard.", True, id="the name of"),
        pytest.param("它被哪家企业收购？", "它被丹麦一家制药企业收购。", True, id="zh a company"),
        pytest.param("它被哪家企业收购？", "它被一家名为“蓝湾”的企业收购。", False, id="zh by name"),
        pytest.param("收购它的企业叫什么名字？", "它被某家企业收购。", True, id="zh called"),
        pytest.param("收购它的企业叫什么名字？", "它被一家公司收购。", True, id="zh by another word for it"),
        pytest.param("出资的两家公司叫什么？", "出资人有两家保险公司。", True, id="zh several"),
        pytest.param("出资的两家公司叫什么？", "出资人是蓝湾和青岚两家公司。", False, id="zh several by name"),
        pytest.param("它被哪家公司收购？", "收购它的蓝湾是一家公司。", False, id="zh what a name is"),
    ],
)
def test_a_thing_without_its_name_is_no_answer_to_what_it_is_called(question: str, sentence: str, lacks: bool) -> None:
    assert leaves_unnamed(sentence, question) == lacks


@pytest.mark.parametrize(
    ("sentence", "task"),
    [
        pytest.param("磨坊公司是大学负责技术转移的子公司。", True, id="what a body is there for"),
        pytest.param("它依法设立，负责推广发明；", True, id="what it does"),
        pytest.param("磨坊由艾达负责。", False, id="by whom"),
        pytest.param("艾达负责磨坊的运营。", False, id="who does"),
        pytest.param("磨坊的负责人是艾达。", False, id="whoever is in charge"),
        pytest.param("磨坊的主任是艾达。", False, id="another word"),
    ],
)
def test_what_a_body_is_there_for_is_nobody_who_heads_it(sentence: str, task: bool) -> None:
    assert only_has_task(sentence) is task


@pytest.mark.parametrize(
    ("sentence", "elsewhere"),
    [
        pytest.param("Boats from Ulverby reach Calder in 50 minutes.", True, id="from another place"),
        pytest.param("Boats from Brill reach Calder in 50 minutes.", False, id="from there"),
        pytest.param("Boats from Ulverby and those of Brill take 50 minutes.", False, id="from both"),
        pytest.param("The crossing to Calder takes 50 minutes.", False, id="from none"),
        pytest.param("Boats from the old Brill Pier take 50 minutes.", False, id="from there, in more words"),
    ],
)
def test_a_way_from_elsewhere_is_another_one(sentence: str, elsewhere: bool) -> None:
    assert starts_elsewhere(sentence, "How many minutes does the boat from Brill to Calder take?") is elsewhere


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        pytest.param("研究院的院长是谁？", "院长", id="whose"),
        pytest.param("大学的校区在哪里？", "校区", id="where"),
        pytest.param("公司的年产值是多少？", "年产值", id="how much"),
        pytest.param("公司是哪一年成立的？", "成立", id="a verb"),
        pytest.param("园区由谁在管理？", "管理", id="a verb of who"),
        pytest.param("公司去年估值多少", "估值", id="a sum without 的"),
        pytest.param("磨坊 经理 年薪", "年薪", id="a sum without a question word"),
        pytest.param("院长叫什么名字？公司的董事长叫什么？", "董事长", id="how somebody is called"),
        pytest.param("What valuation did the yard reach?", "valuation", id="a sum"),
        pytest.param("What did the yard cost?", None, id="a cost is told by a price, too"),
        pytest.param("园区有哪些公司？", None, id="a list"),
        pytest.param("Who is the principal of the college?", "principal", id="a role"),
        pytest.param("who's its first director", "director", id="a role, closer said"),
        pytest.param("Who runs it?", None, id="English"),
    ],
)
def test_what_is_asked_of_a_thing_in_chinese(question: str, asked: str | None) -> None:
    assert attribute_of(question) == asked


@pytest.mark.parametrize(
    ("question", "sentence", "lacks"),
    [
        pytest.param("When was the mill founded?", "The mill expects to leave in 2026.", True, id="something else"),
        pytest.param("What year was the mill set up?", "The mill has 150 looms.", True, id="no date"),
        pytest.param("When was the mill founded?", "The mill was established in 1990.", False, id="in another word"),
        pytest.param("When was the mill founded?", "The mill has stood here since 1990.", False, id="since"),
        pytest.param("When did the mill burn?", "The mill expects to leave in 2026.", False, id="no beginning"),
        pytest.param("When was the mill founded?", "磨坊始于1990年。", False, id="zh"),
    ],
)
def test_when_it_began_is_told_by_a_word_for_it(question: str, sentence: str, lacks: bool) -> None:
    assert lacks_beginning(sentence, question) is lacks
