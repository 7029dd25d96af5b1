/// What happens in a turn, by mode.
struct Script {
    let mode: Mode
    let diesAfterAction: Bool

    /// The steps between the user's message and the end, the end included.
    func steps(answering text: String) -> [Step] {
        switch mode {
        case .normal, .garbage, .exit, .silent, .directed:
            return answer(text) + [.completed]
        case .bigLine:
            return bigItem() + answer(text) + [.completed]
        case .noise:
            return noise(around: text)
        case .hang, .deaf:
            return [openAnswer(), .delta("Working"), .wait]
        case .dieInTurn:
            let action: [Step] = diesAfterAction ? command("touch done", status: "completed") : []
            return action + [openAnswer(), .delta("You"), .die(9)]
        case .approval:
            return approval(of: "touch approved", for: text)
        case .error(let info):
            let error: JSON = ["message": "the stand-in failed, as asked", "codexErrorInfo": info]
            return [
                .notify("error", ["error": error, "willRetry": false]),
                .finish(status: "failed", error: error),
            ]
        }
    }

    // MARK: Parts

    private static let answerID = "msg_1"

    private func openAnswer() -> Step {
        .notify("item/started", ["item": ["type": "agentMessage", "id": .string(Self.answerID), "text": ""]])
    }

    /// The whole answer, word by word, and what it cost.
    private func answer(_ text: String, saying prefix: String = "You said: ") -> [Step] {
        let whole = prefix + text
        var deltas: [Step] = []
        for (index, word) in whole.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
            deltas.append(.delta(index == 0 ? String(word) : " " + word))
        }
        let item: JSON = ["type": "agentMessage", "id": .string(Self.answerID), "text": .string(whole)]
        let spent: JSON = [
            "totalTokens": 120, "inputTokens": 100, "cachedInputTokens": 0, "outputTokens": 20,
            "reasoningOutputTokens": 0,
        ]
        return [openAnswer()] + deltas + [
            .notify("item/completed", ["item": item]),
            .notify("thread/tokenUsage/updated", ["tokenUsage": ["total": spent, "last": spent]]),
        ]
    }

    /// A command that was run, or was not.
    private func command(_ line: String, status: String, output: String = "") -> [Step] {
        [.notify("item/started", ["item": commandItem(line, status: "inProgress")])]
            + finishedCommand(line, status: status, output: output)
    }

    private func finishedCommand(_ line: String, status: String, output: String = "") -> [Step] {
        var item = commandItem(line, status: status)
        if case .object(var members) = item {
            members["aggregatedOutput"] = .string(output)
            members["exitCode"] = status == "completed" ? 0 : nil
            item = .object(members)
        }
        return [.notify("item/completed", ["item": item])]
    }

    private func commandItem(_ line: String, status: String) -> JSON {
        [
            "type": "commandExecution", "id": "call_1", "command": .string("/bin/bash -lc '\(line)'"),
            "cwd": "/", "status": .string(status), "aggregatedOutput": nil, "exitCode": nil,
        ]
    }

    private func bigItem() -> [Step] {
        command("seq", status: "completed", output: String(repeating: "0123456789abcde\n", count: 5_000_000 / 16))
    }

    private func approval(of line: String, for text: String) -> [Step] {
        let request: [String: JSON] = [
            "kind": "command", "itemId": "call_1", "reason": "the stand-in asks for it",
            "command": .string("/bin/bash -lc '\(line)'"), "cwd": "/",
            "availableDecisions": ["accept", "acceptForSession", "decline", "cancel"],
        ]
        return [
            .notify("item/started", ["item": commandItem(line, status: "inProgress")]),
            .ask("item/commandExecution/requestApproval", request) { response in
                let decision = response["result"]?["decision"]?.text ?? "none"
                let resolved = Step.notify("serverRequest/resolved", ["requestId": 0])
                if decision == "cancel" { return [resolved, .finish(status: "interrupted", error: nil)] }
                let status = decision.hasPrefix("accept") ? "completed" : "declined"
                return [resolved] + finishedCommand(line, status: status)
                    + answer(decision, saying: "The decision was: ") + [.completed]
            },
        ]
    }

    private func noise(around text: String) -> [Step] {
        var steps: [Step] = [
            .raw("this line is no JSON"),
            .notify("standin/unknown", ["anything": [1, "two", nil]]),
            .notify("item/started", ["item": ["type": "standinItem", "id": "x_1", "colour": "blue"]]),
            .notify("item/completed", ["item": ["type": "standinItem"]]),
            .notify("item/completed", [:]),
            .raw(#"{"method":"item/agentMessage/delta"}"#),
            .raw(#"{"method":"turn/plan/updated","params":null}"#),
            .raw(#"{"id":987654,"result":{}}"#),
        ]
        for step in answer(text) {
            steps += [step, .notify("standin/tick", [:])]
        }
        steps.append(
            .ask("standin/request", [:]) { response in
                if response["error"]?["code"] != nil { return [.completed] }
                let error: JSON = ["message": "standin/request was not refused", "codexErrorInfo": "other"]
                return [.finish(status: "failed", error: error)]
            })
        return steps
    }
}

extension Step {
    /// The good end of a turn.
    static var completed: Step { .finish(status: "completed", error: nil) }
}
