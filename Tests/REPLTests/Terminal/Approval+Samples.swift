import Conversation

extension Approval {
    /// A question of an agent in turn 3.
    static func sample(
        _ id: Int64, _ kind: ApprovalRequest.Kind = .command, _ title: String = "make test", detail: String = "",
        reason: String = "", choices: [String] = []
    ) -> Approval {
        let request = ApprovalRequest(
            id: "r\(id)", kind: kind, title: title, detail: detail, reason: reason, choices: choices)
        return Approval(
            id: ID(rawValue: id), turn: Turn.ID(rawValue: 3), askedAt: Timestamp(millisecondsSince1970: 0),
            request: request)
    }

    /// The same with an answer.
    func answered(_ decision: ApprovalDecision, by: String = "ann (terminal)", basis: Basis = .person) -> Approval {
        var approval = self
        approval.answer = Answer(decision, by: by, basis: basis)
        return approval
    }
}
