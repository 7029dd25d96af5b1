import Conversation
import Foundation
import Redaction
import Store

/// A session as it is given to others: without its secrets.
struct SessionExport: Encodable {
    struct Turn: Encodable {
        let id: String
        let started: String
        let author: String
        let origin: String
        let text: String
        /// What was put into it while it ran.
        var steered: [String] = []
        var actions: [Action] = []
        var approvals: [Approval] = []
        var stages: [Stage] = []
        /// nil while it runs.
        var end: End?
        /// Whether the conversation was begun anew before it.
        let beginsConversation: Bool
    }

    struct Action: Encodable {
        let id, kind, title, status: String
    }

    struct Approval: Encodable {
        let id, kind, title, detail, status: String
        let by: String?
    }

    struct Stage: Encodable {
        let role: String
        let round: Int
        let agent: String
        let text: String
    }

    struct End: Encodable {
        let status: String
        let text: String
        let error: String?
        let agent: String?
        let review: String?
        let durationMs: Int64
        let inputTokens: Int
        let outputTokens: Int
    }

    let session: String
    let mode: String
    let profile: String
    let agent: String
    private(set) var turns: [Turn] = []
    /// Messages that no turn has answered.
    private(set) var waiting: [String] = []
    /// How many secrets were removed.
    private(set) var removed = 0

    private let redactor: Redactor
    private var isNew = false
    private var messages: [Message.ID: String] = [:]

    private enum CodingKeys: CodingKey {
        case session, mode, profile, agent, turns, waiting
    }

    /// What `records` and `state` tell of `session`, redacted.
    init(
        _ session: SessionListing, mode: Mode, profile: String, _ records: [Record], _ state: SessionState,
        _ redactor: Redactor
    ) {
        self.redactor = redactor
        self.session = redactor.redact(session.id.rawValue).text
        self.mode = mode.rawValue
        self.profile = redactor.redact(profile).text
        agent = redactor.redact("\(session.agent)").text
        for record in records { add(record) }
        waiting = state.waiting.map { redacted($0.message.text) }
    }

    private mutating func redacted(_ text: String) -> String {
        let result = redactor.redact(text)
        removed += result.count
        return result.text
    }

    private mutating func add(_ record: Record) {
        switch record.event {
        case .accepted(let id, let message):
            messages[id] = message.text
        case .changed(.renewed):
            isNew = true
        case .started(let turn):
            turns.append(
                Turn(
                    id: "\(turn.id)", started: Self.iso8601(record.time), author: redacted(turn.author),
                    origin: turn.origin.rawValue, text: redacted(turn.text), beginsConversation: isNew))
            isNew = false
        case .steered(let id, let message):
            let text = redacted(messages[message] ?? "")
            change(id) { $0.steered.append(text) }
        case .unsteered(let id, let message):
            let text = redactor.redact(messages[message] ?? "").text
            change(id) { turn in
                if let place = turn.steered.lastIndex(of: text) { turn.steered.remove(at: place) }
            }
        case .action(let id, let action):
            let entry = Action(
                id: action.id, kind: action.kind.rawValue, title: redacted(action.title), status: action.status.rawValue
            )
            change(id) { turn in
                if let place = turn.actions.firstIndex(where: { $0.id == entry.id }) {
                    turn.actions[place] = entry
                } else {
                    turn.actions.append(entry)
                }
            }
        case .approval(let id, let approval):
            let entry = Approval(
                id: "\(approval.id)", kind: approval.request.kind.rawValue, title: redacted(approval.request.title),
                detail: redacted(approval.request.detail), status: approval.status.rawValue,
                by: approval.answer.map { redacted($0.by) })
            change(id) { turn in
                if let place = turn.approvals.firstIndex(where: { $0.id == entry.id }) {
                    turn.approvals[place] = entry
                } else {
                    turn.approvals.append(entry)
                }
            }
        case .stage(let id, let report):
            let stage = Stage(
                role: report.role.rawValue, round: report.round, agent: report.agent, text: redacted(report.text))
            change(id) { $0.stages.append(stage) }
        case .finished(let id, let outcome):
            let end = End(
                status: outcome.status.rawValue, text: redacted(outcome.said ?? outcome.text),
                error: outcome.error.map { redacted("\($0.kind.rawValue): \($0.message)") }, agent: outcome.agent,
                review: outcome.review.map { "\($0.result.rawValue) in round \($0.rounds)" },
                durationMs: outcome.durationMs, inputTokens: outcome.usage.inputTokens,
                outputTokens: outcome.usage.outputTokens)
            change(id) { $0.end = end }
        case .stopping, .changed, .shared, .dropped, .delta, .notice, .revised, .deleted:
            break
        }
    }

    private mutating func change(_ id: Conversation.Turn.ID, _ change: (inout Turn) -> Void) {
        guard let place = turns.lastIndex(where: { $0.id == "\(id)" }) else { return }
        change(&turns[place])
    }

    private static func iso8601(_ time: Timestamp) -> String {
        Date(timeIntervalSince1970: Double(time.millisecondsSince1970) / 1000).formatted(.iso8601)
    }
}

extension StageReport {
    /// What it came to, in words.
    fileprivate var text: String {
        switch product {
        case .route(let route): "\(route.mode.rawValue)\(route.reason.isEmpty ? "" : ": \(route.reason)")"
        case .plan(let text), .answer(let text): text
        case .verdict(let verdict):
            "\(verdict.isApproved ? "approved" : "needs changes")\(verdict.feedback.isEmpty ? "" : ": \(verdict.feedback)")"
        }
    }
}
