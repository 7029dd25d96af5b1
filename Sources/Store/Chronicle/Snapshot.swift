import Conversation
import Redaction

/// A session for people; the names are those of the earlier system.
struct Snapshot: Encodable {
    struct Item: Encodable {
        let role: String
        let content: String
    }

    let sessionId: String
    let chatId: Nullable<Int64>
    let userId: Nullable<Int64>
    let topicId: Int64?
    let mode: String
    let agent: String
    let history: [Item]
    let lastRunStatus: String
    let lastRunLatencyMs: Nullable<Int64>
    let lastReviewRound: Int
    let lastReviewResult: Nullable<String>
    let lastError: Nullable<String>
    let profileName: String
    let profileModel: Nullable<String>
    let profileWorkingDirectory: String
    let updatedAt: String

    init(_ note: ExchangeNote, _ history: [Item], _ redactor: Redactor) {
        func redacted(_ text: String) -> String { redactor.redact(text).text }
        let standing = note.standing, last = standing.last
        let numbers = note.session.telegramNumbers
        sessionId = redacted(note.session.rawValue)
        chatId = Nullable(numbers?.first)
        userId = Nullable(numbers?.last)
        topicId = numbers?.count == 3 ? numbers?[1] : nil
        mode = standing.mode.rawValue
        agent = "\(standing.agent)"
        self.history = history
        lastRunStatus = last?.status.rawValue ?? "idle"
        lastRunLatencyMs = Nullable(last?.durationMs)
        lastReviewRound = last?.review?.rounds ?? 0
        lastReviewResult = Nullable(last?.review?.result.rawValue)
        lastError = Nullable(note.lastError?.redacted(by: redactor))
        profileName = redacted(standing.profile.name)
        profileModel = Nullable(standing.profile.single.model.map(redacted))
        profileWorkingDirectory = redacted(standing.workingDirectory)
        updatedAt = note.time.iso8601InSeconds
    }
}
