"""An external runner as the python reference sends: one process, one user of one step of Loads.

usage: original_runner.py TEST [OUTCOME ...]

What it is told comes from the LOADS_* variables. Each hit is startTest, add_hit, the outcome, stopTest; the
outcomes (success, failure, error, killed: the process dies in the test; silent: it ends without a word) are taken
in turn, success without any. In duration mode a hit takes 100 ms and the status has 0 total hits. Written
after the frames recorded at the original receiver.
"""
import datetime
import itertools
import json
import os
import signal
import sys
import time

import zmq

environment = os.environ
agent_id, run_id = environment["LOADS_AGENT_ID"], environment["LOADS_RUN_ID"]
total_users, user = int(environment["LOADS_TOTAL_USERS"]), int(environment["LOADS_CURRENT_USER"])
duration = int(environment["LOADS_DURATION"]) if "LOADS_DURATION" in environment else None
total_hits = int(environment["LOADS_TOTAL_HITS"]) if duration is None else 0
test, outcomes = sys.argv[1], itertools.cycle(sys.argv[2:] or ["success"])

context = zmq.Context()
push = context.socket(zmq.PUSH)
push.setsockopt(zmq.LINGER, 5000)
push.connect(environment["LOADS_ZMQ_RECEIVER"])


def send(data_type, **fields):
    message = {"data_type": data_type, "agent_id": agent_id, "run_id": run_id}
    message.update(fields)
    push.send(json.dumps(message).encode("ascii"))


def now():
    return datetime.datetime.utcnow().isoformat()


def hit(number, outcome):
    status = [total_hits, total_users, number, user]
    send("startTest", test=test, loads_status=status)
    send("add_hit", url="http://127.0.0.1/x", method="GET", status=200, started=now(), elapsed=0.012,
         loads_status=status)
    if outcome == "killed":
        push.close(1000)
        context.term()
        os.kill(os.getpid(), signal.SIGKILL)
    elif outcome == "failure":
        exc_info = ["AssertionError: 1 != 2", "AssertionError", "Trace line 1\nline 2"]
        send("addFailure", test=test, exc_info=exc_info, loads_status=status)
    elif outcome == "error":
        exc_info = ["ValueError: bad", "ValueError", "Trace E"]
        send("addError", test=test, exc_info=exc_info, loads_status=status)
    else:
        send("addSuccess", test=test, loads_status=status)
    send("stopTest", test=test, loads_status=status)


def main():
    started = time.monotonic()
    for number in itertools.count(1):
        outcome = next(outcomes)
        if outcome == "silent":
            return
        if duration is None:
            if number > total_hits:
                return
        elif number > 1 and time.monotonic() - started >= duration:
            return
        hit(number, outcome)
        if duration is not None:
            time.sleep(0.1)


main()
push.close()
context.term()
