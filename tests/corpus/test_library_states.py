"""Whatever is published and withdrawn, in whatever order: catalogue, full text and vector index hold the same."""

import functools
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from corpus.article import Article
from corpus.embedder import Embedder
from corpus.glossary import Glossary
from corpus.language import Analyzer
from corpus.library import Library
from tests.corpus.examples import WordEncoder, holding, make_article, passages_of
from tests.corpus.looks import look_up

ANALYZER = functools.cache(Analyzer)
IDS = st.sampled_from(["a", "b", "c"])
WORDS = ["alpha", "beta", "gamma", "药物", "研发"]
PARAGRAPHS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join), min_size=1, max_size=3)


class Broken(Exception):
    """Breaks a publish off."""


class LibraryMachine(RuleBasedStateMachine):
    """The library beside a dict of the articles that it should hold."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.held: dict[str, Article] = {}
        self.open()

    def open(self) -> None:
        embedder = Embedder(WordEncoder())
        self.library = Library.open(
            self.folder, embedder=embedder, analyzer=ANALYZER(), glossary=Glossary((), ANALYZER())
        )

    def teardown(self) -> None:
        self.library.close()
        shutil.rmtree(self.folder)

    @rule(article_id=IDS, paragraphs=PARAGRAPHS)
    def publish(self, article_id: str, paragraphs: list[str]) -> None:
        article = make_article(article_id, *paragraphs)
        self.library.publish(article, passages_of(article))
        self.held[article_id] = article

    @rule(article_id=IDS, paragraphs=PARAGRAPHS, step=st.sampled_from(["upsert", "flip", "leftovers"]))
    def publish_and_break_off(self, article_id: str, paragraphs: list[str], step: str) -> None:
        article = make_article(article_id, *paragraphs)

        def broken(*args: Any) -> None:
            raise Broken

        place = self.library._dense.index if step == "upsert" else self.library._catalogue
        setattr(place, step, broken)
        with pytest.raises(Broken):
            self.library.publish(article, passages_of(article))
        delattr(place, step)
        if step == "leftovers":
            self.held[article_id] = article
        self.reopen()

    @rule(article_id=IDS)
    def withdraw(self, article_id: str) -> None:
        assert self.library.withdraw(article_id) is (article_id in self.held)
        self.held.pop(article_id, None)

    @precondition(lambda self: self.held)
    @rule()
    def lose_the_index(self) -> None:
        self.library.close()
        shutil.rmtree(self.folder / "index")
        self.open()

    @rule()
    def reopen(self) -> None:
        self.library.close()
        self.open()

    @invariant()
    def the_catalogue_holds_it(self) -> None:
        assert {article.id: article for article in self.library.articles()} == self.held
        assert self.library._catalogue.leftovers() == []

    @invariant()
    def every_passage_is_in_both_indexes_and_no_other(self) -> None:
        live = self.library._catalogue.live_ids()
        passages = sorted((article.id, n) for article in self.held.values() for n in range(len(article.blocks)))
        assert sorted((name.split(".")[0], int(name.split(".")[2])) for name in live) == passages
        assert self.library._dense.index.ids() == set(live)
        assert self.library._catalogue.lexical_keys() == set(live.values())

    @invariant()
    def a_word_finds_the_passages_that_hold_it(self) -> None:
        for word in WORDS:
            found = {passage.text for passage in holding(self.library, word).values()}
            assert found == {p.text for a in self.held.values() for p in passages_of(a) if word in p.text}

    @invariant()
    def a_passage_is_the_nearest_to_itself(self) -> None:
        for article in self.held.values():
            passage = passages_of(article)[0]
            question = WordEncoder().encode_query(f"{article.title} Overview {passage.text}")
            [best] = look_up(self.library, question, 1)
            assert best.score == pytest.approx(1.0, abs=0.01)


TestLibraryStates = LibraryMachine.TestCase
TestLibraryStates.settings = settings(max_examples=20, stateful_step_count=8, suppress_health_check=list(HealthCheck))
