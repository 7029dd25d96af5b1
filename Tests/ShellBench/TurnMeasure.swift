import BenchSupport

/// From a message to the beginning of its answer, the agent's and the model's time included, in one conversation.
struct TurnMeasure {
    let subject: Subject

    func take() async throws {
        let times = try await subject.run { shell in
            let thread = try await shell.converse()
            try await thread.answer(to: "warm up")
            var times: [Double] = []
            for turn in 0..<20 {
                let (asked, first) = try await thread.answer(to: "\(Subject.paced) turn \(turn)")
                times.append(Double(first - asked) / 1e6)
            }
            return times
        }
        Report.row("message to first delta, agent and model included", "ms", times)
    }
}
