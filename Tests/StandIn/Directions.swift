#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What a prompt tells the stand-in to do, in the language of `fake_responses.py`.
///
/// It knows the steps `say`, `sh` and `patch: add`, and the modifiers `count`, `delay`, `http`, `drop` and `fail`; and
/// two of its own: `hold`, with which an answer goes on after its first word when the file of that path is there, and
/// `ask: QUESTION | A | B`, with choices behind the bars. All questions are asked first and in one request, and the
/// answers said. Without a step the answer is “You said: ” and the prompt.
struct Directions {
    /// How a thread acts.
    struct Manner {
        var directory: String
        let isAsking: Bool
        /// Whether it is kept in memory only; such a thread also only reads.
        let isEphemeral: Bool

        /// Reads the parameters with which a thread is started or resumed.
        init(_ parameters: JSON) {
            directory = parameters["cwd"]?.text ?? "/"
            isAsking = parameters["approvalPolicy"]?.text == "untrusted"
            isEphemeral = parameters["ephemeral"] == true
        }
    }

    private let prompt: String
    private let manner: Manner
    private var directions: [(name: String, argument: String)] = []

    init(_ prompt: String, _ manner: Manner) {
        self.prompt = prompt
        self.manner = manner
        for part in prompt.split(separator: "[[").dropFirst(prompt.hasPrefix("[[") ? 0 : 1) {
            let direction = part.prefix { $0 != "]" }.split(separator: ":", maxSplits: 1).map(String.init)
            let argument = direction.count > 1 ? direction[1].drop { $0 == " " } : ""
            directions.append((direction.first ?? "", String(argument)))
        }
    }

    /// The steps between the user's message and the end, the end included.
    var steps: [Step] {
        if let failure { return failure }
        let deeds = directions.flatMap { name, argument in
            switch name {
            case "say": say(argument)
            case "sh": run(argument)
            case "patch": patch(argument)
            default: [Step]()
            }
        }
        let all = questions + deeds
        return (all.isEmpty ? say("You said: \(prompt)") : all) + [.completed]
    }

    private func modifier(_ name: String) -> String? { directions.first { $0.name == name }?.argument }

    // MARK: Failures

    private var failure: [Step]? {
        if let status = modifier("http").flatMap({ Int($0) }) {
            let name = status == 429 ? "responseTooManyFailedAttempts" : "httpConnectionFailed"
            return failed(["\(name)": ["httpStatusCode": .int(status)]])
        }
        if modifier("fail")?.hasPrefix("context_length_exceeded") == true { return failed("contextWindowExceeded") }
        guard modifier("drop") != nil else { return nil }
        let lost: JSON = ["message": "Reconnecting... 1/1", "codexErrorInfo": ["responseStreamDisconnected": [:]]]
        return [.notify("error", ["error": lost, "willRetry": true])] + failed("other")
    }

    private func failed(_ info: JSON) -> [Step] {
        let error: JSON = ["message": "the stand-in failed, as told", "codexErrorInfo": info]
        return [.finish(status: "failed", error: error)]
    }

    // MARK: Questions

    private var questions: [Step] {
        let asked = directions.filter { $0.name == "ask" }.enumerated().map { index, direction -> JSON in
            let parts = direction.argument.split(separator: " | ").map { JSON.string(String($0)) }
            let options = parts.dropFirst().map { choice -> JSON in ["label": choice, "description": ""] }
            return [
                "id": .string("q\(index)"), "header": "", "question": parts.first ?? "", "options": .array(options),
            ]
        }
        guard !asked.isEmpty, !manner.isEphemeral else { return [] }
        let question = Step.ask("item/tool/requestUserInput", ["questions": .array(asked)]) { response in
            let given = response["result"]?["answers"]
            let answers = asked.indices.compactMap { given?["q\($0)"]?["answers"]?.elements?.first?.text }
            return [.notify("serverRequest/resolved", ["requestId": 0])] + say(answers.joined(separator: " "))
        }
        return [question]
    }

    // MARK: Deeds

    private func say(_ text: String) -> [Step] {
        let id = JSON.string("msg_\(UUID().uuidString)")
        var words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        if let count = modifier("count").flatMap({ Int($0) }), count > words.count {
            words += (words.count..<count).map { "word\($0)" }
        }
        let delay = Duration.seconds(modifier("delay").flatMap { Double($0) } ?? 0)
        var steps: [Step] = [.notify("item/started", ["item": ["type": "agentMessage", "id": id, "text": ""]])]
        for (index, word) in words.enumerated() {
            let delta = JSON.string(index == 0 ? word : " " + word)
            steps += [.notify("item/agentMessage/delta", ["itemId": id, "delta": delta]), .pause(delay)]
            if index == 0, let path = modifier("hold") { steps.append(.hold(path)) }
        }
        let whole = JSON.string(words.joined(separator: " "))
        return steps + [.notify("item/completed", ["item": ["type": "agentMessage", "id": id, "text": whole]])]
    }

    private func run(_ line: String) -> [Step] {
        let id = JSON.string("call_\(UUID().uuidString)")
        func item(_ status: JSON) -> JSON {
            [
                "type": "commandExecution", "id": id, "command": .string("/bin/bash -lc '\(line)'"),
                "cwd": .string(manner.directory), "status": status,
                "commandActions": [["type": "unknown", "command": .string(line)]],
            ]
        }
        let deed = Step.run(line) { isSuccess in
            [.notify("item/completed", ["item": item(isSuccess ? "completed" : "failed")])]
        }
        let declined = Step.notify("item/completed", ["item": item("declined")])
        let question: [String: JSON] = [
            "itemId": id, "command": .string("/bin/bash -lc '\(line)'"), "cwd": .string(manner.directory),
            "commandActions": [["type": "unknown", "command": .string(line)]],
        ]
        return [.notify("item/started", ["item": item("inProgress")])]
            + asked("item/commandExecution/requestApproval", question, then: [deed], else: [declined])
    }

    private func patch(_ argument: String) -> [Step] {
        let id = JSON.string("call_\(UUID().uuidString)")
        let words = argument.split(separator: " ", maxSplits: 2).map(String.init)
        guard words.count == 3, words[0] == "add" else { return failed("badRequest") }
        let path = manner.directory + "/" + words[1]
        func item(_ status: JSON) -> JSON {
            let change: JSON = ["path": .string(path), "kind": ["type": "add"], "diff": .string(words[2] + "\n")]
            return ["type": "fileChange", "id": id, "changes": [change], "status": status]
        }
        let deed = Step.run("printf '%s\\n' '\(words[2])' > '\(path)'") { isSuccess in
            [.notify("item/completed", ["item": item(isSuccess ? "completed" : "failed")])]
        }
        let declined = Step.notify("item/completed", ["item": item("declined")])
        return [.notify("item/started", ["item": item("inProgress")])]
            + asked("item/fileChange/requestApproval", ["itemId": id], then: [deed], else: [declined])
    }

    /// `deeds`, or when the thread asks, the question and what comes of its answer; `declined` where it only reads.
    private func asked(
        _ method: String, _ question: [String: JSON], then deeds: [Step], else declined: [Step]
    ) -> [Step] {
        if manner.isEphemeral { return declined }
        guard manner.isAsking else { return deeds }
        return [
            .ask(method, question) { response in
                let decision = response["result"]?["decision"]?.text ?? "none"
                return [.notify("serverRequest/resolved", ["requestId": 0])]
                    + (decision.hasPrefix("accept") ? deeds : declined)
            }
        ]
    }
}
