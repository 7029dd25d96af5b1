import BenchSupport
import Foundation

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Processes of this program that use the core of a ``World``.
final class Crew {
    /// How many clients a process has that only reads.
    static let clientsEach = 50

    private struct Member {
        var process: Process
        var file: String
    }

    private let world: World
    private var members: [Member] = []

    init(_ world: World) { self.world = world }

    deinit {
        for member in members where member.process.isRunning { kill(member.process.processIdentifier, SIGKILL) }
    }

    /// Starts a process; what it notes is in the result of ``figures(_:)``, under the number that is returned.
    @discardableResult func start(_ role: String, _ number: Int) throws -> Int {
        let process = Process(), file = "\(world.place)/figures-\(members.count)"
        process.executableURL = Bundle.main.executableURL
        process.arguments = [role, world.socket, "\(number)", file]
        try process.run()
        members.append(Member(process: process, file: file))
        return members.count - 1
    }

    /// Starts processes with `count` clients in all, and returns when all of them are subscribed.
    func attend(_ count: Int, as role: String = "attend") async throws -> [Int] {
        var started: [Int] = [], left = count
        while left > 0 {
            started.append(try start(role, min(left, Self.clientsEach)))
            left -= Self.clientsEach
        }
        for member in started {
            while !FileManager.default.fileExists(atPath: members[member].file + ".ready") {
                guard members[member].process.isRunning else { throw Failure("a process with clients has ended") }
                try await Task.sleep(for: .milliseconds(10))
            }
        }
        return started
    }

    /// What the process noted, when it has ended.
    func figures(_ member: Int) async throws -> [Int64] {
        while members[member].process.isRunning { try await Task.sleep(for: .milliseconds(10)) }
        guard members[member].process.terminationStatus == 0 else { throw Failure("a process with clients has failed") }
        return try Figures.read(members[member].file)
    }

    /// Stops the process, or has it go on.
    func signal(_ member: Int, _ number: Int32) { kill(members[member].process.processIdentifier, number) }
}
