"""What is kept of media that came in: values, by which pages name the files of the store."""

from dataclasses import dataclass

from app.domain.pages import Cut


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPhoto:
    """A photo in the store.

    `digest` is SHA-256 of the file that came in. `variants` are (path below `/media/`, width in pixels) from narrow to
    wide, all of one aspect ratio and WebP; `width` and `height` are those of the widest, upright. `cut` is a JPEG,
    since not every network takes WebP; None in what an older build stored.
    """

    digest: str
    width: int
    height: int
    variants: tuple[tuple[str, int], ...]
    cut: Cut | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """An attachment in the store: the digest of its bytes, its path below `/media/`, its size in bytes."""

    digest: str
    path: str
    size: int
