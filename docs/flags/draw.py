"""Write the seven flags into app/static/flags; `--check` instead says which of them differ from their drawing."""

import sys
from collections.abc import Callable
from pathlib import Path

from docs.flags.kazakhstan import kazakhstan
from docs.flags.kyrgyzstan import kyrgyzstan
from docs.flags.stripes import azerbaijan, russia, uzbekistan
from docs.flags.tajikistan import tajikistan
from docs.flags.turkmenistan import turkmenistan

FOLDER = Path(__file__).parents[2] / "app" / "static" / "flags"
FLAGS: dict[str, Callable[[], str]] = {
    "az": azerbaijan,
    "kz": kazakhstan,
    "kg": kyrgyzstan,
    "ru": russia,
    "tj": tajikistan,
    "tm": turkmenistan,
    "uz": uzbekistan,
}


def write(folder: Path) -> None:
    """Write each flag as <code>.svg."""
    folder.mkdir(parents=True, exist_ok=True)
    for code, drawing in FLAGS.items():
        (folder / f"{code}.svg").write_text(drawing(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    if "--check" in sys.argv:
        wrong = [code for code, drawing in FLAGS.items() if (FOLDER / f"{code}.svg").read_text("utf-8") != drawing()]
        sys.exit(f"not as drawn: {', '.join(wrong)}" if wrong else 0)
    write(FOLDER)
