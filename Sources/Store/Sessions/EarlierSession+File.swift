import Conversation

extension EarlierSession {
    /// The file as it is written.
    struct File: Decodable {
        struct Item: Decodable {
            let role, content: String
        }

        /// A number that may be written as a text.
        struct Number: Decodable {
            let value: Int64

            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                if let text = try? container.decode(String.self), let value = Int64(text) {  // else it is a number
                    self.value = value
                } else {
                    value = try container.decode(Int64.self)
                }
            }
        }

        struct Name: CodingKey {
            let stringValue: String
            var intValue: Int? { nil }

            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        let names: [String]
        let sessionID, mode, profileName, updatedAt: String?
        let chat, user, topic: Number?
        let history: [Item]?

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: Name.self)
            func value<Value: Decodable>(_ name: String) throws -> Value? {
                try values.decodeIfPresent(Value.self, forKey: Name(stringValue: name))
            }
            names = values.allKeys.map(\.stringValue)
            sessionID = try value("session_id")
            mode = try value("mode")
            profileName = try value("profile_name")
            updatedAt = try value("updated_at")
            (chat, user, topic) = (try value("chat_id"), try value("user_id"), try value("topic_id"))
            history = try value("history")
        }

        /// By chat and user, else by the name that is written.
        var session: SessionID {
            get throws {
                if let chat, let user {
                    let numbers = [chat, topic, user].compactMap { $0.map { "\($0.value)" } }
                    return SessionID(rawValue: "tg:" + numbers.joined(separator: ":"))
                }
                guard let name = sessionID else {
                    throw EarlierSessionError("is no session file: it has neither chat_id and user_id nor session_id")
                }
                let session = SessionID(rawValue: name)
                let isTerminal = name.hasPrefix("tty:") && SessionID(terminal: String(name.dropFirst(4))) != nil
                guard session.telegramNumbers != nil || isTerminal else {
                    throw EarlierSessionError("session_id: '\(name)' is not tg:<chat>:<user>")
                }
                return session
            }
        }
    }
}
