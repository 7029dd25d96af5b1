import TestSupport
import Testing

/// One thing that somebody asks of the bot, on its way from the first update to the last message.
protocol Way: SendableMetatype {
    /// What is required of the program besides, once.
    static func prepare(_ program: inout Program) throws
    /// The steps that have to be met, in the words of ``JournalSight/news(since:)``.
    static var steps: Set<String> { get }
    /// At how many moments the program dies where it does not at all of them.
    static var moments: Int { get }
    /// Whether the program has to be a new one each time.
    static var beginsAnew: Bool { get }
    /// The methods with which the program writes on this way.
    static var writing: [String] { get }

    init(_ number: Int)

    /// Gets ready what is no part of the way.
    mutating func begin(_ stage: BuiltProgramTests.TelegramStage) async throws
    /// Does what can be done next; called again and again.
    mutating func push(_ stage: BuiltProgramTests.TelegramStage, _ journal: JournalSight) throws
    /// Whether people see all that has to come.
    func isDone(_ stage: BuiltProgramTests.TelegramStage) -> Bool
    /// The first message of this way, which nothing before it is about; 0 before it.
    var message: Int { get }
    /// What people see of it.
    func seen(_ stage: BuiltProgramTests.TelegramStage) -> TestSupport.Transcript
    /// Checks what people see after that went wrong.
    func check(_ stage: BuiltProgramTests.TelegramStage, _ mishap: Mishap, _ story: Story) throws
}

extension Way {
    static var moments: Int { 12 }
    static var beginsAnew: Bool { false }
    static var writing: [String] { ["sendMessage", "editMessageText"] }

    static func prepare(_ program: inout Program) {}

    mutating func begin(_ stage: BuiltProgramTests.TelegramStage) async throws {}

    func seen(_ stage: BuiltProgramTests.TelegramStage) -> TestSupport.Transcript {
        stage.chat.transcript.after(message - 1)
    }
}

/// Where it happened and what the chat shows, put into words only when somebody wants to know.
struct Story: CustomStringConvertible {
    let words: () -> String

    var description: String { words() }
}

extension BuiltProgramTests.TelegramStage {
    /// What the chat shows of turns behind a message.
    func reading(after message: Int) -> ChatReading { ChatReading(chat.transcript.after(message)) }

    /// Presses a button that was seen; nil when the message has lost it at that moment.
    func press(_ label: String, on message: ShownMessage) -> String? {
        try? telegram.press(label, on: message.id, in: chat, by: ann)
    }

    /// How often the agent was told `text`.
    func count(ofPrompt text: String) throws -> Int { try prompts().count { $0 == text } }

    /// Checks the word at the end of the turn for `message`: nobody hears it twice, and only a crash or trouble while it was
    /// sent may lose it.
    func checkEnd(of message: Int, _ mishap: Mishap, _ story: Story) {
        let ends = chat.transcript.byBot.filter {
            message == $0.replyTo && ["✅", "❌", "⚠", "⏹"].contains($0.text.prefix(1))
        }
        let mayMiss = mishap.mayMiss { $0.hasSuffix("/end") }
        #expect(ends.count <= 1 && (mayMiss || ends.count == 1), "the word at the end, \(story)")
    }

    /// Checks how often the agent was told `text`: again only when the turn was cut off before it acted.
    func checkPrompts(_ text: String, _ mishap: Mishap, _ story: Story) throws {
        let count = try count(ofPrompt: text)
        let mayRepeat = mishap.death?.running?.hasActed == false
        #expect(count == 1 || (mayRepeat && count == 2), "the agent was told it \(count) times, \(story)")
    }
}

extension TestSupport.Transcript {
    /// What stands behind the message with this number.
    func after(_ message: Int) -> Self {
        var rest = self
        rest.messages.removeAll { $0.id <= message }
        return rest
    }
}
