import Conversation
import TestSupport
import Testing

@testable import TelegramFront

@Suite struct BareAnswerTests {
    @Test(arguments: ["yes", "Y", " ok. ", "OK!", "Okay", "yes!!", "allow", "Approve.", "yes !\n"])
    func `one word says yes, in any case and however it ends`(text: String) { #expect(BareAnswer(text) == .yes) }

    @Test(arguments: ["no", "N", "Deny!", " no.", "NO"])
    func `one word says no`(text: String) { #expect(BareAnswer(text) == .no) }

    @Test(arguments: [
        "", ".", "!", "yes please", "no, use git mv", "ok?", "not", "yes\nno", "/approve", "y e s", "yes,", "да", "noo",
        "!yes",
        String(repeating: "!", count: 70),
    ])
    func `anything else is no answer`(text: String) { #expect(BareAnswer(text) == nil) }

    @Test(arguments: [
        ("tg:5:5@5/a7", "tg:5:5", 7), ("tg:5:5@5/a7/call", "tg:5:5", 7), ("tg:-5:9:5@-5/a12/file", "tg:-5:9:5", 12),
        ("offer/5/tty:default/a7", "tty:default", 7), ("offer/5/tty:a/b@c/a7/call", "tty:a/b@c", 7),
        ("tty:a@b@5/a7", "tty:a@b", 7),
    ])
    func `a key tells which request a message shows`(key: String, session: String, id: Int64) {
        let place = ShownPlace(key)
        #expect(place?.session.rawValue == session && place?.part == .approval(Approval.ID(rawValue: id)))
    }

    @Test func `a key tells which turn a message shows, and nothing of what shows neither`() {
        for key in ["tg:5:5@5/t3/1", "tg:5:5@5/t3/end", "tg:5:5@5/t3/file"] {
            #expect(ShownPlace(key)?.part == .turn(Turn.ID(rawValue: 3)))
        }
        for key in [
            "", "a7", "welcome/17", "digest/5/17", "tg:5:5@5/u9/reply", "tg:5:5@5/u9/reply/2", "tg:5:5@5/m3",
            "tg:5:5@5/edit/5/7/late", "stranger/5/6/owner", "notification/7", "tg:5:5@5/a0", "tg:5:5@5/ax/call",
        ] {
            #expect(ShownPlace(key) == nil, "\(key)")
        }
    }

    private func meant(
        _ words: String, to kind: ApprovalRequest.Kind, _ choices: [String] = [], isNamed: Bool = false
    ) -> String? {
        let request = ApprovalRequest(id: "1", kind: kind, title: "x", choices: choices)
        return KeptAnswer(
            words, BareAnswer(words), to: .test(request, in: Turn.ID(rawValue: 3)), isNamed: isNamed, in: .test
        )?.command
    }

    @Test func `what it says depends on what is asked`() {
        #expect(meant("yes", to: .command) == "/approve a7" && meant("No.", to: .file) == "/deny a7")
        #expect(meant("why?", to: .tool, isNamed: true) == nil)
        #expect(meant("ok", to: .question) == "/answer a7 ok" && meant("deny", to: .question) == "/deny a7")
        #expect(meant("yes!", to: .question, ["Yes", "No"]) == "/answer a7 Yes")
        #expect(meant("ok", to: .question, ["Yes", "Yes, always", "No"]) == "/answer a7 Yes")
        #expect(meant("yes", to: .question, ["Allow", "Ok"]) == nil)
        #expect(meant("yes", to: .question, ["red", "blue"]) == nil)
        #expect(meant("yes", to: .question, ["red", "blue"], isNamed: true) == "/answer a7 yes")
        #expect(meant("RED", to: .question, ["red", "blue"], isNamed: true) == "/answer a7 red")
        #expect(meant("a dark\nred", to: .question, ["red"], isNamed: true) == "/answer a7 a dark\nred")
    }
}
