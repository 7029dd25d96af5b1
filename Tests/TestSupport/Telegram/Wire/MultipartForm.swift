#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A body of kind `multipart/form-data`.
struct MultipartForm {
    /// The plain fields.
    private(set) var values: [String: String] = [:]
    /// The fields with a file name.
    private(set) var files: [String: UploadedFile] = [:]

    /// Takes `body` apart; `nil` when it breaks the rules: each part begins with the boundary, and the last one ends so.
    init?(_ body: [UInt8], contentType: String) {
        guard let boundary = Self.parameter("boundary", of: contentType), !boundary.isEmpty else { return nil }
        let delimiter = Array("\r\n--\(boundary)".utf8)
        // The first delimiter has no line end before it.
        var text = [13, 10] + body
        text.reserveCapacity(text.count)
        guard var index = Self.find(delimiter, in: text, from: 0), index == 0 else { return nil }
        while true {
            index += delimiter.count
            guard index + 2 <= text.count else { return nil }
            if text[index] == UInt8(ascii: "-"), text[index + 1] == UInt8(ascii: "-") { return }
            guard text[index] == 13, text[index + 1] == 10,
                let end = Self.find(delimiter, in: text, from: index),
                let headEnd = Self.find([13, 10, 13, 10], in: text, from: index), headEnd + 4 <= end,
                add(head: String(decoding: text[index + 2..<headEnd], as: UTF8.self), text[(headEnd + 4)..<end])
            else { return nil }
            index = end
        }
    }

    private mutating func add(head: String, _ bytes: ArraySlice<UInt8>) -> Bool {
        var headers: [String: String] = [:]
        for line in head.utf8.split(whereSeparator: { $0 == 13 || $0 == 10 }).map({ Substring($0) }) {
            guard let colon = line.firstIndex(of: ":") else { return false }
            headers[line[..<colon].lowercased()] = String(line[line.index(after: colon)...].drop { $0 == " " })
        }
        guard let disposition = headers["content-disposition"], disposition.hasPrefix("form-data"),
            let name = Self.parameter("name", of: disposition)
        else { return false }
        if let fileName = Self.parameter("filename", of: disposition) {
            let type = headers["content-type"] ?? ""
            files[name] = UploadedFile(name: fileName, contentType: type, bytes: Array(bytes))
        } else {
            guard let text = String(validating: bytes, as: UTF8.self) else { return false }
            values[name] = text
        }
        return true
    }

    /// The value of `; name=value` in a header, quoted or not.
    private static func parameter(_ name: String, of header: String) -> String? {
        for part in header.split(separator: ";").dropFirst() {
            let pair = part.drop { $0 == " " }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2, pair[0].lowercased() == name else { continue }
            guard pair[1].hasPrefix("\""), pair[1].hasSuffix("\""), pair[1].count >= 2 else { return String(pair[1]) }
            let unquoted = pair[1].dropFirst().dropLast()
            return unquoted.split(separator: "\\\"", omittingEmptySubsequences: false).joined(separator: "\"")
        }
        return nil
    }

    /// By `memchr`, so that 50 MB are searched in no time also in a debug build.
    private static func find(_ pattern: [UInt8], in text: [UInt8], from start: Int) -> Int? {
        text.withUnsafeBytes { text in
            guard let base = text.baseAddress else { return nil }
            var index = start
            while index + pattern.count <= text.count,
                let hit = memchr(base + index, Int32(pattern[0]), text.count - pattern.count - index + 1)
            {
                index = base.distance(to: UnsafeRawPointer(hit))
                if memcmp(base + index, pattern, pattern.count) == 0 { return index }
                index += 1
            }
            return nil
        }
    }
}
