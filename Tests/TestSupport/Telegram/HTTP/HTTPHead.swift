/// The lines before the body of a request.
enum HTTPHead {
    /// The request that `head` begins; `nil` when it is none.
    static func parse(_ head: String) -> ServedRequest? {
        // By bytes: in Swift's characters, "\r\n" is one.
        var lines = head.utf8.split(separator: UInt8(ascii: "\n")).map { line in
            Substring(line.last == 13 ? line.dropLast() : line)
        }
        guard !lines.isEmpty else { return nil }
        let words = lines.removeFirst().split(separator: " ")
        guard words.count == 3, words[2].hasPrefix("HTTP/1.") else { return nil }
        let target = words[1].split(separator: "?", maxSplits: 1)
        guard let path = target.first, path.hasPrefix("/") else { return nil }
        var request = ServedRequest(method: String(words[0]), path: String(path))
        if target.count == 2 { request.query = String(target[1]) }
        for line in lines {
            guard let colon = line.firstIndex(of: ":") else { return nil }
            var value = line[line.index(after: colon)...]
            while value.first == " " || value.first == "\t" { value.removeFirst() }
            while value.last == " " || value.last == "\t" { value.removeLast() }
            request.headers[line[..<colon].lowercased()] = String(value)
        }
        let connection = request.headers["connection"]?.lowercased()
        request.keepsAlive = words[2] == "HTTP/1.0" ? connection == "keep-alive" : connection != "close"
        return request
    }
}
