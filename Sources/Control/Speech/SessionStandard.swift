public import Conversation

/// What counts in sessions for which nobody chose.
public struct SessionStandard: Hashable, Sendable {
    /// How messages are worked on.
    public var mode: Mode
    /// The name of the profile.
    public var profile: String

    /// Creates it from its parts.
    public init(mode: Mode, profile: String) {
        self.mode = mode
        self.profile = profile
    }
}

/// The same on the wire.
struct StandardForm: Codable, Sendable {
    var mode: String
    var profile: String

    init(_ standard: SessionStandard) {
        mode = standard.mode.rawValue
        profile = standard.profile
    }

    /// Nil for a mode that is not known here.
    var standard: SessionStandard? { Mode(rawValue: mode).map { SessionStandard(mode: $0, profile: profile) } }
}
