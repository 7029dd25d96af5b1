import Dispatch
import Foundation

/// The signals that ask the program to stop, as a stream.
///
/// They end the process no more by themselves.
struct Signals {
    /// Unbounded: a person sends them.
    let stream: AsyncStream<Int32>
    private let sources: [any DispatchSourceSignal]

    init(_ numbers: [Int32]) {
        let (stream, continuation) = AsyncStream.makeStream(of: Int32.self, bufferingPolicy: .unbounded)
        self.stream = stream
        sources = numbers.map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { continuation.yield(number) }
            source.resume()
            return source
        }
    }

    /// Takes no further signal.
    func cancel() { for source in sources { source.cancel() } }
}
