"""A rule looks closer at every text that its pattern finds something in."""

import pytest

from service.checks.order_rules import RULES, Rule
from tests.service.attacks import ATTACKS

TEXTS = [" ".join(text.split()) for attack in ATTACKS for text in (attack.text, attack.obeyed)]
FOUND = [(rule, text) for text in TEXTS for rule in RULES if rule.pattern.search(text)]


def test_nearly_every_rule_is_tried() -> None:
    assert len({rule.pattern for rule, _ in FOUND}) > len(RULES) / 2


@pytest.mark.parametrize(("rule", "text"), FOUND, ids=lambda value: value[:40] if isinstance(value, str) else "rule")
def test_the_quick_look_lets_nothing_slip(rule: Rule, text: str) -> None:
    assert rule.may_match(text.lower())
