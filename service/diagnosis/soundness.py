"""``insight verify``: whether the stores agree, and building the indexes anew."""

from contextlib import ExitStack

from corpus.catalogue import Catalogue
from corpus.ownership import Ownership
from corpus.soundness import Check
from corpus.vectors import SAMPLE, IndexShelf
from service.settings import Settings
from service.wiring import load_embedder, open_services


def inspect(settings: Settings) -> Check:
    """Compare the stores as they lie, mending nothing, as opening the library would; raises Unavailable.

    An index that can't be opened, or was made with another model, holds nothing.
    """
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
        return Check.of(catalogue, index.ids() if index else set())


def rebuild(settings: Settings) -> Check:
    """Build both indexes anew from the catalogue and compare; raises Unavailable."""
    services = open_services(settings.model_copy(update={"starter": False}))
    try:
        services.library.repair()
        return services.library.verify()
    finally:
        services.close()
