import CCurl
import Locking

/// What tasks want of the thread of the transfers.
///
/// A class with a lock, because they put it in from any thread. `multi` is unsafe to share but for
/// `curl_multi_wakeup`, the one call made here, and that only while the inbox is open: the thread frees `multi` after
/// it has seen it closed.
final class Inbox: @unchecked Sendable {
    enum Command: Sendable {
        case start(Transfer, Transfer.Delivery)
        case cancel(Transfer)
        /// The reader has room again.
        case letGo(Transfer)
    }

    private struct State: Sendable {
        var commands: [Command] = []
        var isOpen = true
    }

    private let state = Locked(State())
    private let multi: UnsafeMutableRawPointer

    init(waking multi: UnsafeMutableRawPointer) { self.multi = multi }

    /// Puts in a command; false when the inbox is closed.
    @discardableResult func put(_ command: Command) -> Bool {
        state.withLock { state in
            guard state.isOpen else { return false }
            state.commands.append(command)
            // Who put in the first one has woken the thread already.
            if state.commands.count == 1 { curl_multi_wakeup(multi) }
            return true
        }
    }

    /// Takes no more commands.
    func close() {
        state.withLock { state in
            guard state.isOpen else { return }
            state.isOpen = false
            curl_multi_wakeup(multi)
        }
    }

    /// Takes out all commands, and says whether more may come.
    func take() -> (commands: [Command], isOpen: Bool) {
        state.withLock { state in
            defer { state.commands = [] }
            return (state.commands, state.isOpen)
        }
    }
}
