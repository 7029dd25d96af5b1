public import Foundation

/// What the core is told when it starts, and again when the settings change.
public struct HubConfiguration: Sendable {
    /// The program's version, for people.
    public var version: String
    /// Where agents work, an absolute path, where the profile does not say otherwise.
    public var workingDirectory: String
    /// How messages are worked on in sessions for which nobody chose.
    public var mode = Mode.single
    /// How many reviews a turn of plan mode may have; 0 for none.
    public var maxReviewRounds = 3
    /// The profiles that can be chosen; the directory itself stays the same for as long as the core runs.
    public var profiles: any ProfileDirectory = FixedProfiles()
    /// Tells reviewers what changed; nil when nothing can.
    public var changes: (any ChangeTracking)?
    /// Tells people and agents of files, the repository and logs; nil when nobody can.
    public var surroundings: (any Surroundings)?
    /// Tells which files may be handed over; nil when none may.
    public var fileGate: (any FileGate)?
    /// Keeps notifications until somebody was told; nil when only those hear of them who are attached.
    public var notifications: (any NotificationLedger)?
    /// Whether those who are attached are told of the notifications that are for who looks into `cm` itself.
    public var tellsDebug = false
    /// The hours in which a chat stays quiet, for people; nil for none.
    public var quietHours: String?
    /// Takes secrets out of a text; see ``line(_:_:)``.
    public var redact: @Sendable (String) -> String = { $0 }
    /// Keeps what was asked and answered, for people; nil when nobody does.
    public var chronicle: (any Chronicle)?
    /// The tools that the agents of a session's conversation get; nil when none do.
    public var toolServer: (@Sendable (SessionID) -> ToolServer?)?
    /// A request that nobody answered for this long is denied; nil: it waits for ever.
    public var approvalTimeout: Duration?
    /// Whether a message goes into the running turn, instead of waiting for one of its own.
    public var steersWhenBusy = false
    /// A turn that takes longer is interrupted.
    public var turnTimeout: Duration
    /// After this much silence of a running agent its status says so.
    public var silentAfter: Duration
    /// When set, only what this session left open is taken up at the start.
    public var settlesOnly: SessionID?
    /// What time limits are measured with.
    public var clock: any Clock<Duration>
    /// Where a person's days begin and end.
    public var timeZone = TimeZone.current
    /// The wall clock.
    public var now: @Sendable () -> Timestamp

    /// Creates a configuration.
    public init(
        version: String, workingDirectory: String,
        turnTimeout: Duration = .seconds(3600), silentAfter: Duration = .seconds(300),
        clock: any Clock<Duration> = ContinuousClock(),
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.version = version
        self.workingDirectory = workingDirectory
        self.turnTimeout = turnTimeout
        self.silentAfter = silentAfter
        self.clock = clock
        self.now = now
    }

    /// A text of agents or people without secrets, in one line of at most `limit` characters.
    func line(_ text: String, _ limit: Int) -> String {
        // Secrets have to be whole to be found.
        redact(text).headline(limit)
    }
}
