#!/usr/bin/env python3
"""Another server: the run path and no more, in another language, as slow as the flags say.

usage: other_server.py [--delay-ms=MS] [--growth-us=US] [--without=PATH_PART]

Listens on the loopback interface, prints its URL, and serves until it is ended. Every request takes
MS milliseconds, and US microseconds more for each stored run. Requests whose path contains
PATH_PART are answered with 404. It ends after five minutes.
"""
import json
import re
import signal
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LIFETIME_S = 300
options = dict(argument.lstrip("-").split("=", 1) for argument in sys.argv[1:])
DELAY_S = float(options.get("delay-ms", 0)) / 1e3
GROWTH_S = float(options.get("growth-us", 0)) / 1e6
WITHOUT = options.get("without")

lock = threading.Lock()
steps_of_template = []
runs = []  # each a list of its tasks' states
run_of_task = []
first_ids = {}  # of the tasks of each run


def create_template(body):
    steps_of_template.append(len(body["steps"]))
    return {"id": len(steps_of_template)}


def create_run(body):
    steps = steps_of_template[body["workflow_template_id"] - 1]
    runs.append(["created"] * steps)
    first = len(run_of_task) + 1
    run_of_task.extend([len(runs)] * steps)
    first_ids[len(runs)] = first
    return {"status": "created", "unasked": {"id": 0}, "id": len(runs),
            "task_ids": list(range(first, first + steps))}


def dispatch(run_id):
    tasks = runs[run_id - 1]
    step = tasks.index("created")
    tasks[step] = "queued"
    # In order: chains only.
    return {"task_id": first_ids[run_id] + step, "dispatched": True, "run_id": run_id}


def report(task_id, body):
    run_id = run_of_task[task_id - 1]
    runs[run_id - 1][task_id - first_ids[run_id]] = body["status"]
    return {"id": task_id, "status": body["status"]}


def read(run_id):
    ended = all(state == "success" for state in runs[run_id - 1])
    return {"id": run_id, "status": "success" if ended else "running"}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def answer(self):
        length = int(self.headers.get("Content-Length", 0))
        text = self.rfile.read(length)
        body = json.loads(text) if text else {}
        with lock:
            status, answer = self.route(body)
            delay = DELAY_S + GROWTH_S * len(runs)
        if delay > 0:
            time.sleep(delay)
        encoded = json.dumps(answer, indent=1).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(encoded)))
        self.end_headers()
        self.wfile.write(encoded)

    def route(self, body):
        if WITHOUT and WITHOUT in self.path:
            return 404, {"detail": "Not Found"}
        if self.path == "/roles":
            return 201, {"id": 1}
        if self.path == "/workflow-templates":
            return 201, create_template(body)
        if self.path == "/workflow-runs":
            return 201, create_run(body)
        if match := re.fullmatch(r"/workflow-runs/(\d+)/dispatch-ready", self.path):
            return 200, dispatch(int(match[1]))
        if match := re.fullmatch(r"/runner/tasks/(\d+)/status", self.path):
            return 200, report(int(match[1]), body)
        if match := re.fullmatch(r"/workflow-runs/(\d+)", self.path):
            return 200, read(int(match[1]))
        return 404, {"detail": "Not Found"}

    do_GET = do_POST = answer

    def log_message(self, *_):
        pass


signal.alarm(LIFETIME_S)
server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
print(f"listening on http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
