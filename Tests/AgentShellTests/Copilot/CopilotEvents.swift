import Conversation
import Foundation
import JSONRPC

@testable import AgentShell

/// What a turn makes of recorded events.
enum CopilotEvents {
    /// The events of a transcript.
    static func recorded(in transcript: String) throws -> [JSONValue] {
        try transcript.split(separator: "\n").map { try JSONDecoder().decode(JSONValue.self, from: Data($0.utf8)) }
    }

    /// What they mean to the core, in a turn for the first message of the transcript.
    static func events(of transcript: String) throws -> [AgentEvent] {
        let recorded = try recorded(in: transcript)
        let prompt = recorded.lazy.compactMap { $0["type"] == "user.message" ? $0["data"]?["content"]?.text : nil }
            .first
        var turn = CopilotTurn(prompt: prompt ?? "")
        return recorded.flatMap { turn.take($0) }
    }

    /// The actions among them, each time one changed.
    static func actions(of transcript: String) throws -> [Action] {
        try events(of: transcript).compactMap { if case .action(let action) = $0 { action } else { nil } }
    }

    /// The data of the events called `type`.
    static func data(of type: String, in transcript: String) throws -> [JSONValue] {
        try recorded(in: transcript).filter { $0["type"]?.text == type }.compactMap { $0["data"] }
    }
}
