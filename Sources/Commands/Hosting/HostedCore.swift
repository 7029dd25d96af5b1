import Control
import Conversation
import Locking

/// The core while it is in this process.
///
/// A class with a lock: who ends the process asks for it while it comes and goes.
final class HostedCore: Sendable {
    private let host = Locked<CoreHost?>(nil)

    func begin(_ host: CoreHost) { self.host.withLock { $0 = host } }
    func end() { host.withLock { $0 = nil } }

    /// The core; nil while it is elsewhere.
    var hub: Hub? { host.withLock { $0?.hub } }
    /// Whether somebody else is attached, who goes on when this process ends.
    var isTakenOver: Bool { host.withLock { ($0?.server.persons ?? 0) > 0 } }
}
