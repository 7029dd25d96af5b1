import Foundation
import JSONRPC
import Synchronization
import TestSupport

/// A peer that takes no line before its gate is open.
///
/// A class, because the conversation and the test look at what was written.
final class SluggishTransport: LineTransport {
    private struct Broken: Error {}

    let (lines, end) = AsyncThrowingStream<Data, any Error>.makeStream()
    let gate = Gate()
    private let isBroken: Bool
    private let sizes = Mutex<[Int]>([])

    init(isBroken: Bool = false) { self.isBroken = isBroken }

    /// The size of each line that was taken.
    var written: [Int] { sizes.withLock { $0 } }

    func say(_ line: String) { end.yield(Data(line.utf8)) }

    func write(_ line: Data) async throws {
        try await gate.pass()
        if isBroken { throw Broken() }
        sizes.withLock { $0.append(line.count) }
    }

    func finish() {}
}
