"""``insight verify``: whether the stores agree, and building the indexes anew."""

from contextlib import ExitStack

from corpus.catalogue import Catalogue
from corpus.database import CATALOGUE
from corpus.errors import NotFound
from corpus.ownership import Ownership
from corpus.soundness import Check
from corpus.vectors import SAMPLE, IndexShelf
from service.settings import Settings
from service.wiring import load_embedder, open_services


def inspect(settings: Settings) -> Check:
    """Compare the stores as they lie, mending nothing, as opening the library would.

    An index that can't be opened, or was made with another model, holds nothing. Raises NotFound where there is no
    library, and Unavailable.
    """
    if not (settings.data_dir / CATALOGUE).is_file():
        raise NotFound(f"there is no library in '{settings.data_dir}'; the first start makes one, or `insight restore`")
    with ExitStack() as held:
        ownership = Ownership.take(settings.data_dir)
        held.callback(ownership.release)
        catalogue = Catalogue.open(settings.data_dir)
        held.callback(catalogue.close)
        fingerprint = load_embedder(settings).fingerprint
        shelf = IndexShelf(settings.data_dir / "index")
        index = shelf.current(fingerprint, catalogue.sample_vectors(fingerprint, SAMPLE))
        if index:
            held.callback(index.close)
        if shelf.new:
            return Check.of(catalogue, None)
        return Check.of(catalogue, index.ids() if index else set())


def rebuild(settings: Settings) -> Check:
    """Build both indexes anew from the catalogue and compare; raises Unavailable."""
    services = open_services(settings.model_copy(update={"starter": False}))
    try:
        services.library.repair()
        return services.library.verify()
    finally:
        services.close()
