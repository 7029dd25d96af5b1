/// Takes requests out of the bytes of one connection, however these are cut.
///
/// A value that reads nothing itself: it is fed, and asked for the next step until it needs more.
package struct HTTPRequestReader: Sendable {
    /// What the connection has to do next.
    package enum Step: Hashable, Sendable {
        /// Read more bytes.
        case needsMore
        /// Tell the client to go on with the body.
        case saysContinue
        /// Answer.
        case request(ServedRequest)
        /// Answer with this status, and close: where the next request begins is not known.
        case bad(status: Int)
    }

    private enum Phase {
        case head
        case body(ServedRequest, length: Int)
        case chunkSize(ServedRequest)
        case chunk(ServedRequest, length: Int)
        case trailer(ServedRequest)
        case broken(status: Int)
    }

    /// Bodies beyond this are refused: Telegram's 50 MB for a document, and room for the form around it.
    private static let bodyLimit = 64 << 20
    private static let lineLimit = 64 << 10

    private var phase = Phase.head
    private var buffer: [UInt8] = []
    private var start = 0

    /// Creates a reader at the beginning of a connection.
    package init() {}

    /// Takes in what the client wrote.
    package mutating func feed(_ bytes: some Sequence<UInt8>) {
        if start > 0 {
            buffer.removeSubrange(..<start)
            start = 0
        }
        buffer.append(contentsOf: bytes)
    }

    /// What to do next; to be asked again after each but `needsMore` and `bad`.
    package mutating func next() -> Step {
        while true {
            switch phase {
            case .head:
                guard let head = takeHead() else { return needsMore(limit: Self.lineLimit) }
                guard !head.isEmpty else { continue }  // an empty line before a request is allowed
                guard let request = HTTPHead.parse(head) else { return fail(400) }
                if let step = begin(request) { return step }
            case .body(var request, let length):
                guard let bytes = take(length) else { return .needsMore }
                request.body = bytes
                return finish(request)
            case .chunkSize(let request):
                guard let line = takeLine() else { return needsMore(limit: Self.lineLimit) }
                let digits = line.prefix { $0 != ";" }
                guard let length = Int(digits, radix: 16), length >= 0 else { return fail(400) }
                guard request.body.count + length <= Self.bodyLimit else { return fail(413) }
                phase = length == 0 ? .trailer(request) : .chunk(request, length: length)
            case .chunk(var request, let length):
                guard let bytes = take(length + 2) else { return .needsMore }
                guard bytes.suffix(2).elementsEqual("\r\n".utf8) else { return fail(400) }
                request.body += bytes.dropLast(2)
                phase = .chunkSize(request)
            case .trailer(let request):
                guard let line = takeLine() else { return needsMore(limit: Self.lineLimit) }
                if line.isEmpty { return finish(request) }
            case .broken(let status): return .bad(status: status)
            }
        }
    }

    /// Chooses how the body is read; `nil` when there is nothing to say to the client before.
    private mutating func begin(_ request: ServedRequest) -> Step? {
        let expectsContinue = request.headers["expect"]?.lowercased() == "100-continue"
        if let coding = request.headers["transfer-encoding"] {
            guard coding.lowercased() == "chunked", request.headers["content-length"] == nil else { return fail(400) }
            phase = .chunkSize(request)
        } else {
            guard let length = Int(request.headers["content-length"] ?? "0"), length >= 0 else { return fail(400) }
            guard length <= Self.bodyLimit else { return fail(413) }
            phase = .body(request, length: length)
        }
        return expectsContinue && start == buffer.count ? .saysContinue : nil
    }

    private mutating func finish(_ request: ServedRequest) -> Step {
        phase = .head
        return .request(request)
    }

    private mutating func fail(_ status: Int) -> Step {
        phase = .broken(status: status)
        return .bad(status: status)
    }

    private mutating func needsMore(limit: Int) -> Step { buffer.count - start > limit ? fail(431) : .needsMore }

    private mutating func take(_ length: Int) -> [UInt8]? {
        guard buffer.count - start >= length else { return nil }
        defer { start += length }
        return Array(buffer[start..<start + length])
    }

    /// The lines up to the empty one, without it; empty when the first line is.
    private mutating func takeHead() -> String? {
        let end = buffer.withUnsafeBufferPointer { bytes -> Int? in
            var index = start
            if bytes.count - index >= 2, bytes[index] == 13, bytes[index + 1] == 10 { return index }
            while index + 3 < bytes.count {
                if bytes[index + 2] != 13 && bytes[index + 2] != 10 {
                    index += 3
                } else if bytes[index] == 13, bytes[index + 1] == 10, bytes[index + 2] == 13, bytes[index + 3] == 10 {
                    return index + 2
                } else {
                    index += 1
                }
            }
            return nil
        }
        guard let end else { return nil }
        defer { start = end + 2 }
        return String(decoding: buffer[start..<end], as: UTF8.self)
    }

    private mutating func takeLine() -> String? {
        guard let end = buffer[start...].firstIndex(of: 10), end > start, buffer[end - 1] == 13 else { return nil }
        defer { start = end + 1 }
        return String(decoding: buffer[start..<end - 1], as: UTF8.self)
    }
}
