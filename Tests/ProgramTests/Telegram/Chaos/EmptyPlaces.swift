import JSONRPC
import TestSupport

/// How many placeholders may stand in chats for good: one for each that was sent and whose number nobody learnt.
struct EmptyPlaces {
    /// What Telegram does before the answer gets lost.
    private static let lossy: Set<TelegramFault> = [.droppedAfter, .halfAnswer, .stalled, .invalidJSON]

    /// By chat.
    private var drops: [Int: Int] = [:]
    /// What was about to be sent at deaths.
    private var begun: [String] = []
    private var hangUps = 0
    private var counted = 0

    /// A program was killed, and left these messages as begun.
    mutating func note(death keys: [String]) { begun += keys }

    /// All connections were ended.
    mutating func noteHangUp() { hangUps += 1 }

    /// Looks at the calls behind those that it has looked at.
    mutating func note(_ calls: [RecordedCall]) {
        for call in calls where call.index >= counted {
            guard call.method == "sendMessage", call.parameters["text"] == .string("…"),
                let chat = call.parameters["chat_id"]?.integer, let fault = call.fault, Self.lossy.contains(fault)
            else { continue }
            drops[chat, default: 0] += 1
        }
        counted = max(counted, (calls.last?.index ?? -1) + 1)
    }

    /// The most that may stand in `chat`.
    func most(in chat: FakeChat) -> Int {
        // Those of a session are named after its chat; one message at a time is on its way to a chat.
        let left = begun.count { !$0.contains("@") || $0.contains("@\(chat.id)/") }
        return drops[chat.id, default: 0] + left + hangUps
    }
}
