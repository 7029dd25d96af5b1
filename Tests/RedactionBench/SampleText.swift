/// Texts to measure with.
enum SampleText {
    /// About 4 kB of all that passes through in a day: prose, code, diffs, logs, JSON, lock files.
    static let harmless = #"""
        I moved the parser into its own file and kept the tests as they were. The first failure was a wrong offset after
        a multi-byte character; it is fixed, and there is a test for it now. Two warnings are left, both in generated code.
        Die Änderung ist klein: nur die Reihenfolge der Aufrufe ist eine andere. Les accents passent aussi, bien sûr. 🐢

        diff --git a/Sources/Conversation/Turns/TurnQueue.swift b/Sources/Conversation/Turns/TurnQueue.swift
        index 9daeafb9864c..1b4f0e985197 100644
        --- a/Sources/Conversation/Turns/TurnQueue.swift
        +++ b/Sources/Conversation/Turns/TurnQueue.swift
        @@ -40,12 +40,14 @@ struct TurnQueue: Sendable {
             mutating func enqueue(_ turn: Turn, at position: Position) -> Action {
        -        guard case .open = phase else { return .refuse(turn) }
        -        waiting.append(turn)
        +        guard case .open(let limit) = phase, waiting.count < limit else { return .refuse(turn) }
        +        waiting.insert(turn, at: position.index(in: waiting))
                 return running == nil ? .start(waiting.removeFirst()) : .wait
             }

        func nextToken(in source: Substring) throws(ParseError) -> Token {
            var rest = source.drop { $0.isWhitespace }
            while let character = rest.first, character.isLetter || character == "_" { rest.removeFirst() }
            return Token(kind: .identifier, text: source[source.startIndex..<rest.startIndex])
        }

        2026-01-02T03:04:05.678Z INFO  turn finished session=7f3c2a19 attempt=2 took=1834ms tokens=12345 cached=10240
        2026-01-02T03:04:05.912Z DEBUG child exited pid=48213 status=0 lines=118 bytes=40213
        2026-01-02T03:04:06.003Z WARN  retrying after 503 delay=2.5s attempt=3/6 url=https://example.org/v1/responses
        [142/213] Compiling Conversation TurnQueue.swift
        [143/213] Emitting module Conversation
        /project/Sources/Conversation/Hub/Hub.swift:128:24: warning: variable 'state' was never mutated
        Test run with 412 tests in 38 suites passed after 9.731 seconds.

        {"type":"item.completed","item":{"id":"item_7","type":"command_execution","command":"bash -lc 'ls -la'","exit_code":0}}
        {"type":"turn.completed","usage":{"input_tokens":24763,"cached_input_tokens":24448,"output_tokens":122}}
        {"id":"call_Zk3vPq81LmNoXyWb","name":"shell","arguments":"{\"command\":[\"git\",\"status\",\"--short\"]}"}
        "node_modules/typescript": {
          "version": "5.4.2",
          "resolved": "https://registry.npmjs.org/typescript/-/typescript-5.4.2.tgz",
          "integrity": "sha512-+2/g0Fds1ERlP6JsakQQDXjZdZMM+rqpamFZJEKh4kwTIn3iDkgKtby0CeNd5ATNZ4Ry1ax15TMx0W2V+miizQ==",
          "engines": { "node": ">=14.17" }
        },
        commit 6d47dc9b8f0e6a1f4c2d3b5a7e9f8c1d2b3a4f5e
        Author: Somebody <somebody@example.org>
            Wait in the tests by the one piece there is
        def collect(paths, *, follow_links=False, limit=1000):
            for path in sorted(paths, key=lambda item: item.stat().st_mtime, reverse=True)[:limit]:
                if path.is_symlink() and not follow_links:
                    continue
                yield path.resolve(), path.stat().st_size
        at Object.<anonymous> (/project/node_modules/vite/dist/node/chunks/index.js:21447:19)
        at process.processTicksAndRejections (node:internal/process/task_queues:95:5)
        -rw-r--r-- 1 user user 1527808 Nov 21 16:42 build.db
        drwxr-xr-x 8 user user    4096 Nov 21 11:30 checkouts

        """#

    /// The same, cut into parts with a secret behind each.
    static let withSecrets: String = {
        let secrets = [
            "GITHUB_TOKEN=" + "gh" + "p_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8\n", #""password": "hunter2","# + "\n",
            "Authorization: Bearer a1B2c3D4e5F6g7H8i9J0k1L2\n", "postgres://app:a1B2c3D4@db:5432/main\n",
        ]
        let lines = harmless.split(separator: "\n", omittingEmptySubsequences: false)
        var text = ""
        for (number, line) in lines.enumerated() {
            text += "\(line)\n"
            if number % 14 == 13 { text += secrets[number / 14 % secrets.count] }
        }
        return text
    }()
}
