import Conversation
import Foundation

/// One line of `--json` output: an object whose members keep their order, so that people can read it, too.
struct JSONLine {
    private var members: [String] = []

    /// Begins a line of the given type.
    init(_ type: String) { add("type", type) }

    /// The lines for `event`: two where a stage decides on the way and hands over, none for what is not for scripts.
    static func lines(for event: Event, sender: String) -> [JSONLine] {
        guard case .stage(let turn, let report) = event else {
            return JSONLine(event, sender: sender).map { [$0] } ?? []
        }
        var lines: [JSONLine] = []
        if case .route(let route) = report.product { lines.append(JSONLine(turn, route)) }
        if let next = report.next { lines.append(JSONLine(turn, report, next)) }
        return lines
    }

    private init(_ turn: Turn.ID, _ route: Route) {
        self.init("route")
        add("turn", "\(turn)")
        add("mode", route.mode.rawValue)
        add("reason", route.reason)
    }

    private init(_ turn: Turn.ID, _ report: StageReport, _ next: Role) {
        self.init("stage")
        add("turn", "\(turn)")
        add("from", report.role.rawValue)
        add("to", next.rawValue)
        add("round", raw: "\(report.nextRound)")
        switch report.product {
        case .plan(let plan): add("text", plan)
        case .verdict(let verdict): add("text", verdict.feedback)
        case .route, .answer: break
        }
    }

    /// Encodes `event` the way scripts are promised; nil for events that are not one line.
    init?(_ event: Event, sender: String) {
        switch event {
        case .started(let turn):
            self.init("turn.started")
            add("turn", "\(turn.id)")
            add("text", turn.text)
            add("origin", turn.origin.rawValue)
            add("mine", turn.sender == sender)
        case .delta(_, ""):
            return nil
        case .delta(let turn, let text):
            self.init("delta")
            add("turn", "\(turn)")
            add("text", text)
        case .action(let turn, let action):
            self.init("action")
            add("turn", "\(turn)")
            add("id", action.id)
            add("kind", action.kind.rawValue)
            add("title", action.title)
            add("status", action.status.rawValue)
        case .approval(let turn, let approval):
            self.init("approval")
            add("turn", "\(turn)")
            add("id", "\(approval.id)")
            add("kind", approval.request.kind.rawValue)
            add("title", approval.request.title)
            // The agent's reason first, which is the only place for it.
            let detail = [approval.request.reason, approval.request.detail].filter { !$0.isEmpty }
            add("detail", detail.joined(separator: "\n"))
            add("status", approval.status.rawValue)
            add("by", approval.answer?.by ?? "")
        case .finished(let turn, let outcome):
            self.init("turn.finished")
            add("turn", "\(turn)")
            add(outcome)
        case .notice(let notice):
            self.init(notice)
        case .shared(let file):
            self.init(Notice(.info, file.line))
        case .deleted:
            self.init(.deleted)
        case .accepted, .dropped, .steered, .unsteered, .stopping, .stage, .changed, .revised:
            return nil
        }
    }

    init(_ notice: Notice) {
        self.init("notice")
        add("level", notice.level.rawValue)
        add("text", notice.text)
        guard let announced = notice.announced else { return }
        add("priority", raw: "\(announced.priority.rawValue)")
        add("category", announced.category)
    }

    init(_ reply: CommandReply) {
        self.init("command")
        add("name", reply.name)
        add("ok", reply.ok)
        add("text", reply.text)
    }

    init(_ greeting: Greeting) {
        self.init("session")
        add("v", raw: "1")
        add("session", greeting.session.rawValue)
        add("mode", greeting.mode.rawValue)
        add("profile", greeting.profile)
        add("agent", greeting.agent)
        add("version", greeting.version)
    }

    /// The line, without its line feed.
    var text: String { "{" + members.joined(separator: ",") + "}" }

    private mutating func add(_ outcome: Outcome) {
        add("status", outcome.status.rawValue)
        add("text", outcome.text)
        add("durationMs", raw: "\(outcome.durationMs)")
        let usage = outcome.usage
        add("usage", raw: #"{"inputTokens":\#(usage.inputTokens),"outputTokens":\#(usage.outputTokens)}"#)
        let error = outcome.error.map {
            #"{"kind":\#(Self.quote($0.kind.rawValue)),"message":\#(Self.quote($0.message))}"#
        }
        add("error", raw: error ?? "null")
        if let review = outcome.review {
            add("review", raw: #"{"rounds":\#(review.rounds),"result":\#(Self.quote(review.result.rawValue))}"#)
        }
    }

    private mutating func add(_ key: String, _ value: String) { add(key, raw: Self.quote(value)) }
    private mutating func add(_ key: String, _ value: Bool) { add(key, raw: value ? "true" : "false") }
    private mutating func add(_ key: String, raw value: String) { members.append("\"\(key)\":\(value)") }

    /// JSON lets DEL and the C1 controls pass; a terminal would obey them.
    private static func escapingControls(_ json: String) -> String {
        guard json.unicodeScalars.contains(where: { (0x7F...0x9F).contains($0.value) }) else { return json }
        return json.unicodeScalars.reduce(into: "") { text, scalar in
            let isControl = (0x7F...0x9F).contains(scalar.value)
            text += isControl ? "\\u00" + String(scalar.value, radix: 16) : String(Character(scalar))
        }
    }

    private static func quote(_ text: String) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        // A string always encodes; were it otherwise, an empty text keeps the line valid.
        guard let bytes = try? encoder.encode(text) else { return "\"\"" }
        return escapingControls(String(decoding: bytes, as: UTF8.self))
    }
}
