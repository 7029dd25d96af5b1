public import Conversation

/// One thing that a scripted agent does in a turn.
public enum ScriptedStep: Sendable {
    /// Reports this.
    case event(AgentEvent)
    /// Waits until the test opens the gate. An interrupt meanwhile ends the turn.
    case wait(Gate)
    /// Waits until the approval of this id was answered. An interrupt meanwhile ends the turn.
    case awaitAnswer(String)
    /// Waits for the interrupt, and ends the turn.
    case hang
    /// Dies, or breaks otherwise, with this error.
    case fail(any Error)
    /// Ends the report without an end of the turn.
    case vanish

    /// The whole turn ends well.
    public static var completed: ScriptedStep { .event(.finished(.completed)) }

    /// Does something that changes the world.
    public static func act(_ title: String, id: String = "c1", status: Action.Status = .completed) -> ScriptedStep {
        .event(.action(Action(id: id, kind: .command, title: title, status: status)))
    }

    /// Dies as a program does that crashes.
    public static var die: ScriptedStep { .fail(AgentError(.died, "the agent crashed")) }

    /// Asks for an approval and waits for the answer.
    public static func ask(_ request: ApprovalRequest) -> [ScriptedStep] {
        [.event(.approval(request)), .awaitAnswer(request.id)]
    }
}

extension [ScriptedStep] {
    /// One whole message, said word by word.
    public static func message(_ text: String) -> [ScriptedStep] {
        let words = text.split(separator: " ", omittingEmptySubsequences: false).enumerated()
        return [.event(.began)] + words.map { .event(.delta(($0.offset == 0 ? "" : " ") + $0.element)) }
            + [.event(.message(text))]
    }

    /// A turn that says one message and ends well.
    public static func answer(_ text: String) -> [ScriptedStep] { message(text) + [.completed] }
}
