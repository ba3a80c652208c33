"""How many random histories the journeys try, and whether the shortest is looked for that fails."""

import os

from hypothesis import HealthCheck, Phase, settings

LONG = bool(os.environ.get("TILMASH_SOAK"))
_TOLD_AS_FOUND = (Phase.explicit, Phase.reuse, Phase.generate)


def histories(*, short: int, long: int) -> settings:
    """Give so many histories, `long` in `make soak`.

    A short run tells a history that fails as it was found: each step takes a while, and looking for the shortest may
    take five minutes. With TILMASH_SOAK=1 the same test begins with what failed before, and looks for it.
    """
    return settings(
        max_examples=long if LONG else short,
        phases=tuple(Phase) if LONG else _TOLD_AS_FOUND,
        deadline=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )
