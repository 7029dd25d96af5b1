import JSONRPC

/// All that the server knows: chats, messages, updates, who waits for them.
///
/// A value behind one lock. Nothing in it waits or wakes: whom to wake is left in `waking` for the shell to do.
struct TelegramWorld: Sendable {
    /// Numbers of supergroups and channels begin with this.
    private static let longChatOffset = -1_000_000_000_000

    let bot: FakeUser
    let rules: TelegramRules
    var chats: [Int: ChatState] = [:]
    var users: [Int: FakeUser] = [:]
    var updates: UpdateQueue
    var seats = PollSeats()
    var flood = FloodGate()
    var faults: FaultScript
    var callbacks: [String: CallbackQuery] = [:]
    var callbackAnswers: [CallbackAnswer] = []
    var actions: [ChatAction] = []
    /// By scope and language.
    var menus: [String: [ShownCommand]] = [:]
    var files: [String: ShownFile] = [:]
    var webhook = ""
    /// Callers to be woken as soon as the lock is free.
    var waking: [HTTPCaller] = []
    private(set) var calls: [RecordedCall] = []
    /// How many calls were forgotten.
    private(set) var forgottenCalls = 0
    /// How much later it is than the clock says, in seconds.
    var shift = 0.0
    private let clock: @Sendable () -> Double
    /// One count for all private chats and small groups, as each account has at Telegram.
    private var lastMessageID = 0
    private var lastUserID = 1000
    private var lastChatID = 0
    var lastCallbackID = 7_000_000_000

    init(bot: FakeUser, rules: TelegramRules, clock: @escaping @Sendable () -> Double) {
        self.bot = bot
        self.rules = rules
        self.clock = clock
        updates = UpdateQueue(firstID: 100_001)
        faults = FaultScript(seed: rules.seed)
    }

    /// Seconds since 1970.
    var now: Double { clock() + shift }

    // MARK: Chats

    mutating func addUser(_ name: String, username: String?) -> FakeUser {
        lastUserID += 1
        let user = FakeUser(id: lastUserID, name: name, username: username)
        users[user.id] = user
        return user
    }

    mutating func addChat(_ kind: ChatState.Kind, title: String, username: String? = nil) -> Int {
        lastChatID += 1
        let id =
            switch kind {
            case .personal(let user): user.id
            case .group: -lastChatID
            case .supergroup, .channel: Self.longChatOffset - 2_000_000_000 - lastChatID
            }
        var chat = ChatState(id: id, kind: kind, title: title)
        chat.username = username
        chats[id] = chat
        return id
    }

    /// The number of the next message in `chat`.
    mutating func nextMessageID(in chat: Int) -> Int {
        if chats[chat]?.countsItself == true {
            chats[chat]?.lastMessageID += 1
            return chats[chat]?.lastMessageID ?? 1
        }
        lastMessageID += 1
        return lastMessageID
    }

    /// Keeps a file, so that it can be fetched.
    mutating func keep(_ file: ShownFile) -> ShownFile {
        guard file.number == 0 else { return file }
        var kept = file
        kept.number = files.count + 1
        files[kept.fileID] = kept
        return kept
    }

    // MARK: Updates

    /// Adds an update and wakes who waits for it; its number, or `nil` when the bot did not want such.
    @discardableResult mutating func tell(_ type: String, _ payload: JSONValue, life: Duration? = nil) -> Int? {
        let life = (life ?? rules.updateLife) / .seconds(1)
        let id = updates.add(type, payload, expiry: now + life)
        if id != nil { waking += seats.callers }
        return id
    }

    // MARK: Calls

    mutating func begin(_ method: String, _ parameters: CallParameters) -> Int {
        // A quarter at a time, since what stays is moved.
        if calls.count >= rules.callLimit + rules.callLimit / 4 + 1 {
            forgottenCalls += calls.count - rules.callLimit
            calls.removeFirst(calls.count - rules.callLimit)
        }
        let index = forgottenCalls + calls.count
        calls.append(RecordedCall(index: index, method: method, parameters: parameters.values, time: now))
        return index
    }

    mutating func end(_ call: Int, _ outcome: RecordedCall.Outcome, fault: TelegramFault? = nil) {
        guard calls.indices.contains(call - forgottenCalls) else { return }
        calls[call - forgottenCalls].outcome = outcome
        if let fault { calls[call - forgottenCalls].fault = fault }
    }
}
