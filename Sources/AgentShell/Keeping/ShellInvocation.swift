/// A command line that an agent hands to a shell, and the script that the shell is to run.
///
/// What people are shown must be what runs: only a shell of the system's own is taken off, and only when nothing else
/// is said to it.
enum ShellInvocation {
    private static let shells: Set<String> = ["sh", "bash", "zsh", "dash"].reduce(into: []) { shells, name in
        for folder in ["/bin", "/usr/bin", "/usr/local/bin"] { shells.insert("\(folder)/\(name)") }
    }

    /// The script in `["/bin/bash", "-lc", SCRIPT]`; nil for anything else.
    static func script(in words: [String]) -> String? {
        guard words.count == 3, shells.contains(words[0]), ["-lc", "-c"].contains(words[1]) else { return nil }
        return words[2]
    }

    /// The script in `/bin/bash -lc 'SCRIPT'`; nil for anything else.
    ///
    /// A script with quotes in it would have to be parsed, and stays as it is.
    static func script(in line: String) -> String? {
        let parts = line.split(separator: "'", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[2].isEmpty else { return nil }
        let words = parts[0].split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 3, words[2].isEmpty else { return nil }
        return script(in: [String(words[0]), String(words[1]), String(parts[1])])
    }

    /// The words as one line in which each can be told from the next.
    static func line(of words: [String]) -> String {
        words.map { word in
            let isPlain = !word.isEmpty && word.allSatisfy { $0.isLetter || $0.isNumber || "-_./=:,@%+".contains($0) }
            return isPlain ? word : "'" + word.replacing("'", with: #"'\''"#) + "'"
        }.joined(separator: " ")
    }
}
