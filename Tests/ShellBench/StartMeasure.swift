import BenchSupport
import Conversation

/// From nothing to an agent that has answered its handshake.
struct StartMeasure {
    let subject: Subject

    func take() async throws {
        var times: [Double] = []
        for _ in 0..<5 {
            times.append(
                try await subject.run { shell in
                    let start = Surroundings.now
                    try await shell.prepare()
                    return Double(Surroundings.now - start) / 1e6
                })
        }
        Report.row("start to ready", "ms", times)
    }
}
