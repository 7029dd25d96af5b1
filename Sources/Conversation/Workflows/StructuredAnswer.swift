import Foundation

/// Finds the JSON that a role was asked for in what it said.
///
/// Models put it into fences, between sentences, or after other braces.
enum StructuredAnswer {
    private struct RouteAnswer: Decodable {
        var mode: String
        var reason: String?
    }

    private struct VerdictAnswer: Decodable {
        var result: String
        var feedback: String?
    }

    /// The selector's word; single when it cannot be read.
    static func route(in text: String) -> Route {
        for answer in objects(RouteAnswer.self, in: text) {
            if let mode = Mode(rawValue: answer.mode.lowercased()) {
                return Route(mode, reason: answer.reason ?? "")
            }
        }
        return Route(.single, reason: "the selector's answer could not be read", isReadable: false)
    }

    /// The reviewer's word; approved when it cannot be read.
    static func verdict(in text: String) -> Verdict {
        for answer in objects(VerdictAnswer.self, in: text) {
            switch answer.result.lowercased() {
            case "approved": return Verdict(isApproved: true, feedback: answer.feedback ?? "")
            case "needs_changes": return Verdict(isApproved: false, feedback: answer.feedback ?? "")
            default: continue
            }
        }
        return Verdict(
            isApproved: true, feedback: "the reviewer's answer could not be read, which counts as approved",
            isReadable: false)
    }

    /// The objects in `text` of this form, the last first: what counts is said at the end.
    private static func objects<Answer: Decodable>(_: Answer.Type, in text: String) -> [Answer] {
        let bytes = Array(text.utf8.suffix(longest))
        let starts = bytes.indices.filter { bytes[$0] == UInt8(ascii: "{") }.suffix(mostStarts)
        return starts.reversed().compactMap { start in
            guard let end = end(of: bytes[start...]) else { return nil }
            // What is no such object is other text.
            return try? JSONDecoder().decode(Answer.self, from: Data(bytes[start..<end]))
        }
    }

    /// How many bytes at the end are looked at, and how many braces in them: quoted code has many.
    private static let longest = 65_536, mostStarts = 200

    /// Where the object ends that `bytes` begin with; nil when it does not.
    private static func end(of bytes: ArraySlice<UInt8>) -> Int? {
        var depth = 0
        var isString = false, isEscaped = false
        for (index, byte) in zip(bytes.indices, bytes) {
            switch byte {
            case _ where isEscaped: isEscaped = false
            case UInt8(ascii: "\\") where isString: isEscaped = true
            case UInt8(ascii: "\""): isString.toggle()
            case UInt8(ascii: "{") where !isString: depth += 1
            case UInt8(ascii: "}") where !isString:
                depth -= 1
                if depth == 0 { return index + 1 }
            default: break
            }
        }
        return nil
    }
}
