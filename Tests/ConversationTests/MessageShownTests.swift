import TestSupport
import Testing

@testable import Conversation

/// What people read of messages that hold more than somebody has said.
@Suite struct MessageShownTests {
    private func message(_ text: String, _ origin: Message.Origin = .telegram) -> Message {
        Message(text: text, author: "ann", origin: origin, sender: "s")
    }

    @Test func `what somebody said is shown as it was said`() {
        for text in ["hello\n\nyou", "", "> quoted", "forwarded:"] { #expect(message(text).shown == text) }
        #expect(message("x").heading(at: "2 s ago") == "ann (telegram, 2 s ago)")
        #expect(
            message("x", .terminal).heading() == "ann (tty)" && message("x", .terminal).signature == "ann (terminal)")
    }

    @Test func `what is for the agent alone is shown in fewer words`() {
        let forwarded = message("\(AgentRemark.forwarded)\n\n> one\n> two")
        #expect(forwarded.shown == "forwarded:\n\n> one\n> two")
        let files = message("look\n\n\(AgentRemark.files)\n- .cm/inbox/a: a, 3 bytes\n\(AgentRemark.caution)")
        #expect(files.shown == "look\n\nwith files:\n- .cm/inbox/a: a, 3 bytes")
    }

    @Test func `a note of the core is one sentence, which is nobody's`() {
        let note = message("Exactly this command is allowed now: rm x", .system)
        #expect(note.heading() == "note to the agent" && note.heading(at: "1 s ago") == "note to the agent (1 s ago)")
        #expect(note.shown == "it is told the answer of ann")
    }
}
