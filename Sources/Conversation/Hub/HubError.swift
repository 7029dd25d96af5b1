/// Why the core did not take something.
public struct HubError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The failures that callers tell apart.
    public enum Code: Hashable, Sendable {
        /// The core has stopped, or is about to.
        case closed
        /// The journal could not write it. Nothing was changed.
        case notStored
        /// Something else went wrong; the description says what.
        case failed
    }

    /// Which failure it is.
    public var code: Code
    /// What was not taken and why, one line for people.
    public var description: String

    /// Creates an error from its parts.
    public init(code: Code, description: String) {
        self.code = code
        self.description = description
    }

    /// The core has stopped.
    public static let closed = HubError(code: .closed, description: "cm is shutting down; nothing was stored")

    /// The core went away before it answered: it may have stored what it was told, or not.
    public static let lost = HubError(
        code: .closed, description: "the core went away before it answered; what was asked may have been done or not")
}
