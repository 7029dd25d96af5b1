import Conversation

@testable import TelegramFront

/// The records of a session, written down as they would happen.
struct SessionScript {
    static let session = SessionID(rawValue: "tg:5:5")

    private(set) var records: [Record] = []
    /// In milliseconds since 1970.
    private(set) var now: Int64 = 1_000_000
    private var cursor: Int64 = 0
    private var messages: [Message.ID: Message] = [:]

    /// Lets time pass, in milliseconds.
    mutating func wait(_ milliseconds: Int64) { now += milliseconds }

    /// Somebody writes in the chat, as its message 700.
    @discardableResult
    mutating func say(_ text: String, place: Int64 = 700) -> Message.ID {
        var message = Message(text: text, author: "bob", origin: .telegram, sender: "telegram")
        message.key = "\(place)"
        return accept(message)
    }

    /// Ann writes at her terminal.
    @discardableResult
    mutating func type(_ text: String) -> Message.ID {
        accept(Message(text: text, author: "ann", origin: .terminal, sender: "terminal"))
    }

    @discardableResult
    mutating func accept(_ message: Message) -> Message.ID {
        let id = Message.ID(rawValue: cursor + 1)
        messages[id] = message
        add(.accepted(id, message))
        return id
    }

    mutating func revise(_ id: Message.ID, _ text: String) {
        messages[id]?.text = text
        add(.revised(id, text))
    }

    @discardableResult
    mutating func start(_ id: Message.ID, attempt: Int = 1) -> Turn.ID {
        let message = messages[id] ?? Message(text: "?", author: "?", origin: .system, sender: "?")
        let turn = Turn.ID(rawValue: cursor + 1)
        add(.started(Turn(id: turn, SessionState.Waiting(id: id, message: message, attempt: attempt))))
        return turn
    }

    /// Somebody writes in the chat, and the turn starts.
    mutating func run(_ text: String) -> Turn.ID {
        let id = say(text)
        return start(id)
    }

    /// Returns the approval, which nobody has answered.
    @discardableResult
    mutating func ask(_ request: ApprovalRequest, in turn: Turn.ID) -> Approval {
        let approval = Approval(
            id: Approval.ID(rawValue: cursor + 1), turn: turn, askedAt: Timestamp(millisecondsSince1970: now),
            request: request)
        add(.approval(turn, approval))
        return approval
    }

    mutating func answer(_ approval: Approval, _ answer: Approval.Answer) {
        var approval = approval
        approval.answer = answer
        add(.approval(approval.turn, approval))
    }

    mutating func act(
        _ title: String, _ status: Action.Status = .completed, kind: Action.Kind = .command, in turn: Turn.ID,
        role: Role = .developer
    ) {
        add(.action(turn, Action(id: title, kind: kind, title: title, status: status, role: role)))
    }

    mutating func add(_ event: Event) {
        if event.isDurable { cursor += 1 }
        records.append(
            Record(
                cursor: Cursor(rawValue: cursor), session: Self.session, time: Timestamp(millisecondsSince1970: now),
                event: event))
    }

    /// The time now.
    var time: Timestamp { Timestamp(millisecondsSince1970: now) }

    /// A view that knows nothing yet.
    static func view(
        after resume: Cursor = .start, told: Cursor = .start, silentAfter: Int64 = 300_000,
        redact: @escaping @Sendable (String) -> String = { $0 }
    ) -> ChatView {
        let context = ViewContext(
            at: ChatAddress(chat: 5), silentAfter: { silentAfter }, placeOf: { Int64($0) }, redact: redact)
        return ChatView(of: session, after: resume, told: told, in: context)
    }

    /// The view of all of it, and the messages that were put last, in the order of their first appearance.
    func shown(
        silentAfter: Int64 = 300_000, redact: @escaping @Sendable (String) -> String = { $0 }
    ) -> (view: ChatView, chat: ShownChat) {
        var view = Self.view(silentAfter: silentAfter, redact: redact)
        var chat = ShownChat()
        for record in records { chat.put(view.take(record)) }
        chat.put(view.flush())
        return (view, chat)
    }
}
