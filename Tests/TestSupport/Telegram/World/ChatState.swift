import JSONRPC

/// A chat as the server keeps it.
struct ChatState: Sendable {
    enum Kind: Hashable, Sendable {
        case personal(FakeUser)
        case group
        case supergroup(isForum: Bool)
        case channel
    }

    /// Whether the bot may write.
    enum Access: Hashable, Sendable {
        case open
        case blocked
        case kicked
        case left
    }

    let id: Int
    let kind: Kind
    let title: String
    var username: String?
    var access = Access.open
    /// The supergroup that it became.
    var migratedTo: Int?
    /// Whether the bot may delete what others wrote.
    var botIsAdmin = false
    /// Names by number.
    var topics: [Int: String] = [:]
    /// In the order of their numbers.
    private(set) var messages: [ShownMessage] = []
    var lastMessageID = 0

    init(id: Int, kind: Kind, title: String) {
        self.id = id
        self.kind = kind
        self.title = title
        // The first message tells that the chat was made; its number is also that of the general topic.
        if countsItself { lastMessageID = 1 }
    }

    /// Whether it counts its messages itself, as only supergroups and channels do.
    var countsItself: Bool {
        switch kind {
        case .personal, .group: false
        case .supergroup, .channel: true
        }
    }

    var isGroup: Bool {
        switch kind {
        case .personal, .channel: false
        case .group, .supergroup: true
        }
    }

    var isForum: Bool { kind == .supergroup(isForum: true) }

    /// What methods for this chat fail with; `nil` when they may go on.
    var refusal: APIFault? {
        if let migratedTo {
            var fault = APIFault.badRequest("group chat was upgraded to a supergroup chat")
            fault.migratedTo = migratedTo
            return fault
        }
        let name =
            switch kind {
            case .personal: "private chat"
            case .group: "group chat"
            case .supergroup: "supergroup chat"
            case .channel: "channel chat"
            }
        switch access {
        case .open: return nil
        case .blocked: return .forbidden("bot was blocked by the user")
        case .kicked: return .forbidden("bot was kicked from the \(name)")
        case .left: return .forbidden("bot is not a member of the \(name)")
        }
    }

    var transcript: Transcript { Transcript(title: title, messages: messages) }

    subscript(message id: Int) -> ShownMessage? {
        get { place(of: id).map { messages[$0] } }
        set {
            if let index = place(of: id) {
                if let newValue { messages[index] = newValue } else { messages.remove(at: index) }
            } else if let newValue {
                messages.append(newValue)
            }
        }
    }

    var json: JSONValue {
        var members: [String: JSONValue] = ["id": .integer(id)]
        if let username { members["username"] = .string(username) }
        switch kind {
        case .personal(let user):
            members["type"] = "private"
            members["first_name"] = .string(user.name)
            if let username = user.username { members["username"] = .string(username) }
            return .object(members)
        case .group: members["type"] = "group"
        case .supergroup(let isForum):
            members["type"] = "supergroup"
            if isForum { members["is_forum"] = true }
        case .channel: members["type"] = "channel"
        }
        members["title"] = .string(title)
        return .object(members)
    }

    /// Where the message is; they are in order, so by halving.
    private func place(of id: Int) -> Int? {
        var range = 0..<messages.count
        while !range.isEmpty {
            let middle = (range.lowerBound + range.upperBound) / 2
            if messages[middle].id == id { return middle }
            range = messages[middle].id < id ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return nil
    }
}
