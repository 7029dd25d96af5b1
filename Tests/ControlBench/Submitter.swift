import BenchSupport
import Control
import Conversation

/// A client that hands in one message after the other, and notes how long each takes to be acknowledged.
struct Submitter {
    /// From one message to the next: what the turn of the one before is over in.
    static let pause = Duration.milliseconds(15)

    private let socket: String
    private let count: Int
    private let file: String

    init(_ socket: String, count: Int, file: String) { (self.socket, self.count, self.file) = (socket, count, file) }

    /// Writes how long each took, in nanoseconds.
    func run() async throws {
        let times = try await Visit.run(socket) { try await Self.times(of: count, with: $0) }
        try Figures.write(times, to: file)
    }

    /// How long `count` messages took, in nanoseconds.
    static func times(of count: Int, with core: some Core) async throws -> [Int64] {
        var times: [Int64] = []
        for number in 0..<count {
            let start = Moment.now
            _ = try await core.submit(.bench("message \(number)"), to: World.other)
            times.append(Moment.now - start)
            try await Task.sleep(for: pause)
        }
        return times
    }
}
