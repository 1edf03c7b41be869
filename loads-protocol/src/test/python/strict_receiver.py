"""A Loads receiver on libzmq that takes nothing which could cost the original something.

usage: strict_receiver.py [ENDPOINT] [--rate N] [--paused]
       strict_receiver.py --check FILE.jsonl

Binds ENDPOINT (tcp://127.0.0.1:0 by default; ipc:///path is a real Unix socket) and prints
"bound ENDPOINT" with the port that the system picked. --rate N reads at most N frames a second,
--paused reads nothing until it is told to. Then it obeys orders on stdin, a line each, and answers each with
one line:

    verdict              what was received so far, as JSON (see Verdict)
    await N SECONDS      as verdict, once N messages were received or refused, or after so long
    frames               a JSON list of the frames kept (the first ones, 16 MB of them at most)
    pause, resume        stop reading, read on ("ok")
    die, return          close the socket with all that is unread, bind the same endpoint anew ("ok")
    watch PID...         as the original: at the first 500 ms tick that finds none of these processes alive it
                         stops, with whatever it has not read, prints the verdict and exits
    end [SECONDS]        read on until nothing came for 300 ms (at most so long, default 30), print the verdict,
                         exit

The end of stdin is the end. Messages inside a batch count one by one. --check judges the frames of a file
recorded at the original receiver, prints where the verdicts differ, and exits 1 where this one is laxer, or
stricter without a reason that it knows. Source: docs/protocols.md 2.2 and 2.3.
"""
import collections
import datetime
import json
import math
import os
import re
import sys
import time

TICK_SECONDS = 0.5
KEPT_BYTES = 16 << 20
TOO_LARGE = 1e15
COMMON = {"data_type", "agent_id", "run_id"}
KEYS = {
    "startTest": {"test", "loads_status"},
    "stopTest": {"test", "loads_status"},
    "addSuccess": {"test", "loads_status"},
    "addFailure": {"test", "exc_info", "loads_status"},
    "addError": {"test", "exc_info", "loads_status"},
    "add_hit": {"url", "method", "status", "started", "elapsed", "loads_status"},
    "socket_open": set(),
    "socket_close": set(),
    "socket_message": {"size"},
    "incr_counter": {"test", "loads_status", "name"},
}
OUTCOMES = ("addSuccess", "addFailure", "addError")
STARTED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?\Z")
URL = re.compile(r"(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*\Z")

# What the original was seen to take and this receiver refuses, and why: no runner of ours is to send it.
STRICTER = {
    r"two frames|3 frames": "a message is one frame",
    r"agent_id|run_id is no text": "an environment variable is a text",
    r"keys of \w+: missing \['agent_id'\]": "every message names its agent",
    r"loads_status is not four": "they are four integers; null is for add_hit alone",
    r"test is no text": "a test's name is a text",
    r"started is no UTC": "ISO 8601 in UTC without zone, although the original never parses it",
    r"url is no text": "a URL is a text",
    r"not ASCII once decoded": "accepted, then the final report fails",
    r"size is no whole number": "bytes are whole",
    r"unknown data_type": "passes unseen, but a stopTestRun ends a distributed run early",
    r"keys of batch: missing \[\], too many \['hostname'\]": "a hostname is for agents to add",
    r"empty batch": "nothing to say",
}


class Violation(Exception):
    pass


def check(condition, what):
    if not condition:
        raise Violation(what)


def no_constant(text):
    raise Violation("not a finite number: " + text)


def unique(pairs):
    keys = [key for key, _ in pairs]
    check(len(set(keys)) == len(keys), "a key twice: %s" % keys)
    return dict(pairs)


def check_texts(value):
    """What a text says counts, not how it is written: an escaped e-acute is no ASCII either."""
    if type(value) is str:
        if not value.isascii():
            shown = value if len(value) < 200 else value[:200] + "..."
            raise Violation("not ASCII once decoded: " + ascii(shown))
    elif type(value) is dict:
        for key, inner in value.items():
            check_texts(key)
            check_texts(inner)
    elif type(value) is list:
        for inner in value:
            check_texts(inner)


def is_number(value):
    return type(value) in (int, float) and math.isfinite(value) and abs(value) < TOO_LARGE


