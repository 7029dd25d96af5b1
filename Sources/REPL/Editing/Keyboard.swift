/// The keys that arrived and were not used yet.
struct Keyboard {
    /// How long the rest of a marker may take, in milliseconds, before its escape counts as the Esc key.
    private static let escapePatience: Int32 = 50
    /// A paste that stood still for this long can be left with Ctrl-C.
    private static let pastePatience = Duration.seconds(1)
    private static let interruptByte: UInt8 = 0x03

    private let terminal: TerminalDevice
    private var decoder = KeyDecoder()
    private var queue: ArraySlice<Keystroke> = []
    /// When the terminal had keys last.
    private(set) var lastRead = ContinuousClock.now

    init(_ terminal: TerminalDevice) {
        self.terminal = terminal
    }

    /// How long to wait for input before calling `releaseEscape`, in milliseconds; nil: for ever.
    var patience: Int32? { decoder.isHoldingEscape ? Self.escapePatience : nil }

    /// Whether nothing arrived behind the key that was taken last.
    var isEmpty: Bool { queue.isEmpty }

    mutating func next() -> Keystroke? {
        queue.popFirst()
    }

    /// Puts keys in front of those that were not used yet.
    mutating func putBack(_ keys: [Unicode.Scalar]) { queue = (keys.map { Keystroke.character($0) } + queue)[...] }

    mutating func releaseEscape() {
        queue += decoder.releaseEscape()
    }

    /// Takes what the terminal has; false when it will never have anything again.
    mutating func read() -> Bool {
        let bytes: [UInt8]
        switch terminal.readAvailable() {
        case .bytes(let read): bytes = read
        case .nothing: return true
        case .end: return false
        }
        let now = ContinuousClock.now
        defer { lastRead = now }
        // The end of a paste may be lost, and then every key would be swallowed. Only a Ctrl-C that comes alone after a
        // silence leaves it: one in the midst of a paste is part of it, or pasted text could press keys.
        if decoder.isPasting, bytes == [Self.interruptByte], now - lastRead > Self.pastePatience {
            decoder.abandonPaste()
        }
        queue += decoder.decode(bytes)
        return true
    }
}
