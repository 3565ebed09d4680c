"""Questions that ask for articles on a topic, and those that only speak of articles."""

import pytest

from service.question.articles import topic_of_articles


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        pytest.param("Which articles are about gene therapy?", "gene therapy", id="which are about"),
        pytest.param("which of our posts mention Norvane Labs", "Norvane Labs", id="which mention"),
        pytest.param("what have we published on Calder?", "Calder", id="what have we published on"),
        pytest.param("have we written anything about rents?", "rents", id="have we written about"),
        pytest.param("do you have anything on talent?", "talent", id="do you have anything on"),
        pytest.param("List all articles on Calder", "Calder", id="list"),
        pytest.param("articles about Calder", "Calder", id="as in a search box"),
        pytest.param("有哪些关于人才的文章？", "人才", id="zh which are there on"),
        pytest.param("我们写过关于南京的文章吗", "南京", id="zh have we written"),
        pytest.param("哪些文章提到了药明康德？", "药明康德", id="zh which mention"),
        pytest.param("Which firms are about to leave?", None, id="about to"),
        pytest.param("What do the articles say about rents?", None, id="what they say"),
        pytest.param("Which articles of association apply?", None, id="articles of association"),
        pytest.param("什么是文章？", None, id="zh what is an article"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_articles_on_a_topic_are_told_from_what_they_say(question: str, topic: str | None) -> None:
    found = topic_of_articles(question)
    assert (found and found.of(question)) == topic
