import Foundation
import TestSupport
import Testing

/// An album with one caption, and a message behind it.
struct AlbumWay: Way {
    static let steps: Set<String> = [
        "update taken in", "offset moved", "update dealt with", "message taken", "turn begun", "turn ok",
        "slot turn/1 placed, shown", "slot turn/end placed, shown",
    ]

    /// Each album is waited for a second.
    static let moments = 8

    private static let size = 3

    private let number: Int
    private(set) var message = 0
    private var second = 0

    init(_ number: Int) { self.number = number }

    private var caption: String { "[[say: answer \(number).]]" }
    private var text: String { "[[say: answer after \(number).]]" }
    private var name: String { "album\(number)-" }

    mutating func push(_ stage: BuiltProgramTests.TelegramStage, _ journal: JournalSight) {
        guard message == 0 else { return }
        let parts = (0..<Self.size).map { part in
            stage.telegram.say(
                part == 0 ? caption : "", from: stage.ann,
                file: ShownFile("\(name)\(part).txt", Array("part \(part) of \(number)".utf8)), album: "\(number)"
            ).message
        }
        message = parts[0]
        second = stage.telegram.say(text, from: stage.ann).message
    }

    private var answers: [ChatReading.End] { [.answered("answer\(number)."), .answered("answerafter\(number).")] }

    func isDone(_ stage: BuiltProgramTests.TelegramStage) -> Bool {
        message != 0 && stage.reading(after: message).ends.last == answers[1]
    }

    func check(_ stage: BuiltProgramTests.TelegramStage, _ mishap: Mishap, _ story: Story) throws {
        #expect(stage.reading(after: message).ends == answers, "\(story)")
        for message in [message, second] { stage.checkEnd(of: message, mishap, story) }
        try stage.checkPrompts(text, mishap, story)
        let prompts = try stage.prompts().filter { $0.contains(name) }, distinct = Set(prompts)
        // When no update comes for a while, the rest of an album is a message of its own.
        if !mishap.faults.contains(where: { $0.method == "getUpdates" }) {
            #expect(distinct.count == 1, "\(distinct), \(story)")
        }
        for prompt in distinct { try stage.checkPrompts(prompt, mishap, story) }
        #expect(distinct.count { $0.hasPrefix(caption) } == 1, "\(distinct), \(story)")
        let contents = distinct.flatMap { paths(in: $0) }.compactMap { path in
            FileManager.default.contents(atPath: stage.program.workspace + "/" + path)
        }
        let wanted = (0..<Self.size).map { "part \($0) of \(number)" }
        #expect(contents.map { String(decoding: $0, as: UTF8.self) }.sorted() == wanted, "\(distinct), \(story)")
        let kept = try FileManager.default.contentsOfDirectory(atPath: stage.program.workspace + "/.cm/inbox")
        #expect(kept.count { $0.contains(name) } == Self.size, "\(kept), \(story)")
    }

    /// The files that a prompt names, from the workspace.
    private func paths(in prompt: String) -> [String] {
        prompt.split(separator: "\n").filter { $0.hasPrefix("- .cm/inbox/") }.map { line in
            String(line.dropFirst(2).prefix { $0 != ":" })
        }
    }
}
