import JSONRPC

/// The arguments of a call, as far as they are what the tool takes.
struct ToolArguments {
    private let tool: String
    private let values: [String: JSONValue]

    /// Takes the members of `arguments`; throws ``ToolRefusal`` for one that the tool does not know.
    init(_ arguments: JSONValue, of tool: String, allowed: [String]) throws {
        self.tool = tool
        guard case .object(let values) = arguments else {
            throw ToolRefusal.invalid(tool, "the arguments have to be an object")
        }
        if let unknown = values.keys.sorted().first(where: { !allowed.contains($0) }) {
            let known = allowed.isEmpty ? "it takes none" : "it takes \(allowed.joined(separator: ", "))"
            throw ToolRefusal.invalid(tool, "there is no argument \(unknown); \(known)")
        }
        // Models say null for what they leave out.
        self.values = values.filter { $0.value != .null }
    }

    /// A whole number; nil when it is left out.
    func number(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
        guard let value = values[name] else { return nil }
        let whole: Int? =
            switch value {
            case .integer(let number): number
            case .double(let number): Int(exactly: number)
            case .null, .bool, .string, .array, .object: nil
            }
        guard let whole, range.contains(whole) else {
            throw ToolRefusal.invalid(
                tool, "\(name) has to be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return whole
    }

    /// A text that is not blank; nil when it is left out.
    func text(_ name: String) throws -> String? {
        guard let value = values[name] else { return nil }
        guard case .string(let text) = value, !text.allSatisfy(\.isWhitespace) else {
            throw ToolRefusal.invalid(tool, "\(name) has to be a text that is not empty")
        }
        return text
    }
}
