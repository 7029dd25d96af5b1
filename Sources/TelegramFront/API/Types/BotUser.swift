/// A person or a bot.
public struct BotUser: Hashable, Sendable, Codable {
    /// At most 52 bits.
    public var id: Int64
    /// Whether it is a bot.
    public var isBot: Bool
    /// Their first name.
    public var firstName: String
    /// Their last name; nil where they gave none.
    public var lastName: String?
    /// Without `@`; nil where they have none.
    public var username: String?

    private enum CodingKeys: String, CodingKey {
        case id, username
        case isBot = "is_bot"
        case firstName = "first_name"
        case lastName = "last_name"
    }

    /// Creates a user.
    public init(id: Int64, isBot: Bool = false, firstName: String, lastName: String? = nil, username: String? = nil) {
        self.id = id
        self.isBot = isBot
        self.firstName = firstName
        self.lastName = lastName
        self.username = username
    }

    /// What others see: the username, else the name.
    public var shown: String { username ?? [firstName, lastName].compactMap(\.self).joined(separator: " ") }

    /// Whom Telegram names for a group's administrator who hides.
    public static let anonymousAdministrator: Int64 = 1_087_968_824
}
