"""DeepL's protocol: `POST /v2/translate`, `GET /v2/languages`; languages in capitals, the target's with its country."""

from collections.abc import Sequence

import msgspec

from app.config import MachineService
from app.domain.machine import Languages
from app.domain.segments import Tag
from app.worker.machine import as_many, require_pair
from app.worker.machine_line import ask


class _One(msgspec.Struct):
    text: str


class _Translated(msgspec.Struct):
    translations: list[_One]


class _Language(msgspec.Struct):
    language: str


_TRANSLATED, _LANGUAGES = msgspec.json.Decoder(_Translated), msgspec.json.Decoder(list[_Language])


class DeepL:
    """A machine that speaks it."""

    def __init__(self, service: MachineService) -> None:
        self._service = service
        self._key = f"DeepL-Auth-Key {service.key}"
        self._known: Languages = {}

    def languages(self) -> Languages:
        """Ask which languages it knows: it translates from each of them into each."""
        sources, targets = (self._spoken(kind) for kind in ("source", "target"))
        self._known = dict.fromkeys(sources, targets)
        return self._known

    def _spoken(self, kind: str) -> tuple[str, ...]:
        found = ask(self._service, f"/v2/languages?type={kind}", key=self._key).read(_LANGUAGES)
        return tuple(one.language for one in found)

    def translate(self, texts: Sequence[str], source: Tag, target: Tag) -> list[str]:
        """Return as many translations."""
        one, other = require_pair(self._known, source, target)
        said = {"text": list(texts), "source_lang": one.upper().partition("-")[0], "target_lang": other.upper()}
        answer = ask(self._service, "/v2/translate", said=said, key=self._key).read(_TRANSLATED)
        return as_many([one.text for one in answer.translations], texts)
