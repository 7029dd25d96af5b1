extension Hub: SteeringOperations {
    /// Does `deed` for the agent of `session`, once a person or a rule has allowed it; returns what came of it.
    public func perform(_ deed: Deed, forAgentOf session: SessionID) async throws -> String {
        deedCount += 1
        let number = deedCount
        // What may not leave is not asked about.
        if case .sendFile(let path) = deed { try await refuseUnlessFit(path, in: session) }
        switch try await decision(about: deed.request("cm-\(number)"), in: session) {
        case .allow, .allowForSession, .answer:
            return try await perform(deed, number, from: session)
        case .deny(let reason?):
            throw DeedRefusal("denied: \(reason)")
        case .deny(nil):
            throw DeedRefusal("denied")
        }
    }

    private func perform(_ deed: Deed, _ number: Int, from session: SessionID) async throws -> String {
        switch deed {
        case .notify(let text):
            let words = "the agent of \(session): \(text)"
            // Somebody has allowed each: that one says the same as another is no reason to tell nobody.
            let key = "agent/\(session)/\(configuration.now().millisecondsSince1970)/\(number)"
            try await notify(Announcement(.info, key: key, words, of: "agent", session: session))
            return "told everybody who is attached"
        case .sendFile(let path):
            do {
                return "handed over: \(try await share(path, by: "the agent", in: session).line)"
            } catch let error as FileGateError {
                throw DeedRefusal(error.description)
            }
        }
    }

    /// What is decided about a request that the agent of `session` makes of the core itself, in the turn that runs.
    private func decision(about request: ApprovalRequest, in session: SessionID) async throws -> ApprovalDecision {
        // Before it is asked: the answer may come at once.
        let events = try await events(of: session)
        guard let turn = try await state(of: session).running?.turn.id,
            let approval = try await ask(request, in: turn, of: session)
        else { throw DeedRefusal("no turn of \(session) runs, so nobody can be asked") }
        if let answer = approval.answer { return answer.decision }
        for await record in events {
            guard case .approval(_, let answered) = record.event, answered.id == approval.id,
                let answer = answered.answer
            else { continue }
            return answer.decision
        }
        // The caller has gone, or the core.
        try await withdraw(approval.id, in: session)
        throw CancellationError()
    }
}

extension Deed {
    /// What is asked before it is done, under this name.
    func request(_ id: String) -> ApprovalRequest {
        switch self {
        case .notify(let text):
            ApprovalRequest(id: id, kind: .tool, title: "cm: notify", detail: text)
        case .sendFile(let path):
            ApprovalRequest(id: id, kind: .tool, title: "cm: send_file", detail: path)
        }
    }
}
