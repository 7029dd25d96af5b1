import Conversation

/// An approval as JSON.
struct ApprovalForm: Codable, Sendable {
    var id: Int64
    var turn: Int64
    /// Milliseconds since 1970.
    var askedAt: Int64
    var request: RequestForm
    /// Missing while nobody has answered.
    var answer: AnswerForm?

    init(_ approval: Approval) {
        id = approval.id.rawValue
        turn = approval.turn.rawValue
        askedAt = approval.askedAt.millisecondsSince1970
        request = RequestForm(approval.request)
        answer = approval.answer.map(AnswerForm.init)
    }

    var approval: Approval {
        Approval(
            id: Approval.ID(rawValue: id), turn: Turn.ID(rawValue: turn),
            askedAt: Timestamp(millisecondsSince1970: askedAt), request: request.request, answer: answer?.answer)
    }
}

/// What an agent asks, as JSON.
struct RequestForm: Codable, Sendable {
    var id: String
    var kind: String
    var title: String
    var detail: String
    var reason: String
    var readOnly: Bool
    var choices: [String]

    init(_ request: ApprovalRequest) {
        id = request.id
        kind = request.kind.rawValue
        title = request.title
        detail = request.detail
        reason = request.reason
        readOnly = request.isReadOnly
        choices = request.choices
    }

    /// The request; a kind of a newer version is taken for a tool.
    var request: ApprovalRequest {
        ApprovalRequest(
            id: id, kind: ApprovalRequest.Kind(rawValue: kind) ?? .tool, title: title, detail: detail, reason: reason,
            isReadOnly: readOnly, choices: choices)
    }
}
