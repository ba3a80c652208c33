"""What is read by many threads of a new process at once."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
READ = """
import sys, threading
from app.storage.embargoes import Embargo
from app.storage.letters import Letter
from app.storage.outbox import DbWork
from app.storage.reasons import reasons_in
from app.storage.texts import DbRevision
from app.storage.working_copies import DbWorkingCopy
from app.web.desk.typing import _SAID

sys.setswitchinterval(1e-6)
together = threading.Barrier(8)
odd = []

def read():
    together.wait()
    try:
        for _ in range(20):
            DbWorkingCopy(packed=b'{"forms": ["a"]}').typed
            DbRevision(packed_map=b'{"rows": [{"key": "p1"}]}').segment_map
            _SAID.decode(b'{"segments": [{"key": "p1", "serial": 5, "typed": {"forms": ["a"]}, "seen": {"a": 1}}]}')
            Embargo.of(DbWork(payload='{"translation": 1, "revision": 1, "minor": false, "live": null}'))
            Letter.of(DbWork(payload='{"account": 1, "notices": [1], "written": "2026-11-29T12:00:00Z"}'))
            reasons_in('["why", {"msgid": "because", "values": {}}]')
    except Exception as error:  # whatever it is, the test tells it
        odd.append(error)

threads = [threading.Thread(target=read) for _ in range(8)]
for one in threads:
    one.start()
for one in threads:
    one.join()
print(odd)
"""


def test_threads_that_are_the_first_to_read_something_in_a_process_do_not_end_it() -> None:
    """Each attempt ended most processes while classes were learnt when they were first read."""
    for _ in range(3):
        done = subprocess.run([sys.executable, "-c", READ], cwd=ROOT, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr
