#!/usr/bin/env python3
"""fake_chat.py - scriptable, offline stand-in for an OpenAI-compatible model server (chat completions).

Python 3.8+, standard library only.  Made so that the real `copilot` can run whole turns against 127.0.0.1 with no
network, no login and no real key.

    python3 fake_chat.py --port 8765 [--log requests.jsonl] [--port-file F]   (port 0 = any)

Point Copilot at it with the provider of a session:

    {"type": "openai", "wireApi": "completions", "baseUrl": "http://127.0.0.1:8765/v1", "apiKey": "anything"}

With `--like openai`, `azure` or `ollama` it is as strict as that one about paths, versions and keys; else it takes what it
gets.

Routes: GET /v1/models; POST /v1/chat/completions and /v1/responses, each streamed or whole; an Azure path ending in
/chat/completions works as well.

THE SCRIPT IS IN THE PROMPT.  The last `user` message of the request, without what Copilot adds to it, is searched for
directives; with none, the fake answers "You said: <text>".

  Steps (each tool step ends a response; the next request goes on behind it, found by counting the tool outputs that
  follow the last user message - the server keeps no conversation state):
    [[say: some text]]              assistant text, streamed word by word
    [[quote]]                       assistant text: what the last tool said
    [[think: text]]                 reasoning_content, streamed word by word (chat completions only)
    [[sh: touch foo]]               call of the tool `bash`
    [[write: PATH CONTENT]]         call of the tool `create`
    [[edit: PATH OLD NEW]]          call of the tool `edit`, one word for another
    [[ask: QUESTION | A | B]]       call of the tool `ask_user`, with choices behind the bars
    [[tool: NAME {"json":"args"}]]  any tool; an MCP tool is SERVER-TOOL
  Two tool steps with [[and]] between them are asked for in one response.
  Modifiers (for the whole prompt; the ones with xN apply to the first N matching requests only):
    [[delay: 0.2]]                  seconds between deltas        (default --delay, 0.01)
    [[wait: 30]]                    seconds of silence before the first byte of the answer
    [[stall: 30]]                   seconds of silence after the first delta
    [[count: 40]]                   pad the final text to N words (long, slow answers)
    [[http: 429 x2]]                HTTP error with an OpenAI-style error body and `retry-after: 1`
    [[fail: CODE message]]          HTTP 400 whose error has this code (context_length_exceeded, insufficient_quota)
    [[drop: x1]]                    close the socket in the middle of the text
    [[usage: IN OUT]]               token counts to report
GET /_log -> JSON array of what was requested (for tests).  Each entry has t, path, prompt, headers, body; a client that
hung up is {"event": "client_disconnected"}.
POST /_reset  -> forget xN counters and the log.
"""
import argparse, json, re, select, socket, threading, time, uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

DIRECTIVE = re.compile(r"\[\[\s*([a-z]+)\s*(?::\s*(.*?))?\s*\]\]", re.S)
TOOL_STEPS = {"sh", "write", "edit", "ask", "tool"}
STEPS = TOOL_STEPS | {"say", "quote", "think", "and"}
ADDED = re.compile(r"<(current_datetime|reminder|system_reminder|system_notification)>.*?</\1>", re.S)
OUTPUT_TYPES = {"function_call_output", "custom_tool_call_output"}
OPT = argparse.Namespace(delay=0.01, log=None, like=None)
LOCK = threading.Lock()
LOG, COUNTERS = [], {}
# The part below v1 needs no version; the other one does, and has a path for each deployment.
AZURE = re.compile(r"(/gateway)?/openai/(v1/(responses|chat/completions)(\?.*)?"
                   r"|(responses|deployments/[^/]+/chat/completions)\?(.*&)?api-version=[^&]+)")
PLAIN = re.compile(r"/v1/(responses|chat/completions)")


def content_text(content):
    if isinstance(content, str):
        return content
    return "".join(c.get("text") or "" for c in content or [] if isinstance(c, dict))


