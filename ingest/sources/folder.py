"""Posts from a folder, or from a single file."""

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from corpus.errors import BadInput
from ingest.post import Gone, Item, Post, Rank, Refused, Remembered
from ingest.sources.jsonl import jsonl_posts
from ingest.sources.wxr import wxr_posts

LARGEST_FILE = 20 * 1024 * 1024  # bytes

MEDIA_TYPES = {
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".txt": "text/plain",
    ".text": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
# files of many posts, of any size
LISTS = {".jsonl": jsonl_posts, ".xml": wxr_posts}
_READ = (*MEDIA_TYPES, *LISTS)
_EVERYTHING = "*"  # stands for the keys of files that could not even be listed
# what articles are illustrated and dressed with; it is passed over in silence
_ASSETS = {".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".ico", ".bmp", ".mp4", ".mp3", ".webm"}
_ASSETS |= {".css", ".js", ".map", ".woff", ".woff2", ".ttf", ".otf"}


class FolderSource:
    """Every article file below a folder, in the order of its path.

    Hidden files and folders, pictures and style sheets are passed over; any other file that can't be read
    as articles is refused by name, and so is a link that leads out of the folder. With ``sync`` what this folder gave
    before and holds no longer is gone; a file that is there and can't be read is not.
    """

    rank = Rank.OWN

    def __init__(self, folder: Path, *, sync: bool = False) -> None:
        self._folder = folder
        self._root = folder.resolve()
        self._sync = sync
        self.name = key_of(folder)
        if not any(_is_article_file(path) for path in self._files()):
            raise BadInput(f"no articles in folder '{folder}': it holds no {', '.join(_READ)} file")

    def posts(self, known: Mapping[str, Remembered]) -> Iterator[Item]:
        """Yield the posts of all files; each file is read when its turn comes."""
        given: set[str] = set()
        unread: list[str] = []
        for item in self._items():
            yield item
            if isinstance(item, Refused):
                unread.append(item.key)
            else:
                given.add(item.key)
        if not self._sync:
            return
        for key in known:
            if key not in given and not any(_below(key, refused) for refused in unread):
                yield Gone(_file_name(key), key, f"it left the folder '{self._root.name}'", unless_elsewhere=True)

    def _items(self) -> Iterator[Item]:
        for path in self._files():
            address = shown(f"{self._root.name}/{path.relative_to(self._folder).as_posix()}")
            if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(self._root):
                yield Refused(address, "a link that leads out of the folder", key_of(path))
            elif not path.is_dir():
                yield from file_posts(path, address)
            elif not path.is_symlink():  # a link to a folder within is passed over: its files come in their own place
                yield Refused(address, "a folder that can't be read", _EVERYTHING)

    def _files(self) -> Iterator[Path]:
        """Yield files, sorted, and after them links to folders as well as folders that can't be read."""
        unread: list[OSError] = []
        for place, folders, files in os.walk(self._folder, onerror=unread.append):
            folders[:] = sorted(name for name in folders if not _hidden(name))
            links = [name for name in folders if (Path(place) / name).is_symlink()]
            for name in sorted([*files, *links]):
                if not _hidden(name) and Path(name).suffix.lower() not in _ASSETS:
                    yield Path(place) / name
        for error in unread:
            if Path(error.filename) == self._folder:
                raise BadInput(f"folder '{self._folder}' can't be read: {error.strerror}") from error
            yield Path(error.filename)


class FileSource:
    """One file, however it is called; a list of articles, an export or a single one."""

    rank = Rank.OWN

    def __init__(self, path: Path) -> None:
        if path.suffix.lower() not in _READ:
            raise BadInput(f"can't read '{path}': ingest reads {', '.join(_READ)} files")
        self._path = path
        self.name = key_of(path)

    def posts(self, known: Mapping[str, Remembered]) -> Iterator[Item]:  # noqa: ARG002  a file is read whole
        """Yield the file's posts."""
        yield from file_posts(self._path, shown(self._path.name))


def file_posts(path: Path, address: str) -> Iterator[Item]:
    """Yield what one file holds, or the reason why it is refused."""
    suffix = path.suffix.lower()
    key = key_of(path)
    if suffix not in _READ:
        yield Refused(address, f"not a kind of file that ingest reads ({suffix or 'no suffix'})", key)
        return
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            yield Refused(address, "not a regular file", key)
        elif suffix in LISTS:
            with path.open("rb") as file:
                yield from LISTS[suffix](file, address, key)
        elif status.st_size > LARGEST_FILE:
            yield Refused(address, f"larger than {LARGEST_FILE // 1024 // 1024} MB", key)
        else:
            with path.open("rb") as file:
                body = file.read(LARGEST_FILE + 1)  # it may grow meanwhile
            if len(body) > LARGEST_FILE:
                yield Refused(address, f"larger than {LARGEST_FILE // 1024 // 1024} MB", key)
            else:
                yield Post(address, body, MEDIA_TYPES[suffix], key=key)
    except OSError as error:
        yield Refused(address, f"can't be read: {error.strerror or error}", key)


def shown(name: str) -> str:
    """Return a file's name for people and records: bytes that are no text and control characters become "?"."""
    return "".join(character if character.isprintable() else "?" for character in name)


def key_of(path: Path) -> str:
    """Return what knows a file again: its name and a digest of where it stands.

    So two folders may hold files of the same name, the same file is one article whether it is named alone or
    found in a folder, and no path of this machine shows. A file that moves is a new one, unless it gives an
    address or an id of its own.
    """
    # realpath, unlike Path.resolve, also bears links in a ring
    place = os.fsencode(os.path.realpath(path))
    return f"file:{hashlib.sha256(place).hexdigest()[:12]}/{shown(path.name)}"


def _below(key: str, refused: str) -> bool:
    """Say whether a post may lie in what was refused: the file itself, a line of it, or an unread folder's file."""
    # "#" begins a line's part of a key, "~" the number of one of several that were given the same
    return refused in ("", _EVERYTHING) or key == refused or key.startswith((f"{refused}#", f"{refused}~"))


def _file_name(key: str) -> str:
    return key.partition("/")[2]


def _is_article_file(path: Path) -> bool:
    return path.suffix.lower() in _READ


def _hidden(name: str) -> bool:
    return name.startswith((".", "~$", "__"))
