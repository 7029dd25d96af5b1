/// One value of a JSON text, with the line it starts on.
struct JSONValue: Sendable {
    /// What it is.
    enum Content: Sendable {
        case null
        case boolean(Bool)
        case integer(Int)
        case decimal(Double)
        case text(String)
        case array([JSONValue])
        case object([Member])
    }

    /// A key of an object and what it has, with the line of the key.
    struct Member: Sendable {
        let key: String
        let value: JSONValue
        let line: Int
    }

    let content: Content
    let line: Int

    /// The same for the forms of settings.
    var written: WrittenValue {
        switch content {
        case .null: .other("null")
        case .boolean(let value): .boolean(value)
        case .integer(let number): .integer(number)
        case .decimal(let number): .decimal(number)
        case .text(let text): .text(text)
        case .array(let values): Self.array(values)
        case .object: .other("an object")
        }
    }

    private static func array(_ values: [JSONValue]) -> WrittenValue {
        var hasNumbers = false
        let texts = values.map { value -> String? in
            switch value.content {
            case .text(let text): return text
            case .integer(let number):
                hasNumbers = true
                return "\(number)"
            case .null, .boolean, .decimal, .array, .object: return nil
            }
        }
        guard !texts.contains(nil) else { return .other("an array") }
        return hasNumbers ? .numbers(texts.compactMap(\.self)) : .texts(texts.compactMap(\.self))
    }
}
