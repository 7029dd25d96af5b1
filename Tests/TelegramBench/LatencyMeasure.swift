import BenchSupport
import Foundation
import JSONRPC
import TestSupport

/// How long a message takes to the model, and an answer to the chat.
struct LatencyMeasure {
    private static let count = 100

    func take() async throws {
        let stage = try CodexStage(people: 1)
        let chat = stage.telegram.privateChat(with: stage.people[0])
        // The first starts the agent.
        try await stage.ask(0, in: chat, waits: true)
        var inward: [Double] = [], outward: [Double] = []
        for number in 1...Self.count {
            try await Task.sleep(for: .milliseconds(.random(in: 1_000...2_000)))
            let start = stage.telegram.calls.count
            let available = moment()
            try await stage.ask(number, in: chat, waits: true)
            let times = try stage.model.times(of: number)
            guard let told = stage.telegram.calls.dropFirst(start).first(where: { $0.shows("answer \(number).") })
            else {
                throw Failure("answer \(number) was not shown")
            }
            inward.append((times.asked - available) * 1e3)
            outward.append((told.time - times.answered) * 1e3)
        }
        Report.row("update available to the prompt at the model", "ms", inward)
        Report.row("the model's last byte to the answer's request", "ms", outward)
    }
}

extension RecordedCall {
    /// Whether it shows `text` in a chat.
    func shows(_ text: String) -> Bool {
        guard case .string(let shown)? = parameters["text"] else { return false }
        return shown.contains(text)
    }
}
