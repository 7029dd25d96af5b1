import Conversation
import JSONRPC

@testable import TelegramFront
@testable import TestSupport

/// What is wrong with a message, by the rules of Telegram.
struct SlotCheck {
    private(set) var problems: [String] = []
    private let content: SlotContent

    init(_ slot: Slot) {
        content = slot.wanted
        if let document = content.document {
            if document.caption.utf16.count > 1_024 { problems.append("\(slot.key): caption") }
            return
        }
        let count = content.text.utf16.count
        if content.text.isInvisible || count > 4_096 { problems.append("\(slot.key): \(count) units") }
        if content.entities.count > 100 { problems.append("\(slot.key): \(content.entities.count) entities") }
        checkEntities(slot.key, count)
        checkWithServer(slot.key)
        for button in content.buttons.joined() {
            if ButtonData(button.carries) == nil { problems.append("\(slot.key): button \(button.carries)") }
            if button.title.isInvisible { problems.append("\(slot.key): empty button") }
        }
    }

    /// What the server would say, which is stricter than Telegram.
    private mutating func checkWithServer(_ key: String) {
        let entities = content.entities.map { entity -> JSONValue in
            var members: [String: JSONValue] = [
                "type": .string(entity.type), "offset": .integer(entity.offset), "length": .integer(entity.length),
            ]
            members["url"] = entity.url.map(JSONValue.string)
            members["language"] = entity.language.map(JSONValue.string)
            return .object(members)
        }
        let rows = content.buttons.map { row in
            JSONValue.array(
                row.map { .object(["text": .string($0.title), "callback_data": .string($0.carries)]) })
        }
        do {
            _ = try FormattedText.message(content.text, entities: .array(entities))
            _ = try ButtonRules.check(.object(["inline_keyboard": .array(rows)]))
        } catch {
            problems.append("\(key): \(error)")
        }
    }

    private mutating func checkEntities(_ key: String, _ count: Int) {
        let units = Array(content.text.utf16)
        var open: [BotEntity] = []
        for entity in content.entities {
            let end = entity.offset + entity.length
            guard entity.length > 0, entity.offset >= 0, end <= count else {
                problems.append("\(key): \(entity) outside of \(count)")
                continue
            }
            for edge in [entity.offset, end] where edge > 0 && edge < count {
                if UTF16.isLeadSurrogate(units[edge - 1]) { problems.append("\(key): \(entity) cuts a character") }
            }
            open.removeAll { $0.offset + $0.length <= entity.offset }
            for outer in open {
                if end > outer.offset + outer.length { problems.append("\(key): \(outer) crosses \(entity)") }
                if ["code", "pre"].contains(outer.type) { problems.append("\(key): \(outer) holds \(entity)") }
            }
            open.append(entity)
        }
    }
}
