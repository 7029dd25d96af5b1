import BenchSupport
import Conversation
import Locking

/// An agent that answers at once, or reports as much and as fast as it is told.
///
/// `act COUNT` has it report so many actions, 100 a second; `say COUNT` so many words, as fast as they are taken.
struct StreamingAgent: AgentShell {
    /// From one action to the next.
    static let interval = Duration.milliseconds(10)

    let name = "bench"
    let playsRoles = false
    /// When the turn under way reported its first event.
    let began = Locked<Int64>(0)

    func prepare() async throws {}
    func status() async -> ShellStatus { ShellStatus(name: name, isRunning: true, isReady: true) }
    func open(_ request: ThreadRequest) async throws -> any AgentThread { Thread(began: began) }

    private struct Thread: AgentThread {
        let id: String? = "bench"
        let began: Locked<Int64>

        func steer(_ text: String) async throws {}
        func interrupt() async {}
        func answer(_ request: String, _ decision: ApprovalDecision) async {}
        func close() async {}

        func run(_ request: TurnRequest) async throws -> AsyncThrowingStream<AgentEvent, any Error> {
            let words = request.text.split(separator: " ")
            guard let count = words.last.flatMap({ Int($0) }), ["act", "say"].contains(words.first) else {
                return AsyncThrowingStream { events in
                    for event in [.began, .delta("done"), .message("done"), .finished(.completed)] as [AgentEvent] {
                        events.yield(event)
                    }
                    events.finish()
                }
            }
            let acts = words.first == "act", next = Locked(0), start = ContinuousClock.now, began = began
            return AsyncThrowingStream {
                let number = next.withLock { number in
                    number += 1
                    return number - 1
                }
                guard number < count else { return .finished(.completed) }
                if acts { try await Task.sleep(until: start + StreamingAgent.interval * number) }
                if number == 0 { began.withLock { $0 = Moment.now } }
                guard acts else { return .delta("word\(number) ") }
                return .action(
                    Action(
                        id: "\(number)", kind: .command,
                        title: "grep -rn 'something of \(number)' Sources Tests | head",
                        status: .completed))
            }
        }
    }
}
