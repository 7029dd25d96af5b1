#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What this program was given, and the clock it shares with the relay.
enum Surroundings {
    /// The whole environment.
    static var environment: [String: String] { ProcessInfo.processInfo.environment }

    /// Where it was started.
    static var directory: String { FileManager.default.currentDirectoryPath }

    /// Where this program is.
    static var program: String {
        guard let path = realpath(CommandLine.arguments[0], nil) else { return CommandLine.arguments[0] }
        defer { free(path) }
        return String(cString: path)
    }

    /// Nanoseconds of the monotonic clock, which is the same in all processes.
    static var now: Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
}