def last_prompt(items):
    """(text of the last user message as it was typed, number of tool outputs after it)."""
    prompt, done = "", 0
    for it in items if isinstance(items, list) else [{"role": "user", "content": items}]:
        if it.get("role") == "user":
            text = ADDED.sub("", content_text(it.get("content"))).strip()
            if text:
                prompt, done = text, 0
        elif it.get("role") == "tool" or it.get("type") in OUTPUT_TYPES:
            done += 1
    return prompt, done


def parse(text):
    steps, mods = [], {}
    for name, arg in DIRECTIVE.findall(text):
        if name in STEPS:
            steps.append((name, arg))
        else:
            mods[name] = arg
    return steps, mods


def quoted(steps, items):
    """The steps, with what the last tool said in place of its quotation."""
    outputs = [it.get("content") or it.get("output") for it in items if isinstance(it, dict)
               and (it.get("role") == "tool" or it.get("type") in OUTPUT_TYPES)]
    said = content_text(outputs[-1]) if outputs else "nothing"
    return [("say", said) if kind == "quote" else (kind, arg) for kind, arg in steps]


def refusal(like, path, headers):
    """(status, code) with which a server of that kind refuses a request; None when it does not."""
    if not (AZURE if like == "azure" else PLAIN).fullmatch(path):
        return 404, "not_found"
    authorization, key = headers.get("authorization") or "", headers.get("api-key")
    if like == "azure" and (not key or authorization) or like == "openai" and not authorization[7:].strip():
        return 401, "invalid_api_key"
    return None


def tool_call(kind, arg):
    """(tool's name, its arguments as JSON text, id of the call)."""
    if kind == "sh":
        name, args = "bash", {"command": arg, "description": "run a command"}
    elif kind == "write":
        path, _, text = arg.partition(" ")
        name, args = "create", {"path": path, "file_text": text + "\n"}
    elif kind == "edit":
        path, old, new = arg.split(" ", 2)
        name, args = "edit", {"path": path, "old_str": old, "new_str": new}
    elif kind == "ask":
        question, *choices = [part.strip() for part in arg.split("|")]
        name, args = "ask_user", {"question": question, **({"choices": choices} if choices else {})}
    else:
        name, _, rest = arg.partition(" ")
        args = json.loads(rest) if rest.strip() else {}
    return name, json.dumps(args), "call_" + uuid.uuid4().hex[:12]


