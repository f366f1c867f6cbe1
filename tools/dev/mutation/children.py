"""Child processes that end with the tool: each in a group of its own, with a limit on its memory."""

import os
import resource
import signal
import subprocess
import threading
import time

MEMORY = 4 << 30
KEPT_OUTPUT = 50000

_lock = threading.Lock()
_running = set()
_stopped = threading.Event()


class Stopped(Exception):
    """The tool is being ended."""


def run(command, timeout, cwd, environment=None):
    """(exit code or None when it took longer, the end of what it printed, seconds)."""
    began = time.monotonic()
    with _lock:
        if _stopped.is_set():
            raise Stopped
        child = subprocess.Popen(  # pylint: disable=consider-using-with
            command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, start_new_session=True,
            env={**os.environ, "TMPDIR": str(cwd), "TEST_TMPDIR": str(cwd), **(environment or {})})
        _running.add(child)
    _limit(child.pid)
    printed = bytearray()
    reader = threading.Thread(target=_drain, args=(child.stdout, printed), daemon=True)
    reader.start()
    try:
        code = child.wait(timeout)
    except subprocess.TimeoutExpired:
        code = None
    finally:
        _end(child)
        with _lock:
            _running.discard(child)
    reader.join(5)
    if _stopped.is_set():
        raise Stopped
    return code, printed.decode(errors="replace"), time.monotonic() - began


def stop():
    """Ends the running processes and starts no more."""
    _stopped.set()
    with _lock:
        for child in _running:
            _end(child)


def _drain(pipe, printed):
    with pipe:
        while chunk := pipe.read1(65536):
            printed += chunk
            del printed[:-KEPT_OUTPUT]


def _limit(pid):
    try:
        resource.prlimit(pid, resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.prlimit(pid, resource.RLIMIT_CORE, (0, 0))
    except ProcessLookupError:
        pass  # it has ended


def _end(child):
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    child.wait()