def is_whole(value):
    return type(value) is int and abs(value) < TOO_LARGE


def is_utc(text):
    if type(text) is not str or not STARTED.match(text):
        return False
    try:
        datetime.datetime.strptime(text[:19], "%Y-%m-%dT%H:%M:%S")
        return True
    except ValueError:
        return False


def check_keys(what, keys, expected):
    missing, odd = sorted(expected - keys), sorted(keys - expected)
    if missing or odd:
        raise Violation("keys of %s: missing %s, too many %s" % (what, missing, odd))


def check_status(status):
    check(type(status) is list and len(status) == 4 and all(map(is_whole, status)),
          "loads_status is not four whole numbers: %s" % (status,))


def check_text(fields, name):
    check(type(fields[name]) is str, "%s is no text" % name)


def check_exc_info(exc_info):
    check(type(exc_info) is list and len(exc_info) == 3 and all(type(part) is str for part in exc_info),
          "exc_info is not three texts")


def check_hit(hit):
    check_text(hit, "url")
    check(URL.match(hit["url"]), "url is not percent-encoded: " + hit["url"][:200])
    check_text(hit, "method")
    check(is_whole(hit["status"]), "status is no whole number: %r" % (hit["status"],))
    check(is_utc(hit["started"]), "started is no UTC time without zone: %r" % (hit["started"],))
    elapsed = hit["elapsed"]
    check(is_number(elapsed) and elapsed >= 0, "elapsed is no number of seconds: %r" % (elapsed,))


def check_fields(kind, fields):
    """The fields of one message, without those that every message has."""
    check_keys(kind, set(fields), KEYS[kind])
    if "loads_status" in fields and not (kind == "add_hit" and fields["loads_status"] is None):
        check_status(fields["loads_status"])
    for name in ("test", "name"):
        if name in fields:
            check_text(fields, name)
    if "exc_info" in fields:
        check_exc_info(fields["exc_info"])
    if kind == "add_hit":
        check_hit(fields)
    if kind == "socket_message":
        size = fields["size"]
        check(is_whole(size) and size >= 0, "size is no whole number of bytes: %r" % (size,))


def check_batch(message):
    check_keys("batch", set(message), COMMON | {"counts"})
    counts = message["counts"]
    check(type(counts) is dict, "counts is no object")
    check(counts and all(counts.values()), "empty batch, or an empty list in one")
    inner = []
    for kind, messages in counts.items():
        check(kind in KEYS, "unknown data_type in a batch: " + kind)
        check(type(messages) is list, "counts of %s is no list" % kind)
        for fields in messages:
            check(type(fields) is dict, "no object in the batch: %s" % kind)
            check_fields(kind, fields)
            inner.append((kind, fields))
    return inner


def judge(frames):
    """One message on the wire: (agent, run, [(data_type, fields), ...]), or a Violation."""
    check(len(frames) == 1, "two frames" if len(frames) == 2 else "%d frames" % len(frames))
    raw = frames[0]
    check(raw, "an empty frame")
    check(raw.isascii(), "bytes that are not ASCII")
    try:
        message = json.loads(raw, parse_constant=no_constant, object_pairs_hook=unique)
    except ValueError as e:
        raise Violation("invalid JSON: %s" % e)
    check(type(message) is dict, "not an object")
    check_texts(message)
    kind = message.get("data_type")
    check(type(kind) is str and (kind in KEYS or kind == "batch"), "unknown data_type: %r" % (kind,))
    for name in ("agent_id", "run_id"):
        if name in message:
            check_text(message, name)
    if kind == "batch":
        return message.get("agent_id"), message.get("run_id"), check_batch(message)
    missing = sorted(COMMON - set(message))
    check(not missing, "keys of %s: missing %s" % (kind, missing))
    fields = {key: value for key, value in message.items() if key not in COMMON}
    check_fields(kind, fields)
    return message["agent_id"], message["run_id"], [(kind, fields)]


def clip(name):
    return name if len(name) <= 500 else "%s... (%d characters)" % (name[:100], len(name))


