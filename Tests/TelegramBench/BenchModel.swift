import BenchSupport
import Foundation
import Locking
import TestSupport

/// A model for Codex that answers `question 7` with `answer 7`, and notes when.
final class BenchModel: Sendable {
    /// When a question came, and when the last byte of its answer was handed over; in seconds since 1970.
    struct Times {
        var asked: Double
        var answered: Double
    }

    private let server: HTTPServer
    private let times: Locked<[Int: Times]>

    /// Where it is, as Codex is told.
    var address: String { "http://127.0.0.1:\(server.port)/v1" }

    init() throws {
        let times = Locked<[Int: Times]>([:])
        self.times = times
        server = try HTTPServer { request, _ in
            let now = moment()
            guard request.method == "POST" else {
                return .response(ServedResponse(status: 200, body: Array(#"{"object":"list","data":[]}"#.utf8)))
            }
            // The last one: those before are what was said before.
            let body = String(decoding: request.body, as: UTF8.self)
            let number = body.matches(of: /question (\d+)/).last.flatMap { Int($0.1) } ?? 0
            let answer = HTTPAnswer.response(
                ServedResponse(
                    status: 200, contentType: "text/event-stream",
                    body: Array(Self.events(saying: "answer \(number).").utf8)))
            times.withLock { $0[number] = $0[number] ?? Times(asked: now, answered: moment()) }
            return answer
        }
    }

    /// When `question` was asked and answered.
    func times(of question: Int) throws -> Times {
        guard let times = times.withLock({ $0[question] }) else {
            throw Failure("question \(question) was never asked")
        }
        return times
    }

    private static func events(saying text: String) -> String {
        let id = UUID().uuidString
        let message =
            #"{"type":"message","id":"msg_\#(id)","role":"assistant","status":"completed","content":[{"type":"output_text","text":"\#(text)","annotations":[]}]}"#
        let events: [(String, String)] = [
            (
                "response.created",
                #""response":{"id":"resp_\#(id)","object":"response","status":"in_progress","output":[]}"#
            ),
            (
                "response.output_item.added",
                #""output_index":0,"item":{"type":"message","id":"msg_\#(id)","role":"assistant","status":"in_progress","content":[]}"#
            ),
            (
                "response.output_text.delta",
                #""item_id":"msg_\#(id)","output_index":0,"content_index":0,"delta":"\#(text)""#
            ),
            ("response.output_item.done", #""output_index":0,"item":\#(message)"#),
            (
                "response.completed",
                #""response":{"id":"resp_\#(id)","object":"response","status":"completed","output":[\#(message)],"usage":{"input_tokens":1,"input_tokens_details":{"cached_tokens":0},"output_tokens":1,"output_tokens_details":{"reasoning_tokens":0},"total_tokens":2}}"#
            ),
        ]
        return events.enumerated().map { index, event in
            "event: \(event.0)\ndata: {\"type\":\"\(event.0)\",\"sequence_number\":\(index),\(event.1)}\n\n"
        }.joined()
    }
}
