import Foundation
import TestSupport
import Testing

@testable import Processes

/// Telling one process from another that has its number.
@Suite(.timeLimit(.minutes(1))) struct ProcessIdentityTests {
    @Test func `this process is the one it was before`() throws {
        let identity = try #require(ProcessIdentity(of: getpid()))
        #expect(identity == .current && identity.isRunning)
        #expect(identity.pid == getpid())
    }

    @Test func `a process that ended does not run, not even before its parent has noticed`() async throws {
        let (identity, _) = try await ChildProcess.shell("cat").run { child in
            let identity = try #require(ProcessIdentity(of: child.pid))
            #expect(identity.isRunning && identity.signal(0))
            await child.closeInput()
            _ = try await child.ended()
            #expect(!identity.isRunning)
            return identity
        }
        #expect(!identity.isRunning)
        #expect(!identity.signal(0))
    }

    @Test func `there is no identity of a number that nobody has`() {
        #expect(ProcessIdentity(of: 0) == nil)
        #expect(ProcessIdentity(of: .max) == nil)
    }

    @Test func `another process with the same number is not signalled`() async throws {
        let (_, status) = try await ChildProcess.shell("cat; exit 3", grace: .seconds(20)).run { child in
            let identity = try #require(ProcessIdentity(of: child.pid))
            for startTime in [0, identity.startTime - 1, identity.startTime + 1, .max] {
                let other = ProcessIdentity(pid: child.pid, startTime: startTime)
                #expect(!other.isRunning && !other.signal(SIGKILL))
            }
            let other = ProcessIdentity(pid: child.pid, startTime: identity.startTime, boot: "another")
            #expect(!other.isRunning && !other.signal(SIGKILL))
        }
        // By its input's end, and by no signal.
        #expect(status == .exited(3))
    }

    @Test func `whatever number is taken, a wrong start time keeps its process from any signal`() throws {
        let entries = ProcessTable().entries.values.filter { $0.pid != getpid() }
        let seed = Seed()
        for round in 0..<1000 {
            var generator = seed.generator(round)
            let entry = try #require(entries.randomElement(using: &generator))
            let startTime = UInt64.random(in: 0...(entry.identity.startTime * 2 + 1), using: &generator)
            guard startTime != entry.identity.startTime else { continue }
            // Harmless if it were sent.
            #expect(!ProcessIdentity(pid: entry.pid, startTime: startTime).signal(SIGCONT), "\(seed)")
        }
    }

    @Test(arguments: [-1, 0, 1]) func `numbers that mean groups or the system are not signalled`(pid: Int32) {
        let startTime = ProcessIdentity(of: pid)?.startTime ?? 0
        #expect(!ProcessIdentity(pid: pid, startTime: startTime).signal(0))
    }

    @Test func `it is kept as text`() throws {
        let identity = ProcessIdentity(pid: 12, startTime: 345, boot: "6-7@8")
        #expect("\(identity)" == "12:345@6-7@8")
        #expect(ProcessIdentity("\(identity)") == identity)
        let data = try JSONEncoder().encode([identity])
        #expect(try JSONDecoder().decode([ProcessIdentity].self, from: data) == [identity])
    }

    @Test(arguments: [
        "", "12", "12:345", "@", ":@", "12:@b", ":345@b", "0:345@b", "-1:345@b", "12:-1@b", "12:3:4@b", "x:1@b",
    ])
    func `other text is none`(text: String) {
        #expect(ProcessIdentity(text) == nil)
    }
}