class Verdict:
    """What was received, by type, by test, by status, by agent and by run; and what was wrong with it."""

    def __init__(self):
        self.frames = self.batches = self.messages = self.violation_count = self.bytes = 0
        self.violations, self.kept, self.kept_bytes = [], [], 0
        self.counts, self.urls, self.counters = (collections.Counter() for _ in range(3))
        self.agents, self.runs = collections.Counter(), collections.Counter()
        self.tests = collections.defaultdict(collections.Counter)
        self.statuses = collections.defaultdict(collections.Counter)
        self.courses = collections.defaultdict(list)

    def frame(self, frames):
        self.frames += 1
        if self.kept_bytes + sum(map(len, frames)) <= KEPT_BYTES:
            self.kept.append(frames)
            self.kept_bytes += sum(map(len, frames))
        try:
            agent, run, messages = judge(frames)
        except (Violation, RecursionError) as e:
            self.violation_count += 1
            if len(self.violations) < 100:
                excerpt = b" | ".join(frames)[:300].decode("ascii", "backslashreplace")
                self.violations.append("%s: %s" % (e, excerpt))
            return
        batched = len(messages) > 1 or b'"batch"' in frames[0][:40]
        self.batches += batched
        for kind, fields in messages:
            self.count(agent, run, kind, fields, batched)

    def count(self, agent, run, kind, fields, batched):
        self.messages += 1
        self.counts[kind] += 1
        self.agents[agent] += 1
        self.runs[run] += 1
        status = fields.get("loads_status")
        key = ",".join(map(str, status)) if status else "none"
        self.statuses[key][kind] += 1
        if "url" in fields:
            self.urls[clip(fields["url"])] += 1
        if "name" in fields:
            self.counters[clip(fields["name"])] += 1
        self.bytes += fields.get("size", 0)
        if "test" in fields:
            test = clip(fields["test"])
            self.tests[test][kind] += 1
            if kind != "incr_counter":
                self.courses["%s %s %s %s" % (run, agent, key, test)].append(kind)

    def unfinished(self):
        """Tests of one user and hit that were not started, decided and stopped exactly once."""
        return ["%s: %s" % (key, " ".join(course)) for key, course in self.courses.items()
                if len(course) != 3 or course.count("startTest") != 1 or course.count("stopTest") != 1
                or not any(outcome in course for outcome in OUTCOMES)]

    def json(self):
        unfinished = self.unfinished()
        return json.dumps({
            "frames": self.frames, "batches": self.batches, "messages": self.messages,
            "violation_count": self.violation_count, "violations": self.violations,
            "counts": self.counts, "tests": self.tests, "statuses": self.statuses, "agents": self.agents,
            "runs": self.runs, "urls": self.urls, "counters": self.counters, "bytes": self.bytes,
            "test_courses": len(self.courses), "unfinished_count": len(unfinished),
            "unfinished": unfinished[:100],
        })


def check_file(path):
    faults = 0
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            recorded = json.loads(line)
            frames = [recorded["raw"].encode("utf-8")] + [b""] * (recorded["frames"] - 1)
            accepted = recorded.get("outcome", "ok") == "ok"
            try:
                judge(frames)
                violation = None
            except Violation as e:
                violation = str(e)
            if violation is None and not accepted:
                faults += 1
                print("line %d: laxer than the original: %s" % (number, recorded["raw"]))
            elif violation is not None and accepted:
                reason = next((why for what, why in STRICTER.items() if re.match(what, violation)), None)
                faults += reason is None
                print("line %d: stricter: %s (%s)" % (number, violation, reason or "WITHOUT A REASON"))
    print("%d faults" % faults)
    return 1 if faults else 0


def is_alive(pid):
    try:
        with open("/proc/%d/stat" % pid) as stat:
            return stat.read().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


