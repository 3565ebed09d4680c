"""A number is told of what stands in its clause, and not in the one beside it."""

import pytest

from corpus.language import Analyzer
from service.checks.number_places import number_places, words_shared

PARK = "It covers 278 hectares on the eastern side of Ulverby, of which 80 hectares form the Brill conservation area."
FERRY = "The ferry firm merged with Norvane Lines in 2016, and it was renamed Brill Boats in 2017."


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer()


@pytest.mark.parametrize(
    ("statement", "quote", "places"),
    [
        pytest.param("The Brill conservation area covers 80 hectares.", PARK, {"80": "here"}, id="its own"),
        pytest.param("The Brill conservation area covers 278 hectares.", PARK, {}, id="the other's alone"),
        pytest.param(
            "The ferry firm merged with Norvane Lines in 2017, and was renamed Brill Boats in 2016.",
            FERRY,
            {"2017": "exchanged", "2016": "exchanged"},
            id="two years exchanged",
        ),
        pytest.param(
            "It was renamed Brill Boats in 2017, after it had merged with Norvane Lines in 2016.",
            FERRY,
            {"2017": "here", "2016": "here"},
            id="told in another order",
        ),
        pytest.param(
            "Members of the lower house serve six years.",
            "Members of the lower house serve two years. Each member of the other house serves six years, and every "
            "two years a third is up for election.",
            {},
            id="another sentence is nearer",
        ),
        pytest.param("It merged in 2016.", FERRY, {}, id="too few words"),
        pytest.param(
            "The ferry firm merged with Norvane Lines on 5 May, 1996.",
            "The ferry firm merged with Norvane Lines on 5 May, 1996, and had new ships in 1997.",
            {"1996": "here"},
            id="a year behind its day",
        ),
        pytest.param(
            "渡轮公司在2017年与诺万航运合并，2016年改名为布里尔。",
            "渡轮公司在2016年与诺万航运合并，2017年改名为布里尔。",
            {"2017": "exchanged", "2016": "exchanged"},
            id="zh",
        ),
    ],
)
def test_number_places(analyzer, statement, quote, places):
    found = number_places(statement, [quote], words_shared(analyzer))
    assert {place.number: place.told for place in found} == places
