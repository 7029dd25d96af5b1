import BenchSupport
import Control
import Conversation
import Foundation

/// Clients that note when they are told what, until a turn ends.
struct Attendants {
    private let socket: String
    private let count: Int
    private let file: String

    init(_ socket: String, count: Int, file: String) { (self.socket, self.count, self.file) = (socket, count, file) }

    /// Writes for each client `-1`, then pairs of a number and the moment it came.
    ///
    /// An action has its own number, a piece of what is said that of its last word.
    func run() async throws {
        try await withThrowingTaskGroup(of: [Int64].self) { group in
            let (ready, subscribed) = AsyncStream<Void>.makeStream()
            for _ in 0..<count {
                group.addTask { [socket] in
                    try await Visit.run(socket) { client in
                        let events = try await client.events(of: World.session, after: .start)
                        subscribed.yield()
                        return await Self.notes(of: events)
                    }
                }
            }
            var left = count
            for await _ in ready {
                left -= 1
                if left == 0 { break }
            }
            try Figures.write([], to: file + ".ready")
            try Figures.write(try await group.reduce(into: []) { $0 += [-1] + $1 }, to: file)
        }
    }

    private static func notes(of events: AsyncStream<Record>) async -> [Int64] {
        var notes: [Int64] = []
        for await record in events {
            switch record.event {
            case .action(_, let action):
                if let number = Int64(action.id) { notes += [number, Moment.now] }
            case .delta(_, let text):
                if let number = text.split(separator: " ").last.flatMap({ Int64($0.dropFirst(4)) }) {
                    notes += [number, Moment.now]
                }
            case .finished:
                return notes
            default:
                continue
            }
        }
        return notes
    }
}

/// One connection to a core.
enum Visit {
    /// Runs `body` with a client that has said who it is.
    static func run<Value: Sendable>(
        _ socket: String, _ body: (ControlClient) async throws -> Value
    ) async throws -> Value {
        let client = try ControlClient.connect(to: socket, as: ClientName(name: "bench", version: "1"))
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                // A connection that breaks fails the calls, which is told.
                try? await client.run()
            }
            defer { group.cancelAll() }
            try await client.initialize()
            return try await body(client)
        }
    }
}
