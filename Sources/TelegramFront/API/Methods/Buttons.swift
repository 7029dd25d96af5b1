/// Rows of buttons under a message.
struct ButtonRows: Hashable, Sendable, Codable {
    var inline_keyboard: [[Button]]

    /// One button.
    struct Button: Hashable, Sendable, Codable {
        var text: String
        /// 1 to 64 bytes.
        var callback_data: String
    }
}

/// Answers the press of a button, which otherwise goes on waiting at the person's.
struct AnswerCallbackQuery: BotMethod {
    typealias Answer = Bool
    static let name = "answerCallbackQuery"
    var callback_query_id: String
    /// At most 200 characters; nil for nothing.
    var text: String?
}

/// Sets the list of commands that people see.
struct SetMyCommands: BotMethod {
    typealias Answer = Bool
    static let name = "setMyCommands"
    var commands: [Command]

    struct Command: Hashable, Sendable, Codable {
        /// 1 to 32 of `a` to `z`, digits and `_`.
        var command: String
        /// 1 to 256 characters.
        var description: String
    }
}

/// Where a file can be fetched, for an hour.
struct GetFile: BotMethod {
    struct Answer: Decodable, Sendable {
        /// Part of an address that holds the token: never stored or shown.
        var file_path: String?
        var file_size: Int64?
    }

    static let name = "getFile"
    var file_id: String
}
