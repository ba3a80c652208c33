import pytest

from app.domain.checks.placeholders import wrong_placeholders

PERCENT, BRACE = ("python-format",), ("python-brace-format",)


@pytest.mark.parametrize(
    ("flags", "msgid", "msgstr"),
    [
        (PERCENT, "%(name)s wrote %(count)d lines", "%(count)d строк написал %(name)s"),
        (PERCENT, "%(count)d", "%(count)i"),
        (PERCENT, "%s of %s", "%s из %r"),
        (PERCENT, "100%% of %s", "%s: 100 %%"),
        (PERCENT, "%(price).2f", "%(price)8.1f"),
        (BRACE, "{name} wrote {count:d}", "{count:d} {name}"),
        (BRACE, "{0} {1!r}", "{1!r} {0}"),
        (BRACE, "{{}} {}", "{} {{}}"),
        ((), "%(name)s", "nothing"),
        (("no-python-format", "c-format"), "%s", "nothing"),
        (PERCENT, "100 % sure", "100 % sure"),
    ],
)
def test_the_same_placeholders_in_any_order_are_right(flags: tuple[str, ...], msgid: str, msgstr: str) -> None:
    assert wrong_placeholders(flags, msgid, msgstr) is None


@pytest.mark.parametrize(
    ("flags", "msgid", "msgstr", "reason"),
    [
        (PERCENT, "%(name)s", "%(nom)s", "the placeholder nom is not in the msgid"),
        (PERCENT, "%(name)s", "", "the placeholder name of the msgid is missing"),
        (PERCENT, "%(name)s", "%(name)d", "the placeholder name stands for another kind of value than in the msgid"),
        (PERCENT, "%(name)s", "%(name)", "'%(name)' is not a placeholder"),
        (PERCENT, "%(name)s", "%(name)s 5%", "'%' is not a placeholder"),
        (PERCENT, "%(name)s", "%(name)s %s", "placeholders with names and without are mixed"),
        (PERCENT, "%(name)s", "%(name)s %(name)d", "the placeholder name stands for two kinds of value"),
        (PERCENT, "%s %d", "%d %s", "unnamed placeholders"),
        (PERCENT, "%s %s", "%s", "unnamed placeholders: 1 here, and 2 in the msgid"),
        (PERCENT, "%s", "%*s", "unnamed placeholders: 2 here, and 1 in the msgid"),
        (BRACE, "{name}", "{name.__class__}", "the placeholder name.__class__ is not in the msgid"),
        (BRACE, "{name}", "{name[0]}", "the placeholder name[0] is not in the msgid"),
        (BRACE, "{name}", "{name:{width}}", "the placeholder width is not in the msgid"),
        (BRACE, "{name}", "{}", "the placeholder name of the msgid is missing"),
        (BRACE, "{name}", "{name:>99999}", "a placeholder that is thousands of columns wide"),
        (PERCENT, "%(name)s", "%(na(m)e)s", "'%(' is not a placeholder"),
        (BRACE, "{name}", "{name", "a brace is opened and not closed"),
    ],
)
def test_other_placeholders_are_refused_with_the_reason(
    flags: tuple[str, ...], msgid: str, msgstr: str, reason: str
) -> None:
    assert (wrong_placeholders(flags, msgid, msgstr) or "").startswith(reason)


def test_a_form_that_serves_one_number_may_leave_the_number_out() -> None:
    assert wrong_placeholders(PERCENT, "%(num)d views", "bitta", may_omit=True) is None
    assert wrong_placeholders(PERCENT, "%d views", "bitta", may_omit=True) is None
    assert wrong_placeholders(PERCENT, "%(num)d views", "%(n)d", may_omit=True) is not None
