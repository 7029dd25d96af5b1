import Processes

/// Keeps what a monitor that has nothing to do has in memory down to what doing nothing needs.
///
/// A start, and each turn, runs once through much of the program, and those pages would stay mapped: 20 MB of code, of
/// which waiting for a message, and polling meanwhile, touches less than half.
struct Thrift {
    /// How often pages were missed so far, and whether turns run.
    struct Look: Sendable {
        var faults: Int
        var isBusy: Bool
    }

    /// When pages are released, given one look after the other: in a quiet spell, and when there is something to gain.
    struct Spells {
        /// Waiting misses a few of them in a minute, a command hundreds.
        private static let quiet = 32
        /// Waiting brings back half as many, polls of Telegram included; each is up to 64 KB.
        private static let worthwhile = 400

        private var last = 0
        private var released = 0

        /// Whether to release them now, which counts as done.
        mutating func isDue(after look: Look) -> Bool {
            let isQuiet = !look.isBusy && look.faults - last < Self.quiet
            last = look.faults
            guard isQuiet, look.faults - released >= Self.worthwhile else { return false }
            released = look.faults
            return true
        }
    }

    /// Between two looks; long enough for what released pages cost when they come back not to count.
    private static let longestPause = Duration.seconds(60)

    var clock: any Clock<Duration> = TimerClock()
    var release: @Sendable () -> Void = { ProgramPages.release() }
    /// How things are.
    let look: @Sendable () async -> Look

    /// Looks soon after the start, then ever more rarely, down to once a minute; until cancelled.
    func run() async {
        var spells = Spells(), pause = Duration.milliseconds(500)
        while true {
            do { try await clock.sleep(for: pause) } catch { return }
            pause = min(pause * 2, Self.longestPause)
            if spells.isDue(after: await look()) { release() }
        }
    }
}
