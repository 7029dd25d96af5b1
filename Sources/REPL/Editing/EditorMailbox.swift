import Locking

/// What other threads ask of the editor's thread.
final class EditorMailbox: Sendable {
    struct Requests: Sendable {
        /// Text to print above the line, in order; whole lines.
        var output = ""
        var prompt: Prompt
        /// The keys that answer without Enter.
        var offer: KeyOffer?
        /// Texts to open in the person's own editor, one after the other.
        var drafts: [String] = []
        var isStopping = false
    }

    let pipe: WakePipe
    private let terminal: TerminalDevice
    /// Nil when the editor's thread is through.
    private let requests: Locked<Requests?>

    init(pipe: WakePipe, terminal: TerminalDevice, prompt: Prompt) {
        self.pipe = pipe
        self.terminal = terminal
        requests = Locked(Requests(prompt: prompt))
    }

    /// Adds lines to what is printed, or prints them at once when nobody else does any more.
    func print(_ lines: String) {
        requests.withLock { requests in
            if requests == nil {
                // Within the lock, for the order.
                terminal.write(lines.replacing("\n", with: "\r\n"))
            } else {
                requests?.output += lines
            }
        }
        pipe.wake()
    }

    func setPrompt(_ prompt: Prompt, offer: KeyOffer?) {
        requests.withLock { requests in
            requests?.prompt = prompt
            requests?.offer = offer
        }
        pipe.wake()
    }

    func edit(_ text: String) {
        requests.withLock { $0?.drafts.append(text) }
        pipe.wake()
    }

    func stop() {
        requests.withLock { $0?.isStopping = true }
        pipe.wake()
    }

    /// Whether the editor is to end; the requests stay.
    var isStopping: Bool {
        pipe.drain()
        return requests.withLock { $0?.isStopping ?? true }
    }

    /// The requests so far; the texts to print and to open are handed over, the rest stays.
    ///
    /// Nil after `close()`.
    func take() -> Requests? {
        pipe.drain()
        return requests.withLock { requests in
            defer {
                requests?.output = ""
                requests?.drafts = []
            }
            return requests
        }
    }

    /// Prints what is left and lets later text pass.
    ///
    /// Call it when the terminal is as it was before.
    func close() {
        requests.withLock { requests in
            guard let output = requests?.output else { return }
            terminal.write(output.replacing("\n", with: "\r\n"))
            requests = nil
        }
    }
}
