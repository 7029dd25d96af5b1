/// A value as a layer has it, before a setting gives it its type.
package enum WrittenValue: Hashable, Sendable {
    /// Text from a flag, the environment or `.env`: its type is the setting's affair.
    case plain(String)
    /// A string of TOML or JSON.
    case text(String)
    /// An integer of TOML or JSON.
    case integer(Int)
    /// A floating-point number, in TOML perhaps infinite or none.
    case decimal(Double)
    /// A Boolean of TOML or JSON.
    case boolean(Bool)
    /// An array that holds strings alone, perhaps none.
    case texts([String])
    /// An array that holds integers, perhaps strings as well, each in its digits.
    case numbers([String])
    /// A value no setting takes, with its article: `a date`.
    case other(String)

    /// The text, if it is one.
    var string: String? {
        switch self {
        case .plain(let text), .text(let text): text
        case .integer, .decimal, .boolean, .texts, .numbers, .other: nil
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
        case .texts, .numbers: "an array"
        case .other(let type): type
        }
    }
}
