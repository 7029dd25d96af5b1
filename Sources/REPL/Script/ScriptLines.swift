import Dispatch
import Foundation

/// The lines of a script, read when they are asked for, so that a long script takes no more memory than a short one.
///
/// An actor, because the bytes read ahead belong to one reader at a time; the reading itself blocks a thread of its own.
actor ScriptLines {
    /// A line of more than ``limit`` bytes.
    struct TooLong: Error {}

    /// 16 MiB: Codex itself takes at most one million characters.
    static let limit = 16 << 20

    private let descriptor: Int32
    private let stop: ScriptStop
    private let queue = DispatchQueue(label: "cm.script")
    private var buffer: [UInt8] = []
    private var position = 0
    private var isAtEnd = false

    /// Nothing more is read once `stop` has come.
    init(descriptor: Int32, stop: ScriptStop = ScriptStop()) {
        self.descriptor = descriptor
        self.stop = stop
    }

    /// The next line without its line feed (and carriage return before it); nil at the end.
    ///
    /// Bytes that are no UTF-8, and NUL, become U+FFFD. Throws ``TooLong`` once for a line that is left out.
    func next() async throws -> String? {
        var line: [UInt8] = []
        var isTooLong = false
        while true {
            if position == buffer.count {
                guard !isAtEnd, let more = await read() else {
                    isAtEnd = true
                    if isTooLong { throw TooLong() }
                    return line.isEmpty ? nil : Self.text(line)
                }
                (buffer, position) = (more, 0)
            }
            let rest = buffer[position...]
            let end = rest.firstIndex(of: UInt8(ascii: "\n"))
            if line.count + (end ?? rest.endIndex) - rest.startIndex > Self.limit {
                isTooLong = true
                line = []
            }
            if !isTooLong { line += rest[..<(end ?? rest.endIndex)] }
            position = end.map { $0 + 1 } ?? buffer.count
            guard end != nil else { continue }
            if isTooLong { throw TooLong() }
            return Self.text(line)
        }
    }

    /// All that is left, as one text.
    func rest() async throws -> String {
        var lines: [String] = []
        while let line = try await next() { lines.append(line) }
        return lines.joined(separator: "\n")
    }

    /// The next bytes; nil at the end, after an error, behind which nothing can be read either, and when cancelled or
    /// stopped.
    private func read() async -> [UInt8]? {
        guard let wake = WakePipe() else { return nil }
        stop.wakes(wake)
        defer { stop.wakes(nil) }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                queue.async { [descriptor] in
                    let terminal = TerminalDevice(input: descriptor, output: descriptor)
                    continuation.resume(returning: Self.read(terminal, unlessWokenBy: wake))
                }
            }
        } onCancel: {
            wake.wake()
        }
    }

    private static func read(_ terminal: TerminalDevice, unlessWokenBy wake: WakePipe) -> [UInt8]? {
        while terminal.wait(wokenBy: wake) == .input {
            switch terminal.readAvailable() {
            case .bytes(let bytes): return bytes
            case .nothing: continue
            case .end: return nil
            }
        }
        return nil
    }

    private static func text(_ line: [UInt8]) -> String {
        let bytes = line.last == UInt8(ascii: "\r") ? line.dropLast() : line[...]
        let text = String(decoding: bytes, as: UTF8.self)
        return bytes.contains(0) ? text.replacing("\0", with: "\u{FFFD}") : text
    }
}
