#if !canImport(Darwin)
    import CEpoll
    import Glibc
    import Locking

    /// One thread that waits for descriptors in place of all the tasks that do.
    ///
    /// Two waits for one descriptor go on at a time, one for each direction: the system keeps one entry for a
    /// descriptor, so that each direction has a set of its own. A class with a lock, because tasks and the thread meet
    /// in it; there is one for the whole process, which ends with it.
    final class Poller: Sendable {
        typealias ID = UInt64

        private enum Wait {
            /// Yet to begin.
            case reserved
            case waiting(CheckedContinuation<Void, Never>)
            case ended
        }

        private struct State {
            var lastID: ID = 0
            var waits: [ID: Wait] = [:]
        }

        static let shared = Poller()

        private let state = Locked(State())
        /// Looked at by the thread; it also tells when the other one has something.
        private let readers = epoll_create1(Int32(EPOLL_CLOEXEC))
        private let writers = epoll_create1(Int32(EPOLL_CLOEXEC))
        /// Names the other set within the first; a wait never has it.
        private static let writersName: ID = 0

        private init() {
            precondition(readers >= 0 && writers >= 0, "the system has no descriptor left to wait with")
            var event = epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(u64: Self.writersName))
            let added = epoll_ctl(readers, EPOLL_CTL_ADD, writers, &event)
            let isStarted = DetachedThread.start { [self] in run() }
            precondition(added == 0 && isStarted, "the system has no thread left to wait with")
        }

        private func run() {
            while true {
                for id in Self.ready(in: readers, -1) {
                    if id == Self.writersName {
                        for id in Self.ready(in: writers, 0) { end(id) }
                    } else {
                        end(id)
                    }
                }
            }
        }

        /// The waits that are over, those of one look.
        private static func ready(in set: Int32, _ timeout: Int32) -> [ID] {
            withUnsafeTemporaryAllocation(of: epoll_event.self, capacity: 64) { events in
                let count = epoll_wait(set, events.baseAddress, Int32(events.count), timeout)
                return events.prefix(Int(max(count, 0))).map(\.data.u64)
            }
        }
    }

    extension Poller {
        /// Takes a name for a wait that is to begin.
        func reserve() -> ID {
            state.withLock { state in
                state.lastID += 1
                state.waits[state.lastID] = .reserved
                return state.lastID
            }
        }

        /// Resumes `continuation` when `descriptor` is ready or the wait was ended, which may have been before.
        func wait(
            _ continuation: CheckedContinuation<Void, Never>, as id: ID, for direction: Watch.Direction,
            of descriptor: Int32
        ) {
            let isEnded = state.withLock { state in
                if case .ended? = state.waits[id] { return true }
                state.waits[id] = .waiting(continuation)
                return false
            }
            guard !isEnded else { return continuation.resume() }
            let events = direction == .reading ? EPOLLIN.rawValue | EPOLLRDHUP.rawValue : EPOLLOUT.rawValue
            var event = epoll_event(events: events | EPOLLONESHOT.rawValue, data: epoll_data_t(u64: id))
            // Where the system refuses, the caller looks again, and is told by what it wants to do.
            if epoll_ctl(set(for: direction), EPOLL_CTL_ADD, descriptor, &event) != 0 { end(id) }
        }

        /// Ends a wait, be it before it begins.
        func end(_ id: ID) {
            let waiting: CheckedContinuation<Void, Never>? = state.withLock { state in
                defer { if state.waits[id] != nil { state.waits[id] = .ended } }
                if case .waiting(let continuation)? = state.waits[id] { return continuation }
                return nil
            }
            waiting?.resume()
        }

        /// Drops what is left of a wait that has ended.
        func forget(_ id: ID, _ direction: Watch.Direction, of descriptor: Int32) {
            var event = epoll_event()
            // Not there when it had ended before it began.
            epoll_ctl(set(for: direction), EPOLL_CTL_DEL, descriptor, &event)
            state.withLock { $0.waits[id] = nil }
        }

        private func set(for direction: Watch.Direction) -> Int32 { direction == .reading ? readers : writers }
    }
#endif
