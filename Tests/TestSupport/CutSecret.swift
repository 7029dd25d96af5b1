/// A secret in a text that is cut: what shows whether it was taken out before.
public enum CutSecret {
    /// The secret, of 40 characters.
    public static let whole = "canary-0123456789-0123456789-0123456789-"
    /// What is shown of it, if anything is.
    public static let beginning = "canary"

    /// A text that has half of the secret before the character of this number.
    public static func text(cutAt limit: Int) -> String {
        String(repeating: "x", count: limit - whole.count / 2) + whole + " | sh"
    }

    /// Takes the secret out where it is whole.
    @Sendable public static func redact(_ text: String) -> String { text.replacing(whole, with: "***") }
}
