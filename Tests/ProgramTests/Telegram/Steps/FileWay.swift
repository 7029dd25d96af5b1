import Foundation
import TestSupport
import Testing

/// A file of the workspace that somebody has sent to the chat.
struct FileWay: Way {
    static let steps: Set<String> = [
        "update taken in", "event shared", "slot file new", "slot file begun", "slot file placed",
        "slot file placed, shown", "update dealt with",
    ]
    static let writing = ["sendMessage", "editMessageMedia"]

    private let number: Int
    private(set) var message = 0

    init(_ number: Int) { self.number = number }

    private var name: String { "out-\(number).txt" }
    private var content: String { "what is in \(number)\n" }

    mutating func begin(_ stage: BuiltProgramTests.TelegramStage) async throws {
        try stage.program.write(content, to: "workspace/\(name)")
    }

    mutating func push(_ stage: BuiltProgramTests.TelegramStage, _ journal: JournalSight) {
        if message == 0 { message = stage.telegram.say("/file \(name)", from: stage.ann).message }
    }

    private func documents(_ stage: BuiltProgramTests.TelegramStage) -> [ShownFile] {
        stage.chat.transcript.after(message).byBot.compactMap(\.file).filter { $0.name == name }
    }

    /// That it was begun and is not begun again.
    private func words(_ stage: BuiltProgramTests.TelegramStage) -> [String] {
        stage.chat.transcript.byBot.filter { $0.replyTo == message && $0.text != "…" && $0.file == nil }.map(\.text)
    }

    func isDone(_ stage: BuiltProgramTests.TelegramStage) -> Bool {
        !documents(stage).isEmpty || !words(stage).isEmpty
    }

    func check(_ stage: BuiltProgramTests.TelegramStage, _ mishap: Mishap, _ story: Story) throws {
        let documents = documents(stage), words = words(stage)
        #expect(documents.allSatisfy { $0.text == content }, "\(story)")
        if words.isEmpty {
            #expect(documents.count == 1, "\(story)")
        } else {
            #expect(mishap.death != nil && documents.count <= 1 && words.count == 1, "\(story)")
            #expect(words.first?.contains("it was not repeated") == true, "\(story)")
        }
    }
}
