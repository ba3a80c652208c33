"""What happened to a document, as sentences."""

from collections.abc import Mapping

from flask_babel import gettext, pgettext

from app.domain.releases import Policy
from app.domain.segments import NO_LANGUAGE
from app.queries.timeline import Happening, What
from app.web.desk.deeds import policy_word
from app.web.reader.writing import Writing


def who_word(name: str, full_names: Mapping[str, str]) -> str:
    """Return how somebody is called who did something, or what acted by itself."""
    words: dict[str, str] = {
        # Translators: somebody whose name was erased did something
        "": pgettext("who", "Somebody"),
        # Translators: a file in the folder of texts did something, as in "The tree saved revision 2"
        "tree": pgettext("who", "The tree"),
        # Translators: the site did something by itself, as in "The site published revision 2"
        "worker": pgettext("who", "The site"),
        "shell": pgettext("who", "The command line"),
    }
    return full_names.get(name) or words.get(name, name)


class Teller:
    """Tells what happened in the words of a person's language."""

    def __init__(self, write: Writing, full_names: Mapping[str, str]) -> None:
        self._write, self._names = write, full_names

    def who(self, name: str) -> str:
        """Return how somebody is called."""
        return who_word(name, self._names)

    def sentence(self, one: Happening) -> str:
        """Return what happened, with who did it."""
        who, number = self.who(one.who), str(one.revision or "")
        match one.what:
            case What.ASSIGN if one.by_itself and one.due:
                return self._by_itself(one, who)
            case What.ASSIGN if one.note:
                # Translators: team is the name of a team, which has a text again that one of it has declined
                back: str = gettext("%(who)s gave this text back to the team “%(team)s”.", who=who, team=one.person)
                return back
            case What.ASSIGN | What.SCHEDULE | What.RESCHEDULE:
                return self._with_time(one, who, number)
            case What.ORDER_RELEASE:
                given: str = gettext("%(who)s gave an order to publish.", who=who)
                return f"{given} {policy_word(Policy(one.policy))}"
        return _plain(one, who, number)

    def _by_itself(self, one: Happening, who: str) -> str:
        time = self._write.date_time(one.due) if one.due else ""
        said: str = gettext(
            "By rule, %(person)s was asked for this text by %(time)s, since %(who)s published.",
            who=who, person=self.who(one.person), time=time,
        )  # fmt: skip
        return said

    def _with_time(self, one: Happening, who: str, number: str) -> str:
        person, time = self.who(one.person), self._write.date_time(one.due) if one.due else ""
        words: dict[What, str] = {
            What.ASSIGN: gettext(
                "%(who)s asked %(person)s for this text by %(time)s.", who=who, person=person, time=time
            )
            if time
            else gettext("%(who)s asked %(person)s for this text.", who=who, person=person),
            What.SCHEDULE: gettext(
                "%(who)s scheduled revision %(number)s for %(time)s.", who=who, number=number, time=time
            ),
            What.RESCHEDULE: gettext(
                "%(who)s put off revision %(number)s until %(time)s.", who=who, number=number, time=time
            ),
        }
        return words[one.what]


def _plain(one: Happening, who: str, number: str) -> str:
    """Return what happened where nothing but who and which revision is to be said."""
    sentences: dict[What, str] = {
        What.SAVE: gettext("%(who)s saved revision %(number)s.", who=who, number=number),
        What.SUBMIT: gettext("%(who)s submitted revision %(number)s for review.", who=who, number=number),
        What.TAKE_BACK: gettext("%(who)s took it back from review.", who=who),
        What.RETURN: gettext("%(who)s returned revision %(number)s to be mended.", who=who, number=number),
        What.APPROVE: gettext(
            "%(who)s approved revision %(number)s, and had written some of it.", who=who, number=number
        )
        if one.overridden
        else gettext("%(who)s approved revision %(number)s.", who=who, number=number),
        What.CORRECT: gettext("%(who)s corrected what readers see: revision %(number)s.", who=who, number=number),
        What.PUBLISH: gettext(
            "%(who)s published revision %(number)s; translations stay current.", who=who, number=number
        )
        if one.minor and one.locale != NO_LANGUAGE
        else gettext("%(who)s published revision %(number)s.", who=who, number=number),
        What.REOPEN: gettext("%(who)s made a draft of it again.", who=who),
        What.WITHDRAW: gettext("%(who)s withdrew the text from readers.", who=who),
        What.PUT_BACK: gettext(
            "%(who)s gave readers back what they had before: revision %(number)s.", who=who, number=number
        ),
        What.UNSCHEDULE: gettext("%(who)s called off what was scheduled.", who=who),
        What.REFUSED: gettext("What was scheduled could not be published: revision %(number)s.", number=number),
        What.TAKE_SUGGESTION: gettext("%(who)s took a suggestion.", who=who),
        What.DECLINE_SUGGESTION: gettext("%(who)s declined a suggestion.", who=who),
        What.COMMENT: gettext("%(who)s commented.", who=who),
        What.UNASSIGN: gettext("%(who)s declined to write this text.", who=who)
        if one.note
        else gettext("%(who)s asks nobody for this text any more.", who=who),
        What.END_RELEASE: gettext("%(who)s ended the order to publish.", who=who),
        What.REFUSE_RELEASE: gettext("The order to publish could not be carried on."),
        What.PREVIEW: gettext("%(who)s gave out a preview.", who=who),
        What.REVOKE_PREVIEW: gettext("%(who)s revoked a preview.", who=who),
    }
    return sentences.get(one.what, sentences[What.REOPEN])
