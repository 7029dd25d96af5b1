import Conversation

extension OfflineRules {
    // MARK: Logs

    /// `log`, `last errors in the log`, `last 50 lines of the log of codex`, `find X in the log`.
    static func log(_ sentence: OfflineSentence) -> OfflineReading? {
        // Patterns are read anew each time, which takes longer than all else.
        guard sentence.has("log", "logs", "error", "errors") else { return nil }
        if let looked = sentence.text.wholeMatch(
            of: /(?i)(?:find|search(?: for)?|grep|look for)\s+(.+?)\s+in (?:the )?logs?/)
        {
            guard let wanted = OfflineSentence(String(looked.1)) else { return nil }
            if wanted.hasProblems { return problems }
            return log(1000, keeping: .text(OfflineSentence.quotation(in: looked.1) ?? String(looked.1)))
        }
        let isPlace =
            sentence.text.wholeMatch(of: /(?i)where(?:'s|’s| is| are) (?:the |your |my )?logs?(?: file)?/) != nil
        if isPlace { return log(20) }
        let isFind = findObject(in: sentence.text) != nil
        guard !isFind, !sentence.asksForWork, sentence.words.count <= 12 else { return nil }
        let isAboutErrors = sentence.has("errors") || sentence.has(phrase: "last error")
        if isAboutErrors, sentence.has("any", "last", "recent", "latest", "errors"), sentence.words.count <= 6 {
            return problems
        }
        guard sentence.has("log", "logs"), !sentence.has("git"), !sentence.has(phrase: "commit log"),
            !sentence.has(phrase: "log in"), !sentence.has(phrase: "change log"),
            !sentence.text.split(separator: " ").contains(where: isFileLike)
        else { return nil }
        if sentence.hasProblems { return problems }
        let named = sentence.text.firstMatch(of: /(?i)\blogs? (?:of|from|for) (?:the )?([A-Za-z][A-Za-z0-9_-]*)$/)
        let process = named.map { String($0.1) }.flatMap { isNoProcess($0) ? nil : $0 }
        return log(min(max(sentence.number ?? 20, 1), 1000), of: process)
    }

    private static func isNoProcess(_ word: String) -> Bool {
        ["cm", "today", "yesterday", "program", "core", "session", "workspace"].contains(word.lowercased())
    }

    private static var problems: OfflineReading {
        .lookUp(OfflineLookUp(.surroundings(.log(lines: 1000, of: nil)), "errors in the log", keeping: .problems))
    }

    private static func log(
        _ lines: Int, of process: String? = nil, keeping: OfflineLookUp.Keeping = .all
    ) -> OfflineReading {
        let name = process.map { "the log of \($0)" } ?? "the log"
        return .lookUp(OfflineLookUp(.surroundings(.log(lines: lines, of: process)), name, keeping: keeping))
    }

    // MARK: Places

    /// `find X`, `search for "X"`, `where is X defined?`, `which files use X`.
    static func find(_ sentence: OfflineSentence) -> OfflineReading? {
        guard sentence.has("find", "search", "grep", "locate", "look", "where", "which", "what", "who") else {
            return nil
        }
        if sentence.text.wholeMatch(of: /(?i)(?:find|search|search for|grep|locate|look for)/) != nil {
            return .ask("Find what? For example: find “main”.")
        }
        guard let object = findObject(in: sentence.text) else { return nil }
        let wanted: String
        if let quotation = OfflineSentence.quotation(in: object) {
            wanted = quotation
        } else {
            if object.wholeMatch(of: /(?i)(?:we|i|am i|are we)(?: now)?/) != nil { return topic(.status) }
            let bare = bareObject(object)
            guard bare.split(separator: " ").count <= 4, !Self.isVague(bare) else { return .decline }
            wanted = String(bare)
        }
        return .lookUp(OfflineLookUp(.surroundings(.find(wanted)), "where “\(wanted.headline(60))” occurs"))
    }

    /// What somebody wants to be found.
    private static func findObject(in text: String) -> Substring? {
        if let match = text.wholeMatch(
            of:
                /(?i)(?:search|look|grep)\s+(?:in\s+|through\s+)?(?:the\s+|this\s+)?(?:code|codebase|repo|repository|project|files|everything)\s+for\s+(.+)/
        ) {
            return match.1
        }
        if let match = text.wholeMatch(
            of:
                /(?i)(?:git\s+)?(?:find|search\s+for|search|grep\s+for|grep|locate|look\s+for|look\s+up)\s+(?!out\b)(.+)/
        ) {
            return match.1
        }
        if let match = text.wholeMatch(
            of:
                /(?i)where(?:'s|’s|\s+is|\s+are|\s+am|\s+was|\s+do\s+(?:we|you|i)\s+(?:use|define|set|call|have)|\s+can\s+i\s+find|\s+do\s+i\s+find|\s+does)\s+(.+)/
        ) {
            return match.1
        }
        if let match = text.wholeMatch(
            of:
                /(?i)(?:which|what)\s+files?\s+(?:has|have|contains?|mentions?|defines?|uses?|includes?|imports?)\s+(.+)/
        ) {
            return match.1
        }
        return text.wholeMatch(of: /(?i)who\s+(?:uses|calls)\s+(.+)/)?.1
    }

    /// The object without the words around it that say what it is and where.
    private static func bareObject(_ object: Substring) -> Substring {
        var bare = object
        while let match = bare.firstMatch(
            of:
                /(?i)\s+(?:in\s+(?:the\s+|this\s+|our\s+|my\s+)?(?:code|codebase|repo|repository|project|files|sources?|workspace|directory)|here|anywhere|(?:is\s+|are\s+|being\s+)?(?:defined|used|declared|implemented|mentioned|located|called|set|come\s+from|live))$/
        ) {
            bare = bare[..<match.range.lowerBound]
        }
        return OfflineSentence.stripping(
            /(?i)(?:the|a|an|all|any|every|my|our|me|this|occurrences?\s+of|uses?\s+of|usages?\s+of|references?\s+to|mentions?\s+of|definitions?\s+of|word|text|string|function|method|class|struct|type|variable|symbol|constant|enum|protocol|files?|named|called|that\s+contains?|containing|with)\s+/,
            from: bare)
    }

    /// Words that stand for something that was said before.
    private static func isVague(_ object: Substring) -> Bool {
        ["it", "this", "that", "they", "them", "he", "she", "you", "way", "out"].contains(object.lowercased())
    }

    // MARK: Files

    /// `show FILE`, `cat FILE`, `lines 10-20 of FILE`, `FILE:10-20`, `what is in FILE`.
    static func file(_ sentence: OfflineSentence) -> OfflineReading? {
        let isNamed = sentence.has(
            "show", "open", "cat", "view", "read", "print", "display", "see", "less", "head", "look", "give", "what",
            "content", "contents")
        guard isNamed || sentence.number != nil || sentence.text.contains(where: \.isNumber) else { return nil }
        let (lines, rest) = lineRange(in: sentence.text)
        let verb = rest.prefixMatch(
            of:
                /(?i)(?:show(?:\s+me)?|open|cat|view|read|print|display|see|less|head|look\s+at|give\s+me|what(?:'s|’s|\s+is)\s+in|(?:the\s+)?contents?\s+of)(?:\s+|$)/
        )
        guard verb != nil || lines != nil else { return nil }
        let object = verb.map { rest[$0.range.upperBound...] } ?? rest[...]
        if let quotation = OfflineSentence.quotation(in: object) { return file(quotation, lines) }
        let bare = OfflineSentence.stripping(
            /(?i)(?:the|a|my|our|this|me|of|in|from|file|called|named|contents?\s+of|source\s+of|code\s+of)\s+/,
            from: object)
        let saysFile = object.firstMatch(of: /(?i)\bfile\s+\S/) != nil
        let tokens = bare.split(separator: " ")
        if tokens.isEmpty || tokens.map({ $0.lowercased() }) == ["file"] {
            return .ask("Which file? For example: show README.md.")
        }
        guard let name = tokens.first, tokens.count == 1 || (isFileLike(name) && tokens.count <= 3) else { return nil }
        let isStrict = rest.prefixMatch(of: /(?i)(?:cat|open|view|read|less|head)\s/) != nil
        let isFile = isFileLike(name) || saysFile || lines != nil || isStrict && !isTopic(name)
        // As Tab completes it.
        return isFile ? file(String(name.drop { $0 == "@" }), lines) : nil
    }

    private static func file(_ name: String, _ lines: ClosedRange<Int>?) -> OfflineReading {
        let which = lines.map { "lines \($0.lowerBound)-\($0.upperBound) of " } ?? ""
        return .lookUp(OfflineLookUp(.surroundings(.file(name, lines: lines)), "\(which)\(name.headline(80))"))
    }

    /// The lines that are asked for, and the text without them.
    private static func lineRange(in text: String) -> (ClosedRange<Int>?, String) {
        func taking(_ range: Range<String.Index>, _ first: Substring, _ last: Substring?) -> (
            ClosedRange<Int>?, String
        )? {
            guard let first = Int(first), let last = last.map({ Int($0) }) ?? first else { return nil }
            let rest = text[..<range.lowerBound] + " " + text[range.upperBound...]
            let words = rest.split(separator: " ").joined(separator: " ")
            return (max(1, min(first, last))...max(1, first, last), words)
        }
        if let match = text.firstMatch(
            of:
                /(?i)(?:from\s+)?\blines?\s+(\d+)(?:\s*(?:-|–|—|\.\.\.?|to|through|until|till|and)\s*(?:line\s+)?(\d+))?/
        ),
            let found = taking(match.range, match.1, match.2)
        {
            return found
        }
        if let match = text.firstMatch(of: /(?i)(?:the\s+)?first\s+(\d+)\s+lines/),
            let found = taking(match.range, "1", match.1)
        {
            return found
        }
        if let match = text.wholeMatch(of: /(.*\w)(:|#L)(\d+)(?:-L?(\d+))?/),
            let found = taking(match.2.startIndex..<text.endIndex, match.3, match.4)
        {
            return found
        }
        return (nil, text)
    }

    /// Whether a word is the name of a file: with a folder, an ending, or one of those that have none.
    static func isFileLike(_ word: Substring) -> Bool {
        guard !word.contains("://") else { return false }
        if word.contains("/"), word.contains(where: \.isLetter) { return true }
        if word.wholeMatch(of: /\S*\.[A-Za-z0-9_~-]*[A-Za-z][A-Za-z0-9_~-]*/) != nil { return true }
        return Self.bareNames.contains(word.lowercased())
    }

    private static let bareNames: Set<String> = [
        "makefile", "readme", "license", "licence", "dockerfile", "changelog", "contributing", "gemfile", "rakefile",
        "podfile", "procfile", "brewfile", "justfile", "vagrantfile", "jenkinsfile", "codeowners", "authors", "notice",
    ]

    private static func isTopic(_ word: Substring) -> Bool {
        let topics: Set<String> = [
            "agents", "branches", "changes", "commits", "diff", "directory", "help", "history", "log", "logs", "queue",
            "session", "status", "usage",
        ]
        return topics.contains(word.lowercased())
    }
}
