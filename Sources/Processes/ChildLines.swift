/// A child's output as lines of text, for logs and people; a protocol reads the bytes.
///
/// A line of more than 64 KiB comes in pieces cut between characters, and bytes that are no UTF-8 are replaced by
/// U+FFFD. As with the bytes, nothing is buffered beyond a chunk, and it is iterated once.
public struct ChildLines: AsyncSequence, Sendable {
    let output: ChildOutput

    /// Starts reading.
    public func makeAsyncIterator() -> Iterator { Iterator(chunks: output.makeAsyncIterator()) }

    /// Yields one line after the other, the last one also without its line feed.
    public struct Iterator: AsyncIteratorProtocol {
        var chunks: ChildOutput.Iterator
        var text = TextLines()
        var ready: [String].Iterator = [].makeIterator()
        var isFinished = false

        /// The next line, without its line feed; `nil` at the end.
        public mutating func next() async throws -> String? { try await next(isolation: #isolation) }

        /// The next line, on the caller's actor.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws -> String? {
            while true {
                if let line = ready.next() { return line }
                if isFinished { return nil }
                if let chunk = try await chunks.next(isolation: actor) {
                    ready = text.append(chunk).makeIterator()
                } else {
                    isFinished = true
                    ready = text.finish().makeIterator()
                }
            }
        }
    }
}
