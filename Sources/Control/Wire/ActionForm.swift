import Conversation

/// An action of an agent as JSON.
struct ActionForm: Codable, Sendable {
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
