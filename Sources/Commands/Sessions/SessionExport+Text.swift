import Conversation
import Foundation

extension SessionExport {
    /// The session as a document.
    var markdown: String {
        var parts = ["# Session \(session)", "mode \(mode) · profile \(profile) · agent \(agent)"]
        for turn in turns { parts += markdown(of: turn) }
        if !waiting.isEmpty { parts += ["## Waiting", waiting.map { "- \($0)" }.joined(separator: "\n")] }
        return parts.joined(separator: "\n\n") + "\n"
    }

    /// The session for programs.
    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
    }

    private func markdown(of turn: Turn) -> [String] {
        var parts = turn.beginsConversation ? ["---"] : []
        let isNote = turn.origin == Message.Origin.system.rawValue
        let who = isNote ? "note to the agent (the answer of \(turn.author)," : "\(turn.author) (\(turn.origin),"
        parts += ["## \(who) \(turn.started))", turn.text]
        parts += turn.steered.map { "> into the turn: " + $0.replacing("\n", with: "\n> ") }
        parts += turn.stages.map { "### \($0.role), round \($0.round)\n\n\($0.text)" }
        let deeds =
            turn.actions.map { "- \($0.kind) \(Self.code($0.title)): \($0.status)" }
            + turn.approvals.map {
                "- asked \($0.kind) \(Self.code($0.title)): \($0.status)\($0.by.map { " by \($0)" } ?? "")"
            }
        if !deeds.isEmpty { parts.append(deeds.joined(separator: "\n")) }
        guard let end = turn.end else { return parts + ["*The turn runs.*"] }
        var remarks = ["\(end.agent ?? "agent")", end.status]
        if let review = end.review { remarks.append(review) }
        parts.append("### Answer (\(remarks.joined(separator: ", ")))")
        if !end.text.isEmpty { parts.append(end.text) }
        if let error = end.error { parts.append("*\(error)*") }
        return parts
    }

    /// The text as code on one line.
    private static func code(_ text: String) -> String {
        "`" + text.replacing("\n", with: " ").replacing("`", with: "'") + "`"
    }
}
