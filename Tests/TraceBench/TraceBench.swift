import Conversation
import Foundation
import Redaction
import Store

/// Measures how long it takes to add a line to the traces; `Scripts/bench` calls it and makes statistics of what it prints.
///
/// Each line is `row NAME UNIT VALUE...`, with tabs between, as `shellbench` prints them.
@main struct TraceBench {
    private static let lines = 5000

    static func main() throws {
        let base = NSTemporaryDirectory() + "tracebench-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: base) }  // what is left harms nobody
        let directory = StateDirectory(workspace: "/w", environment: ["CM_STATE_DIR": base], home: "/")
        try directory.prepare()
        let redactor = Redactor(secrets: ["a-secret-of-the-settings"])
        for (name, size) in [("1 kB", 1 << 10), ("32 kB", 32 << 10)] {
            var traces = Traces(in: directory)
            let exchange = exchange(answer: String(repeating: "An answer of several words. ", count: size / 28))
            let clock = ContinuousClock()
            let values = try (0..<lines).map { _ in
                let time = try clock.measure { try traces.append(exchange, redactor) }
                return "\(time / .microseconds(1))"
            }
            print((["row", "trace append, an answer of \(name)", "µs"] + values).joined(separator: "\t"))
        }
    }

    private static func exchange(answer: String) -> Exchange {
        Exchange(
            session: SessionID(rawValue: "tty:default"), time: Timestamp(millisecondsSince1970: 0), kind: .text,
            input: "What does this do?", outcome: Outcome(status: .ok, text: answer, durationMs: 1),
            standing: Standing(mode: .single, profile: Profile("default"), workingDirectory: "/w", agent: .auto))
    }
}
