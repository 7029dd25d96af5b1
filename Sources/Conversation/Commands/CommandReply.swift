/// What a command answered.
public struct CommandReply: Hashable, Sendable {
    /// The command's name without the slash; for an unknown one as it was typed.
    public var name: String
    /// False when the command was unknown, badly used or refused.
    public var ok: Bool
    /// For people, plain text, possibly several lines.
    public var text: String
    /// What of the text the events of the session do not tell as well; nil for all of it.
    public var untold: String?
    /// True when the person asked to leave the front.
    public var leaves: Bool
    /// The session to which the front goes from here; nil to stay.
    public var attaches: SessionID?
    /// The change of the session's settings that came of it, of which an event tells as well; nil for none.
    public var change: SessionChange?

    /// Creates a reply.
    public init(
        name: String, ok: Bool, text: String, untold: String? = nil, leaves: Bool = false, change: SessionChange? = nil
    ) {
        self.name = name
        self.ok = ok
        self.text = text
        self.untold = untold
        self.leaves = leaves
        self.change = change
    }
}
