"""A forwarder and a streamer of libzmq's own. Prints the ports: the forwarder's frontend and backend, the
streamer's frontend and backend. Ends when its input does.
"""

import sys
import threading

import zmq

context = zmq.Context()
ports = []


def device(front_kind, back_kind):
    front, back = context.socket(front_kind), context.socket(back_kind)
    for socket in front, back:
        ports.append(str(socket.bind_to_random_port("tcp://127.0.0.1")))
    threading.Thread(target=zmq.proxy, args=(front, back), daemon=True).start()


device(zmq.XSUB, zmq.XPUB)
device(zmq.PULL, zmq.PUSH)
print(" ".join(ports))
sys.stdin.read()
