import Control
import Locking
import Settings

/// The settings by which the core in this process has turns worked on, for who is attached to it.
///
/// A class with a lock: clients ask while the settings are followed.
final class SettingsInForce: Sendable {
    /// What makes a difference to who hands in a message; what guards people first.
    static let keys: [AnySettingKey] = [
        AnySettingKey(.codexApprovalPolicy), AnySettingKey(.codexSandbox), AnySettingKey(.approvalTimeout),
        AnySettingKey(.chatMode), AnySettingKey(.profileDefault), AnySettingKey(.codexAgentModel),
        AnySettingKey(.copilotModel), AnySettingKey(.codexAgentWorkingDirectory), AnySettingKey(.codexIsDisabled),
        AnySettingKey(.copilotIsDisabled), AnySettingKey(.codexTransport), AnySettingKey(.codexCommand),
        AnySettingKey(.codexMCPCommand), AnySettingKey(.codexMCPArguments), AnySettingKey(.copilotCommand),
        AnySettingKey(.providerKind), AnySettingKey(.providerBaseURL), AnySettingKey(.providerAPIVersion),
        AnySettingKey(.providerWireAPI), AnySettingKey(.codexMaxReviewRounds), AnySettingKey(.turnTimeout),
        AnySettingKey(.busy),
    ]
    /// Without which an agent may do more than somebody wanted.
    static let guards: Set = [
        SettingKey.codexApprovalPolicy.path, SettingKey.codexSandbox.path, Settings.filePath,
    ]

    private let current: Locked<Settings>

    init(_ settings: Settings) { current = Locked(settings) }

    /// Makes them those of `settings`.
    func follow(_ settings: Settings) { current.withLock { $0 = settings } }

    /// As files would have them, by their paths; nil for what is not set.
    var texts: [String: String?] { current.withLock(\.self).texts(of: Self.keys) }

    /// What counts in sessions for which nobody chose.
    var standard: SessionStandard { SessionStandard(current.withLock(\.self)) }
}
