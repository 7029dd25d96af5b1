import Foundation
import Testing

/// A line of `--json`; each type of line has some of the members.
struct ScriptEvent: Decodable, Equatable, Sendable {
    struct Usage: Decodable, Equatable, Sendable {
        var inputTokens: Int
        var outputTokens: Int
    }

    struct Failure: Decodable, Equatable, Sendable {
        var kind: String
        var message: String
    }

    var type: String
    var agent: String?
    var turn: String?
    var text: String?
    var origin: String?
    var mine: Bool?
    var kind: String?
    var title: String?
    var detail: String?
    var status: String?
    var by: String?
    var usage: Usage?
    var error: Failure?
    var name: String?
    var ok: Bool?
    var level: String?
    var mode: String?
    var reason: String?
    var from: String?
    var to: String?
    var round: Int?
    var profile: String?

    init(line: String) throws { self = try JSONDecoder().decode(ScriptEvent.self, from: Data(line.utf8)) }
}

extension Run.Result {
    /// The lines of `--json`.
    func events() throws -> [ScriptEvent] {
        try output.split(separator: "\n").map { try ScriptEvent(line: String($0)) }
    }
}

extension Transcript {
    /// The next line of `--json`; nil at the end.
    func event() async throws -> ScriptEvent? { try await line().map { try ScriptEvent(line: $0) } }

    /// Reads on to the next line of `--json` that is as described.
    @discardableResult
    func event(
        _ type: String, at location: SourceLocation = #_sourceLocation,
        where isMeant: (ScriptEvent) -> Bool = { _ in true }
    ) async throws -> ScriptEvent {
        while let event = try await event() {
            if event.type == type, isMeant(event) { return event }
        }
        return try #require(nil as ScriptEvent?, "the output ended without such a \(type)", sourceLocation: location)
    }
}

extension [ScriptEvent] {
    func of(_ type: String) -> [ScriptEvent] { filter { $0.type == type } }

    /// The answers of the turns that ended well.
    var goodEndings: [String] { of("turn.finished").filter { $0.status == "ok" }.compactMap(\.text) }

    /// The ends of turns, as status and text of the answer.
    var endings: [String] { of("turn.finished").map { "\($0.status ?? ""): \($0.text ?? "")" } }
}
