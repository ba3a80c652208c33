"""LibreTranslate's protocol: `POST /translate`, `GET /languages`. Older servers do not say which pairs they know."""

from collections.abc import Sequence

import msgspec

from app.config import MachineService
from app.domain.machine import Languages
from app.domain.segments import Tag
from app.worker.machine import as_many, require_pair
from app.worker.machine_line import ask


class _Translated(msgspec.Struct):
    words: list[str] = msgspec.field(name="translatedText")


class _Language(msgspec.Struct):
    code: str
    targets: list[str] | None = None


_TRANSLATED, _LANGUAGES = msgspec.json.Decoder(_Translated), msgspec.json.Decoder(list[_Language])


class LibreTranslate:
    """A machine that speaks it."""

    def __init__(self, service: MachineService) -> None:
        self._service = service
        self._known: Languages = {}

    def languages(self) -> Languages:
        """Ask which pairs it knows."""
        found = ask(self._service, "/languages").read(_LANGUAGES)
        every = tuple(one.code for one in found)
        self._known = {one.code: tuple(every if one.targets is None else one.targets) for one in found}
        return self._known

    def translate(self, texts: Sequence[str], source: Tag, target: Tag) -> list[str]:
        """Return as many translations."""
        one, other = require_pair(self._known, source, target)
        said = {"q": list(texts), "source": one, "target": other, "format": "text"}
        if self._service.key:
            said["api_key"] = self._service.key
        return as_many(ask(self._service, "/translate", said=said).read(_TRANSLATED).words, texts)
