"""Whether a sentence names a school, a hospital or a company where a question in Chinese asks which one it is."""

import pytest

from service.sentences.bodies_zh import asks_by_name, asks_person, names_no_such_body


@pytest.mark.parametrize(
    ("text", "question", "lacking"),
    [
        pytest.param("项目负责人苏棠在磨坊工作了六年。", "苏棠是哪所大学毕业的？", True, id="no school"),
        pytest.param("苏棠毕业于北原大学。", "苏棠是哪所大学毕业的？", False, id="a school"),
        pytest.param("苏棠在乌尔弗比大学待了三年。", "苏棠在哪家单位上班？", False, id="any body"),
        pytest.param("苏棠在清华读的博士。", "苏棠是哪所大学毕业的？", False, id="a school by its short name"),
        pytest.param("Su Tang studied at Ulverby.", "苏棠是哪所大学毕业的？", False, id="a name in Latin script"),
        pytest.param("She studied in the north.", "苏棠是哪所大学毕业的？", True, id="English without a name"),
        pytest.param("一所国际学校离园区很远。", "昌河有哪几所国际学校？", True, id="what sort of school"),
        pytest.param("北原大学设有联络人。", "北原大学的谷场是哪所学校办的？", True, id="the one asked of"),
        pytest.param("手术在当地的一家医院做。", "手术是在哪家医院做的？", True, id="one hospital"),
        pytest.param("手术在青岚医院做。", "手术是在哪家医院做的？", False, id="a hospital"),
        pytest.param("经销商签了独家协议。", "在德国的经销商是哪一家？", True, id="no company"),
        pytest.param("由北原药业在德国经销。", "在德国的经销商是哪一家？", False, id="a company"),
        pytest.param("最大的客户是蓝湾。", "最大的客户是哪家？", False, id="a name without an ending"),
        pytest.param("面粉由蓝湾供货。", "供应商是哪家公司？", False, id="by whom"),
        pytest.param("苏棠毕业于南山。", "苏棠是哪所大学毕业的？", False, id="a school, by what was done there"),
        pytest.param("平台叫“谷仓”。", "做平台的是哪家公司？", False, id="a name in quotation marks"),
        pytest.param("他说：“医院每天都写信来，我们很感激。”", "手术是在哪家医院做的？", True, id="speech"),
        pytest.param("磨坊有三层。", "磨坊有几层？", False, id="no body is asked for"),
        pytest.param("员工不足百人的可以申请。", "哪些企业可以申请？", False, id="a sort of companies"),
    ],
)
def test_which_body(text: str, question: str, lacking: bool) -> None:
    assert names_no_such_body(text, question) is lacking


@pytest.mark.parametrize(
    ("question", "person", "by_name"),
    [
        pytest.param("磨坊的联络人叫什么？", True, True, id="what somebody is called"),
        pytest.param("磨坊是哪家公司建的？", False, True, id="which company"),
        pytest.param("参加测试的两位译员是谁？", False, True, id="so many"),
        pytest.param("谁可以卖面粉？", False, False, id="any sort of people"),
    ],
)
def test_who_is_asked_for(question: str, person: bool, by_name: bool) -> None:
    assert asks_person(question) is person
    assert asks_by_name(question) is by_name
