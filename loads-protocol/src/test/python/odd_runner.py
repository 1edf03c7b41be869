"""An external runner that goes wrong where it is told to.

usage: odd_runner.py FOLDER TEST [USER:HOW ...]

Every user performs its hits; those that are named go wrong in one of these ways: crash (SIGSEGV after the first
hit), exit-3 (after all), failing (reports failures and exits with 1), garbled (reports errors
that cannot be read), undecided (reports no outcomes), silent (says nothing), late (never ends, but
for SIGTERM), stubborn (not for SIGTERM either), orphan (leaves a process behind that never ends), burst (5000 hits in
one go). Each writes FOLDER/STEP-USERS-USER, what it was started with.
"""
import json
import os
import signal
import subprocess
import sys
import time

import zmq

environment = os.environ
folder, test = sys.argv[1], sys.argv[2]
users, user = int(environment["LOADS_TOTAL_USERS"]), int(environment["LOADS_CURRENT_USER"])
hits = int(environment.get("LOADS_TOTAL_HITS", 1))
how = dict(word.split(":", 1) for word in sys.argv[3:]).get(str(user), "")

context = zmq.Context()
push = context.socket(zmq.PUSH)
push.setsockopt(zmq.LINGER, 5000)
push.connect(environment["LOADS_ZMQ_RECEIVER"])


def send(data_type, **fields):
    message = {"data_type": data_type, "agent_id": environment["LOADS_AGENT_ID"], "run_id": environment["LOADS_RUN_ID"]}
    message.update(fields)
    push.send(json.dumps(message).encode("ascii"))


def hit(number):
    status = [hits, users, number, user]
    send("startTest", test=test, loads_status=status)
    send("add_hit", url="http://127.0.0.1/odd", method="GET", status=200 if number % 2 else 503,
         started="2026-11-21T20:49:33.250000", elapsed=0.012, loads_status=status)
    if how == "failing":
        send("addFailure", test=test, exc_info=["AssertionError", "1 != 2", ""], loads_status=status)
    elif how == "garbled":
        send("addSuccess", test=test, loads_status=status)
        send("addError", test=test, exc_info="ValueError", loads_status=status)
    elif how != "undecided":
        send("addSuccess", test=test, loads_status=status)
    send("stopTest", test=test, loads_status=status)


def record():
    started = {"environment": {k: v for k, v in environment.items() if k.startswith("LOADS_")},
               "arguments": sys.argv[2:], "stdin": sys.stdin.read(), "pid": os.getpid(), "session": os.getsid(0)}
    path = os.path.join(folder, "%d-%d-%d" % (hits, users, user))
    with open(path + ".new", "w") as file:
        json.dump(started, file)
    os.rename(path + ".new", path)


def main():
    if how == "stubborn":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    record()
    if how == "silent":
        return 0
    for number in range(1, hits + 1):
        hit(number)
        if how == "crash":
            push.close(5000)
            context.term()
            os.kill(os.getpid(), signal.SIGSEGV)
    if how == "burst":
        for _ in range(5000):
            hit(hits)
    if how == "orphan":
        child = subprocess.Popen(["sleep", "1000"])
        with open(os.path.join(folder, "orphan"), "w") as file:
            file.write(str(child.pid))
    if how in ("late", "stubborn"):
        time.sleep(1000)
    return {"exit-3": 3, "failing": 1}.get(how, 0)


code = main()
push.close()
context.term()
sys.exit(code)
