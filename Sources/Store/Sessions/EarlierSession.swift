public import Conversation
public import Foundation

/// A session file of codex-orchestrator, read: what was said, mode and profile.
public struct EarlierSession: Sendable {
    private enum Role: String {
        case user, assistant
    }

    /// The keys that such a file has; of some the meaning is gone, which is no reason to warn.
    private static let keys: Set = [
        "session_id", "chat_id", "user_id", "topic_id", "mode", "agent", "history", "run_lock", "last_error",
        "last_run_status", "last_run_latency_ms", "last_review_round", "last_review_result", "profile_name",
        "profile_model", "profile_working_directory", "profile_agent_models", "profile_agent_system_prompts",
        "updated_at",
    ]

    /// Who is said to have answered; none of ours, so that the next agent is told of the conversation.
    private static let agent = "codex-orchestrator"

    /// The session that it becomes: `tg:<chat>:<user>`.
    public let session: SessionID
    /// What was left out, one line each.
    public private(set) var warnings: [String] = []
    /// How many messages and answers it has.
    public var count: Int { items.count }

    private let mode: Mode?
    private let profile: String?
    private let updated: Timestamp?
    private var items: [(role: Role, text: String)] = []
    /// Tells the file from others by its content.
    private let mark: String

    /// Reads a file; throws ``EarlierSessionError`` with the place of what is wrong.
    public init(_ bytes: Data) throws {
        let file: File
        do {
            file = try JSONDecoder().decode(File.self, from: bytes)
        } catch let error as DecodingError {
            throw EarlierSessionError(error, in: bytes)
        }
        session = try file.session
        updated = file.updatedAt.flatMap(Self.moment)
        let hash = bytes.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x0100_0000_01B3 }
        mark = "import-" + String(hash, radix: 16)
        mode = file.mode.flatMap(Mode.init(rawValue:))
        profile = file.profileName.flatMap { ["", "default"].contains($0) ? nil : $0 }
        warnings = Set(file.names).subtracting(Self.keys).sorted().map { "\($0) is no known key, and left out" }
        if let name = file.mode, mode == nil { warnings.append("mode '\(name)' is none, and left out") }
        if let text = file.updatedAt, updated == nil {
            warnings.append("updated_at '\(text)' is no time, and left out")
        }
        for (index, item) in (file.history ?? []).enumerated() {
            guard let role = Role(rawValue: item.role) else {
                warnings.append("history[\(index)] has the role '\(item.role)', and is left out")
                continue
            }
            items.append((role, item.content))
        }
    }

    /// Writes it into `journal` behind `last`, the last cursor in use, and returns the last one then; for who holds the
    /// workspace.
    ///
    /// Throws ``EarlierSessionError`` when the session is there already. The earlier system kept no times, so all of it
    /// counts as said when the file was written, else at `now`.
    public func write(
        to journal: any Journal, after last: Conversation.Cursor, now: Timestamp
    ) async throws -> Conversation.Cursor {
        if try await journal.state(of: session) != nil {
            let known = try await journal.records(of: session, .between(.start, Cursor(rawValue: .max)))
            let isSame = known.contains { record in
                if case .accepted(_, let message) = record.event { message.sender == mark } else { false }
            }
            throw EarlierSessionError(
                isSame
                    ? "was imported already: it is the session \(session)"
                    : "becomes the session \(session), which is there already; delete that first (cm session delete)")
        }
        var cursor = last
        let time = updated ?? now
        try await journal.commit(
            events(after: cursor).map { event in
                cursor = Cursor(rawValue: cursor.rawValue + 1)
                return Record(cursor: cursor, session: session, time: time, event: event)
            })
        return cursor
    }

    /// What happened, each event at the next place after `cursor`.
    private func events(after cursor: Cursor) -> [Event] {
        var events = mode.map { [Event.changed(.mode($0))] } ?? []
        if let profile { events.append(.changed(.profile(profile))) }
        // A session that says nothing is one all the same.
        if events.isEmpty, items.isEmpty { events.append(.changed(.agent(.auto))) }
        for (question, answer) in exchanges {
            let first = cursor.rawValue + Int64(events.count) + 1
            let message = Message(text: question, author: author, origin: .telegram, sender: mark)
            let waiting = SessionState.Waiting(id: Message.ID(rawValue: first), message: message)
            let turn = Turn(id: Turn.ID(rawValue: first + 1), waiting)
            let outcome =
                answer.map { Outcome(status: .ok, text: $0, agent: Self.agent) }
                ?? Outcome(
                    status: .interrupted, error: TurnError(kind: .internal, message: "the imported file has no answer"),
                    agent: Self.agent)
            events += [.accepted(waiting.id, message), .started(turn), .finished(turn.id, outcome)]
        }
        return events
    }

    /// Questions with their answers; several answers in a row are one.
    private var exchanges: [(question: String, answer: String?)] {
        items.reduce(into: []) { exchanges, item in
            switch item.role {
            case .user: exchanges.append((item.text, nil))
            case .assistant:
                if exchanges.isEmpty { exchanges.append(("…", nil)) }
                let earlier = exchanges[exchanges.count - 1].answer.map { $0 + "\n\n" } ?? ""
                exchanges[exchanges.count - 1].answer = earlier + item.text
            }
        }
    }

    private var author: String { session.rawValue.split(separator: ":").last.map { "user \($0)" } ?? "user" }

    private static func moment(_ text: String) -> Timestamp? {
        // Python leaves the zone out for UTC now and then.
        let styles = [Date.ISO8601FormatStyle(), Date.ISO8601FormatStyle(includingFractionalSeconds: true)]
        for candidate in [text, text + "Z"] {
            for style in styles {
                guard let date = try? style.parse(candidate) else { continue }  // another form may fit
                return Timestamp(millisecondsSince1970: Int64(date.timeIntervalSince1970 * 1000))
            }
        }
        return nil
    }
}
