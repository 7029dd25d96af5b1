import Conversation
import Testing

@testable import REPL

@Suite struct JSONLineTests {
    @Test func `an approval tells the agent's reason in front of the detail, and who answered`() throws {
        let asked = Approval.sample(7, .command, "make test", detail: "in /project", reason: "to be sure")
        let line = try #require(JSONLine(.approval(asked.turn, asked), sender: "me"))
        #expect(
            line.text == """
                {"type":"approval","turn":"t3","id":"a7","kind":"command","title":"make test",\
                "detail":"to be sure\\nin /project","status":"asked","by":""}
                """)
        let answered = try #require(JSONLine(.approval(asked.turn, asked.answered(.allow)), sender: "me"))
        #expect(answered.text.hasSuffix(#""status":"allowed","by":"ann (terminal)"}"#))
    }

    @Test func `a notification is a notice with its priority and category`() {
        var notice = Notice(.warn, "codex is down")
        notice.announced = Notice.Announced(.warning, of: "agent")
        #expect(
            JSONLine(notice).text
                == #"{"type":"notice","level":"warn","text":"codex is down","priority":3,"category":"agent"}"#)
        #expect(JSONLine(Notice(.warn, "x")).text == #"{"type":"notice","level":"warn","text":"x"}"#)
    }

    @Test func `what goes into a running turn is no event of scripts`() {
        let (turn, message) = (Turn.ID(rawValue: 3), Message.ID(rawValue: 5))
        #expect(JSONLine(.steered(turn, message), sender: "me")?.text == nil)
        #expect(JSONLine(.unsteered(turn, message), sender: "me")?.text == nil)
        #expect(JSONLine(.stopping(turn, by: nil), sender: "me")?.text == nil)
    }
}
