import Conversation

extension OfflineRules {
    // MARK: The repository

    /// `last 5 commits`, `what changed in the last commit?`, `git log`.
    static func commits(_ sentence: OfflineSentence) -> OfflineReading? {
        let isHistory =
            sentence.has(phrase: "git log")
            || sentence.has("history") && sentence.has("git", "repo", "repository", "branch")
        guard sentence.has("commit", "commits", "committed") || isHistory else { return nil }
        let isOne = sentence.has("commit", "committed") && sentence.has("last", "latest", "newest", "who")
        let count = min(max(sentence.number ?? (isOne ? 1 : 10), 1), 100)
        return .lookUp(
            OfflineLookUp(.surroundings(.commits(count)), count == 1 ? "the last commit" : "the last \(count) commits"))
    }

    /// `which branch am I on`, `diff`, `what changed`, `git status`.
    static func repository(_ sentence: OfflineSentence) -> OfflineReading? {
        if sentence.has("branch", "branches") {
            return .lookUp(OfflineLookUp(.surroundings(.branches), "the branches"))
        }
        if sentence.has("diff", "diffs", "difference", "differences") {
            return .lookUp(OfflineLookUp(.surroundings(.diff), "the difference from the last commit"))
        }
        let isChange =
            sentence.has(
                "changed", "changes", "modified", "uncommitted", "untracked", "unstaged", "staged", "dirty", "edited")
            || sentence.has("change") && sentence.has("what", "did", "anything", "which")
            || sentence.has(phrase: "git status") || sentence.has(phrase: "what s new")
            || sentence.has(phrase: "working tree")
        return isChange ? .lookUp(OfflineLookUp(.surroundings(.changes), "what changed")) : nil
    }

    // MARK: The program

    enum Topic: CaseIterable {
        case install, help, status, queue, last, history, agents, usage, identity

        /// Words of which one is enough, the topics in the order of their precedence.
        var words: Set<String> {
            switch self {
            case .install: ["install", "setup", "codex", "copilot", "login", "key"]
            case .help: OfflineSentence.helpWords
            case .status: ["status", "state", "running", "doing", "session", "mode", "directory", "workspace"]
            case .queue: ["queue", "queued", "waiting", "waits"]
            case .last: OfflineSentence.repetition
            case .history: ["history", "said", "conversation", "earlier"]
            case .agents: ["agents", "agent", "shells"]
            case .usage: ["tokens", "cost", "costs"]
            case .identity: ["who", "version", "model", "yourself"]
            }
        }

        /// Whether `sentence` is about nothing else, for topics with words that stand in any sentence.
        func isPlain(_ sentence: OfflineSentence) -> Bool {
            switch self {
            case .help: sentence.isPlainWish(for: words, beside: OfflineSentence.aboutHelp)
            case .last:
                sentence.isPlainWish(for: words, beside: OfflineSentence.aboutAnswers)
                    && (sentence.words.first == "what" || !sentence.has("did", "said", "was"))
            case .install, .status, .queue, .history, .agents, .usage, .identity: true
            }
        }

        /// Words that stand together.
        var phrases: [String] {
            switch self {
            case .help: ["how does this", "how do i use", "how do you", "how does cm", "how to use", "what can i"]
            case .identity: ["what are you", "what can you", "what do you", "what is this", "what is cm", "your name"]
            case .install, .status, .queue, .last, .history, .agents, .usage: []
            }
        }

        /// What to ask the core; nil when the introduction is the answer.
        var lookUp: OfflineLookUp? {
            switch self {
            case .install, .identity: nil
            case .help: OfflineLookUp(.help, "help")
            case .status: OfflineLookUp(.status, "status of the session")
            case .queue: OfflineLookUp(.queue, "queue of the session")
            case .last: OfflineLookUp(.last, "last answer")
            case .history: OfflineLookUp(.history(10), "history of the session")
            case .agents: OfflineLookUp(.agents, "agents")
            case .usage: OfflineLookUp(.usage(UsageQuestion()), "usage")
            }
        }
    }

    /// `status`, `help`, `what waits?`, `who are you?`.
    static func topic(_ sentence: OfflineSentence) -> OfflineReading? {
        let found = Topic.allCases.first { topic in
            !topic.words.isDisjoint(with: sentence.vocabulary) && topic.isPlain(sentence)
                || topic.phrases.contains { sentence.has(phrase: $0) }
        }
        return found.map(topic)
    }

    static func topic(_ topic: Topic) -> OfflineReading { topic.lookUp.map(OfflineReading.lookUp) ?? .introduce }
}

extension OfflineSentence {
    fileprivate static let helpWords: Set<String> = ["help", "commands", "command", "usage"]
    /// What may stand beside the words for help where nothing else is meant.
    fileprivate static let aboutHelp: Set<String> = [
        "a", "all", "and", "are", "available", "cm", "do", "does", "for", "get", "give", "have", "here", "how", "i",
        "is", "know", "list", "me", "need", "of", "please", "show", "some", "the", "there", "this", "to", "what",
        "which", "with", "you", "your",
    ]
    fileprivate static let repetition: Set<String> = ["last", "repeat", "again"]
    /// What may stand beside the words for a repetition where nothing else is meant.
    fileprivate static let aboutAnswers: Set<String> = [
        "answer", "did", "give", "it", "me", "more", "once", "one", "please", "previous", "reply", "response", "said",
        "say", "show", "tell", "that", "the", "thing", "this", "was", "what", "you", "your",
    ]

    /// Whether it has no words but those and `others`.
    fileprivate func isPlainWish(for words: Set<String>, beside others: Set<String>) -> Bool {
        vocabulary.isSubset(of: words.union(others)) && !asksForReasons
    }

    /// Whether it asks why or how something was done, which no list answers.
    var asksForReasons: Bool { words.first == "why" || has(phrase: "how did you") }

    /// Whether it is about something that went wrong.
    var hasProblems: Bool { has("error", "errors", "warning", "warnings", "problem", "problems", "failures", "wrong") }
}
