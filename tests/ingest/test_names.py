import pytest

from ingest.names import learn_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param(
            "It hired a contract research organisation (CRO) last year.",
            {"CRO": "contract research organisation"},
            id="long form, then short",
        ),
        pytest.param(
            "Two contract research organisations (CROs) bid.",
            {"CROs": "contract research organisations"},
            id="plural",
        ),
        pytest.param(
            "A CRO (contract research organisation) runs trials.",
            {"CRO": "contract research organisation"},
            id="short form, then long",
        ),
        pytest.param(
            "The Medicines and Healthcare products Regulatory Agency (MHRA) agreed.",
            {"MHRA": "Medicines and Healthcare products Regulatory Agency"},
            id="small words between",
        ),
        pytest.param(
            "such as Acme AppTec and Pharmablock Sciences ((药石科技) anchor",
            {"药石科技": "Pharmablock Sciences"},
            id="Chinese name in a doubled bracket",
        ),
        pytest.param(
            "The Peking University Institute of Medicine (北大医学院) joined.",
            {"北大医学院": "Peking University Institute of Medicine"},
            id="of inside a name",
        ),
        pytest.param(
            "合同研究组织（Contract Research Organization，CRO）受人委托。",
            {"Contract Research Organization": "合同研究组织", "CRO": "合同研究组织"},
            id="Chinese with two other names",
        ),
        pytest.param("业内称为合同研究组织（简称CRO）。", {"CRO": "合同研究组织"}, id="Chinese after a verb"),
        pytest.param("瑞士的龙沙公司（Lonza）很大。", {"Lonza": "龙沙公司"}, id="Chinese after a particle"),
        pytest.param(
            "按照《药物临床试验质量管理规范》（GCP）执行。", {"GCP": "药物临床试验质量管理规范"}, id="title marks"
        ),
        pytest.param("CRO（合同研究组织）受人委托。", {"CRO": "合同研究组织"}, id="Chinese inside"),
        pytest.param(
            "A contract research organisation (CRO, 合同研究组织) runs trials.",
            {"CRO": "contract research organisation", "合同研究组织": "contract research organisation"},
            id="short form and Chinese in one bracket",
        ),
    ],
)
def test_names_are_learnt(text: str, names: dict[str, str]) -> None:
    assert learn_names(text) == names


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("It grew fast (by 20%) and then (in 2019) slowed (see Figure 2).", id="asides"),
        pytest.param("The firm (Cambridge) and the lab (Oxford) merged.", id="places"),
        pytest.param("It works well (e.g. in trials).", id="for example"),
        pytest.param("Alpha beta gamma (XYZ) is new.", id="letters that don't match"),
        pytest.param("The valley (见下文) and Acme (如上) are large.", id="Chinese asides"),
        pytest.param("机组人员职位包括指挥员（CDR）。", id="an open clause before the bracket"),
        pytest.param("他去年访问南京（Nanjing）。", id="a verb before a place"),
        pytest.param("Teams of the NFL (甲队、乙队) met.", id="a list in the bracket"),
        pytest.param("(CRO) stands alone.", id="nothing before"),
    ],
)
def test_asides_are_no_names(text: str) -> None:
    assert learn_names(text) == {}


def test_the_first_definition_counts() -> None:
    text = "A contract research organisation (CRO) met a chief risk officer (CRO)."
    assert learn_names(text) == {"CRO": "contract research organisation"}


def test_a_name_does_not_reach_over_blocks() -> None:
    assert learn_names("A contract research\n\norganisation (CRO) met.") == {}
