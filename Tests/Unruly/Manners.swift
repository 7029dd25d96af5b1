/// How a child misbehaves.
struct Manners {
    /// `--ignore-term`: SIGTERM does nothing.
    var ignoresTermination = false
    /// `--ignore-eof`: the end of the input does nothing.
    var ignoresEndOfInput = false
    /// `--leave-session`: what it starts leads a session of its own.
    var leavesSession = false
    /// `--lose-parent`: what starts its children ends at once.
    var losesParent = false
    /// `--clear-environment`: what it starts has an empty environment.
    var clearsEnvironment = false
    /// `--children N`: how many it starts, which do as it does and never end by themselves.
    var children = 0
    /// `--exit CODE`: it ends once all have started.
    var code: Int32?
    /// `--offspring`: it was started by another.
    var isOffspring = false
    /// `--roll FILE`: where each writes who it is.
    var roll: String?

    init(_ arguments: [String]) throws {
        var words = arguments.makeIterator()
        while let word = words.next() {
            switch word {
            case "child", "relay": break
            case "--ignore-term": ignoresTermination = true
            case "--ignore-eof": ignoresEndOfInput = true
            case "--leave-session": leavesSession = true
            case "--lose-parent": losesParent = true
            case "--clear-environment": clearsEnvironment = true
            case "--offspring": isOffspring = true
            case "--children": children = words.next().flatMap { Int($0) } ?? 0
            case "--exit": code = words.next().flatMap { Int32($0) }
            case "--roll": roll = words.next()
            default: throw Unusable(what: word)
            }
        }
    }

    /// What makes its own children, as arguments.
    var offspring: [String] {
        var words = ["child", "--offspring", "--ignore-eof"]
        if ignoresTermination { words.append("--ignore-term") }
        if leavesSession { words.append("--leave-session") }
        // For the one in between.
        if clearsEnvironment { words.append("--clear-environment") }
        if let roll { words += ["--roll", roll] }
        return losesParent ? ["relay"] + words : words
    }
}

/// Something that this program was told and cannot do.
struct Unusable: Error {
    var what: String
}
