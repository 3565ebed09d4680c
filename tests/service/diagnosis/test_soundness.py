"""Looking at the stores changes nothing; building the indexes anew makes them sound."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from corpus.backup import back_up
from corpus.errors import NotFound, Unavailable
from corpus.restore import restore
from corpus.vectors import ChromaIndex
from service.diagnosis.soundness import inspect, rebuild
from service.settings import Settings
from service.wiring import open_services
from tests.service.small_library import CALDER, FERRY


@pytest.fixture
def settings(settings_for: Callable[..., Settings], tmp_path: Path) -> Settings:
    """The settings of a data folder that holds two articles."""
    (tmp_path / "ferry.md").write_text(FERRY, encoding="utf-8")
    (tmp_path / "calder.md").write_text(CALDER, encoding="utf-8")
    settings = settings_for(tmp_path / "data", starter=False)
    services = open_services(settings)
    services.curator.ingest([str(tmp_path / "ferry.md"), str(tmp_path / "calder.md")])
    services.close()
    return settings


def index_of(settings: Settings) -> Path:
    (folder,) = (settings.data_dir / "index").glob("index-*")
    return folder


def change_vectors(settings: Settings, change: Callable[[ChromaIndex], None]) -> None:
    index = ChromaIndex(index_of(settings), "")
    change(index)
    index.close()


def forget_a_vector(settings: Settings) -> None:
    change_vectors(settings, lambda index: index.remove([min(index.ids())]))


def lose_the_index(settings: Settings) -> None:
    shutil.rmtree(index_of(settings))


def forget_the_words(settings: Settings) -> None:
    with closing(sqlite3.connect(settings.data_dir / "catalogue.sqlite")) as connection, connection:
        connection.execute("DELETE FROM passages_fts")


def leave_an_orphan(settings: Settings) -> None:
    with closing(sqlite3.connect(settings.data_dir / "catalogue.sqlite")) as connection, connection:
        connection.execute("UPDATE versions SET state = 'retired' WHERE article_id LIKE 'calder%'")


def test_sound_stores_are_sound(settings: Settings) -> None:
    found = inspect(settings)
    assert found.sound
    assert (found.articles, found.passages > 1) == (2, True)


def test_an_empty_folder_is_sound(settings_for: Callable[..., Settings], tmp_path: Path) -> None:
    found = rebuild(settings := settings_for(tmp_path / "new"))
    assert (found.sound, found.articles) == (True, 0)
    assert inspect(settings) == found


def test_a_restored_library_is_sound_before_its_index_is_built(
    settings: Settings, settings_for: Callable[..., Settings], tmp_path: Path
) -> None:
    back_up(settings.data_dir, tmp_path / "saved.zip")
    restored = settings_for(tmp_path / "restored", starter=False)
    restore(tmp_path / "saved.zip", restored.data_dir)
    found = inspect(restored)
    assert (found.sound, found.built, found.articles) == (True, False, 2)
    open_services(restored).close()
    assert inspect(restored) == inspect(settings)
    assert inspect(restored).built


def test_a_folder_without_a_library_is_told_and_left_as_it_is(settings: Settings, tmp_path: Path) -> None:
    nowhere = settings.model_copy(update={"data_dir": tmp_path / "nowhere"})
    with pytest.raises(NotFound, match=r"there is no library in '.*nowhere'"):
        inspect(nowhere)
    assert not nowhere.data_dir.exists()


@pytest.mark.parametrize(
    ("harm", "shows"),
    [
        pytest.param(forget_a_vector, "missing", id="vector"),
        pytest.param(lose_the_index, "missing", id="index"),
        pytest.param(forget_the_words, "unsearchable", id="words"),
        pytest.param(leave_an_orphan, "orphans", id="orphan"),
    ],
)
def test_what_is_out_of_step_is_found_and_left_until_it_is_rebuilt(
    settings: Settings, harm: Callable[[Settings], None], shows: str
) -> None:
    harm(settings)
    found = inspect(settings)
    assert getattr(found, shows)
    assert not found.sound
    assert inspect(settings) == found
    assert rebuild(settings).sound
    assert inspect(settings).sound


def test_a_folder_in_use_is_left_alone(settings: Settings) -> None:
    services = open_services(settings)
    with pytest.raises(Unavailable, match="in use by process"):
        inspect(settings)
    services.close()
    assert inspect(settings).sound
