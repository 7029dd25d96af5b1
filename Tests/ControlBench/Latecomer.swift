import BenchSupport
import Control
import Conversation

/// A client that attaches and reads all that was.
struct Latecomer {
    private let socket: String
    private let last: Int
    private let file: String

    init(_ socket: String, last: Int, file: String) { (self.socket, self.last, self.file) = (socket, last, file) }

    /// Writes how long it took to connect and to be told the last record, in nanoseconds.
    func run() async throws {
        let start = Moment.now
        let time = try await Visit.run(socket) { client in
            for await record in try await client.events(of: World.session, after: .start) {
                if record.cursor.rawValue == last { return Moment.now - start }
            }
            throw Failure("the stream ended early")
        }
        try Figures.write([time], to: file)
    }
}
