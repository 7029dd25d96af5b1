import Conversation
import TestSupport
import Testing

@testable import TelegramFront

@Suite struct ReplyViewTests {
    private static let view = ReplyView(
        context: ViewContext(at: ChatAddress(chat: 5), placeOf: { _ in nil }, redact: { $0 }))

    private func described(_ handled: Handled) -> String {
        Self.view.slots(handled, to: 123, replyTo: 700).map(\.described).joined(separator: "\n")
    }

    @Test(arguments: [(ApprovalRequest.Kind.command, "/approve a7 or /deny a7"), (.question, "/answer a7 …")])
    func `who waits behind a turn that asks is told of it`(kind: ApprovalRequest.Kind, ways: String) {
        let asked = Approval.test(
            ApprovalRequest(id: "x", kind: kind, title: "touch x"), in: Turn.ID(rawValue: 2), id: 7)
        let receipt = Receipt(message: Message.ID(rawValue: 3), ahead: 1)
        let told = Self.view.slots(.accepted(receipt), behind: asked, to: 123, replyTo: 700).map(\.wanted.text)
        #expect(told.count == 1)
        #expect(told.first?.hasPrefix("queued, 1 before you; the agent waits for an answer first: ") == true)
        #expect(told.first?.hasSuffix("touch x\n\(ways)") == true)
    }

    @Test(arguments: [
        (Handled.accepted(Receipt(message: Message.ID(rawValue: 1), ahead: 0)), ""),
        (
            Handled.accepted(Receipt(message: Message.ID(rawValue: 1), ahead: 2)),
            "[u123/reply reply 700] queued, 2 before you"
        ),
        (
            Handled.replied(CommandReply(name: "mode", ok: true, text: "mode: single")),
            "[u123/reply reply 700] mode: single"
        ),
        (
            Handled.replied(CommandReply(name: "staus", ok: false, text: "unknown command /staus")),
            "[u123/reply reply 700] ⚠ unknown command /staus"
        ),
        (
            Handled.replied(CommandReply(name: "status", ok: true, text: "session  a\nrunning  b")),
            "[u123/reply reply 700] session  a\nrunning  b\n  pre<session  a\nrunning  b>"
        ),
        (
            Handled.replied(CommandReply(name: "last", ok: true, text: "**a**\n\nb")),
            "[u123/reply reply 700] a\n\nb\n  bold<a>"
        ),
        (
            Handled.replied(
                CommandReply(name: "cancel", ok: true, text: "stopping; 1 dropped", untold: "stopping")),
            "[u123/reply reply 700] stopping"
        ),
        (
            Handled.replied(CommandReply(name: "approve", ok: true, text: "allowed: x", untold: "")),
            "[u123/reply reply 700] allowed: x"
        ),
        // The file comes by itself.
        (Handled.replied(CommandReply(name: "file", ok: true, text: "a.txt", untold: "")), ""),
        (
            Handled.replied(CommandReply(name: "file", ok: false, text: "there is no file b.txt")),
            "[u123/reply reply 700] ⚠ there is no file b.txt"
        ),
    ])
    func `each answer has its form`(handled: Handled, golden: String) { #expect(described(handled) == golden) }

    @Test func `no secret is replied`() {
        let context = ViewContext(
            at: ChatAddress(chat: 5), placeOf: { _ in nil }, redact: { $0.replacing("sk-1", with: "***") })
        let view = ReplyView(context: context)
        for ok in [true, false] {
            let reply = CommandReply(name: "logs", ok: ok, text: "key sk-1\nand more")
            let slots = view.slots(.replied(reply), to: 1, replyTo: nil)
            #expect(slots.allSatisfy { $0.wanted.text.contains("key ***") && !$0.wanted.text.contains("sk-1") })
        }
        #expect(view.slots(failure: "sk-1", to: 1, replyTo: nil).map(\.wanted.text) == ["⚠ ***"])
    }

    @Test func `a log of many messages is its beginning and a file`() {
        let log = (0..<3_000).map { "line \($0)" }.joined(separator: "\n")
        let slots = Self.view.slots(
            .replied(CommandReply(name: "logs", ok: true, text: log)), to: 123, replyTo: 700)
        #expect(slots.map(\.key) == ["u123/reply", "u123/reply/file"])
        #expect(slots.last?.wanted.text == log)
        #expect(slots.last?.wanted.document?.fileName == "reply-123.txt")
    }
}
