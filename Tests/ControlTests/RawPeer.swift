import Foundation
import JSONRPC
import TestSupport
import Testing

/// A client that is nothing but its lines.
final class RawPeer {
    static let greeting =
        #"{"id":0,"method":"initialize","params":{"protocol":{"min":1,"max":1},"client":{"name":"t","version":"0"}}}"#

    let end: PipeEnd
    /// The notifications that came while answers were waited for.
    private(set) var notices: [JSONValue] = []

    init(_ end: PipeEnd) { self.end = end }

    /// The next line; nil at the end.
    func next() async throws -> JSONValue? {
        var lines = end.lines.makeAsyncIterator()
        guard let line = try await lines.next(isolation: #isolation) else { return nil }
        return try JSONDecoder().decode(JSONValue.self, from: line)
    }

    /// Says `line`, and returns the next answer.
    func ask(_ line: String) async throws -> JSONValue {
        end.write(line)
        while let answer = try await next() {
            if answer["method"] == nil { return answer }
            notices.append(answer)
        }
        throw ConnectionError.closed
    }

    /// Says `line`, and returns the code of the error that is answered; nil for none.
    func error(_ line: String) async throws -> (code: Int, message: String)? {
        let answer = try await ask(line)
        guard case .integer(let code)? = answer["error"]?["code"] else { return nil }
        return (code, answer["error"]?["message"]?.text ?? "")
    }
}
