import CCurl

/// The lines of a header as libcurl wants them.
enum FieldLines {
    /// Adds what `request` says beside its URL, after refusing what would end a line early.
    ///
    /// The list is the caller's to free, also when this throws.
    static func append(_ request: HTTPRequest, to list: inout UnsafeMutablePointer<curl_slist>?) throws(HTTPError) {
        guard !request.method.rawValue.isEmpty, request.method.rawValue.utf8.allSatisfy(isTokenByte) else {
            throw refusal("the method is no word")
        }
        for field in request.fields.all {
            guard !field.name.isEmpty, field.name.utf8.allSatisfy(isTokenByte) else {
                throw refusal("the name of a header field is no word")
            }
            guard isOneLine(field.value) else { throw refusal("the value of \(field.name) is not one line") }
            // With a colon and nothing behind, libcurl would leave the field out.
            try append(field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)", to: &list)
        }
        // A server that does not know it would cost a second.
        try append("Expect:", to: &list)
        guard request.fields["Content-Type"] == nil else { return }
        switch request.body {
        case .none: try append("Content-Type:", to: &list)
        case .bytes(_, let contentType):
            guard isOneLine(contentType) else { throw refusal("the content type is not one line") }
            try append("Content-Type: \(contentType)", to: &list)
        case .form: break
        }
    }

    /// Whether a text may stand in a header.
    static func isOneLine(_ text: String) -> Bool {
        !text.utf8.contains { $0 == 0 || $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") }
    }

    private static func append(
        _ line: String, to list: inout UnsafeMutablePointer<curl_slist>?
    ) throws(HTTPError) {
        guard let longer = curl_slist_append(list, line) else {
            throw HTTPError(.other, detail: "out of memory", mayHaveReached: false)
        }
        list = longer
    }

    private static func refusal(_ detail: String) -> HTTPError {
        HTTPError(.badRequest, detail: detail, mayHaveReached: false)
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
