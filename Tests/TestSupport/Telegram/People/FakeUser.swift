import JSONRPC

/// Somebody with an account.
public struct FakeUser: Hashable, Sendable {
    /// The number that Telegram knows the user by.
    public let id: Int
    /// The name that others see.
    public var name: String
    /// The name after the `@`, without it; `nil` when there is none.
    public var username: String?
    /// Whether it is a program.
    public var isBot = false

    /// In whose name anonymous administrators of groups write.
    static let anonymousAdmin = FakeUser(
        id: 1_087_968_824, name: "Group", username: "GroupAnonymousBot", isBot: true)

    var json: JSONValue {
        .members([
            "id": .integer(id), "is_bot": .bool(isBot), "first_name": .string(name),
            "username": username.map { .string($0) }, "language_code": isBot ? nil : "en",
        ])
    }
}
