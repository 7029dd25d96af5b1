import Conversation
import Markdown

/// What somebody is answered who takes a chat to another session.
struct AttachView {
    /// What is typed in place of the name of the own session.
    static let own = "own"
    // In UTF-16 code units.
    private static let longestSaid = 1_200, longestName = 100, longestRequest = 100
    private static let mostOpen = 5

    /// Of the chat's own session: the answer is the same one wherever the chat is when it is made.
    let context: ViewContext
    let update: Int64
    let replyTo: Int64?

    /// Names the answer.
    var key: String { ReplyView(context: context).key(of: update) }

    /// The chat is in `session` now, where it came from `before`.
    func arrived(
        in session: SessionID, from before: SessionID, home: SessionID, said: String, open: [Approval]
    ) -> Slot {
        var draft = MessageDraft()
        if session == home {
            draft.add(before == home ? "this is your own conversation" : "back in your own conversation", as: .bold)
            draft.add(", \(session)")
        } else {
            draft.add(before == session ? "you are in \(name(session))" : "attached to \(name(session))", as: .bold)
        }
        let said = context.redact(said)
        if !said.isInvisible {
            draft.addLine()
            draft.add(Clip(endOf: said, units: Self.longestSaid).text, as: .blockquote)
        }
        for approval in open.prefix(Self.mostOpen) {
            draft.addLine()
            draft.add("⏸ \(approval.id) ")
            draft.add(ApprovalView.line(approval.request, context).clipped(Self.longestRequest), as: .code)
            draft.add(" waits for an answer")
        }
        if open.count > Self.mostOpen { draft.add("\n… and \(open.count - Self.mostOpen) more") }
        if session != home {
            draft.addLine()
            draft.add("What you write here goes there. Back with ")
            draft.add("/attach \(Self.own)", as: .code)
        }
        var slot = slot(draft)
        // Of where it goes, and not of where it comes from.
        slot.session = session == home ? nil : session
        return slot
    }

    /// Where the chat is, and how it gets elsewhere.
    func standing(in session: SessionID, home: SessionID) -> Slot {
        var draft = MessageDraft()
        if session == home {
            draft.add("This chat is in your own conversation, \(home). To another one with ")
            draft.add("/attach <session>", as: .code)
            draft.add("; /sessions lists them.")
        } else {
            draft.add("This chat is in \(name(session)). Back to your own conversation, \(home), with ")
            draft.add("/attach \(Self.own)", as: .code)
        }
        return slot(draft)
    }

    /// There is no session of that name in which its writer may be.
    func unknown(_ name: String) -> Slot {
        slot("⚠ there is no session \(context.line(name, Self.longestName)) that you could go to; /sessions lists them")
    }

    /// It was badly used.
    var usage: Slot { slot("⚠ /attach takes one argument at most; usage: /attach [<session>|\(Self.own)]") }

    /// It was used where others read along.
    var inGroup: Slot {
        slot("⚠ a group stays in its own conversations, since others read along; use /attach in a private chat with me")
    }

    /// Nothing came of it.
    func failed(_ error: HubError) -> Slot { slot("⚠ \(context.redact("\(error)")); send it again") }

    private func name(_ session: SessionID) -> String { context.line("\(session)", Self.longestName) }

    private func slot(_ draft: MessageDraft) -> Slot {
        context.slot(ReplyView.name(of: update), draft.content(), replyTo: replyTo)
    }

    private func slot(_ text: String) -> Slot {
        context.slot(ReplyView.name(of: update), SlotContent(text), replyTo: replyTo)
    }
}
