"""A turret that behaves as the original python turret does, over libzmq.

No turret_name in its results, whole seconds in their epoch, one PUSH connection for each cannon, two
statuses for each request, `ready` every 2.00 s while idle, the end on any directed order. After each run it
prints how many results each cannon has sent between `start` and `stop`:

    run 1 sent 1234

Arguments: address, port of the orders, port of the results, number of cannons.
"""

import json
import sys
import threading
import time
import uuid

import zmq

address, orders_port, results_port, cannons = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
context = zmq.Context()
my_uuid = str(uuid.uuid4())


def push():
    socket = context.socket(zmq.PUSH)
    socket.connect("tcp://%s:%s" % (address, results_port))
    return socket


def cannon(start, stopping, sent, index):
    results = push()
    while not stopping.is_set():
        began = time.time()
        time.sleep(0.001)
        now = time.time()
        results.send_json({
            "elapsed": now - start,
            "epoch": float(int(now)),
            "scriptrun_time": now - began,
            "error": "HTTP 500" if sent[index] % 10 == 9 else "",
            "custom_timers": {"a timer": now - began},
        })
        sent[index] += 1
    results.close()


def main():
    orders = context.socket(zmq.SUB)
    orders.setsockopt_string(zmq.SUBSCRIBE, "")
    orders.setsockopt_string(zmq.SUBSCRIBE, my_uuid)
    orders.connect("tcp://%s:%s" % (address, orders_port))
    results = push()
    poller = zmq.Poller()
    poller.register(orders, zmq.POLLIN)

    def say(status):
        results.send_json({"turret": "navigation", "status": status, "uuid": my_uuid,
                           "rampup": 0, "script": "v_user.py", "cannons": cannons})

    run, threads, stopping, sent = 0, None, None, None
    while True:
        if not poller.poll(2000):
            if threads is None:
                say("ready")
            continue
        channel, _, order = orders.recv_string().partition(" ")
        command = json.loads(order)["command"]
        if channel:
            say("Aborted" if threads else "ready")
            break
        if command == "status_request":
            say("Running" if threads else "ready")
            say("Running" if threads else "ready")
        elif command == "start" and threads is None:
            run += 1
            say("Running")
            stopping, sent = threading.Event(), [0] * cannons
            start = time.time()
            threads = [threading.Thread(target=cannon, args=(start, stopping, sent, i)) for i in range(cannons)]
            for thread in threads:
                thread.start()
        elif command == "stop" and threads is not None:
            stopping.set()
            for thread in threads:
                thread.join()
            threads = None
            say("ready")
            print("run %d sent %d" % (run, sum(sent)))
        elif command == "kill":
            say("Killed")
            break
    if threads is not None:
        stopping.set()
    print("ended by " + command)


main()
context.destroy(linger=2000)
