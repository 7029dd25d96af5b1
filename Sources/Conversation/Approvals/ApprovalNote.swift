/// What the core tells an agent of answers that came when it could not hear them.
enum ApprovalNote {
    /// The agent died before it was answered.
    case unasked
    /// The agent died when it was answered, and may have heard it or not.
    case unheard

    /// The message that tells of the answers of `approvals`.
    func text(of approvals: [Approval]) -> String {
        let parts = [beginning(approvals.count)] + approvals.map(Self.answer) + [end(for: approvals)]
        return parts.joined(separator: "\n")
    }

    private func beginning(_ count: Int) -> String {
        switch self {
        case .unasked:
            "Your last turn was cut off while it waited for an answer."
        case .unheard:
            "Your last turn was cut off just after \(count == 1 ? "a request" : "requests") of yours had been answered."
        }
    }

    private func end(for approvals: [Approval]) -> String {
        let hasActions = approvals.contains { $0.request.kind != .question }
        let them = approvals.count == 1 ? "it" : "them"
        return switch (self, hasActions) {
        case (_, false): "Go on with what you were doing."
        case (.unasked, true): "Ask for \(them) once more and go on with what you were doing."
        case (.unheard, true):
            "Look first whether that was done already. If not, ask for \(them) once more. Then go on."
        }
    }

    private static func answer(_ approval: Approval) -> String {
        let request = approval.request
        let what = request.detail.isEmpty ? request.title : "\(request.title)\n\(request.detail)"
        if case .answer(let text)? = approval.answer?.decision { return "You asked: \(what)\nThe answer is: \(text)" }
        return "Exactly this \(request.kind.rawValue) is allowed now: \(what)"
    }
}
