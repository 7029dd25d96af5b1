import JSONRPC

@testable import TestSupport

/// One answer over HTTP.
struct RawResponse: Sendable {
    var status: Int
    /// Names in lower case.
    var headers: [String: String] = [:]
    var body: [UInt8]
    /// How many bytes come before the body.
    var headLength: Int

    /// `nil` while `bytes` are not all of it.
    init?(_ bytes: [UInt8]) {
        guard let headEnd = Self.headEnd(bytes) else { return nil }
        let lines = String(decoding: bytes[..<headEnd], as: UTF8.self).split(separator: "\r\n")
        guard let first = lines.first, let status = Int(first.split(separator: " ")[1]) else { return nil }
        self.status = status
        for line in lines.dropFirst() {
            let parts = line.split(separator: ": ", maxSplits: 1)
            headers[parts[0].lowercased()] = String(parts[1])
        }
        let length = Int(headers["content-length"] ?? "0") ?? 0
        guard bytes.count >= headEnd + length else { return nil }
        headLength = headEnd
        body = Array(bytes[headEnd..<headEnd + length])
    }

    /// Where the body begins.
    private static func headEnd(_ bytes: [UInt8]) -> Int? {
        var index = 0
        while index + 4 <= bytes.count {
            if bytes[index..<index + 4].elementsEqual([13, 10, 13, 10]) { return index + 4 }
            index += 1
        }
        return nil
    }

    /// The body as JSON.
    var json: JSONValue {
        get throws { try JSONReader.read(body) }
    }
}
