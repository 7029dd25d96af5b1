import BenchSupport
import Foundation
import JSONRPC
import TestSupport

/// How long a message takes to the model, and an answer to the chat; and, in turn with that, how long both take when Codex
/// is driven directly, as the machine is not the same from minute to minute.
struct LatencyMeasure {
    private static let count = 100
    /// The numbers of the questions that are put directly come after this one.
    private static let direct = 1000

    func take() async throws {
        let stage = try CodexStage(people: 1)
        let chat = stage.telegram.privateChat(with: stage.people[0])
        // The first starts the agent.
        try await stage.ask(0, in: chat, waits: true)
        let (ours, floor) = try await CodexAlone(program: stage.codex, model: stage.model).run { thread in
            _ = try await thread.ask(Self.direct)
            var ours = Trips(), floor = Trips()
            for number in 1...Self.count {
                try await pause()
                ours.add(try await trip(number, on: stage, in: chat))
                try await pause()
                let (asked, over) = try await thread.ask(Self.direct + number)
                floor.add((asked, try stage.model.times(of: Self.direct + number), over))
            }
            return (ours, floor)
        }
        Report.row("update available to the prompt at the model", "ms", ours.inward)
        Report.row("  of that with Codex alone", "ms", floor.inward)
        Report.row("the model's last byte to the answer's request", "ms", ours.outward)
        Report.row("  of that with Codex alone: to the end of the turn", "ms", floor.outward)
    }

    private func pause() async throws { try await Task.sleep(for: .milliseconds(.random(in: 500...1_000))) }

    private func trip(_ number: Int, on stage: CodexStage, in chat: FakeChat) async throws -> Trips.Trip {
        let start = stage.telegram.calls.count
        let available = moment()
        try await stage.ask(number, in: chat, waits: true)
        let told = stage.telegram.calls.dropFirst(start).first { $0.shows("answer \(number).") }
        guard let told else { throw Failure("answer \(number) was not shown") }
        return (available, try stage.model.times(of: number), told.time)
    }
}

/// How long messages took to the model and answers back, in milliseconds.
private struct Trips {
    typealias Trip = (asked: Double, model: BenchModel.Times, answered: Double)

    private(set) var inward: [Double] = []
    private(set) var outward: [Double] = []

    mutating func add(_ trip: Trip) {
        inward.append((trip.model.asked - trip.asked) * 1e3)
        outward.append((trip.answered - trip.model.answered) * 1e3)
    }
}

extension RecordedCall {
    /// Whether it shows `text` in a chat.
    func shows(_ text: String) -> Bool {
        guard case .string(let shown)? = parameters["text"] else { return false }
        return shown.contains(text)
    }
}
