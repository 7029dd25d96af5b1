/// When a key answers, and when it is only typed.
///
/// A key answers only while the prompt on the screen says that it does. The prompt says so when nothing is typed, the
/// offer has been on the screen for ``calm``, and no key was pressed for as long: who is in the midst of typing when
/// something is asked, or types on after an answer, answers nothing by accident. Such keys go into the line; once it is
/// empty again and the keyboard calm, the offer comes back. Two more accidents are kept out: a key that arrives together
/// with others was pasted and not pressed, and is typed; the repetitions of an answering key that is held down, or
/// pressed twice, are dropped. And a key answers only when no other follows for ``pause``: who begins to type “stop”
/// must not have allowed anything by its first letter. Enter, or the same key again, confirms it at once.
///
/// A value that is told the time.
struct OfferRule {
    typealias Instant = ContinuousClock.Instant

    /// What is to be done with a key.
    enum Verdict: Equatable {
        case type
        case drop
        case choose(KeyChoice)
        /// A line of text is wanted now.
        case write
        /// No longer: the offer is as it was before.
        case back
    }

    static let calm: Duration = .milliseconds(600)
    /// How long an answering key is held back, in case that it is the beginning of a word.
    ///
    /// Slow typists leave 0.3 s between two keys.
    static let pause: Duration = .milliseconds(400)

    private var offer: KeyOffer?
    /// The offer and the key to which a line of text is typed now.
    private var writing: (offer: KeyOffer, key: Character)?
    /// When the offer came to the screen.
    private var shownAt: Instant?
    private var lastKeyAt: Instant?
    /// Whether the prompt on the screen says that keys answer.
    private var isLive = false
    private var isLineEmpty = true
    /// The offer that was taken last: it may be made once more by somebody who does not know yet.
    private var taken: Int?
    /// The key that answered, as long as it may be held down.
    private var held: Character?

    /// Puts `offer` in place of the one before; a text that is being typed to that one can still be finished.
    mutating func make(_ offer: KeyOffer?) {
        let offer = offer?.id == taken ? nil : offer
        if offer?.id != self.offer?.id { (shownAt, isLive) = (nil, false) }
        self.offer = offer
    }

    /// What stands before the line instead of the usual prompt; nil for that.
    ///
    /// It is what keys obey from now on.
    mutating func prompt(isLineEmpty: Bool, at now: Instant) -> Prompt? {
        self.isLineEmpty = isLineEmpty
        isLive = liveAt.map { $0 <= now } ?? false
        return writing.flatMap { $0.offer.writing[$0.key] } ?? (isLive ? offer?.prompt : nil)
    }

    /// The screen shows what was asked for.
    mutating func noteShown(at now: Instant) {
        if offer != nil, shownAt == nil { shownAt = now }
    }

    /// How long until the prompt has to change if no key is pressed; nil when it has not.
    func patience(at now: Instant) -> Duration? {
        isLive ? nil : liveAt.map { max(.zero, now.duration(to: $0)) }
    }

    /// Something else than a character was typed.
    mutating func noteKey(at now: Instant) { (lastKeyAt, isLive, held) = (now, false, nil) }

    /// Whether a key would answer, or lead to a text, if it were taken for one that is pressed and not typed.
    func answers(_ key: Unicode.Scalar, isAlone: Bool, isLineEmpty: Bool) -> Bool {
        guard isLive, isAlone, isLineEmpty, writing == nil, let offer else { return false }
        let key = Character(Character(key).lowercased())
        return offer.keys.contains(key) || offer.writing[key] != nil
    }

    /// A key was pressed; `isAlone`: nothing arrived together with it.
    mutating func press(_ key: Unicode.Scalar, isAlone: Bool, isLineEmpty: Bool, at now: Instant) -> Verdict {
        let (wasLive, repeated) = (isLive, held)
        let pause = lastKeyAt?.duration(to: now) ?? Self.calm
        noteKey(at: now)
        let key = Character(Character(key).lowercased())
        if isLineEmpty, key == repeated, pause < Self.calm {
            held = key
            return .drop
        }
        if writing != nil {
            guard key == "\u{1B}" && isAlone || key == "\u{4}" && isLineEmpty else { return .type }
            writing = nil
            return .back
        }
        guard wasLive, isAlone, isLineEmpty, let offer else { return .type }
        if offer.keys.contains(key) {
            held = key
            take(offer)
            return .choose(KeyChoice(offer: offer.id, key: key))
        }
        guard offer.writing[key] != nil else { return .type }
        writing = (offer, key)
        return .write
    }

    /// Ctrl-C was pressed; returns whether all it does is to go back from a text to its offer.
    mutating func interrupt(at now: Instant) -> Bool {
        noteKey(at: now)
        defer { writing = nil }
        return writing != nil
    }

    /// A line was submitted; nil when it is none that an offer wanted.
    mutating func accept(_ text: String) -> KeyChoice? {
        guard let (offer, key) = writing else { return nil }
        writing = nil
        take(offer)
        return KeyChoice(offer: offer.id, key: key, text: text)
    }

    /// From when on keys answer if nothing more is pressed; nil when they do not.
    private var liveAt: Instant? {
        guard writing == nil, offer != nil, isLineEmpty, let shownAt else { return nil }
        return max(shownAt, lastKeyAt ?? shownAt) + Self.calm
    }

    private mutating func take(_ offer: KeyOffer) {
        taken = offer.id
        if self.offer?.id == offer.id { make(nil) }
    }
}