def response(steps, done, prompt):
    """(thoughts, text, tool calls) of the response that follows `done` tool outputs."""
    thoughts, said, calls, seen, joined = [], [], [], 0, False
    for kind, arg in steps:
        if kind == "and":
            joined = True
            continue
        if kind in TOOL_STEPS:
            if calls and not joined:
                break
            if seen >= done:
                calls.append(tool_call(kind, arg))
            seen += 1
        elif calls:
            break
        elif seen == done:
            (thoughts if kind == "think" else said).append(arg)
        joined = False
    if not thoughts and not said and not calls:
        said = ["Done." if steps else "You said: " + DIRECTIVE.sub("", prompt).strip()]
    return " ".join(thoughts), " ".join(said), calls


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "fake-chat/1"

    def log_message(self, *a):
        pass

    # ---- plain HTTP -------------------------------------------------------------------------
    def send_json(self, status, obj, headers=()):
        data = json.dumps(obj).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        for k, v in headers:
            self.send_header(k, v)
        self.end_headers()
        self.wfile.write(data)

    def note(self, entry):
        with LOCK:
            LOG.append(entry)
            if OPT.log:
                with open(OPT.log, "a") as f:
                    f.write(json.dumps(entry) + "\n")

    def do_GET(self):
        if self.path.startswith("/_log"):
            return self.send_json(200, LOG)
        self.note({"t": time.time(), "method": "GET", "path": self.path})
        if self.path.split("?")[0].endswith("/models"):
            return self.send_json(200, {"object": "list", "data": [
                {"id": "fake-model", "object": "model", "owned_by": "fake"}]})
        self.send_json(404, {"error": {"message": "not found"}})

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        if self.path == "/_reset":
            with LOCK:
                LOG.clear(), COUNTERS.clear()
            return self.send_json(200, {})
        try:
            req = json.loads(body)
        except ValueError:
            return self.send_json(400, {"error": {"message": "bad json"}})
        prompt, done = last_prompt(req.get("messages") or req.get("input") or [])
        steps, mods = parse(prompt)
        steps = quoted(steps, req.get("messages") or req.get("input") or [])
        self.note({"t": time.time(), "method": "POST", "path": self.path, "prompt": prompt,
                   "tool_outputs": done, "headers": dict(self.headers), "body": req})
        path = self.path.split("?")[0]
        if not path.endswith(("/chat/completions", "/responses")):
            return self.send_json(404, {"error": {"message": "not found: " + path}})
        refused = OPT.like and refusal(OPT.like, self.path, self.headers)
        if refused:
            status, code = refused
            return self.send_json(status, {"error": {"message": "%s refuses this: %s" % (OPT.like, code), "code": code}})
        if "http" in mods and self.armed(prompt, "http", mods["http"]):
            code = int(re.match(r"\d+", mods["http"]).group())
            kind = {401: "invalid_api_key", 429: "rate_limit_exceeded"}.get(code, "server_error")
            return self.send_json(code, {"error": {"message": "fake HTTP %d" % code, "type": kind, "code": kind,
                                                   "param": None}}, [("retry-after", "1")])
        if "fail" in mods:
            code, _, message = mods["fail"].partition(" ")
            return self.send_json(400, {"error": {"message": message or "fake failure", "type": "invalid_request_error",
                                                  "code": code, "param": "messages"}})
        drop = "drop" in mods and self.armed(prompt, "drop", mods["drop"] or "")
        thoughts, text, calls = response(steps, done, prompt)
        words = re.findall(r"\s*\S+", text)
        words += [" word%d" % i for i in range(len(words), int(mods.get("count") or 0))] if not calls else []
        used = [int(n) for n in (mods.get("usage") or "100 20").split()]
        self.delay = float(mods.get("delay") or OPT.delay)
        self.stall = float(mods.get("stall") or 0)
        try:
            self.watch_sleep(float(mods.get("wait") or 0))
            serve = self.stream_chat if path.endswith("/chat/completions") else self.stream_responses
            serve(req, thoughts, words, calls, used, drop)
        except (BrokenPipeError, ConnectionResetError):
            self.note({"t": time.time(), "event": "client_disconnected", "prompt": prompt})
            self.close_connection = True

    @staticmethod
    def armed(prompt, name, arg):
        """True while a failure directive is still to be applied (xN = first N requests)."""
        m = re.search(r"x(\d+)", arg)
        if not m:
            return True
        with LOCK:
            n = COUNTERS[(prompt, name)] = COUNTERS.get((prompt, name), 0) + 1
        return n <= int(m.group(1))

    # ---- SSE --------------------------------------------------------------------------------
    def begin(self):
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()

    def chunk(self, text):
        data = text.encode()
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()

    def finish(self):
        self.wfile.write(b"0\r\n\r\n")
        self.wfile.flush()

    def watch_sleep(self, secs):
        """Sleep, but notice a client that hangs up (so cancellation shows in the log)."""
        end = time.time() + secs
        while True:
            left = end - time.time()
            if left <= 0:
                return
            if select.select([self.connection], [], [], min(left, 0.1))[0]:
                if not self.connection.recv(1, socket.MSG_PEEK):
                    raise ConnectionResetError

    def paced(self, words, drop):
        """The words, one by one at the chosen pace; half of them when the stream is to break."""
        for i, word in enumerate(words[:len(words) // 2] if drop else words):
            yield word
            self.watch_sleep(self.delay + (self.stall if i == 0 else 0))
        if drop:
            self.connection.shutdown(socket.SHUT_RDWR)
            raise ConnectionResetError

    def stream_chat(self, req, thoughts, words, calls, used, drop):
        base = {"id": "chatcmpl-" + uuid.uuid4().hex[:12], "created": int(time.time()), "model": req.get("model")}
        usage = {"prompt_tokens": used[0], "completion_tokens": used[1], "total_tokens": sum(used)}
        asked = [{"index": i, "id": id_, "type": "function", "function": {"name": name, "arguments": args}}
                 for i, (name, args, id_) in enumerate(calls)]
        reason = "tool_calls" if calls else "stop"
        if not req.get("stream"):
            message = {"role": "assistant", "content": "".join(words) or None}
            if calls:
                message["tool_calls"] = [{k: v for k, v in call.items() if k != "index"} for call in asked]
            return self.send_json(200, {**base, "object": "chat.completion", "usage": usage, "choices": [
                {"index": 0, "message": message, "finish_reason": reason}]})
        self.begin()

        def ev(delta, finish=None, **kw):
            choices = [] if delta is None else [{"index": 0, "delta": delta, "finish_reason": finish}]
            data = {**base, "object": "chat.completion.chunk", "choices": choices, **kw}
            self.chunk("data: %s\n\n" % json.dumps(data))

        ev({"role": "assistant", "content": ""})
        for word in re.findall(r"\s*\S+", thoughts):
            ev({"reasoning_content": word})
            self.watch_sleep(self.delay)
        for word in self.paced(words, drop):
            ev({"content": word})
        if asked:
            ev({"tool_calls": asked})
        ev({}, reason)
        ev(None, usage=usage)
        self.chunk("data: [DONE]\n\n")
        self.finish()

    def stream_responses(self, req, thoughts, words, calls, used, drop):
        text, rid = "".join(words), "resp_" + uuid.uuid4().hex[:12]
        output = [{"type": "message", "id": "msg_" + rid, "role": "assistant", "status": "completed",
                   "content": [{"type": "output_text", "text": text, "annotations": []}]}] if words else []
        output += [{"type": "function_call", "id": "fc_" + id_, "call_id": id_, "name": name, "arguments": args,
                    "status": "completed"} for name, args, id_ in calls]
        usage = {"input_tokens": used[0], "output_tokens": used[1], "total_tokens": sum(used),
                 "input_tokens_details": {"cached_tokens": 0}, "output_tokens_details": {"reasoning_tokens": 0}}
        done = {"id": rid, "object": "response", "created_at": int(time.time()), "model": req.get("model"),
                "status": "completed", "output": output, "usage": usage, "error": None, "incomplete_details": None}
        if not req.get("stream"):
            return self.send_json(200, done)
        self.begin()
        self.seq = 0

        def ev(type_, **kw):
            self.chunk("event: %s\ndata: %s\n\n" % (type_, json.dumps(
                {"type": type_, "sequence_number": self.seq, **kw})))
            self.seq += 1

        ev("response.created", response={**done, "status": "in_progress", "output": [], "usage": None})
        for i, item in enumerate(output):
            at = {"item_id": item["id"], "output_index": i}
            if item["type"] == "message":
                part = {"type": "output_text", "text": "", "annotations": []}
                ev("response.output_item.added", output_index=i, item={**item, "content": [], "status": "in_progress"})
                ev("response.content_part.added", content_index=0, part=part, **at)
                for word in self.paced(words, drop):
                    ev("response.output_text.delta", content_index=0, delta=word, **at)
                ev("response.output_text.done", content_index=0, text=text, **at)
                ev("response.content_part.done", content_index=0, part=item["content"][0], **at)
            else:
                ev("response.output_item.added", output_index=i,
                   item={**item, "arguments": "", "status": "in_progress"})
                ev("response.function_call_arguments.delta", delta=item["arguments"], **at)
                ev("response.function_call_arguments.done", arguments=item["arguments"], **at)
            ev("response.output_item.done", output_index=i, item=item)
        ev("response.completed", response=done)
        self.finish()


class Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request, client_address):
        pass


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--port", type=int, default=8765)
    ap.add_argument("--log", help="append every request here as JSON lines")
    ap.add_argument("--like", choices=["openai", "azure", "ollama"], help="refuse what such a server refuses")
    ap.add_argument("--delay", type=float, default=0.01, help="default seconds between deltas")
    ap.add_argument("--port-file", help="write the port here once listening (for --port 0)")
    ap.parse_args(namespace=OPT)
    srv = Server(("127.0.0.1", OPT.port), Handler)
    if OPT.port_file:
        with open(OPT.port_file, "w") as f:
            f.write(str(srv.server_address[1]))
    print("listening on http://127.0.0.1:%d/v1" % srv.server_address[1], flush=True)
    srv.serve_forever()


if __name__ == "__main__":
    main()
