import Markdown

/// What is wrong with a text and its entities, by the rules of Telegram.
struct EntityCheck {
    private(set) var problems: [String] = []
    private let text: EntityText

    /// `code` bounds are looked for as well unless `hasWholeGraphemes` is false.
    init(_ text: EntityText, hasWholeGraphemes: Bool = true) {
        self.text = text
        checkOrder()
        checkNesting()
        checkEdges()
        if hasWholeGraphemes { checkGraphemes() }
    }

    private mutating func checkOrder() {
        let count = text.text.utf16.count
        for entity in text.entities where entity.length < 1 || entity.offset < 0 || entity.end > count {
            problems.append("\(entity) is empty or outside of \(count)")
        }
        for (first, second) in zip(text.entities, text.entities.dropFirst())
        where (first.offset, -first.length) > (second.offset, -second.length) {
            problems.append("\(first) stands before \(second)")
        }
    }

    private mutating func checkNesting() {
        var open: [TextEntity] = []
        for entity in text.entities {
            open.removeAll { $0.end <= entity.offset }
            for outer in open {
                if entity.end > outer.end { problems.append("\(outer) crosses \(entity)") }
                if !Self.mayHold(outer.kind, entity.kind) { problems.append("\(outer) holds \(entity)") }
            }
            open.append(entity)
        }
    }

    private static func mayHold(_ outer: TextEntity.Kind, _ inner: TextEntity.Kind) -> Bool {
        switch (outer.name, inner.name) {
        case ("code", _), ("pre", _), (_, "pre"), (_, "blockquote"), ("text_link", "text_link"): false
        case ("blockquote", "code"): true
        case (_, "code"): false
        case (let outer, let inner): outer != inner
        }
    }

    private mutating func checkEdges() {
        let units = Array(text.text.utf16)
        for entity in text.entities where entity.offset >= 0 && entity.end <= units.count && entity.length > 0 {
            let content = String(decoding: units[entity.offset..<entity.end], as: UTF16.self)
            let start = entity.kind.name == "pre" ? content.drop { $0 == " " || $0 == "\t" } : content[...]
            // An accent makes the blank before it visible.
            let isBlank = start.first.map { $0.isWhitespace && $0.unicodeScalars.count == 1 } ?? true
            if isBlank || start.unicodeScalars.last?.properties.isWhitespace != false {
                problems.append("\(entity) begins or ends with white space: \(content.debugDescription)")
            }
        }
    }

    private mutating func checkGraphemes() {
        var bounds: Set<Int> = [0]
        var units = 0
        for character in text.text {
            units += character.utf16.count
            bounds.insert(units)
        }
        for entity in text.entities where !bounds.contains(entity.offset) || !bounds.contains(entity.end) {
            problems.append("\(entity) cuts a grapheme")
        }
    }
}

extension EntityText {
    /// The entities as `name:content`.
    var described: [String] {
        let units = Array(text.utf16)
        return entities.map { "\($0.kind.name):\(String(decoding: units[$0.offset..<$0.end], as: UTF16.self))" }
    }
}
