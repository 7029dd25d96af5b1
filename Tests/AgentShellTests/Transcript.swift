/// Turns as `codex app-server` 0.163.0 reported them, a message a line.
///
/// Ids and paths are replaced; members that say nothing here are left out.
enum Transcript {
    /// A thought and an answer.
    static let thinking = #"""
        {"method":"turn/started","params":{"threadId":"thread-1","turn":{"id":"turn-1","items":[],"status":"inProgress",\#
        "error":null}}}
        {"method":"item/completed","params":{"item":{"type":"userMessage","id":"01a1fd4a-ecfa-78f3-a5fd-e01181af2e1b",\#
        "content":[{"type":"text","text":"[[think: let me think]] [[say: hello from the fake model in several \#
        deltas]]"}]},"threadId":"thread-1","turnId":"turn-1"}}
        {"method":"item/started","params":{"item":{"type":"reasoning","id":"rs_e0b1d1f12de748ad","summary":[],\#
        "content":[]},"threadId":"thread-1","turnId":"turn-1"}}
        {"method":"item/reasoning/summaryPartAdded","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "itemId":"rs_e0b1d1f12de748ad"}}
        {"method":"item/reasoning/summaryTextDelta","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "itemId":"rs_e0b1d1f12de748ad","delta":"let"}}
        {"method":"item/completed","params":{"item":{"type":"reasoning","id":"rs_e0b1d1f12de748ad","summary":["let me \#
        think"],"content":[]},"threadId":"thread-1","turnId":"turn-1"}}
        {"method":"item/started","params":{"item":{"type":"agentMessage","id":"msg_ff0188bd1c144bde","text":""},\#
        "threadId":"thread-1","turnId":"turn-1"}}
        {"method":"item/agentMessage/delta","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "itemId":"msg_ff0188bd1c144bde","delta":"hello"}}
        {"method":"item/agentMessage/delta","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "itemId":"msg_ff0188bd1c144bde","delta":" from"}}
        {"method":"item/agentMessage/delta","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "itemId":"msg_ff0188bd1c144bde","delta":" the"}}
        {"method":"item/agentMessage/delta","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "itemId":"msg_ff0188bd1c144bde","delta":" fake"}}
        {"method":"item/agentMessage/delta","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "itemId":"msg_ff0188bd1c144bde","delta":" model"}}
        {"method":"item/agentMessage/delta","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "itemId":"msg_ff0188bd1c144bde","delta":" in"}}
        {"method":"item/agentMessage/delta","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "itemId":"msg_ff0188bd1c144bde","delta":" several"}}
        {"method":"item/agentMessage/delta","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "itemId":"msg_ff0188bd1c144bde","delta":" deltas"}}
        {"method":"item/completed","params":{"item":{"type":"agentMessage","id":"msg_ff0188bd1c144bde","text":"hello \#
        from the fake model in several deltas"},"threadId":"thread-1","turnId":"turn-1"}}
        {"method":"thread/tokenUsage/updated","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "tokenUsage":{"total":{"totalTokens":120,"inputTokens":100,"outputTokens":20},"last":{"totalTokens":120,\#
        "inputTokens":100,"outputTokens":20}}}}
        {"method":"turn/completed","params":{"threadId":"thread-1","turn":{"id":"turn-1",\#
        "items":[{"type":"agentMessage","id":"msg_ff0188bd1c144bde","text":"hello from the fake model in several \#
        deltas"}],"status":"completed","error":null}}}
        """#

    /// A message, a command, a message.
    static let command = #"""
        {"method":"turn/started","params":{"threadId":"thread-1","turn":{"id":"turn-1","items":[],"status":"inProgress",\#
        "error":null}}}
        {"method":"item/completed","params":{"item":{"type":"userMessage","id":"01a1fd4a-edb5-7623-9637-b669d9387524",\#
        "content":[{"type":"text","text":"[[say: running it]] [[sh: echo hi > y.txt; ls]] [[say: all done]]"}]},\#
        "threadId":"thread-1","turnId":"turn-1"}}
        {"method":"item/started","params":{"item":{"type":"agentMessage","id":"msg_b7e9ff50e3494410","text":""},\#
        "threadId":"thread-1","turnId":"turn-1"}}
        {"method":"item/agentMessage/delta","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "itemId":"msg_b7e9ff50e3494410","delta":"running"}}
        {"method":"item/agentMessage/delta","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "itemId":"msg_b7e9ff50e3494410","delta":" it"}}
        {"method":"item/completed","params":{"item":{"type":"agentMessage","id":"msg_b7e9ff50e3494410","text":"running \#
        it"},"threadId":"thread-1","turnId":"turn-1"}}
        {"method":"item/started","params":{"item":{"type":"commandExecution","id":"call_8818d38c806a",\#
        "command":"/bin/bash -lc 'echo hi > y.txt; ls'","cwd":"/home/dev/work","status":"inProgress",\#
        "commandActions":[{"type":"unknown","command":"echo hi > y.txt; ls"}],"exitCode":null},"threadId":"thread-1",\#
        "turnId":"turn-1"}}
        {"method":"item/commandExecution/outputDelta","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "itemId":"call_8818d38c806a","delta":"y.txt\n"}}
        {"method":"item/completed","params":{"item":{"type":"commandExecution","id":"call_8818d38c806a",\#
        "command":"/bin/bash -lc 'echo hi > y.txt; ls'","cwd":"/home/dev/work","status":"completed",\#
        "commandActions":[{"type":"unknown","command":"echo hi > y.txt; ls"}],"exitCode":0},"threadId":"thread-1",\#
        "turnId":"turn-1"}}
        {"method":"thread/tokenUsage/updated","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "tokenUsage":{"total":{"totalTokens":240,"inputTokens":200,"outputTokens":40},"last":{"totalTokens":120,\#
        "inputTokens":100,"outputTokens":20}}}}
        {"method":"item/started","params":{"item":{"type":"agentMessage","id":"msg_01f426f777814f2e","text":""},\#
        "threadId":"thread-1","turnId":"turn-1"}}
        {"method":"item/agentMessage/delta","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "itemId":"msg_01f426f777814f2e","delta":"all"}}
        {"method":"item/agentMessage/delta","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "itemId":"msg_01f426f777814f2e","delta":" done"}}
        {"method":"item/completed","params":{"item":{"type":"agentMessage","id":"msg_01f426f777814f2e","text":"all \#
        done"},"threadId":"thread-1","turnId":"turn-1"}}
        {"method":"thread/tokenUsage/updated","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "tokenUsage":{"total":{"totalTokens":360,"inputTokens":300,"outputTokens":60},"last":{"totalTokens":120,\#
        "inputTokens":100,"outputTokens":20}}}}
        {"method":"turn/completed","params":{"threadId":"thread-1","turn":{"id":"turn-1",\#
        "items":[{"type":"agentMessage","id":"msg_01f426f777814f2e","text":"all done"}],"status":"completed",\#
        "error":null}}}
        """#

    /// A file change.
    static let patch = #"""
        {"method":"turn/started","params":{"threadId":"thread-1","turn":{"id":"turn-1","items":[],"status":"inProgress",\#
        "error":null}}}
        {"method":"item/completed","params":{"item":{"type":"userMessage","id":"01a1fd4a-ef41-7bc0-8fc1-84fa2378ae14",\#
        "content":[{"type":"text","text":"[[patch: add patched.txt CONTENT]] [[say: patched]]"}]},"threadId":"thread-1",\#
        "turnId":"turn-1"}}
        {"method":"item/started","params":{"item":{"type":"fileChange","id":"call_eaa5b66f5aee",\#
        "changes":[{"path":"/home/dev/w/patched.txt","kind":{"type":"add"},"diff":"CONTENT\n"}],"status":"inProgress"},\#
        "threadId":"thread-1","turnId":"turn-1"}}
        {"method":"item/completed","params":{"item":{"type":"fileChange","id":"call_eaa5b66f5aee",\#
        "changes":[{"path":"/home/dev/w/patched.txt","kind":{"type":"add"},"diff":"CONTENT\n"}],"status":"completed"},\#
        "threadId":"thread-1","turnId":"turn-1"}}
        {"method":"turn/diff/updated","params":{"threadId":"thread-1","turnId":"turn-1","diff":"diff --git \#
        a/patched.txt b/patched.txt\n"}}
        {"method":"thread/tokenUsage/updated","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "tokenUsage":{"total":{"totalTokens":480,"inputTokens":400,"outputTokens":80},"last":{"totalTokens":120,\#
        "inputTokens":100,"outputTokens":20}}}}
        {"method":"item/started","params":{"item":{"type":"agentMessage","id":"msg_5e38da07f9b446c7","text":""},\#
        "threadId":"thread-1","turnId":"turn-1"}}
        {"method":"item/agentMessage/delta","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "itemId":"msg_5e38da07f9b446c7","delta":"patched"}}
        {"method":"item/completed","params":{"item":{"type":"agentMessage","id":"msg_5e38da07f9b446c7",\#
        "text":"patched"},"threadId":"thread-1","turnId":"turn-1"}}
        {"method":"thread/tokenUsage/updated","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "tokenUsage":{"total":{"totalTokens":600,"inputTokens":500,"outputTokens":100},"last":{"totalTokens":120,\#
        "inputTokens":100,"outputTokens":20}}}}
        {"method":"turn/completed","params":{"threadId":"thread-1","turn":{"id":"turn-1",\#
        "items":[{"type":"agentMessage","id":"msg_5e38da07f9b446c7","text":"patched"}],"status":"completed",\#
        "error":null}}}
        """#

    /// A failure at once.
    static let tooManyRequests = #"""
        {"method":"turn/started","params":{"threadId":"thread-1","turn":{"id":"turn-1","items":[],"status":"inProgress",\#
        "error":null}}}
        {"method":"item/completed","params":{"item":{"type":"userMessage","id":"01a1fd4a-f04c-7b01-8bac-21e4a88392b0",\#
        "content":[{"type":"text","text":"[[http: 429]]"}]},"threadId":"thread-1","turnId":"turn-1"}}
        {"method":"error","params":{"error":{"message":"exceeded retry limit, last status: 429 Too Many Requests",\#
        "codexErrorInfo":{"responseTooManyFailedAttempts":{"httpStatusCode":429}},"additionalDetails":null},\#
        "willRetry":false,"threadId":"thread-1","turnId":"turn-1"}}
        {"method":"turn/completed","params":{"threadId":"thread-1","turn":{"id":"turn-1","items":[],"status":"failed",\#
        "error":{"message":"exceeded retry limit, last status: 429 Too Many Requests",\#
        "codexErrorInfo":{"responseTooManyFailedAttempts":{"httpStatusCode":429}},"additionalDetails":null}}}}
        """#

    /// A failure after a retry.
    static let unauthorized = #"""
        {"method":"turn/started","params":{"threadId":"thread-1","turn":{"id":"turn-1","items":[],"status":"inProgress",\#
        "error":null}}}
        {"method":"item/completed","params":{"item":{"type":"userMessage","id":"01a1fd4a-f188-7e73-b06d-e18f56ff35cb",\#
        "content":[{"type":"text","text":"[[http: 401]]"}]},"threadId":"thread-1","turnId":"turn-1"}}
        {"method":"error","params":{"error":{"message":"Reconnecting... 1/1",\#
        "codexErrorInfo":{"responseStreamDisconnected":{"httpStatusCode":401}},"additionalDetails":"unexpected status \#
        401 Unauthorized: fake HTTP 401, url: http://127.0.0.1:8765/v1/responses"},"willRetry":true,\#
        "threadId":"thread-1","turnId":"turn-1"}}
        {"method":"error","params":{"error":{"message":"unexpected status 401 Unauthorized: fake HTTP 401, url: \#
        http://127.0.0.1:8765/v1/responses","codexErrorInfo":{"httpConnectionFailed":{"httpStatusCode":401}},\#
        "additionalDetails":null},"willRetry":false,"threadId":"thread-1","turnId":"turn-1"}}
        {"method":"turn/completed","params":{"threadId":"thread-1","turn":{"id":"turn-1","items":[],"status":"failed",\#
        "error":{"message":"unexpected status 401 Unauthorized: fake HTTP 401, url: http://127.0.0.1:8765/v1/responses",\#
        "codexErrorInfo":{"httpConnectionFailed":{"httpStatusCode":401}},"additionalDetails":null}}}}
        """#

    /// A failure of which the last report only says `other`.
    static let disconnected = #"""
        {"method":"turn/started","params":{"threadId":"thread-1","turn":{"id":"turn-1","items":[],"status":"inProgress",\#
        "error":null}}}
        {"method":"item/completed","params":{"item":{"type":"userMessage","id":"01a1fd4a-f2b9-7211-a489-260e8b1416d0",\#
        "content":[{"type":"text","text":"[[drop:]] [[say: one two three four five six]]"}]},"threadId":"thread-1",\#
        "turnId":"turn-1"}}
        {"method":"item/started","params":{"item":{"type":"agentMessage","id":"msg_f47a457628f54efa","text":""},\#
        "threadId":"thread-1","turnId":"turn-1"}}
        {"method":"item/agentMessage/delta","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "itemId":"msg_f47a457628f54efa","delta":"one"}}
        {"method":"item/agentMessage/delta","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "itemId":"msg_f47a457628f54efa","delta":" two"}}
        {"method":"item/agentMessage/delta","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "itemId":"msg_f47a457628f54efa","delta":" three"}}
        {"method":"thread/tokenUsage/updated","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "tokenUsage":{"total":{"totalTokens":720,"inputTokens":600,"outputTokens":120},"last":{"totalTokens":120,\#
        "inputTokens":100,"outputTokens":20}}}}
        {"method":"error","params":{"error":{"message":"Reconnecting... 1/1",\#
        "codexErrorInfo":{"responseStreamDisconnected":{"httpStatusCode":null}},"additionalDetails":"stream \#
        disconnected before completion: Transport error: network error: error decoding response body"},"willRetry":true,\#
        "threadId":"thread-1","turnId":"turn-1"}}
        {"method":"item/started","params":{"item":{"type":"agentMessage","id":"msg_4b7a70f3cfda45f4","text":""},\#
        "threadId":"thread-1","turnId":"turn-1"}}
        {"method":"item/agentMessage/delta","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "itemId":"msg_4b7a70f3cfda45f4","delta":"one"}}
        {"method":"item/agentMessage/delta","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "itemId":"msg_4b7a70f3cfda45f4","delta":" two"}}
        {"method":"item/agentMessage/delta","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "itemId":"msg_4b7a70f3cfda45f4","delta":" three"}}
        {"method":"thread/tokenUsage/updated","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "tokenUsage":{"total":{"totalTokens":720,"inputTokens":600,"outputTokens":120},"last":{"totalTokens":120,\#
        "inputTokens":100,"outputTokens":20}}}}
        {"method":"error","params":{"error":{"message":"stream disconnected before completion: Transport error: network \#
        error: error decoding response body","codexErrorInfo":"other","additionalDetails":null},"willRetry":false,\#
        "threadId":"thread-1","turnId":"turn-1"}}
        {"method":"turn/completed","params":{"threadId":"thread-1","turn":{"id":"turn-1","items":[],"status":"failed",\#
        "error":{"message":"stream disconnected before completion: Transport error: network error: error decoding \#
        response body","codexErrorInfo":"other","additionalDetails":null}}}}
        """#

    /// A failure; the second count is an estimate.
    static let contextExceeded = #"""
        {"method":"turn/started","params":{"threadId":"thread-1","turn":{"id":"turn-1","items":[],"status":"inProgress",\#
        "error":null}}}
        {"method":"item/completed","params":{"item":{"type":"userMessage","id":"01a1fd4a-f551-7a70-9da7-40388593af8c",\#
        "content":[{"type":"text","text":"[[fail: context_length_exceeded too long]]"}]},"threadId":"thread-1",\#
        "turnId":"turn-1"}}
        {"method":"thread/tokenUsage/updated","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "tokenUsage":{"total":{"totalTokens":840,"inputTokens":700,"outputTokens":140},"last":{"totalTokens":120,\#
        "inputTokens":100,"outputTokens":20}}}}
        {"method":"thread/tokenUsage/updated","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "tokenUsage":{"total":{"totalTokens":258400,"inputTokens":0,"outputTokens":0},"last":{"totalTokens":257560,\#
        "inputTokens":0,"outputTokens":0}}}}
        {"method":"error","params":{"error":{"message":"Codex ran out of room in the model's context window. Start a \#
        new thread or clear earlier history before retrying.","codexErrorInfo":"contextWindowExceeded",\#
        "additionalDetails":null},"willRetry":false,"threadId":"thread-1","turnId":"turn-1"}}
        {"method":"turn/completed","params":{"threadId":"thread-1","turn":{"id":"turn-1","items":[],"status":"failed",\#
        "error":{"message":"Codex ran out of room in the model's context window. Start a new thread or clear earlier \#
        history before retrying.","codexErrorInfo":"contextWindowExceeded","additionalDetails":null}}}}
        """#

    /// A conversation that is summarised first; then a failure.
    static let compacted = #"""
        {"method":"turn/started","params":{"threadId":"thread-1","turn":{"id":"turn-1","items":[],"status":"inProgress",\#
        "error":null}}}
        {"method":"item/started","params":{"item":{"type":"contextCompaction",\#
        "id":"01a1fd4a-f576-7f83-a877-64a218401c30"},"threadId":"thread-1","turnId":"turn-1"}}
        {"method":"thread/tokenUsage/updated","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "tokenUsage":{"total":{"totalTokens":258400,"inputTokens":0,"outputTokens":0},"last":{"totalTokens":257560,\#
        "inputTokens":0,"outputTokens":0}}}}
        {"method":"thread/tokenUsage/updated","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "tokenUsage":{"total":{"totalTokens":258520,"inputTokens":100,"outputTokens":20},"last":{"totalTokens":120,\#
        "inputTokens":100,"outputTokens":20}}}}
        {"method":"thread/tokenUsage/updated","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "tokenUsage":{"total":{"totalTokens":258520,"inputTokens":100,"outputTokens":20},"last":{"totalTokens":7155,\#
        "inputTokens":0,"outputTokens":0}}}}
        {"method":"item/completed","params":{"item":{"type":"contextCompaction",\#
        "id":"01a1fd4a-f576-7f83-a877-64a218401c30"},"threadId":"thread-1","turnId":"turn-1"}}
        {"method":"item/completed","params":{"item":{"type":"userMessage","id":"01a1fd4a-f82a-7251-be80-ff254bdd6daf",\#
        "content":[{"type":"text","text":"[[fail: rate_limit_exceeded Rate limit reached. Please try again in \#
        1.5s]]"}]},"threadId":"thread-1","turnId":"turn-1"}}
        {"method":"thread/tokenUsage/updated","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "tokenUsage":{"total":{"totalTokens":258520,"inputTokens":100,"outputTokens":20},"last":{"totalTokens":7155,\#
        "inputTokens":0,"outputTokens":0}}}}
        {"method":"error","params":{"error":{"message":"Reconnecting... 1/1",\#
        "codexErrorInfo":{"responseStreamDisconnected":{"httpStatusCode":null}},"additionalDetails":"rate limit \#
        exceeded: Rate limit reached. Please try again in 1.5s"},"willRetry":true,"threadId":"thread-1",\#
        "turnId":"turn-1"}}
        {"method":"thread/tokenUsage/updated","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "tokenUsage":{"total":{"totalTokens":258520,"inputTokens":100,"outputTokens":20},"last":{"totalTokens":7155,\#
        "inputTokens":0,"outputTokens":0}}}}
        {"method":"error","params":{"error":{"message":"rate limit exceeded: Rate limit reached. Please try again in \#
        1.5s","codexErrorInfo":"rateLimitExceeded","additionalDetails":null},"willRetry":false,"threadId":"thread-1",\#
        "turnId":"turn-1"}}
        {"method":"turn/completed","params":{"threadId":"thread-1","turn":{"id":"turn-1","items":[],"status":"failed",\#
        "error":{"message":"rate limit exceeded: Rate limit reached. Please try again in 1.5s",\#
        "codexErrorInfo":"rateLimitExceeded","additionalDetails":null}}}}
        """#

    /// A failure of a turn that used nothing: the count is the last turn's.
    static let quotaExceeded = #"""
        {"method":"turn/started","params":{"threadId":"thread-1","turn":{"id":"turn-1","items":[],"status":"inProgress",\#
        "error":null}}}
        {"method":"item/completed","params":{"item":{"type":"userMessage","id":"01a1fd4a-fe56-7071-bd36-92876ea22d67",\#
        "content":[{"type":"text","text":"[[fail: insufficient_quota You exceeded quota]]"}]},"threadId":"thread-1",\#
        "turnId":"turn-1"}}
        {"method":"thread/tokenUsage/updated","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "tokenUsage":{"total":{"totalTokens":258520,"inputTokens":100,"outputTokens":20},"last":{"totalTokens":7155,\#
        "inputTokens":0,"outputTokens":0}}}}
        {"method":"error","params":{"error":{"message":"Quota exceeded. Check your plan and billing details.",\#
        "codexErrorInfo":"usageLimitExceeded","additionalDetails":null},"willRetry":false,"threadId":"thread-1",\#
        "turnId":"turn-1"}}
        {"method":"turn/completed","params":{"threadId":"thread-1","turn":{"id":"turn-1","items":[],"status":"failed",\#
        "error":{"message":"Quota exceeded. Check your plan and billing details.","codexErrorInfo":"usageLimitExceeded",\#
        "additionalDetails":null}}}}
        """#

    /// A command that an interrupt cut off: it is never completed.
    static let interrupted = #"""
        {"method":"turn/started","params":{"threadId":"thread-1","turn":{"id":"turn-1","items":[],"status":"inProgress",\#
        "error":null}}}
        {"method":"item/completed","params":{"item":{"type":"userMessage","id":"01a1fd4c-571b-74a2-8dbd-55cc92a77efd",\#
        "content":[{"type":"text","text":"[[sh: sleep 61.5]] [[say: fin]]"}]},"threadId":"thread-1","turnId":"turn-1"}}
        {"method":"item/started","params":{"item":{"type":"commandExecution","id":"call_1265bf341024",\#
        "command":"/bin/bash -lc 'sleep 61.5'","cwd":"/home/dev/work","status":"inProgress",\#
        "commandActions":[{"type":"unknown","command":"sleep 61.5"}],"exitCode":null},"threadId":"thread-1",\#
        "turnId":"turn-1"}}
        {"method":"thread/tokenUsage/updated","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "tokenUsage":{"total":{"totalTokens":120,"inputTokens":100,"outputTokens":20},"last":{"totalTokens":120,\#
        "inputTokens":100,"outputTokens":20}}}}
        {"method":"turn/completed","params":{"threadId":"thread-1","turn":{"id":"turn-1","items":[],\#
        "status":"interrupted","error":null}}}
        """#

    /// A command that was asked for and accepted.
    static let accepted = #"""
        {"method":"turn/started","params":{"threadId":"thread-1","turn":{"id":"turn-1","items":[],"status":"inProgress",\#
        "error":null}}}
        {"method":"item/completed","params":{"item":{"type":"userMessage","id":"01a1fd4c-3d32-72e1-aba9-68a113616fe3",\#
        "content":[{"type":"text","text":"[[sh: touch u1]] [[say: fin]]"}]},"threadId":"thread-1","turnId":"turn-1"}}
        {"method":"item/started","params":{"item":{"type":"commandExecution","id":"call_0a591451c20b",\#
        "command":"/bin/bash -lc 'touch u1'","cwd":"/home/dev/work","status":"inProgress",\#
        "commandActions":[{"type":"unknown","command":"touch u1"}],"exitCode":null},"threadId":"thread-1",\#
        "turnId":"turn-1"}}
        {"id":0,"method":"item/commandExecution/requestApproval","params":{"kind":"command","threadId":"thread-1",\#
        "turnId":"turn-1","itemId":"call_0a591451c20b","command":"/bin/bash -lc 'touch u1'","cwd":"/home/dev/work",\#
        "commandActions":[{"type":"unknown","command":"touch u1"}],"proposedExecpolicyAmendment":["touch","u1"],\#
        "availableDecisions":["accept",{"acceptWithExecpolicyAmendment":{"execpolicy_amendment":["touch","u1"]}},\#
        "cancel"]}}
        {"method":"item/completed","params":{"item":{"type":"commandExecution","id":"call_0a591451c20b",\#
        "command":"/bin/bash -lc 'touch u1'","cwd":"/home/dev/work","status":"completed",\#
        "commandActions":[{"type":"unknown","command":"touch u1"}],"exitCode":0},"threadId":"thread-1",\#
        "turnId":"turn-1"}}
        {"method":"thread/tokenUsage/updated","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "tokenUsage":{"total":{"totalTokens":120,"inputTokens":100,"outputTokens":20},"last":{"totalTokens":120,\#
        "inputTokens":100,"outputTokens":20}}}}
        {"method":"item/started","params":{"item":{"type":"agentMessage","id":"msg_e6801aeb6e864451","text":""},\#
        "threadId":"thread-1","turnId":"turn-1"}}
        {"method":"item/agentMessage/delta","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "itemId":"msg_e6801aeb6e864451","delta":"fin"}}
        {"method":"item/completed","params":{"item":{"type":"agentMessage","id":"msg_e6801aeb6e864451","text":"fin"},\#
        "threadId":"thread-1","turnId":"turn-1"}}
        {"method":"thread/tokenUsage/updated","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "tokenUsage":{"total":{"totalTokens":240,"inputTokens":200,"outputTokens":40},"last":{"totalTokens":120,\#
        "inputTokens":100,"outputTokens":20}}}}
        {"method":"turn/completed","params":{"threadId":"thread-1","turn":{"id":"turn-1",\#
        "items":[{"type":"agentMessage","id":"msg_e6801aeb6e864451","text":"fin"}],"status":"completed","error":null}}}
        """#

    /// A command that was asked for and declined.
    static let declined = #"""
        {"method":"turn/started","params":{"threadId":"thread-1","turn":{"id":"turn-1","items":[],"status":"inProgress",\#
        "error":null}}}
        {"method":"item/completed","params":{"item":{"type":"userMessage","id":"01a1fd4c-3edd-7f71-a160-2336b2fc313f",\#
        "content":[{"type":"text","text":"[[sh: touch u2]] [[say: fin]]"}]},"threadId":"thread-1","turnId":"turn-1"}}
        {"method":"item/started","params":{"item":{"type":"commandExecution","id":"call_dfa9a903534f",\#
        "command":"/bin/bash -lc 'touch u2'","cwd":"/home/dev/work","status":"inProgress",\#
        "commandActions":[{"type":"unknown","command":"touch u2"}],"exitCode":null},"threadId":"thread-1",\#
        "turnId":"turn-1"}}
        {"id":1,"method":"item/commandExecution/requestApproval","params":{"kind":"command","threadId":"thread-1",\#
        "turnId":"turn-1","itemId":"call_dfa9a903534f","command":"/bin/bash -lc 'touch u2'","cwd":"/home/dev/work",\#
        "commandActions":[{"type":"unknown","command":"touch u2"}],"proposedExecpolicyAmendment":["touch","u2"],\#
        "availableDecisions":["accept",{"acceptWithExecpolicyAmendment":{"execpolicy_amendment":["touch","u2"]}},\#
        "cancel"]}}
        {"method":"item/completed","params":{"item":{"type":"commandExecution","id":"call_dfa9a903534f",\#
        "command":"/bin/bash -lc 'touch u2'","cwd":"/home/dev/work","status":"declined",\#
        "commandActions":[{"type":"unknown","command":"touch u2"}],"exitCode":null},"threadId":"thread-1",\#
        "turnId":"turn-1"}}
        {"method":"thread/tokenUsage/updated","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "tokenUsage":{"total":{"totalTokens":360,"inputTokens":300,"outputTokens":60},"last":{"totalTokens":120,\#
        "inputTokens":100,"outputTokens":20}}}}
        {"method":"item/started","params":{"item":{"type":"agentMessage","id":"msg_0abb53a4b7a34adc","text":""},\#
        "threadId":"thread-1","turnId":"turn-1"}}
        {"method":"item/agentMessage/delta","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "itemId":"msg_0abb53a4b7a34adc","delta":"fin"}}
        {"method":"item/completed","params":{"item":{"type":"agentMessage","id":"msg_0abb53a4b7a34adc","text":"fin"},\#
        "threadId":"thread-1","turnId":"turn-1"}}
        {"method":"thread/tokenUsage/updated","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "tokenUsage":{"total":{"totalTokens":480,"inputTokens":400,"outputTokens":80},"last":{"totalTokens":120,\#
        "inputTokens":100,"outputTokens":20}}}}
        {"method":"turn/completed","params":{"threadId":"thread-1","turn":{"id":"turn-1",\#
        "items":[{"type":"agentMessage","id":"msg_0abb53a4b7a34adc","text":"fin"}],"status":"completed","error":null}}}
        """#

    /// A file change whose approval was cancelled: it is never completed.
    static let cancelled = #"""
        {"method":"turn/started","params":{"threadId":"thread-1","turn":{"id":"turn-1","items":[],"status":"inProgress",\#
        "error":null}}}
        {"method":"item/completed","params":{"item":{"type":"userMessage","id":"01a1fd4c-4925-7941-874e-2de3ff5bf4e4",\#
        "content":[{"type":"text","text":"[[patch: add po2.txt X]] [[say: fin]]"}]},"threadId":"thread-1",\#
        "turnId":"turn-1"}}
        {"method":"item/started","params":{"item":{"type":"fileChange","id":"call_62f7f858396d",\#
        "changes":[{"path":"/home/dev/w/po2.txt","kind":{"type":"add"},"diff":"X\n"}],"status":"inProgress"},\#
        "threadId":"thread-1","turnId":"turn-1"}}
        {"id":10,"method":"item/fileChange/requestApproval","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "itemId":"call_62f7f858396d","reason":null,"grantRoot":null}}
        {"method":"thread/tokenUsage/updated","params":{"threadId":"thread-1","turnId":"turn-1",\#
        "tokenUsage":{"total":{"totalTokens":1080,"inputTokens":900,"outputTokens":180},"last":{"totalTokens":120,\#
        "inputTokens":100,"outputTokens":20}}}}
        {"method":"turn/completed","params":{"threadId":"thread-1","turn":{"id":"turn-1","items":[],\#
        "status":"interrupted","error":null}}}
        """#
}
