import Conversation

@testable import TelegramFront

/// The messages of a chat as they would be there in the end.
struct ShownChat: Equatable {
    private(set) var slots: [Slot] = []

    /// Takes newer wishes for what is to be there.
    mutating func put(_ new: [Slot]) {
        for slot in new {
            if let index = slots.firstIndex(where: { $0.key == slot.key }) {
                slots[index] = slot
            } else {
                slots.append(slot)
            }
        }
    }

    subscript(key: String) -> Slot? { slots.first { $0.key == key } }

    /// All of it as text.
    var described: String { slots.map(\.described).joined(separator: "\n") }

    /// One message as text.
    func described(_ key: String) -> String { self[key]?.described ?? "no \(key)" }
}

extension Slot {
    /// The message as text: `[key how] text`, then what is marked, then its buttons and its file.
    var described: String {
        var head = key
        if priority == .progress { head += " progress" }
        switch delivery {
        case .filled: break
        case .once: head += isLoud ? " loud" : " once"
        case .repeated: head += isLoud ? " urgent" : " repeated"
        }
        if let replyTo { head += " reply \(replyTo)" }
        var lines = ["[\(head)] \(wanted.document.map { "FILE \($0.fileName), \($0.caption)" } ?? wanted.text)"]
        let marks = wanted.entities.map { entity in
            let name = entity.language.map { "\(entity.type) \($0)" } ?? entity.type
            return "\(name)<\(entity.marked(in: wanted.text) ?? "outside")>"
        }
        if !marks.isEmpty { lines.append("  \(marks.joined(separator: " "))") }
        lines += wanted.buttons.map { row in "  " + row.map { "(\($0.title) \($0.carries))" }.joined(separator: " ") }
        return lines.joined(separator: "\n")
    }
}
