"""The whole bench: build, measure, and put the document together.

Each figure is taken warm, after a round that does not count, in several rounds, ours and the peer's by turns. No
question is asked twice, since ours remembers the vectors of recent ones; only where an answer is compared with its own
search are both asked again.
"""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from corpus.encoder import Encoder, model_folder
from corpus.errors import Unavailable
from corpus.loading import load_encoder
from corpus.records import OnProgress, Progress
from service.bench.embedding import measure_embedding, measure_queries
from service.bench.figures import each_ms, has_torch, latencies, machine, memory_mb, rates, rounded
from service.bench.grow import Growing
from service.bench.peer import THREADS, PeerProcess, find_peer, peer_process
from service.bench.report import asked
from service.bench.sampler import where_time_goes
from service.bench.serving import CLIENTS, FOUND, searches_per_second, serving
from service.bench.texts import SEED, Texts
from service.settings import Settings

if TYPE_CHECKING:
    from service.assistant import Assistant

GROWTH = (1_000, 3_000, 10_000, 30_000, 100_000)
_PAUSE_S = 0.3  # for the threads of the side that was just measured to stop spinning


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured: ``sizes`` in passages, ascending; the counts are those of one round."""

    sizes: tuple[int, ...] = (10_000,)
    rounds: int = 3
    texts: int = 96
    queries: int = 100
    answers: int = 40
    requests: int = 640

    @classmethod
    def quick(cls, sizes: Sequence[int] = (1_000,)) -> "Plan":
        """Return a plan for a first look."""
        return cls(tuple(sizes), rounds=2, texts=32, queries=40, answers=15, requests=192)


@dataclass(slots=True)
class _Bench:
    """One run under way."""

    plan: Plan
    growing: Growing
    scratch: Path
    serve: Sequence[str]
    peer: PeerProcess | None
    restart_peer: Callable[[], float] | None
    on_progress: OnProgress
    _questions: Iterator[tuple[str, str]] = field(init=False)

    def size(self, size: int) -> dict[str, Any]:
        """Grow the library to ``size`` and measure everything that depends on it."""
        handover = self.scratch / "handover"
        handover.mkdir()
        found = self.growing.grow_to(size, handover=handover if self.peer else None, on_progress=self.on_progress)
        self._questions = self.growing.texts.questions(self.growing.articles)
        if self.peer:
            self.tell("loading the peer")
            loaded = self.peer.ask("load", folder=str(handover))
            if loaded["passages"] != found["passages"]:
                raise Unavailable(f"the peer holds {loaded['passages']} passages instead of {found['passages']}")
        shutil.rmtree(handover)
        with self.growing.services() as services:
            found["search"] = self._searches(services.assistant)
            found["answer"] = self._answers(services.assistant)
            found["profile"] = self._profile(services.assistant)
        return found | {"server": self._server()}

    def _searches(self, assistant: "Assistant") -> dict[str, Any]:
        """Search with ours and the peer by turns, the same questions."""
        self.tell("searching")
        each_ms(partial(assistant.search, k=FOUND), self._take(self.plan.queries))
        if self.peer:
            self.peer.ask("search", queries=self._take(self.plan.queries))
        ours: list[float] = []
        theirs: list[float] = []
        languages: list[str] = []
        for _ in range(self.plan.rounds):
            asked = list(islice(self._questions, self.plan.queries))
            time.sleep(_PAUSE_S)
            ours += each_ms(partial(assistant.search, k=FOUND), [query for query, _ in asked])
            languages += [language for _, language in asked]
            if self.peer:
                time.sleep(_PAUSE_S)
                theirs += self.peer.ask("search", queries=[query for query, _ in asked])["ms"]
        by_language = {
            language: latencies(ms for ms, spoken in zip(ours, languages, strict=True) if spoken == language)
            for language in sorted(set(languages))
        }
        return {"ours": latencies(ours) | {"by_language": by_language}, "peer": latencies(theirs) if theirs else None}

    def _answers(self, assistant: "Assistant") -> dict[str, Any]:
        """Answer in quotes mode; then search and answer once more to see what an answer costs beyond its search."""
        self.tell("answering")
        search, ask = partial(assistant.search, k=FOUND), partial(assistant.ask, mode="quotes")
        each_ms(ask, self._take(10))
        took: list[float] = []
        beyond: list[float] = []
        steps: dict[str, list[float]] = {}
        answered = 0
        for question in self._take(self.plan.rounds * self.plan.answers):
            begun = time.perf_counter()
            answer = ask(question)
            took.append(1000 * (time.perf_counter() - begun))
            answered += answer.status == "answered"
            for step, ms in answer.timings_ms.items():
                steps.setdefault(step, []).append(ms)
            (alone,), (whole,) = each_ms(search, [question]), each_ms(ask, [question])
            beyond.append(whole - alone)
        return latencies(took) | {
            "answered": answered,
            "beyond_search_ms": rounded(median(beyond)),
            "steps_ms": {step: rounded(median(held)) for step, held in steps.items()},
        }

    def _profile(self, assistant: "Assistant") -> list[dict[str, Any]]:
        self.tell("looking where the time goes")
        questions = self._take(self.plan.queries)
        return where_time_goes(lambda: [assistant.search(question, k=FOUND) for question in questions])

    def _server(self) -> dict[str, Any]:
        """Start the server anew each round, the peer beside it; then let clients ask the last one."""
        starts: list[float] = []
        loads: list[float] = []
        for _ in range(self.plan.rounds - 1):
            starts.append(self._start())
            if self.restart_peer:
                self.tell("starting the peer")
                loads.append(self.restart_peer())
        self.tell("starting the server")
        (question,) = self._take(1)
        with serving(self.serve, self.growing.settings, self.scratch, question=question) as server:
            starts.append(server.first_answer_s)
            idle, _ = memory_mb(server.pid)
            self.tell(f"searching from {CLIENTS} clients")
            searches_per_second(server, self._take(self.plan.requests // 2))
            ours: list[float] = []
            theirs: list[float] = []
            for _ in range(self.plan.rounds):
                queries = self._take(self.plan.requests)
                time.sleep(_PAUSE_S)
                ours.append(searches_per_second(server, queries))
                if self.peer:
                    time.sleep(_PAUSE_S)
                    queries = queries[: max(THREADS, len(queries) // 3)]  # it is slower, and as steady
                    took = self.peer.ask("search_together", queries=queries, threads=THREADS)["seconds"]
                    theirs.append(len(queries) / took)
            now, peak = memory_mb(server.pid)
            torch = has_torch(server.pid)
        if self.peer and not loads:  # one round: the peer's only start has to do
            loads.append(self.peer.loaded_s)
        peer_peak = self.peer.ask("memory")["peak_mb"] if self.peer else None
        return {
            "first_answer": {"ours": rates("seconds", starts), "peer_load": rates("seconds", loads) if loads else None},
            "searches": {
                "ours": rates("per_s", ours) | {"clients": CLIENTS, "requests": self.plan.requests},
                "peer": rates("per_s", theirs) | {"threads": THREADS} if theirs else None,
            },
            "memory_mb": {"started": idle, "served": now, "peak": peak, "peer_peak": peer_peak},
            "torch_loaded": torch,
        }

    def _start(self) -> float:
        self.tell("starting the server")
        (question,) = self._take(1)
        with serving(self.serve, self.growing.settings, self.scratch, question=question) as server:
            return server.first_answer_s

    def _take(self, count: int) -> list[str]:
        return [question for question, _ in islice(self._questions, count)]

    def tell(self, phase: str) -> None:
        """Say what comes next."""
        self.on_progress(Progress(phase, 0))


def measure(
    settings: Settings,
    plan: Plan,
    *,
    serve: Sequence[str],
    peer: Path | None = None,
    articles: Path,
    on_progress: OnProgress,
) -> dict[str, Any]:
    """Measure as ``plan`` says and return the document; everything is done in a folder that is removed afterwards.

    ``serve`` is the command that starts the server, without address and port; ``peer`` an interpreter with the peer's
    packages, by default the one that runs this; ``articles`` the folder out of whose sentences the texts are made.
    Times are in milliseconds or seconds, memory in megabytes, as the names say. Raises Unavailable where the data
    folder, a named peer or the server can't be used.
    """
    python, versions, note = find_peer(peer)
    about = {
        "measured": datetime.now(UTC).date().isoformat(),
        "machine": machine(),
        "plan": {name: getattr(plan, name) for name in Plan.__slots__} | {"seed": SEED},
        "peer": versions or None,
        "notes": [note] if note else [],
    }
    encoder = load_encoder(settings.embed_model, settings.data_dir / "models")
    texts = Texts(articles)
    with _throwaway(settings) as (own, scratch), ExitStack() as stack:
        started = peer_process(python, str(model_folder(settings.embed_model)), scratch) if python else None
        running = stack.enter_context(started) if started else None
        on_progress(Progress("embedding", 0))
        measured: dict[str, Any] = {
            "model": settings.embed_model,
            "fingerprint": encoder.fingerprint,
            "embedding": measure_embedding(
                encoder, settings.embed_model, texts, running, rounds=plan.rounds, count=plan.texts
            ),
        }
        bench = _Bench(
            plan=plan,
            growing=Growing(own, encoder, texts),
            scratch=scratch,
            serve=serve,
            peer=running,
            restart_peer=_restarting(python, settings, scratch) if python else None,
            on_progress=on_progress,
        )
        measured["sizes"] = [bench.size(size) for size in plan.sizes]
        bench.tell("embedding questions")
        measured["query_embedding"] = _queries(encoder, settings, texts, running, plan)
    document = about | measured
    return document | {"asked": asked(document)}


def _queries(
    encoder: Encoder, settings: Settings, texts: Texts, peer: PeerProcess | None, plan: Plan
) -> dict[str, Any]:
    """Measure single questions last: the reference brings torch into this process."""
    questions = [question for question, _ in islice(texts.questions(100), plan.rounds * plan.queries)]
    return measure_queries(encoder, settings.embed_model, questions, peer, rounds=plan.rounds)


def _restarting(python: Path, settings: Settings, scratch: Path) -> Callable[[], float]:
    model = str(model_folder(settings.embed_model))

    def start() -> float:
        with peer_process(python, model, scratch) as peer:
            return peer.loaded_s

    return start


@contextmanager
def _throwaway(settings: Settings) -> Iterator[tuple[Settings, Path]]:
    """Make a folder for the bench under the data folder: settings for its library, and room for the rest.

    The compiled model is the user's own. What was made is removed afterwards.
    """
    place = settings.data_dir / "bench"
    try:
        place.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(dir=place)).resolve()
    except OSError as error:
        raise Unavailable(f"the data folder '{settings.data_dir}' can't be used: {error.strerror or error}") from error
    try:
        library, scratch = folder / "library", folder / "scratch"
        library.mkdir()
        scratch.mkdir()
        (library / "models").symlink_to((settings.data_dir / "models").resolve(), target_is_directory=True)
        changed = {"data_dir": library, "starter": False, "sources": (), "poll_minutes": 0, "llm_model": None}
        yield settings.model_copy(update=changed), scratch
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if not any(place.iterdir()):  # another bench may be under way
            place.rmdir()
