/// The lines of one header, as far as they matter.
struct ContentLengthHeader: Sendable {
    private var length: Int?

    /// Takes a line, without its CRLF.
    mutating func add(_ line: ArraySlice<UInt8>) throws(ContentLengthError) {
        let parts = String(decoding: line, as: UTF8.self).split(
            separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[0].allSatisfy({ $0 == "-" || $0.isLetter || $0.isNumber })
        else { throw ContentLengthError(.notAHeader, found: line) }
        guard parts[0].lowercased() == "content-length" else { return }
        let digits = parts[1].drop { $0 == " " || $0 == "\t" }.prefix { "0"..."9" ~= $0 }
        let rest = parts[1][digits.endIndex...]
        // Digits alone: a sign, which Int would take, has no place here.
        guard rest.allSatisfy({ $0 == " " || $0 == "\t" }), let number = Int(digits), length ?? number == number else {
            throw ContentLengthError(.badLength, found: line)
        }
        length = number
    }

    /// The size of the message, once all lines were taken.
    func size(atMost limit: Int) throws(ContentLengthError) -> Int {
        guard let length else { throw ContentLengthError(.noLength, found: []) }
        guard length <= limit else { throw ContentLengthError(.messageTooLong, found: "\(length)".utf8) }
        return length
    }
}
