"""`sync --git`: what the remote has comes in, what is here goes out, and history stays a line.

In this order, so that a run may be killed at any point and is simply run again:

1. the remote's commits are fetched; nothing of them is anywhere yet;
2. files of the tree that they change are put into the tree, each after the database knows which text they changed, and
   are synchronised: by the rules for any edit of a file (`services.repository.incoming`);
3. commits that were made here before, and then what the tree has that the remote has not, are made on top of the
   remote's, beside the branch;
4. the branch is moved on;
5. and pushed. If somebody was faster, all begins anew, a few times; if there is no way to the remote, next time.
"""

import logging
from threading import Event as Stop
from typing import Final

from app.config import GitBranch
from app.domain.errors import BadText, Problem, Refusal
from app.services import site
from app.services.repository.authors import Authors
from app.services.repository.outgoing import Outgoing
from app.services.repository.replaying import Replay
from app.services.sync.moves import Move, Tell, report
from app.services.sync.slots import readable
from app.storage import branch, commits, remotes
from app.storage.database import AWAY
from app.storage.git import GitError
from app.storage.remotes import Overtaken
from app.storage.repository import Repository
from app.storage.tree_lock import only_synchroniser
from app.worker.pulling import Pulling
from app.worker.synchroniser import Synchroniser
from app.worker.watching import Log
from app.worker.workplace import Workplace

log = logging.getLogger("tilmash.worker")

_TRIES: Final = 5  # pushes of others that are waited out; a sixth within the same seconds is no newsroom


class Exchange:
    """Exchanges the tree with a repository. With `check` nothing is changed but what was fetched; it is told."""

    def __init__(self, place: Workplace, meant: GitBranch, *, tell: Tell, check: bool = False) -> None:
        self.place, self.meant, self.tell, self.check = place, meant, tell, check

    def run(self) -> None:
        """Do it once. What git refuses, or a remote that is away, is told as a problem."""
        try:
            self._run()
        except GitError as refusal:
            self._say(str(refusal))
        except BadText as refusal:
            report(self.tell, refusal.problems)

    def _run(self) -> None:
        for _ in range(_TRIES):
            repository = Repository.open(self.place.tree, self.meant.branch)
            theirs, reached = self._fetched(repository)
            with only_synchroniser(self.place.database.engine, self.place.settings.data):
                newest = self._bring_together(repository, theirs)
            try:
                if reached and newest is not None and newest != theirs:
                    self._push(repository, newest)
            except Overtaken:
                continue
            if not self.check:
                repository.tidy()
            return
        self._say("others pushed again and again in between; what is committed here goes out next time")

    def _fetched(self, repository: Repository) -> tuple[str | None, bool]:
        """Return the newest commit of the remote's branch, and whether the remote could be asked at all."""
        if not self.meant.remote:
            return None, False
        try:
            return remotes.fetch(repository, self.meant.remote), True
        except GitError as refusal:
            self._say(f"the remote cannot be reached, and what is committed here goes out next time: {refusal}")
            return None, False

    def _push(self, repository: Repository, newest: str) -> None:
        if not self.check:
            try:
                remotes.push(repository, self.meant.remote, newest)
            except GitError as refusal:
                self._say(f"what is committed here was not taken, and goes out next time: {refusal}")
                return
            remotes.remember(repository, newest)
        self.tell(Move(what="pushed", path=str(self.meant)))

    def _bring_together(self, repository: Repository, theirs: str | None) -> str | None:
        """Take in what the remote has, commit what it has not; return the commit that the branch is at then."""
        if not self.check:
            branch.recover(repository)
        head = branch.head(repository)
        synchroniser = Synchroniser(
            self.place.database, self.place.tree, self.place.store, tell=self.tell, check=self.check
        )  # fmt: skip
        synchroniser.read_site()
        onto = head
        if theirs is not None and head is None:
            raise GitError("the branch here has no commit, and the remote's has: begin with a clone of it")
        if theirs is not None and head is not None and not repository.has(theirs, within=head):
            onto = self._take_in(repository, synchroniser, head, theirs)
        newest = self._commit(repository, synchroniser, onto)
        if not self.check and newest is not None:
            branch.move(repository, head, newest)
        return newest

    def _take_in(self, repository: Repository, synchroniser: Synchroniser, head: str, theirs: str) -> str | None:
        """Take in what the remote changed; return its newest commit with those on top that were made here."""
        fork = repository.fork(head, theirs)
        changes = repository.changes(fork, theirs)
        ours = Replay(repository, changes).anew(repository.own_commits(fork, head))
        pulling = Pulling(self.place, repository, synchroniser, theirs, tell=self.tell, check=self.check)
        pulling.take_in(changes)
        if self.check:
            return head
        if (lost := remotes.remember(repository, theirs)) is not None:
            self._say(f"history was written anew there; what is no part of it any more is kept here as {lost}")
        with self.place.database.read() as session:
            authors = Authors.of(site.settings(session), {})
        return commits.add(repository, theirs, ours, authors.site())

    def _commit(self, repository: Repository, synchroniser: Synchroniser, onto: str | None) -> str | None:
        known = repository.entries(onto)
        with self.place.database.read() as session:
            outgoing = Outgoing(session, repository, self.place.tree, known)
            steps = outgoing.steps()
            authors = Authors.of(site.read(synchroniser.site), outgoing.texts.deeds.people)
        report(self.tell, outgoing.problems)
        for path in dict.fromkeys(step.path for step in steps):
            self.tell(Move(what="committed", path=readable(path)))
        made = list(authors.commits(steps, repository, known))
        return onto if self.check and not made else commits.add(repository, onto, made, authors.site())

    def _say(self, reason: str) -> None:
        report(self.tell, [Problem(path=str(self.meant), line=0, reason=reason)])


class Rounds:
    """Exchanges again and again, in a thread of its own: a remote that is slow holds up nothing else."""

    def __init__(self, place: Workplace, meant: GitBranch) -> None:
        self.exchange, self.every = Exchange(place, meant, tell=Log()), meant.every * 60

    def run(self, stop: Stop) -> None:
        """Exchange until told to stop. What goes wrong is logged, and tried again at the next round."""
        while not stop.is_set():
            try:
                self.exchange.run()
            except Refusal as refusal:
                log.error("%s", refusal)  # noqa: TRY400  # a refusal is a sentence for people
            except AWAY as error:
                log.error("the database cannot be reached: %s", error.orig)  # noqa: TRY400  # said each round
            except Exception:  # the others of this process go on
                log.exception("a fault of ours; the repository is looked at again at the next round")
            stop.wait(self.every)
