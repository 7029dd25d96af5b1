/// Messages of one person that are dealt with together: an album, or the pieces into which a client has cut a text that
/// was too long for one message.
///
/// The pieces have nothing in common that Telegram tells: they follow one another within moments, and each but the last
/// one is long.
struct MessageGroup: Sendable {
    /// How long more of it is waited for, which people send together.
    static let patience = Duration.seconds(1)

    /// What belongs to it, in the order in which it came.
    private(set) var updates: [KeptUpdate]
    /// Whether no further piece follows, since something else did.
    private var isEnded = false

    /// Begins one with `update`; it stays the only one where that is by itself.
    init(_ update: KeptUpdate) { updates = [update] }

    /// `updates`, in order, each group in the place of its first message.
    static func all(in updates: [KeptUpdate]) -> [MessageGroup] {
        var groups: [MessageGroup] = [], open: [Int] = []
        for update in updates {
            // One after the other: the first that takes it has it.
            if open.contains(where: { groups[$0].take(update) }) { continue }
            open.removeAll { !groups[$0].mayGoOn }
            if update.mayGoOn { open.append(groups.count) }
            groups.append(MessageGroup(update))
        }
        return groups
    }

    /// Takes what comes behind it in its conversation; returns whether that belongs to it.
    mutating func take(_ update: KeptUpdate) -> Bool {
        guard let album = updates[0].album else { return takePiece(update) }
        guard update.album == album else { return false }
        updates.append(update)
        return true
    }

    private mutating func takePiece(_ update: KeptUpdate) -> Bool {
        guard !isEnded, let last = updates.last?.piece, let next = update.piece, next.goesOn(after: last) else {
            isEnded = true
            return false
        }
        updates.append(update)
        return true
    }

    /// Whether more may belong to it than has come.
    var mayGoOn: Bool { !isEnded && updates.last.map(\.mayGoOn) ?? false }
}

/// An album of one person.
struct Album: Hashable, Sendable {
    var id: String
    var user: Int64?
}

extension KeptUpdate {
    /// The album of its message, while it is not settled who belongs to it; nil for all else.
    var album: Album? {
        guard let message = unsettled, let id = message.albumID else { return nil }
        return Album(id: id, user: message.from?.id)
    }

    /// Its message where that may be a piece of a longer text; nil for all else.
    fileprivate var piece: BotMessage? {
        guard let message = unsettled, message.albumID == nil, message.forwardOrigin == nil, message.text != nil else {
            return nil
        }
        return message
    }

    /// Whether others may belong to it, which are not settled.
    var mayGoOn: Bool { album != nil || piece?.isLong ?? false }

    /// Its message while it is not settled what is dealt with together with it.
    private var unsettled: BotMessage? {
        if case .message(let message) = kind, message.others == nil { message } else { nil }
    }

    /// One update that says what all of `updates` say, which are those of a group in order; nil for none, and where the first
    /// is by itself.
    static func joined(_ updates: [KeptUpdate]) -> KeptUpdate? {
        guard updates.first?.mayGoOn ?? false else { return nil }
        let messages = updates.compactMap { update in update.unsettled.map { (update, $0) } }
            .sorted { $0.1.id < $1.1.id }
        guard var (joined, first) = messages.first else { return nil }
        first.others = messages.dropFirst().map(\.1)
        joined.kind = .message(first)
        return joined
    }
}

extension BotMessage {
    /// The most seconds from one piece of a text to the next one, by Telegram's clock.
    private static let longestPause: Int64 = 2
    /// In UTF-16 code units: clients fill a message at least to its half before they look for a place to cut.
    private static let shortestPiece = 4_096 / 2

    /// Whether it is so long that its text may go on in the next message.
    fileprivate var isLong: Bool { text.map { $0.utf16.count >= Self.shortestPiece } ?? false }

    /// Whether it is the next piece of a text of which `last` is one: both are what one person wrote, but no command.
    fileprivate func goesOn(after last: BotMessage) -> Bool {
        // Nobody has looked at the numbers before: their difference may be none.
        let (pause, isOdd) = date.subtractingReportingOverflow(last.date)
        return last.isLong && id > last.id && !isOdd && (0...Self.longestPause).contains(pause) && from == last.from
            && (repliesTo == nil || repliesTo == last.repliesTo) && !isCommand
    }

    /// Whether it is a command, perhaps behind a name.
    private var isCommand: Bool {
        guard var text = text?[...] else { return false }
        if text.first == "@" { text = text.drop { !$0.isWhitespace }.drop { $0.isWhitespace } }
        return Heard.command(in: String(text.prefix { !$0.isWhitespace })) != nil
    }

    /// What was lost between this piece and the next one, where clients leave out the blanks at which they cut.
    var joint: String {
        // Without a blank it was cut within a word.
        guard isLong, let text, !text.utf16.suffix(Self.shortestPiece).contains(where: Self.isBlank) else {
            return "\n"
        }
        return ""
    }

    private static func isBlank(_ unit: UInt16) -> Bool { unit == 0x20 || (0x09...0x0D).contains(unit) }
}
