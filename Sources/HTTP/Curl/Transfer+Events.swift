import CCurl

/// What libcurl tells of a transfer, on its thread.
extension Transfer {
    /// More than any server sends, and less than would hurt.
    private static let headLimit = 256 << 10

    /// A connection is there, and the request is about to be sent on it; returns whether it may be.
    ///
    /// When a connection that was kept open ends without any answer, libcurl sends the request again on another, even a
    /// `POST` that the server has read and acted on.
    func beginAttempt() -> Bool {
        attempts += 1
        guard attempts == 1 || request.isRepeatable else {
            fault = .connectionClosed
            return false
        }
        noteSign()
        return true
    }

    /// Takes a line of the header, with its end; false when there are too many.
    func takeLine(_ bytes: UnsafeRawBufferPointer, of easy: UnsafeMutableRawPointer) -> Bool {
        noteSign()
        // What follows a body sent in chunks.
        guard !hasHead else { return true }
        headSize += bytes.count
        guard headSize <= Self.headLimit else {
            fault = .tooLarge
            return false
        }
        let line = bytes.prefix { $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\n") }
        if line.isEmpty {
            endHead(status: ccurl_long(easy, CURLINFO_RESPONSE_CODE), of: easy)
        } else if line.starts(with: "HTTP/".utf8) {
            response.fields = HTTPFields()
        } else if let colon = line.firstIndex(of: UInt8(ascii: ":")) {
            response.fields.add(Self.trimmed(line[..<colon]), Self.trimmed(line[(colon + 1)...]))
        }
        return true
    }

    private static func trimmed(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
        func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        var bytes = bytes.drop(while: isBlank)
        while let last = bytes.last, isBlank(last) { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func endHead(status: Int, of easy: UnsafeMutableRawPointer) {
        // Of 100 to 199, another header follows.
        guard status >= 200 else { return }
        hasHead = true
        response.status = status
        if request.closingStatuses.contains(status) {
            // Looked at when the transfer ends.
            _ = ccurl_set_long(easy, CURLOPT_FORBID_REUSE, 1)
        }
        guard case .head(let continuation, let buffer) = delivery else { return }
        delivery = .body(buffer)
        continuation.resume(returning: response)
    }

    enum Reception { case taken, heldBack, refused }

    /// Takes bytes of the body.
    func take(_ bytes: UnsafeRawBufferPointer) -> Reception {
        noteSign()
        guard bytes.count <= request.bodyLimit - bodySize else {
            fault = .tooLarge
            return .refused
        }
        if case .body(let buffer) = delivery {
            isHeldBack = !buffer.offer(bytes)
            if isHeldBack { return .heldBack }
        } else {
            response.body.append(contentsOf: bytes)
        }
        bodySize += bytes.count
        return .taken
    }
}
