import Conversation
import Testing

@testable import TelegramFront

@Suite struct ButtonDataTests {
    private static let id = Approval.ID(rawValue: 57)

    @Test(arguments: [
        (ButtonData.cancel(Turn.ID(rawValue: 62)), "t62:x"), (.allow(id), "a57:y"), (.allowForSession(id), "a57:s"),
        (.deny(id), "a57:n"), (.choose(id, 0), "a57:0"), (.choose(id, 19), "a57:19"),
        (.deny(Approval.ID(rawValue: .max)), "a9223372036854775807:n"),
    ])
    func `what a button carries is read back`(data: ButtonData, text: String) {
        #expect(data.text == text)
        #expect(ButtonData(text) == data)
        #expect(text.utf8.count <= 64)
    }

    @Test(arguments: [
        "", ":", "a57", "a57:", ":y", "t62:y", "a57:x", "a57:y:", "a57:y ", " a57:y", "a57:Y", "A57:y", "a057:y",
        "a+57:y", "a-57:y", "a0:y", "t0:x", "a57:20", "a57:00", "a57:-1", "a57:+1", "a57:c0", "a٥٧:y", "a57:٠",
        "a9223372036854775808:y", "a57:y\0", "a57:y\n", "b57:y", "57:y", "a57 :y", "a5７:y", "a57:y\u{301}",
        String(repeating: "a", count: 65),
    ])
    func `what no button carries is refused`(text: String) { #expect(ButtonData(text) == nil) }

    @Test func `a choice that there is not is no decision, nor is a session where nothing can be repeated`() {
        let question = ApprovalRequest(id: "1", kind: .question, title: "Which?", choices: ["red", "blue"])
        let change = ApprovalRequest(id: "2", kind: .file, title: "a.swift")
        #expect(ButtonData.choose(Self.id, 1).decision(on: question)?.decision == .answer("blue"))
        #expect(ButtonData.choose(Self.id, 2).decision(on: question) == nil)
        #expect(ButtonData.allowForSession(Self.id).decision(on: change) == nil)
        #expect(ButtonData.allow(Self.id).decision(on: change)?.decision == .allow)
        #expect(ButtonData.cancel(Turn.ID(rawValue: 57)).decision(on: change) == nil)
    }
}
