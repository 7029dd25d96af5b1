import Conversation

/// What became of the files of one message, for the agent and for whoever sent them.
struct FileReport: Sendable {
    /// Each with what became of it, in order.
    var files: [(file: SentFile, result: Result<ShelvedFile, FileCollector.Trouble>)]
    /// What is never taken.
    var refused: [SentFile.Refused]

    private var kept: [(file: SentFile, shelved: ShelvedFile)] {
        files.compactMap { file, result in
            if case .success(let shelved) = result { (file, shelved) } else { nil }
        }
    }

    private var missed: [(file: SentFile, trouble: FileCollector.Trouble)] {
        files.compactMap { file, result in
            if case .failure(let trouble) = result { (file, trouble) } else { nil }
        }
    }

    /// What the agent is told when somebody said `words` with the files; empty when there is nothing to tell.
    func prompt(_ words: String) -> String {
        let isWordless = words.allSatisfy(\.isWhitespace)
        guard !kept.isEmpty || !isWordless else { return "" }
        var lines: [String] = []
        if !kept.isEmpty {
            lines.append(isWordless ? AgentRemark.filesAlone : AgentRemark.files)
            lines += kept.map { file, shelved in
                let type = file.file.type.map { ", " + VisibleText($0).text.oneLine(80) } ?? ""
                return "- \(shelved.path): \(file.shown)\(type), \(shelved.size) bytes"
            }
            lines.append(AgentRemark.caution)
        }
        if !missed.isEmpty || !refused.isEmpty {
            lines.append("Sent as well, and not taken, so that you cannot see it:")
            lines += missed.map { "- \($0.file.shown): \(Self.reason($0.trouble))" }
            lines += refused.map { "- \($0.rawValue)" }
        }
        return isWordless ? lines.joined(separator: "\n") : words + "\n\n" + lines.joined(separator: "\n")
    }

    /// What whoever sent them is told; nil when all were taken.
    ///
    /// With `hasWords`, what was written with them is handed in all the same.
    func told(hasWords: Bool) -> String? {
        var lines = missed.map { file, trouble in
            "⚠ Not taken: \(file.shown)\(Self.size(of: file)). \(Self.advice(trouble))"
        }
        for kind in Set(refused).sorted(by: { $0.rawValue < $1.rawValue }) {
            let name = kind.rawValue.prefix(1).uppercased() + kind.rawValue.dropFirst()
            lines.append("⚠ \(name) are not taken; documents, photos, audio files and videos of up to 20 MB are.")
        }
        guard !lines.isEmpty else { return nil }
        if hasWords { lines.append("What you wrote is handed in.") }
        return lines.joined(separator: "\n")
    }

    private static func size(of file: SentFile) -> String {
        guard let size = file.file.size else { return "" }
        return " (\(FileSize(size)))"
    }

    private static func reason(_ trouble: FileCollector.Trouble) -> String {
        switch trouble {
        case .tooBig: "larger than 20 MB"
        case .gone: "no longer at Telegram"
        case .unreachable: "it could not be fetched"
        case .notKept: "it could not be written"
        case .withCommand: "commands take no files"
        }
    }

    private static func advice(_ trouble: FileCollector.Trouble) -> String {
        switch trouble {
        case .tooBig: "Telegram lets bots fetch files of up to 20 MB."
        case .gone: "Telegram does not have it any more; send it again."
        case .unreachable(let reason): "It could not be fetched, send it again: \(reason)"
        case .notKept(let reason): "It could not be written, send it again: \(reason)"
        case .withCommand: "Commands take no files; send it with other words, or none."
        }
    }
}
