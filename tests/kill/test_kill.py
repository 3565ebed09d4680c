"""Two hundred times ``kill -9``: whatever was under way, the next start mends it, and each article is old or new.

The moments are drawn from a seed, which each failure names: KILL_SEED=<seed> repeats it as far as the machine's own
timing allows.
"""

import os
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.backup import CATALOGUE
from tests.kill.conftest import TALLIES
from tests.kill.scene import (
    FORKS,
    MOMENTS,
    ROOT,
    Command,
    Scene,
    Tally,
    Usual,
    Watch,
    kill,
    kill_after,
    wait_for_commits,
)
from tests.kill.serving import Visitor
from tests.kill.world import ANCHORS, question, turbines, write_posts

pytestmark = pytest.mark.timeout(600)
SEED = os.environ.get("KILL_SEED") or str(random.SystemRandom().randrange(10**6))


@pytest.fixture(scope="session", autouse=True)
def zygote() -> None:
    """Have a process that has imported everything; each killed one is a fork of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))  # Python 3.11's fork server knows no other way
        patch.setenv("OPENBLAS_NUM_THREADS", "1")
        FORKS.set_forkserver_preload(["tests.kill.tasks"])
        process = FORKS.Process(target=os._exit, args=(0,))
        process.start()
        process.join()


@pytest.fixture
def scene(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Scene]:
    """A library that holds every article in its first version."""
    scene = Scene(tmp_path, random.Random(f"{SEED} {request.node.name}"), stub="true" not in request.node.name)
    scene.wanted = dict.fromkeys(scene.state, "a")
    write_posts(scene.posts, scene.wanted)
    scene.finish("ingest", str(scene.posts), "--sync")
    scene.look()
    assert scene.state == scene.wanted
    yield scene
    scene.end()


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Iterator[Tally]:
    tally = Tally(request.node.name)
    yield tally
    request.config.stash.setdefault(TALLIES, []).append(str(tally))


def trials(tally: Tally, scene: Scene, count: int, trial: Callable[[int], bool], *, either: bool = True) -> None:
    """Kill as often as asked, and look at everything after each; ``trial`` says whether it was still at work."""
    for number in range(count):
        try:
            landed = trial(number)
            mends = scene.out_of_step()
            report = scene.look(either=either)
            assert not (either and report["embedded"]), "articles were embedded again"
        except AssertionError as error:
            raise AssertionError(f"KILL_SEED={SEED}, trial {number} of {tally.kind}: {error}") from error
        tally.trials += 1
        tally.landed += landed
        tally.mended += bool(mends)
        tally.half_way += report["half_way"]
        tally.interrupted = report["interrupted"]


def ingest(scene: Scene) -> list[str]:
    scene.write_another()
    return ["ingest", str(scene.posts), "--sync"]


def repair(scene: Scene) -> list[str]:
    scene.wanted = scene.state
    return ["verify", "--repair"]


def test_a_command_line_ingest(scene: Scene, tally: Tally) -> None:
    """At any moment, and every other time between two of its writes, where a torn transaction would show."""
    usual = Usual(scene.finish(*ingest(scene)))
    scene.look()

    def trial(number: int) -> bool:
        process = scene.start(*ingest(scene))
        if number % 2:
            return usual.kill(process, scene.rng)
        wait_for_commits(scene.data / CATALOGUE, scene.rng.randint(1, 40), process)
        return kill_after(process, scene.rng.uniform(0, 0.002))

    with tally.timed():
        trials(tally, scene, 60, trial)
    assert tally.landed > 25
    assert tally.interrupted > 0


def test_a_server_with_an_ingest_going_on(scene: Scene, tally: Tally) -> None:
    usual = Usual(1.0)
    answers = []

    def trial(number: int) -> bool:
        if number % 8 == 0:  # in the middle of its own start
            scene.write_another()
            return kill_after(scene.start("serve", "--port", "0"), scene.rng.uniform(0, 1.0))
        visitor = killed_while_serving(scene, usual)
        answers.append(visitor.answers)
        return visitor.took is None

    with tally.timed():
        trials(tally, scene, 45, trial)
    assert tally.landed > 20
    assert sum(answers) > 10


def killed_while_serving(scene: Scene, usual: Usual) -> Visitor:
    """Kill a server while it ingests and answers; return whoever talked to it."""
    scene.write_another()
    server = scene.start("serve", "--port", "0")
    with Visitor(scene) as visitor:
        visitor.ingest(server)
        server.join(usual.moment(scene.rng))
        kill(server)
    if visitor.took is not None:
        usual.ended(visitor.took)
    return visitor


def test_a_rebuild(scene: Scene, tally: Tally) -> None:
    """Both indexes anew, another model (at a command, and beside a server's answers), another splitter."""
    works = ("repair", "model", "model beside", "splitter")

    def work(name: str, number: int) -> list[str]:
        if "model" in name:
            scene.model = f"words-{number}"
        elif name == "splitter":
            scene.splitter = f"splitter-{number}"
        return {"repair": ["verify", "--repair"], "model beside": ["serve", "--port", "0"]}.get(
            name, ["search", "hall"]
        )

    usual = {name: Usual(scene.finish(*work(name, 0)) if name != "model beside" else 2.0) for name in works}

    def trial(number: int) -> bool:
        name, model = works[number % 4], scene.model
        landed = usual[name].kill(scene.start(*work(name, number + 1)), scene.rng)
        if scene.rng.random() < 0.3:
            scene.model = model  # the admin thinks again
        return landed

    with tally.timed():
        trials(tally, scene, 45, trial, either=False)
    assert tally.landed > 20


def test_the_middle_of_a_switch(scene: Scene, tally: Tally) -> None:
    moments = list(MOMENTS)

    def trial(number: int) -> bool:
        arguments = (ingest, repair)[number % 2](scene)
        watch = Watch(scene.data / "index")
        process = scene.start(*arguments)
        watch.wait_for(moments[number // 2 % len(moments)], process)
        return kill_after(process, scene.rng.choice((0, 0, 0.001, 0.005, 0.02)))

    with tally.timed():
        trials(tally, scene, 45, trial)
    assert tally.landed > 20


def test_the_true_commands(scene: Scene, tally: Tally) -> None:
    """In a new interpreter, with the embedding model itself; killed from the moment that they hold the folder."""

    def timed(*arguments: str) -> float:
        process = scene.start(*arguments)
        assert isinstance(process, Command)
        process.owns(scene.data)
        begun = time.perf_counter()
        process.join()
        took = time.perf_counter() - begun
        assert process.exitcode == 0, scene.said()
        scene.look()
        return took

    works = (ingest, repair)
    usual = [Usual(timed(*work(scene))) for work in works]
    serving = Usual(2.0)

    def trial(number: int) -> bool:
        if number % 3 == 2:
            return killed_while_serving(scene, serving).took is None
        process = scene.start(*works[number % 3](scene))
        assert isinstance(process, Command)
        process.owns(scene.data)
        return usual[number % 3].kill(process, scene.rng)

    with tally.timed():
        trials(tally, scene, 20, trial)
        scene.finish("verify")
        scene.finish("ask", question(ANCHORS[0]))
    assert tally.landed >= 10
    assert f"{turbines(ANCHORS[0], str(scene.state[ANCHORS[0]]))} turbines" in scene.said(60)
