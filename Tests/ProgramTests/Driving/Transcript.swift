import Foundation

/// What a program wrote, read from a descriptor as it comes.
final class Transcript: Sendable {
    /// What was waited for did not come.
    struct Missing: Error, CustomStringConvertible {
        let description: String
    }

    private struct State {
        var bytes: [UInt8] = []
        /// Up to where tests have read.
        var position = 0
        /// Up to where the search for the current needle has come.
        var searched = 0
        var isEnded = false
        var escapes = EscapeFilter()

        var unread: String { String(decoding: bytes[position...], as: UTF8.self) }

        /// Takes what is unread up to `end`.
        mutating func take(to end: Int) -> String {
            defer { (position, searched) = (end, end) }
            return String(decoding: bytes[position..<end], as: UTF8.self)
        }

        /// Takes what is unread through the first occurrence of `needle`.
        mutating func take(through needle: [UInt8]) -> String? {
            let start = max(position, searched - needle.count + 1)
            searched = bytes.count
            guard let range = bytes[start...].firstRange(of: needle) else { return nil }
            return take(to: range.upperBound)
        }
    }

    private let state: Watched<State>

    /// Begins to read `descriptor`, which belongs to the transcript from now on.
    ///
    /// With `withoutEscapes` only what a person would see is kept: no escape sequences and no carriage returns.
    init(reading descriptor: Int32, withoutEscapes: Bool = false) {
        let state = Watched(State())
        self.state = state
        Thread.detachNewThread {
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            while true {
                let count = Foundation.read(descriptor, &buffer, buffer.count)
                if count < 0, errno == EINTR { continue }
                // A terminal that nobody has open any more reports an error instead of the end.
                guard count > 0 else { break }
                let bytes = buffer[..<count]
                state.change { $0.bytes += withoutEscapes ? $0.escapes.add(bytes) : Array(bytes) }
            }
            Foundation.close(descriptor)
            state.change { $0.isEnded = true }
        }
    }

    /// All of it so far.
    var text: String { String(decoding: state.value.bytes, as: UTF8.self) }

    /// What no test has read yet.
    var unread: String { state.value.unread }

    /// Reads through the next `needle`, and returns what was read.
    @discardableResult
    func read(through needle: String, within limit: Duration = Program.patience) async throws -> String {
        let bytes = Array(needle.utf8)
        let found = await state.wait(within: limit) { state -> String?? in
            state.take(through: bytes).map { .some($0) } ?? (state.isEnded ? .some(nil) : nil)
        }
        state.change { $0.searched = $0.position }
        if let text = found ?? nil { return text }
        let reason = found == nil ? "within \(limit)" : "before the end"
        let instead = unread.suffix(2000).debugDescription
        throw Missing(description: "no \(needle.debugDescription) came \(reason), but \(instead)")
    }

    /// The next line without its end; nil at the end.
    func line(within limit: Duration = Program.patience) async throws -> String? {
        let found = await state.wait(within: limit) { state -> String?? in
            if let line = state.take(through: [UInt8(ascii: "\n")]) { return .some(String(line.dropLast())) }
            guard state.isEnded else { return nil }
            let rest = state.take(to: state.bytes.count)
            return .some(rest.isEmpty ? nil : rest)
        }
        guard let found else {
            throw Missing(description: "no line came within \(limit), but \(unread.debugDescription)")
        }
        return found
    }

    /// What is unread, once the end has come.
    func rest(within limit: Duration = Program.patience) async throws -> String {
        let found = await state.wait(within: limit) { $0.isEnded ? $0.take(to: $0.bytes.count) : nil }
        guard let found else { throw Missing(description: "no end came within \(limit)") }
        return found
    }
}
