import Foundation

/// A process that is no child of ours, known by its number.
struct OtherProcess {
    let pid: pid_t

    /// Whether it still runs; one that has ended and that nobody has taken note of does not.
    var isRunning: Bool {
        guard kill(pid, 0) == 0 else { return false }
        // Where there is no such file, the system keeps no such remains for long.
        guard let line = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8) else { return true }
        return line.split(separator: ")").last?.split(separator: " ").first != "Z"
    }

    /// Waits for its end; returns whether it came.
    func ends(within limit: Duration) async throws -> Bool {
        let deadline = ContinuousClock.now + limit
        while isRunning {
            guard ContinuousClock.now < deadline else { return false }
            // Nothing tells of the end of a process that is nobody's child here.
            try await Task.sleep(for: .milliseconds(5))
        }
        return true
    }

    /// The memory it uses now, in kilobytes; nil where the system does not tell.
    var residentKilobytes: Int? {
        guard let status = try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") })
        else { return nil }
        return Int(line.filter(\.isNumber))
    }
}
