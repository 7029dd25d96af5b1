import Dispatch
import Foundation

/// The signals that ask the program to stop, as a stream.
///
/// They end the process no more by themselves. There may be several streams at a time, and each has every signal.
struct Signals {
    /// Unbounded: a person sends them.
    let stream: AsyncStream<Int32>
    private let sources: [any DispatchSourceSignal]

    /// Takes signals: all that come after this has returned.
    init(_ numbers: [Int32]) {
        let (stream, continuation) = AsyncStream.makeStream(of: Int32.self, bufferingPolicy: .unbounded)
        self.stream = stream
        let isTaken = DispatchGroup()
        sources = numbers.map { number in
            #if canImport(Darwin)
                signal(number, SIG_IGN)
            #endif
            // Elsewhere a source has a handler of its own, which this would take away from an earlier source.
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { continuation.yield(number) }
            isTaken.enter()
            source.setRegistrationHandler { isTaken.leave() }
            source.resume()
            return source
        }
        isTaken.wait()
    }

    /// Takes no further signal.
    func cancel() { for source in sources { source.cancel() } }
}
