/// A value as a layer has it, before a setting gives it its type.
package enum WrittenValue: Hashable, Sendable {
    /// Text from a flag, the environment or `.env`: its type is the setting's affair.
    case plain(String)
    /// A TOML string.
    case text(String)
    /// A TOML integer.
    case integer(Int)
    /// A TOML floating-point number, perhaps infinite or none.
    case decimal(Double)
    /// A TOML Boolean.
    case boolean(Bool)
    /// A TOML value no setting takes, with its article: `an array`.
    case other(String)

    /// The text, if it is one.
    var string: String? {
        switch self {
        case .plain(let text), .text(let text): text
        case .integer, .decimal, .boolean, .other: nil
        }
    }

    /// What was found, for an error; a secret shows its type only.
    func found(secret: Bool) -> String {
        switch self {
        case .plain(let text): secret ? "a value that is not shown" : Shown.quoted(text)
        case .text(let text): secret ? "a string" : "the string " + Shown.quoted(text)
        case .integer(let number): secret ? "an integer" : "the integer \(number)"
        case .decimal(let number): secret ? "a number" : "the number \(number)"
        case .boolean(let value): secret ? "a Boolean" : "the Boolean \(value)"
        case .other(let type): type
        }
    }
}
