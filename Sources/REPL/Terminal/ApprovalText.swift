import Conversation

/// What an agent asks, in lines for a terminal: complete, and such that it looks like what it is.
struct ApprovalText {
    /// How many lines of detail are shown of a question that is not viewed whole.
    static let limit = 40

    let style: TextStyle

    /// The question; `age` is in milliseconds.
    func lines(_ approval: Approval, age: Int64, columns: Int, isWhole: Bool = false) -> [String] {
        let request = approval.request
        // Whoever sees it the moment it is asked knows when that was.
        let asked = age < 10_000 ? "" : style.dim(" · asked \(Elapsed(age)) ago")
        let head = style.bold(style.yellow("\(approval.id) \(request.kind.wish)")) + asked
        let title = block(request.title, columns).enumerated().map { index, line in
            "  \(index == 0 ? request.kind.mark : "  ")\(style.bold(line))"
        }
        let reason = request.reason.isEmpty ? [] : block("why: " + request.reason, columns).map { "  " + $0 }
        return [head] + title + reason + detail(request, isWhole ? .max : Self.limit) + choices(request, columns)
    }

    /// An answer; nil when there is none.
    ///
    /// `isOwn`: it was given here.
    func line(_ approval: Approval, isOwn: Bool) -> String? {
        guard let answer = approval.answer else { return nil }
        let what = "  \(approval.id) \(Self.visible(approval.request.title.headline(60))) · "
        return style.dim(what + Self.visible(words(answer, isOwn: isOwn)))
    }

    private func words(_ answer: Approval.Answer, isOwn: Bool) -> String {
        guard answer.basis != .withdrawal else { return "no longer asked: \(answer.by)" }
        // The agent died before it heard of it, as far as anybody knows.
        return answered(answer, isOwn: isOwn) + (answer.note == nil ? "" : " · the agent is told")
    }

    private func answered(_ answer: Approval.Answer, isOwn: Bool) -> String {
        let by = isOwn ? "" : " by \(answer.by)"
        switch answer.decision {
        case .allow: return isOwn ? "allowed once" : "allowed\(by)"
        case .allowForSession: return isOwn ? "allowed for this session" : "allowed for this session\(by)"
        case .deny(let reason): return "denied\(by)" + (reason.map { ": \($0.headline(200))" } ?? "")
        case .answer(let text): return "answered\(by): \(text.headline(200))"
        }
    }

    private func detail(_ request: ApprovalRequest, _ limit: Int) -> [String] {
        guard !request.detail.isEmpty else { return [] }
        let isDiff = request.kind == .file
        let all = Self.visible(request.detail).split(separator: "\n", omittingEmptySubsequences: false)
        let lines = all.last == "" ? all.dropLast() : all
        let left = lines.count - limit
        let rest = left == 1 ? "1 more line: v shows it" : "\(left) more lines: v shows them"
        return lines.prefix(limit).map { "  " + (isDiff ? coloured($0) : String($0)) }
            + (left > 0 ? [style.dim("  … (\(rest))")] : [])
    }

    private func coloured(_ line: Substring) -> String {
        switch line.first {
        case "+": style.green(String(line))
        case "-": style.red(String(line))
        case "@": style.cyan(String(line))
        default: String(line)
        }
    }

    private func choices(_ request: ApprovalRequest, _ columns: Int) -> [String] {
        request.choices.enumerated().flatMap { index, choice in
            // From the tenth on there is no key.
            let number = index < 9 ? "\(index + 1)" : "·"
            return block(choice, columns).enumerated().map { "  \($0 == 0 ? number : " ") \($1)" }
        }
    }

    private func block(_ text: String, _ columns: Int) -> [String] {
        TextFlow.lines(of: Self.visible(text), columns: columns - 4)
    }

    /// Without characters that hide, or that turn the order of others around: what is allowed must not read like
    /// something else.
    static func visible(_ text: String) -> String {
        let text = Printable(text).text
        guard text.unicodeScalars.contains(where: { $0.properties.generalCategory == .format }) else { return text }
        return text.unicodeScalars.reduce(into: "") { result, scalar in
            let isHidden = scalar.properties.generalCategory == .format
            result += isHidden ? "<U+\(String(scalar.value, radix: 16, uppercase: true))>" : String(Character(scalar))
        }
    }
}
