import Conversation
import Foundation
import Markdown

/// How notifications look in a chat.
struct DigestText: Sendable {
    /// The most characters of a line in a digest.
    private static let longestLine = 300

    let timeZone: TimeZone
    /// Takes secrets out of a text.
    let redact: @Sendable (String) -> String

    /// The message of a window: its head, and the lines, of which the oldest give way to what fits no more.
    func content(_ window: LiveDigest.Window) -> SlotContent {
        let head = head(of: window)
        // Room for the head, and for the line that tells what is left out.
        var room = MessageText.longest - head.reduce(0) { $0 + $1.utf16.count + 2 } - 100
        var shown: [String] = []
        for line in window.lines.reversed() {
            let text = text(of: line)
            room -= text.utf16.count + 1
            guard room >= 0 else { break }
            shown.append(text)
        }
        var draft = MessageDraft()
        draft.add(head[0], as: .bold)
        for line in head.dropFirst() {
            draft.addLine()
            draft.add(line)
        }
        let leftOut = window.leftOut + window.lines.count - shown.count
        if leftOut > 0 {
            draft.addLine()
            draft.add("… \(leftOut) earlier \(leftOut == 1 ? "one" : "ones") left out", as: .italic)
        }
        for line in shown.reversed() {
            draft.addLine()
            draft.add(line)
        }
        return draft.content()
    }

    /// The message of an urgent one.
    func content(ofAlert line: LiveDigest.Line) -> SlotContent {
        let text = "\(line.priority.mark) \(redact(line.text))\(Self.repeats(line))"
        return MessageText(plain: text).parts.first ?? SlotContent(line.priority.mark)
    }

    private func head(of window: LiveDigest.Window) -> [String] {
        let begin = WallTime(window.begun, in: timeZone)
        let title = window.sealed.map { "📊 \(begin) – \(WallTime($0, in: timeZone))" } ?? "📊 since \(begin)"
        let dropped = window.dropped
        let words = [
            window.activity?.words ?? "",
            dropped == 0
                ? ""
                : "\(dropped) \(dropped == 1 ? "notification was" : "notifications were") dropped while nobody was there",
        ]
        return [title] + words.filter { !$0.isEmpty }
    }

    private func text(of line: LiveDigest.Line) -> String {
        "\(WallTime(line.at, in: timeZone)) \(line.priority.mark) \(redact(line.text).oneLine(Self.longestLine))"
            + Self.repeats(line)
    }

    private static func repeats(_ line: LiveDigest.Line) -> String { line.count == 1 ? "" : " ×\(line.count)" }
}

extension Announcement.Priority {
    /// What stands before it in a chat.
    var mark: String {
        switch self {
        case .critical: "🔴"
        case .important: "❗"
        case .warning: "⚠️"
        case .info: "ℹ️"
        case .debug: "🔍"
        }
    }
}
