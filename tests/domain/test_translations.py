from itertools import product

import pytest

from app.domain.errors import NotAllowed
from app.domain.translations import Action, Role, Status, allowed, transition

LEGAL = {
    (Status.MISSING, Action.START): Status.DRAFT,
    (Status.DRAFT, Action.EDIT): Status.DRAFT,
    (Status.IN_REVIEW, Action.EDIT): Status.DRAFT,
    (Status.APPROVED, Action.EDIT): Status.DRAFT,
    (Status.DRAFT, Action.SUBMIT): Status.IN_REVIEW,
    (Status.IN_REVIEW, Action.RETURN): Status.DRAFT,
    (Status.IN_REVIEW, Action.APPROVE): Status.APPROVED,
    (Status.APPROVED, Action.REOPEN): Status.DRAFT,
    (Status.APPROVED, Action.PUBLISH): None,
    (Status.APPROVED, Action.SCHEDULE): None,
    **dict.fromkeys(product((Status.DRAFT, Status.IN_REVIEW, Status.APPROVED), (Action.WITHDRAW, Action.CORRECT))),
}


@pytest.mark.parametrize(("status", "action"), list(product(Status, Action)))
def test_every_pair_of_status_and_action_is_either_in_the_table_or_refused(status: Status, action: Action) -> None:
    if (status, action) in LEGAL:
        assert transition(status, action).to is LEGAL[status, action]
    else:
        with pytest.raises(NotAllowed):
            transition(status, action)


@pytest.mark.parametrize("action", [Action.PUBLISH, Action.SCHEDULE, Action.WITHDRAW, Action.CORRECT])
@pytest.mark.parametrize("role", sorted(set(Role) - {Role.COORDINATOR}))
def test_only_a_coordinator_decides_what_readers_see(action: Action, role: Role) -> None:
    with pytest.raises(NotAllowed, match="coordinator"):
        allowed(Status.APPROVED, action, {role})
    assert allowed(Status.APPROVED, action, {role, Role.COORDINATOR}).action is action
