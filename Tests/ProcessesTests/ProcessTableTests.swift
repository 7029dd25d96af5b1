import Foundation
import Testing

@testable import Processes

@Suite(.timeLimit(.minutes(1))) struct ProcessTableTests {
    private static func entry(_ pid: Int32, under parent: Int32) -> ProcessTable.Entry {
        ProcessTable.Entry(
            identity: ProcessIdentity(pid: pid, startTime: 1), parent: parent, group: 1, session: 1, hasEnded: false,
            residentBytes: 0)
    }

    @Test func `descendants come after their parents, at any depth`() {
        let pairs: [(Int32, Int32)] = [(1, 0), (2, 1), (9, 2), (5, 9), (7, 5), (3, 1), (4, 3)]
        let table = ProcessTable(pairs.map { Self.entry($0, under: $1) })
        #expect(table.descendants(of: 2).map(\.pid) == [9, 5, 7])
        #expect(Set(table.descendants(of: 1).map(\.pid)) == [2, 9, 5, 7, 3, 4])
        #expect(table.descendants(of: 7) == [])
        #expect(table.lineage(of: 5) == [5, 9, 2, 1])
    }

    @Test func `a table that changed while it was read may be a circle`() {
        let table = ProcessTable([Self.entry(1, under: 2), Self.entry(2, under: 1)])
        #expect(table.descendants(of: 1).map(\.pid) == [2])
        #expect(table.lineage(of: 1) == [1, 2])
    }

    @Test func `this process is in it, under its parent`() throws {
        let entry = try #require(ProcessTable().entries[getpid()])
        #expect(entry.identity == .current)
        #expect(entry.parent == getppid() && entry.group == getpgrp() && entry.session == getsid(0))
        #expect(entry.residentBytes > 1 << 20 && !entry.hasEnded)
    }

    #if os(Linux)
        @Test(arguments: ["cat", "a b", ") R 1 (", "x) Z 9 9 9 9"])
        func `a name cannot pass for the fields behind it`(name: String) throws {
            // Each field holds its number in proc_pid_stat(5).
            let fields = (4...52).map { "\($0)" }.joined(separator: " ")
            let entry = try #require(ProcessTable.Entry(pid: 1, stat: Array("1 (\(name)) S \(fields)\n".utf8)))
            #expect(entry.parent == 4 && entry.group == 5 && entry.session == 6 && !entry.hasEnded)
            #expect(entry.identity.startTime == 22 && entry.residentBytes == 24 * Int(getpagesize()))
            let ended = try #require(ProcessTable.Entry(pid: 1, stat: Array("1 (\(name)) Z \(fields)\n".utf8)))
            #expect(ended.hasEnded)
        }

        @Test func `a line that is cut is none`() {
            let line = Array("1 (cat) S 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24".utf8)
            #expect(ProcessTable.Entry(pid: 1, stat: line) != nil)
            for count in 0...(line.count - " 24".count) {
                #expect(ProcessTable.Entry(pid: 1, stat: Array(line[..<count])) == nil)
            }
        }

        @Test func `a marker is found in the environment of whoever inherits it`() async throws {
            let child = ChildProcess(
                "/bin/sh", arguments: ["-c", "sleep 100 & echo; cat"],
                environment: ["PATH": "/usr/bin:/bin", "NOT_CM_CHILD": "x", Marker.variable: "project.1-1.1"])
            try await child.run { child in
                for try await _ in child.lines { break }
                let found = ProcessTable().marked(with: "project.1-1.")
                #expect(found.count >= 2)
                #expect(Set(found.map(\.marker)) == ["project.1-1.1"])
                #expect(found.contains { $0.entry.pid == child.pid })
                #expect(ProcessTable().marked(with: "project.1-2.").isEmpty)
                let later = try #require(ProcessIdentity(of: child.pid)).startTime + 100_000
                #expect(ProcessTable().marked(with: "project.1-1.", since: later).isEmpty)
            }
        }
    #endif
}
