"""Texts beside their source as tests make them."""

from hypothesis import strategies as st

from app.domain.documents import DocumentName
from app.domain.segments import Key, State, Tag
from app.formats.bitext import Bitext, Origins, Unit

ORIGINS = Origins(
    document=DocumentName.parse("news/2026-03-18-x"), locale=Tag("tg"), revision=4, source=Tag("ru"), source_revision=7
)
UNITS = (
    Unit(key=Key("title"), kind="title", place="title", source=("Центр открыт",), target=("",), state=State.MISSING),
    Unit(
        key=Key("b1"), kind="paragraph", place="paragraph 1", source=("Мы **рады** [вам](/ru/x) и `x`.",),
        target=("**Марказ** дар [ин ҷо](/tg/x) `x` **~**.",), state=State.DONE, notes=("look & <see>",), before="Мы.",
    ),
    Unit(
        key=Key("ctx\x04%(n)s view"), kind="message", place="message 1", source=("%(n)s view", "%(n)s views"),
        target=("%(n)s бор", "%(n)s бор\n"), state=State.NEEDS_WORK, context="ctx", flags=("python-format",),
        references=("app/x.py",),
    ),
)  # fmt: skip
BITEXT = Bitext(origins=ORIGINS, title="Opening & <more>", units=UNITS)

WORDS = st.text(st.sampled_from("аб *_`[]()<>&\"'\n\t ]]>«»%\x01\x0b\r\ud800"), max_size=30)


@st.composite
def bitexts(draw: st.DrawFn, *, plural: bool = True) -> Bitext:
    """Return texts of a few units with whatever signs."""
    units = []
    for number in range(draw(st.integers(0, 4))):
        forms = draw(st.sampled_from([1, 2, 3] if plural else [1]))
        kind = "message" if forms > 1 else draw(st.sampled_from(["paragraph", "title", "bullet", "code", "message"]))
        source, target = (tuple(draw(WORDS) for _ in range(forms)) for _ in range(2))
        state = draw(st.sampled_from(State)) if any(target) else State.MISSING
        units.append(
            Unit(
                key=Key(f"k{number}"), kind=kind, place=f"{kind} {number}", source=source, target=target, state=state,
                before=draw(WORDS), notes=tuple(draw(st.lists(WORDS, max_size=2))), flags=("python-format",),
            )
        )  # fmt: skip
    return Bitext(origins=ORIGINS, title=draw(WORDS), units=tuple(units))
