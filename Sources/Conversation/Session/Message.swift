/// What somebody said to an agent.
public struct Message: Hashable, Sendable {
    /// Names a message: the cursor under which it was accepted.
    public struct ID: RawRepresentable, Hashable, Sendable {
        /// The number of the cursor.
        public var rawValue: Int64

        /// Takes `rawValue` as it is.
        public init(rawValue: Int64) { self.rawValue = rawValue }
    }

    /// The kind of place a message came from.
    public enum Origin: String, Sendable {
        case terminal = "tty"
        case script
        case telegram
        case mcp
        case system
    }

    /// What was said, possibly several lines.
    public var text: String
    /// Who wrote it, as others should see it, for example a login name.
    public var author: String
    /// Where it came from.
    public var origin: Origin
    /// The attached front that handed it in.
    ///
    /// Differs for every front of every process; tells a front its own turns.
    public var sender: String
    /// What its turn may do without asking anybody.
    public var approvals = ApprovalRule.none
    /// Names the act of handing it in; nil where nobody hands it in twice.
    ///
    /// A second message of the same key in the same session counts as the first: whoever does not know whether it
    /// arrived hands it in again.
    public var key: String?
    /// When it was written, where that may be long before it is handed in; nil for just now.
    ///
    /// A bare answer counts only for what was asked by then. Not kept.
    public var writtenAt: Timestamp?
    /// The number of the person of Telegram who wrote it; nil where that is the person of the session.
    ///
    /// Not kept.
    public var person: Int64?

    /// Creates a message from its parts.
    public init(text: String, author: String, origin: Origin, sender: String) {
        self.text = text
        self.author = author
        self.origin = origin
        self.sender = sender
    }
}
