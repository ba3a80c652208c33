"""Which of an item's attachments a reader is offered, and what they are called."""

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from app.domain.pages import Attachment
from app.domain.segments import Tag
from app.domain.stored import StoredFile
from app.formats.signs import plainly


def attachments(
    paths: Sequence[str], files: Mapping[str, StoredFile], *, order: Sequence[Tag], titles: Mapping[str, str]
) -> tuple[Attachment, ...]:
    """Return files of no language, and of `memo.ru.pdf`, `memo.en.pdf` … the one whose language is first in `order`.

    `paths` are those of the facts; what is not in `files` has not come in. `titles` are by path, with the language in
    it or without; a file that has none is called after its path.
    """
    best: dict[str, tuple[int, str, Tag | None]] = {}
    for path in paths:
        if path in files:
            plain, tag = _apart(path, order)
            rank = order.index(tag) if tag is not None else 0
            if plain not in best or rank < best[plain][0]:
                best[plain] = (rank, path, tag)
    return tuple(
        Attachment(
            path=files[path].path,
            name=titles.get(path) or titles.get(plain) or plainly(PurePosixPath(plain).name),
            size=files[path].size,
            locale=tag,
        )
        for plain, (_, path, tag) in best.items()
    )


def _apart(path: str, known: Sequence[Tag]) -> tuple[str, Tag | None]:
    """Return a path without the language of its file, and that language, None where the path names none."""
    name = PurePosixPath(path)
    tag = Tag(PurePosixPath(name.stem).suffix.removeprefix("."))
    if tag not in known:
        return path, None
    return str(name.with_name(PurePosixPath(name.stem).stem + name.suffix)), tag
