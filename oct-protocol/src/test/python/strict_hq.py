"""A headquarters as strict as the original one: any message that would cost it something ends it.

usage: strict_hq.py RUNS RUN_SECONDS

Binds free loopback ports and prints them; then, for each run: waits for a turret as the original does
(a status_request every 2 s in silence and one more for every message), sends context and start, receives
for RUN_SECONDS, sends stop and goes on receiving until the turret is ready again. After the last run it
sends kill and waits for Killed. Prints "run N results R errors E", at the end "done"; a violation is
printed as "VIOLATION ..." and exits 1. Source: docs/protocols.md 1.2 to 1.5.
"""
import json
import math
import sys
import time

import zmq

RUNS = int(sys.argv[1])
RUN_SECONDS = float(sys.argv[2])
STATUS_KEYS = {"turret", "status", "uuid", "rampup", "script", "cannons"}
RESULT_KEYS = {"turret_name", "elapsed", "epoch", "scriptrun_time", "error", "custom_timers"}

context = zmq.Context()
orders = context.socket(zmq.PUB)
orders.setsockopt(zmq.LINGER, 1000)
results = context.socket(zmq.PULL)
publish_port = orders.bind_to_random_port("tcp://127.0.0.1")
rc_port = results.bind_to_random_port("tcp://127.0.0.1")
print("ports", publish_port, rc_port, flush=True)


def violation(what, raw):
    print("VIOLATION", what, repr(raw[:300]), flush=True)
    sys.exit(1)


def refuse_constant(text):
    raise ValueError("not a finite number: " + text)


def is_number(value):
    return type(value) in (int, float) and math.isfinite(value)


def check_texts(value, raw):
    """No lone surrogates anywhere: they cannot be encoded."""
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        violation("lone surrogate", raw)


def receive(timeout):
    """A message, checked: ('status', word) or ('result', object); None when nothing comes."""
    if not results.poll(timeout * 1000):
        return None
    frames = results.recv_multipart()
    raw = frames[0]
    if len(frames) != 1:
        violation("%d frames" % len(frames), raw)
    if not raw:
        violation("empty", raw)
    if any(byte > 0x7E for byte in raw):
        violation("not ASCII", raw)
    try:
        message = json.loads(raw.decode("utf-8"), parse_constant=refuse_constant)
    except ValueError as e:
        violation("invalid JSON: %s" % e, raw)
    if type(message) is not dict:
        violation("not an object", raw)
    check_texts(message, raw)
    if b"status" in raw:  # this is how the original tells them apart
        return "status", status(message, raw)
    return "result", result(message, raw)


def status(message, raw):
    if set(message) != STATUS_KEYS:
        violation("a status, or a result that says so somewhere, without the six keys", raw)
    if message["status"] not in ("ready", "Running", "Aborted", "Killed"):
        violation("status word", raw)
    if not is_number(message["rampup"]) or not is_number(message["cannons"]):
        violation("rampup and cannons are numbers", raw)
    for key in ("turret", "uuid", "script"):
        if type(message[key]) is not str:
            violation(key + " is no text", raw)
    return message["status"]


def result(message, raw):
    if set(message) != RESULT_KEYS:
        violation("a result without exactly the six keys", raw)
    for key in ("elapsed", "epoch", "scriptrun_time"):
        if not is_number(message[key]) or message[key] < 0:
            violation(key + " is no finite number", raw)
    if abs(message["epoch"] - time.time()) > 60:
        violation("epoch is not now", raw)
    if type(message["error"]) is not str:
        violation("error is no text", raw)
    if type(message["turret_name"]) is not str:
        violation("turret_name is no text", raw)
    timers = message["custom_timers"]
    if type(timers) is not dict:
        violation("custom_timers is no object", raw)
    for name, value in timers.items():
        if "/" in name or not is_number(value):
            violation("timer " + name, raw)
    return message


def send(command, msg):
    text = json.dumps({"command": command, "msg": msg}, separators=(",", ":"))
    orders.send_string(" " + text)


def wait_for_turret():
    deadline = time.time() + 30
    while time.time() < deadline:
        send("status_request", None)
        message = receive(2)
        if message is None:
            continue
        if message[0] != "status":
            violation("a result outside of a run", json.dumps(message[1]).encode())
        return
    print("VIOLATION no turret came", flush=True)
    sys.exit(1)


def fire(run):
    send("set_transaction_context", {"run": run})
    send("start", "open fire")
    began = time.time()
    count = errors = 0
    running = stopped = False
    deadline = began + RUN_SECONDS + 30
    while time.time() < deadline:
        if not stopped and time.time() - began >= RUN_SECONDS:
            send("stop", "premature stop")
            stopped = True
        message = receive(0.05)
        if message is None:
            continue
        kind, value = message
        if kind == "status":
            if value == "Running":
                running = True
            elif value == "ready" and running:
                if not stopped:
                    violation("ready in the middle of a run", b"")
                print("run", run, "results", count, "errors", errors, flush=True)
                return
            continue
        if not running:
            violation("a result before Running", json.dumps(value).encode())
        if value["elapsed"] > time.time() - began + 1:
            violation("a result of an earlier run", json.dumps(value).encode())
        if value["error"] and not value["error"].startswith("run %d:" % run):
            violation("an error of another run", json.dumps(value).encode())
        count += 1
        errors += bool(value["error"])
    print("VIOLATION no ready after run", run, "in which", count, "results came", flush=True)
    sys.exit(1)


for number in range(1, RUNS + 1):
    wait_for_turret()
    fire(number)
send("kill", None)
until = time.time() + 30
while time.time() < until:
    last = receive(1)
    if last == ("status", "Killed"):
        print("done", flush=True)
        sys.exit(0)
print("VIOLATION no Killed", flush=True)
sys.exit(1)
