import Changes
import Dispatch
import Foundation
import TestSupport
import Testing

/// What keeps the work and its result within bounds.
@Suite(.timeLimit(.minutes(2))) struct BoundTests {
    @Test func `ten thousand new files are all told, and the text is no longer than allowed`() async throws {
        let playground = try await Playground.repository()
        let report = try await playground.changes(limit: 20_000) {
            for number in 0..<10_000 { try playground.write("\(number)\n", to: "many/\(number % 100)/\(number)") }
        }
        #expect(report.files.count == 10_000 && report.isTruncated)
        #expect(report.text.utf8.count <= 20_000)
        #expect(report.text.contains("more files are not named here") && report.text.contains("is left out"))
    }

    @Test(arguments: [1024, 2000, 5000, 50_000])
    func `the text keeps its limit, and a large file leaves room for the next`(limit: Int) async throws {
        let playground = try await Playground.repository()
        let report = try await playground.changes(limit: limit) {
            try playground.write(String(repeating: "filler é\n", count: 20_000), to: "a-large")
            try playground.write(String(repeating: "é", count: 40_000) + "\n", to: "b-long-line")
            try playground.write("needle\n", to: "c-small")
        }
        #expect(report.text.utf8.count <= limit && report.isTruncated)
        #expect(!report.text.contains("\u{FFFD}"))
        #expect(report.lines.allSatisfy(report.text.contains))
        if limit >= 2000 { #expect(report.text.contains("+needle\n") && report.text.contains("more lines")) }
    }

    @Test func `a snapshot outlives the tracker for two weeks, and not for ever`() async throws {
        let playground = try await Playground.repository()
        var tracker = playground.tracker()
        tracker.today = { 7000 }
        let before = SnapshotID(rawValue: try await tracker.snapshot(of: playground.work).rawValue)
        try playground.write("x\n", to: "a.txt")
        var later = playground.tracker()
        later.today = { 7014 }
        #expect(try await later.changes(in: playground.work, since: before, limit: 4096).lines == ["M a.txt (+1 -3)"])
        later.today = { 7021 }
        let error = try await #require(throws: ChangeError.self) {
            _ = try await later.changes(in: playground.work, since: before, limit: 4096)
        }
        #expect(error.code == .snapshot)
    }

    @Test(arguments: ["", "r.1", "x.1.abc", "r.9999.../../etc", "r.abc.def"])
    func `an id that is none is an error`(text: String) async throws {
        let playground = try await Playground.repository()
        let error = try await #require(throws: ChangeError.self) {
            _ = try await playground.tracker()
                .changes(in: playground.work, since: SnapshotID(rawValue: text), limit: 4096)
        }
        #expect(error.code == .snapshot)
    }

    @Test func `a git that hangs is ended at the deadline, or when nobody waits any more`() async throws {
        let playground = try await Playground.repository()
        let slow = playground.base + "/slow"
        try "#!/bin/sh\necho $$ > '\(playground.base)/pid'\nexec sleep 600\n"
            .write(toFile: slow, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: slow)
        let clock = ManualClock()
        let tracker = playground.tracker(git: slow, clock: clock)
        let late = Task { try await tracker.snapshot(of: playground.work) }
        let pid = try await eventually("git runs") { Self.pid(in: playground) }
        await clock.sleeping(until: tracker.timeLimit)
        clock.advance(by: tracker.timeLimit)
        let error = await #expect(throws: ChangeError.self) { _ = try await late.value }
        #expect(error?.code == .timedOut)
        #expect(kill(pid, 0) == -1 && errno == ESRCH)

        try FileManager.default.removeItem(atPath: playground.base + "/pid")
        let patient = playground.tracker(git: slow)
        let task = Task { try await patient.snapshot(of: playground.work) }
        let other = try await eventually("git runs") { Self.pid(in: playground) }
        task.cancel()
        await #expect(throws: CancellationError.self) { _ = try await task.value }
        #expect(kill(other, 0) == -1 && errno == ESRCH)
    }

    @Test func `however long files are read, no other task is held up`() async throws {
        let playground = try Playground()
        let count = ProcessInfo.processInfo.activeProcessorCount * 2
        let reading = DispatchSemaphore(value: 0), others = DispatchSemaphore(value: 0)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<count {
                var tracker = playground.tracker(git: nil)
                // In place of very many files.
                tracker.today = {
                    reading.signal()
                    #expect(others.wait(timeout: .now() + 20) == .success)
                    return 7000
                }
                group.addTask { [tracker] in _ = try await tracker.snapshot(of: playground.work) }
            }
            group.addTask {
                var begun = 0
                try await eventually("all read at the same time") {
                    if reading.wait(timeout: .now()) == .success { begun += 1 }
                    return begun == count ? () : nil
                }
                for _ in 0..<count { others.signal() }
            }
            try await group.waitForAll()
        }
    }

    /// The process of a git that hangs; nil until it has written it.
    private static func pid(in playground: Playground) -> Int32? {
        let content = FileManager.default.contents(atPath: playground.base + "/pid") ?? Data()
        return Int32(String(decoding: content.dropLast(), as: UTF8.self))
    }

    @Test func `files that change all the while are told in some state`() async throws {
        let playground = try await Playground.repository()
        let report = try await playground.changes {
            let writer = Task.detached {
                var number = 0
                while !Task.isCancelled {
                    number += 1
                    try playground.write(String(repeating: "\(number)\n", count: number % 1000), to: "busy")
                    try playground.write("x", to: "brief")
                    try playground.remove("brief")
                }
            }
            for _ in 0..<10 { _ = try await playground.tracker().snapshot(of: playground.work) }
            writer.cancel()
            _ = try await writer.value
        }
        #expect(report.files.map(\.path) == ["busy"])
    }
}
