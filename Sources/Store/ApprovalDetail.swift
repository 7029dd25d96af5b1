import Conversation
import GRDB

/// What an agent asks, as JSON.
struct RequestDetail: Codable {
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

    var request: ApprovalRequest {
        ApprovalRequest(
            id: id, kind: ApprovalRequest.Kind(rawValue: kind) ?? .tool, title: title, detail: detail, reason: reason,
            isReadOnly: readOnly, choices: choices)
    }
}

/// An answer, as JSON.
struct AnswerDetail: Codable {
    /// `allow`, `session`, `deny` or `answer`.
    var decision: String
    /// The reason of a denial, or the answer to a question.
    var words: String?
    var by: String
    /// `person`, `rule`, `session`, `grant` or `withdrawal`.
    var basis: String
    var grant: Int64?
    /// The message by which the agent learns of it.
    var note: Int64?
    /// Names the act of answering.
    var key: String?

    init(_ answer: Approval.Answer) {
        (decision, words) = (answer.decision.kind, answer.decision.words)
        by = answer.by
        note = answer.note?.rawValue
        key = answer.key
        (basis, grant) = (answer.basis.kind, answer.basis.granted?.rawValue)
    }

    /// The answer; decisions of newer versions are taken for a denial.
    var answer: Approval.Answer {
        Approval.Answer(
            ApprovalDecision(kind: decision, words: words) ?? .deny(reason: words), by: by,
            basis: Approval.Basis(kind: basis, granted: grant.map(Approval.ID.init(rawValue:))),
            note: note.map(Message.ID.init(rawValue:)), key: key)
    }
}

extension Approval {
    /// The approval in a row that has its columns, with the answer that `answer` holds; nil when the row has none.
    init?(_ row: Row, answer: String?) throws {
        guard let id = row["approval"] as Int64? else { return nil }
        self.init(
            id: ID(rawValue: id), turn: Turn.ID(rawValue: row["approval_turn"]),
            askedAt: Timestamp(millisecondsSince1970: row["asked"]),
            request: try EventDetail.decode(RequestDetail.self, row["request"]).request,
            answer: try answer.map { try EventDetail.decode(AnswerDetail.self, $0).answer })
    }

    /// The approval in an event written before there was a table of them: it was answered at once by a rule.
    static func ofVersion1(_ row: Row, _ detail: String) throws -> Approval {
        struct Detail: Decodable {
            var id, kind, title, detail, status, by: String
            var readOnly: Bool
        }
        let old = try EventDetail.decode(Detail.self, detail)
        let request = ApprovalRequest(
            id: old.id, kind: ApprovalRequest.Kind(rawValue: old.kind) ?? .tool, title: old.title, detail: old.detail,
            isReadOnly: old.readOnly)
        let decision: ApprovalDecision = old.status == "allowed" ? .allow : .deny(reason: nil)
        return Approval(
            id: ID(rawValue: row["cursor"]), turn: Turn.ID(rawValue: row["turn"]),
            askedAt: Timestamp(millisecondsSince1970: row["time"]), request: request,
            answer: old.status == "asked" ? nil : Answer(decision, by: old.by, basis: .rule))
    }
}
