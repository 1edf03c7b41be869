"""Sends what it reads: each line of stdin is one message, its frames in base64 with blanks between them.

usage: send_frames.py ENDPOINT
"""
import base64
import sys

import zmq

context = zmq.Context()
push = context.socket(zmq.PUSH)
push.setsockopt(zmq.LINGER, 20000)
push.connect(sys.argv[1])
for line in sys.stdin:
    push.send_multipart([base64.b64decode(frame) for frame in line.rstrip("\n").split(" ")])
push.close()
context.term()
