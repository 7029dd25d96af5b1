import Conversation
import Testing

@testable import TelegramFront

@Suite struct UpdateOrderTests {
    private static let name = BotName(id: 7, username: "cm_bot")
    private let renamed = RenamedChats(newest: [-5: -100], originals: [-100: -5])

    private func order(_ text: String?, _ change: (inout BotMessage) -> Void = { _ in }) -> KeptUpdate.Order {
        var message = BotMessage(
            id: 12, date: 0, chat: BotChat(id: -9, kind: .supergroup), from: BotUser(id: 42, firstName: "Ann"),
            text: text)
        change(&message)
        return order(.message(message))
    }

    private func order(_ kind: BotUpdate.Kind) -> KeptUpdate.Order {
        KeptUpdate(id: 1, arrivedAt: 0, kind: kind).order(to: Self.name, in: renamed)
    }

    private func session(_ order: KeptUpdate.Order) -> String? {
        if case .inSession(let session, _) = order { session.rawValue } else { nil }
    }

    private func pace(_ order: KeptUpdate.Order) -> SessionQueues<KeptUpdate>.Pace? {
        if case .inSession(_, let pace) = order { pace } else { nil }
    }

    @Test func `each person has an order of their own, at each place`() {
        #expect(session(order("one")) == "tg:-9:42")
        #expect(session(order("one") { $0.from?.id = 43 }) == "tg:-9:43")
        #expect(session(order("one") { ($0.threadID, $0.isTopicMessage) = (3, true) }) == "tg:-9:3:42")
        #expect(session(order("one") { ($0.threadID, $0.isTopicMessage) = (3, nil) }) == "tg:-9:42")
    }

    @Test func `a group that has got another number is one place under both`() {
        #expect(session(order("one") { $0.chat.id = -5 }) == "tg:-5:42")
        #expect(session(order("one") { $0.chat.id = -100 }) == "tg:-5:42")
        #expect(order(nil) { $0.migratedTo = -200 } == .beforeAll)
        #expect(order(nil) { $0.migratedFrom = -200 } == .beforeAll)
    }

    @Test(arguments: ["/cancel", "/approve a7 session", "/deny@cm_bot no", "@cm_bot /cancel"])
    func `what stops or answers is ahead of what is before it, and what is behind it waits`(text: String) {
        #expect(pace(order(text)) == .ahead && session(order(text)) == "tg:-9:42")
    }

    @Test func `what stops is ahead also under a photo of an album`() {
        #expect(
            pace(
                order(nil) {
                    ($0.caption, $0.albumID) = ("/cancel", "a")
                }) == .ahead)
    }

    @Test func `a reason that may go on has to be in its place`() {
        #expect(pace(order("/deny a7 " + String(repeating: "x", count: 4000))) == .steady)
    }

    @Test(arguments: ["/status", "/queue@cm_bot", "@cm_bot, /help", "/answer blue"])
    func `what tells something, and what is waited for, passes files`(text: String) {
        #expect(pace(order(text)) == .passing)
    }

    @Test(arguments: ["one", "/new", "/mode plan", "/steer left", "/status@other_bot", "//status", "/nonsense"])
    func `all else waits for what is before it`(text: String) {
        #expect(pace(order(text)) == .steady)
    }

    @Test(arguments: ["/cancel", "/status", "/new"])
    func `what somebody else wrote is no command`(text: String) {
        #expect(pace(order(text) { $0.forwardOrigin = BotMessage.ForwardOrigin(type: "user") }) == .steady)
    }

    @Test func `an album is the command that its words are, whichever part they are under`() {
        var first = BotMessage(
            id: 12, date: 0, chat: BotChat(id: -9, kind: .supergroup), from: BotUser(id: 42, firstName: "Ann"),
            text: nil)
        var second = first
        second.caption = "/new"
        first.others = [second]
        let update = KeptUpdate(id: 1, arrivedAt: 0, kind: .message(first))
        #expect(update.command(to: Self.name) == "new")
    }

    @Test func `what has files may take its time, unless they are not taken`() {
        let file = BotFile(id: "f")
        #expect(pace(order(nil) { $0.document = file }) == .slow)
        #expect(pace(order(nil) { ($0.caption, $0.photo) = ("/steer it", [file]) }) == .slow)
        #expect(pace(order(nil) { ($0.caption, $0.document) = ("/new", file) }) == .steady)
        #expect(pace(order(nil) { ($0.caption, $0.document) = ("/status", file) }) == .passing)
        #expect(pace(order(nil) { $0.voice = file }) == .steady)
        #expect(pace(order(nil) { ($0.caption, $0.photo, $0.albumID) = ("/status", [file], "1") }) == .slow)
    }

    @Test func `a message that is changed is behind what it was`() {
        var message = BotMessage(
            id: 12, date: 0, chat: BotChat(id: -9, kind: .supergroup), from: BotUser(id: 42, firstName: "Ann"),
            text: "/status")
        #expect(pace(order(.edited(message))) == .steady)
        message.document = BotFile(id: "f")
        #expect(pace(order(.edited(message))) == .slow)
        #expect(session(order(.edited(message))) == "tg:-9:42")
    }
}
