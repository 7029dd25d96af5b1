import Conversation
import Foundation

/// The part of an event that no other table holds, as JSON.
///
/// Names are short-lived nowhere: old rows must stay readable.
enum EventDetail {
    static func encode(_ detail: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(detail), as: UTF8.self)
    }

    static func decode<Detail: Decodable>(_: Detail.Type, _ text: String) throws -> Detail {
        try JSONDecoder().decode(Detail.self, from: Data(text.utf8))
    }
}

struct ActionDetail: Codable {
    var id: String
    var kind: String
    var title: String
    var status: String

    init(_ action: Action) {
        id = action.id
        kind = action.kind.rawValue
        title = action.title
        status = action.status.rawValue
    }

    /// The action; kinds and states of newer versions are taken for the nearest known ones.
    var action: Action {
        Action(
            id: id, kind: Action.Kind(rawValue: kind) ?? .tool, title: title,
            status: Action.Status(rawValue: status) ?? .completed)
    }
}

struct ChangeDetail: Codable {
    var mode: String?
    var agent: String?
    var thread: String?
    var renewed: Bool?

    init(_ change: SessionChange) {
        switch change {
        case .mode(let mode): self.mode = mode.rawValue
        case .agent(let choice): agent = choice.description
        case .thread(let agent, let thread): (self.agent, self.thread) = (agent, thread)
        case .renewed: renewed = true
        }
    }

    var change: SessionChange? {
        if let agent, let thread { return .thread(agent: agent, thread: thread) }
        if let agent { return .agent(AgentChoice(agent)) }
        if let mode { return .mode(Mode(rawValue: mode) ?? .initial) }
        return renewed == true ? .renewed : nil
    }
}
