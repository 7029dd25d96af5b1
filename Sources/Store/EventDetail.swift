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
    /// Missing for the developer.
    var role: String?

    init(_ action: Action) {
        id = action.id
        kind = action.kind.rawValue
        title = action.title
        status = action.status.rawValue
        role = action.role == .developer ? nil : action.role.rawValue
    }

    /// The action; kinds and states of newer versions are taken for the nearest known ones.
    var action: Action {
        Action(
            id: id, kind: Action.Kind(rawValue: kind) ?? .tool, title: title,
            status: Action.Status(rawValue: status) ?? .completed,
            role: role.flatMap(Role.init(rawValue:)) ?? .developer)
    }
}

struct SharedDetail: Codable {
    var path: String
    var name: String
    var size: Int64
    var by: String
    var hidesSecrets: Bool?

    init(_ file: SharedFile) {
        (path, name, size, by) = (file.path, file.name, file.size, file.by)
        hidesSecrets = file.hidesSecrets ? true : nil
    }

    var file: SharedFile {
        SharedFile(path: path, name: name, size: size, by: by, hidesSecrets: hidesSecrets ?? false)
    }
}

struct EndDetail: Codable {
    /// Who stopped the turn; missing when nobody did, or it is not known.
    var stoppedBy: String?
}

struct RevisionDetail: Codable {
    /// What the message says from here on.
    var text: String
}

struct ChangeDetail: Codable {
    var mode: String?
    var agent: String?
    var thread: String?
    var profile: String?
    var renewed: Bool?

    init(_ change: SessionChange) {
        switch change {
        case .mode(let mode): self.mode = mode.rawValue
        case .agent(let choice): agent = choice.description
        case .profile(let name): profile = name
        case .thread(let key, let thread): (profile, agent, self.thread) = (key.profile, key.agent, thread)
        case .renewed: renewed = true
        }
    }

    var change: SessionChange? {
        if let agent, let thread { return .thread(ThreadKey(profile: profile ?? "default", agent: agent), thread) }
        if let agent { return .agent(AgentChoice(agent)) }
        if let mode { return Mode(rawValue: mode).map(SessionChange.mode) }
        if let profile { return .profile(profile) }
        return renewed == true ? .renewed : nil
    }
}