class Receiver:
    def __init__(self, endpoint, rate, paused):
        import zmq
        self.zmq, self.context = zmq, zmq.Context()
        self.rate, self.paused = rate, paused
        self.verdict = Verdict()
        self.socket, self.endpoint = None, endpoint
        self.input, self.running = b"", True
        self.watched, self.next_tick = None, 0
        self.awaited, self.deadline = None, 0  # of an await
        self.ending, self.quiet_since = None, 0  # of an end
        self.read_since, self.read = time.monotonic(), 0
        self.bind()

    def bind(self):
        self.socket = self.context.socket(self.zmq.PULL)
        self.socket.setsockopt(self.zmq.LINGER, 0)
        deadline = time.monotonic() + 5  # an address that was just left may be in use for a moment
        while True:
            try:
                self.socket.bind(self.endpoint)
                break
            except self.zmq.ZMQError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.01)
        self.endpoint = self.socket.getsockopt_string(self.zmq.LAST_ENDPOINT).rstrip("\0")

    def run(self):
        say("bound " + self.endpoint)
        while self.running:
            self.wait()
            self.receive()
            self.tick()

    def die(self):
        self.socket.close(0)
        self.socket = None

    def may_read(self):
        if self.socket is None or self.paused:
            return 0
        if self.rate is None:
            return 200
        return min(200, int((time.monotonic() - self.read_since) * self.rate) - self.read)

    def wait(self):
        poller = self.zmq.Poller()
        poller.register(0, self.zmq.POLLIN)
        if self.may_read() > 0:
            poller.register(self.socket, self.zmq.POLLIN)
        if any(fd == 0 for fd, _ in poller.poll(2 if self.rate else 20)):
            self.orders()

    def orders(self):
        data = os.read(0, 1 << 16)
        if not data:
            self.running = False
        self.input += data
        while b"\n" in self.input:
            line, _, self.input = self.input.partition(b"\n")
            self.obey(line.decode().split())

    def obey(self, words):
        order, arguments = words[0], words[1:]
        if order == "verdict":
            say(self.verdict.json())
        elif order == "frames":
            kept = (b" | ".join(frames) for frames in self.verdict.kept)
            say(json.dumps([raw.decode("utf-8", "backslashreplace") for raw in kept]))
        elif order == "await":
            self.awaited, self.deadline = int(arguments[0]), time.monotonic() + float(arguments[1])
        elif order == "watch":
            self.watched, self.next_tick = list(map(int, arguments)), time.monotonic() + TICK_SECONDS
        elif order == "end":
            self.deadline = time.monotonic() + float(arguments[0] if arguments else 30)
            self.ending, self.quiet_since = True, time.monotonic()
        else:
            self.change(order)
            say("ok")

    def change(self, order):
        if order == "pause":
            self.paused = True
        elif order == "resume":
            self.paused = False
            self.read_since, self.read = time.monotonic(), 0
        elif order == "die":
            self.die()
        elif order == "return":
            self.bind()
        else:
            raise SystemExit("unknown order: " + order)

    def receive(self):
        for _ in range(self.may_read()):
            try:
                frames = self.socket.recv_multipart(self.zmq.NOBLOCK)
            except self.zmq.Again:
                if self.rate and self.read:
                    self.read_since, self.read = time.monotonic(), 0  # what was not there is not saved up
                return
            self.read += 1
            self.quiet_since = time.monotonic()
            self.verdict.frame(frames)

    def tick(self):
        now = time.monotonic()
        if self.awaited is not None:
            enough = self.verdict.messages + self.verdict.violation_count >= self.awaited
            if enough or now > self.deadline:
                self.awaited = None
                say(self.verdict.json())
        if self.ending and (now - self.quiet_since > 0.3 or now > self.deadline):
            self.finish()
        if self.watched is not None and now >= self.next_tick:
            self.next_tick += TICK_SECONDS
            if not any(map(is_alive, self.watched)):
                self.finish()

    def finish(self):
        say(self.verdict.json())
        self.running = False


def say(line):
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(arguments):
    if arguments[:1] == ["--check"]:
        return check_file(arguments[1])
    endpoint, rate, paused = "tcp://127.0.0.1:0", None, False
    while arguments:
        argument = arguments.pop(0)
        if argument == "--rate":
            rate = float(arguments.pop(0))
        elif argument == "--paused":
            paused = True
        else:
            endpoint = argument
    Receiver(endpoint, rate, paused).run()
    return 0


if __name__ == "__main__":
    code = main(sys.argv[1:])
    sys.stdout.flush()
    os._exit(code)  # as the original: nothing is waited for
