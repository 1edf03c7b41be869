"""Prints what comes of one topic, a line of `topic result` for each message of two frames.

Arguments: port, topic, number of messages.
"""

import sys

import zmq

port, topic, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
sub = zmq.Context().socket(zmq.SUB)
sub.setsockopt_string(zmq.SUBSCRIBE, topic)
sub.connect("tcp://127.0.0.1:" + port)
for _ in range(count):
    if not sub.poll(20000):
        raise SystemExit("nothing came within 20 s")
    frames = sub.recv_multipart()
    print(" ".join([str(len(frames))] + [frame.decode() for frame in frames]))
