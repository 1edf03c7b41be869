"""An external runner that sends what loads.js sends: loads_status on every message, on those of sockets too.

usage: node_runner.py TEST [--joined]

Compact JSON as JSON.stringify writes it, in UTF-8. Every second hit fails. In duration mode the total of hits
is 1, since loads.js never sends 0, and hits follow each other every 50 ms. With --joined the status is a text,
"3,2,1,1", as some versions of it sent. The original receiver refuses the messages of sockets, and what is joined.
"""
import datetime
import itertools
import json
import os
import sys
import time

import zmq

environment = os.environ
total_users = int(environment.get("LOADS_TOTAL_USERS", 0)) or 1
user = int(environment.get("LOADS_CURRENT_USER", 0)) or 1
total_hits = int(environment.get("LOADS_TOTAL_HITS", 0)) or 1
duration = int(environment.get("LOADS_DURATION", 0))
test, joined = sys.argv[1], "--joined" in sys.argv

context = zmq.Context()
push = context.socket(zmq.PUSH)
push.setsockopt(zmq.LINGER, 5000)
push.connect(environment["LOADS_ZMQ_RECEIVER"])


def send(data_type, number, **fields):
    status = [total_hits, total_users, number, user]
    message = {
        "data_type": data_type,
        "agent_id": environment.get("LOADS_AGENT_ID", ""),
        "run_id": environment.get("LOADS_RUN_ID", ""),
        "loads_status": ",".join(map(str, status)) if joined else status,
    }
    message.update(fields)
    push.send(json.dumps(message, separators=(",", ":"), ensure_ascii=False).encode("utf-8"))


def hit(number):
    send("startTest", number, test=test)
    send("socket_open", number)
    send("socket_message", number, size=42)
    started = datetime.datetime.utcnow().isoformat(timespec="milliseconds") + "Z"
    send("add_hit", number, url="ws://127.0.0.1/x", method="GET", status=101, started=started, elapsed=0.012)
    send("socket_close", number)
    if number % 2 == 0:
        send("addFailure", number, test=test, exc_info=["JSError", json.dumps("timed out"), ""])
    else:
        send("addSuccess", number, test=test)
    send("stopTest", number, test=test)


def main():
    started = time.monotonic()
    for number in itertools.count(1):
        hit(number)
        if number >= total_hits and time.monotonic() - started >= duration:
            return
        if duration:
            time.sleep(0.05)


main()
push.close()
context.term()
