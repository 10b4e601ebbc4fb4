"""
Runs a command and prints, as JSON, its seconds, the processor seconds of all its processes and the most memory that they held
at one time (proportional set size: shared pages once). Linux.

python measure.py ANSWER.json COMMAND ARGUMENT ...
"""

import ctypes
import json
import os
import resource
import sys
import threading
import time
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36
SECONDS_BETWEEN_LOOKS = 0.2


def processes_under(root):
    found = [root]
    for pid in found:
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            try:
                found.extend(int(child) for child in task.read_text().split())
            except OSError:
                # It has ended.
                pass
    return found[1:]


def kilobytes(pid):
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        pass
    return 0


def main(answer, command):
    # What the command leaves behind becomes a child of this process, and is waited for and counted as well.
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    peak = 0
    ended = threading.Event()

    def watch():
        nonlocal peak
        while not ended.wait(SECONDS_BETWEEN_LOOKS):
            peak = max(peak, sum(kilobytes(pid) for pid in processes_under(os.getpid())))

    watcher = threading.Thread(target=watch)
    start = time.monotonic()
    child = os.posix_spawnp(command[0], command, os.environ)
    watcher.start()
    _, status = os.waitpid(child, 0)
    seconds = time.monotonic() - start
    try:
        while True:
            os.wait()
    except ChildProcessError:
        pass
    ended.set()
    watcher.join()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    figures = {"seconds": seconds, "processorSeconds": used.ru_utime + used.ru_stime, "peakMb": peak / 1024}
    Path(answer).write_text(json.dumps(figures))
    return os.waitstatus_to_exitcode(status)


sys.exit(main(sys.argv[1], sys.argv[2:]) and 1)
