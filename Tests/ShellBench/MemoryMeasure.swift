import BenchSupport
import Conversation
import Processes

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

/// What conversations cost that are open and do nothing: in this process, and in the agent's with all it started.
struct MemoryMeasure {
    /// How long opening may take in all: an agent that gets slow with each conversation is asked for no more.
    private static let limit = Duration.seconds(75)

    /// In KiB; `ours` is what this process shares with none, where the system tells, else what it has in all.
    private struct Usage {
        var ours = 0.0, agents = 0.0
    }

    let subject: Subject

    func take() async throws {
        try await subject.run { shell in
            try await shell.prepare()
            let empty = try await look(at: 0)
            let (withTurn, all) = subject.conversations
            var threads: [any AgentThread] = []
            let end = ContinuousClock.now + Self.limit
            do {
                while threads.count < withTurn {
                    let thread = try await shell.converse(threads.count)
                    try await thread.answer(to: "hello \(threads.count)")
                    threads.append(thread)
                }
                try await compare(empty, at: threads.count, "each after a turn")
                guard all > withTurn else { return }
                while threads.count < all, ContinuousClock.now < end {
                    threads.append(try await shell.converse(threads.count))
                }
                if threads.count < all {
                    Report.note("no more than \(threads.count) conversations were opened in \(Self.limit)")
                }
            } catch let error as AgentError {
                Report.note("the agent refused after \(threads.count) conversations: \(error)")
                guard await shell.status().isReady else { return }
            }
            try await compare(empty, at: threads.count, "\(min(withTurn, threads.count)) of them after a turn")
            withExtendedLifetime(threads) {}
        }
    }

    private func compare(_ empty: Usage, at count: Int, _ what: String) async throws {
        let usage = try await look(at: count)
        Report.note("\(count) conversations, \(what):")
        let each = Double(max(count, 1))
        let common = subject.hasProcessPerConversation ? 0 : empty.agents
        Report.row("per idle conversation of \(count): ours", "KB", [(usage.ours - empty.ours) / each])
        Report.row("per idle conversation of \(count): helpers", "KB", [(usage.agents - common) / each])
    }

    /// Prints what is used with `count` conversations once they are quiet.
    private func look(at count: Int) async throws -> Usage {
        try await Task.sleep(for: .seconds(2))
        let table = ProcessTable()
        var usage = Usage()
        usage.ours = Double(table.entries[getpid()]?.residentBytes ?? 0) / 1024
        usage.agents = Double(table.descendants(of: getpid()).reduce(0) { $0 + $1.residentBytes }) / 1024
        Report.row("\(count) idle: ours, resident", "MB", [usage.ours / 1024])
        if let own = Self.ownKilobytes {
            // What grows otherwise is code that was not used before.
            usage.ours = own
            Report.row("\(count) idle: ours, of that our own (RssAnon)", "MB", [own / 1024])
        }
        Report.row("\(count) idle: helpers, resident, guard included", "MB", [usage.agents / 1024])
        return usage
    }

    /// What this process shares with none; nil where the system does not tell.
    private static var ownKilobytes: Double? {
        // Not every system has it.
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else { return nil }
        let field = status.split(separator: "\n").first { $0.hasPrefix("RssAnon:") }
        return field?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Double($0) }
    }
}
