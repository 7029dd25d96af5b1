/// One run of the editor, on its thread: keys go to libedit; the line, and what others print, go to the screen.
///
/// It belongs to that thread, and is not `Sendable`.
final class EditSession: LibeditClient {
    /// Why libedit was made to leave its line.
    private enum Ending {
        case cleared
        case stopped
        case endOfInput
    }

    private let options: LineEditor.Options
    private let mailbox: EditorMailbox
    private let report: (LineEditor.Event) -> Void
    private let historyFile: HistoryFile?

    private var keyboard: Keyboard
    private var screen: Screen
    private var history: LineHistory
    /// The usual one: an offer puts its own in its place.
    private var prompt: Prompt
    private var offers = OfferRule()
    /// A key that would answer, until it is clear that it is not the first of a word.
    private var held: (key: Unicode.Scalar, since: ContinuousClock.Instant)?
    private var pastes = PasteShelf()
    /// Pasted, and not yet in the line.
    private var pasted: [String] = []
    /// How often to press the key that inserts it.
    ///
    /// One press may end a search or a half-typed key sequence instead.
    private var pastePresses = 0
    private var ending: Ending?
    /// As the terminal was found; there from `run` on.
    private var modes: TerminalModes!
    /// There from `run` on, and as long as anything is called.
    private var libedit: Libedit!

    init(options: LineEditor.Options, mailbox: EditorMailbox, report: @escaping (LineEditor.Event) -> Void) {
        self.options = options
        self.mailbox = mailbox
        self.report = report
        historyFile = options.historyPath.map(HistoryFile.init)
        history = LineHistory(entries: historyFile?.load() ?? [])
        keyboard = Keyboard(options.terminal)
        prompt = Prompt(options.prompt)
        screen = Screen(options.terminal, prompt: prompt)
    }

    /// Edits line after line until it is stopped or the input ends, and leaves the terminal as it was.
    func run() {
        guard let modes = TerminalModes(of: options.terminal),
            let libedit = Libedit(options.terminal, client: self)
        else {
            report(.eof)
            return
        }
        self.modes = modes
        self.libedit = libedit
        libedit.bindKeys(userFile: options.keyBindingsPath)
        history.entries.forEach(libedit.remember)
        screen.open()
        editLines()
        screen.close()
        self.libedit = nil
        modes.restore()
    }

    private func editLines() {
        while true {
            ending = nil
            if let line = libedit.readLine() {
                // One of libedit's own commands, bound by the user.
                accept(EditedLine(text: line.hasSuffix("\n") ? String(line.dropLast()) : line))
                continue
            }
            switch ending {
            case .cleared: continue
            case .stopped: return
            case .endOfInput, nil:
                screen.finish(EditedLine())
                return report(.eof)
            }
        }
    }

    // MARK: Keys

    func nextKey() -> Unicode.Scalar? {
        while ending == nil {
            if !pasted.isEmpty, pastePresses > 0 {
                pastePresses -= 1
                return KeyBindings.pasteKey
            }
            if let keystroke = keyboard.next() {
                if let key = key(for: keystroke) { return key }
                continue
            }
            serveRequests()
            guard ending == nil else { break }
            show()
            waitForInput()
        }
        return nil
    }

    private func show() {
        let line = libedit.line
        screen.prompt = offers.prompt(isLineEmpty: line.isEmpty && pasted.isEmpty, at: .now) ?? prompt
        screen.show(line)
        offers.noteShown(at: .now)
    }

    private func waitForInput() {
        let untilOffer = offers.patience(at: .now).map { Int32($0 / .milliseconds(1)) + 1 }
        let untilEscape = keyboard.patience
        let untilAnswer = held.map { held in
            max(0, Int32((OfferRule.pause - held.since.duration(to: .now)) / .milliseconds(1))) + 1
        }
        let patience = [untilOffer, untilEscape, untilAnswer].compactMap(\.self).min()
        switch options.terminal.wait(wokenBy: mailbox.pipe, milliseconds: patience) {
        case .woken: break
        case .timedOut: if patience == untilEscape { keyboard.releaseEscape() }
        case .input: if !keyboard.read() { ending = .endOfInput }
        }
        if let held, keyboard.isEmpty, held.since.duration(to: .now) >= OfferRule.pause { release(held.key) }
    }

    /// What libedit is to see of a keystroke; nil when that is nothing.
    private func key(for keystroke: Keystroke) -> Unicode.Scalar? {
        switch keystroke {
        case .character("\u{3}"):
            interrupt()
            return nil
        case .character(let scalar):
            guard isTyped(scalar) else { return nil }
            pastePresses = 1
            return scalar
        case .paste(let text):
            if let held {
                self.held = nil
                keyboard.putBack([held.key])
            }
            offers.noteKey(at: keyboard.lastRead)
            pasted.append(text)
            pastePresses = 2
            return nil
        }
    }

    /// The key that was held back answers.
    private func release(_ key: Unicode.Scalar) {
        held = nil
        // The offer may have changed meanwhile: then it is typed after all.
        if obeys(key, isAlone: true) { keyboard.putBack([key]) }
    }

    /// Whether a key is for the line; what it means otherwise is done, or held back.
    private func isTyped(_ key: Unicode.Scalar) -> Bool {
        if let held {
            switch key {
            case "\r", "\n":
                release(held.key)
            case held.key:
                release(held.key)
                return obeys(key, isAlone: true)
            default:
                self.held = nil
                offers.noteKey(at: keyboard.lastRead)
                keyboard.putBack([held.key, key])
            }
            return false
        }
        let isLineEmpty = libedit.line.isEmpty && pasted.isEmpty
        if offers.answers(key, isAlone: keyboard.isEmpty, isLineEmpty: isLineEmpty) {
            held = (key, .now)
            return false
        }
        return obeys(key, isAlone: keyboard.isEmpty)
    }

    /// Has the offer take a key; returns whether the key is for the line instead.
    private func obeys(_ key: Unicode.Scalar, isAlone: Bool) -> Bool {
        let isLineEmpty = libedit.line.isEmpty && pasted.isEmpty
        switch offers.press(key, isAlone: isAlone, isLineEmpty: isLineEmpty, at: keyboard.lastRead) {
        case .type: return true
        case .drop: break
        case .choose(let choice): report(.choice(choice))
        case .write, .back: startOver()
        }
        return false
    }

    /// Begins an empty line in place of the one on the screen.
    private func startOver() {
        pasted = []
        history.rewind()
        ending = .cleared
    }

    private func interrupt() {
        held = nil
        guard !offers.interrupt(at: keyboard.lastRead) else { return startOver() }
        let line = libedit.line
        let isEmpty = line.isEmpty && pasted.isEmpty
        if options.onInterrupt(isEmpty) == .clearLine {
            screen.finish(line, suffix: "^C")
            startOver()
        }
        report(.interrupt(typed: !isEmpty))
    }

    private func serveRequests() {
        guard let requests = mailbox.take() else { return }
        prompt = requests.prompt
        offers.make(requests.offer)
        if !requests.output.isEmpty { screen.print(requests.output) }
        if requests.isStopping {
            ending = .stopped
        } else {
            requests.drafts.forEach(editElsewhere)
        }
    }

    /// Lends the terminal to the person's own editor, and takes the text it leaves like one that was pasted.
    private func editElsewhere(_ text: String) {
        // What is asked for meanwhile is not taken here.
        defer { mailbox.pipe.wake() }
        // The one before may have been ended for that.
        guard !mailbox.isStopping else { return }
        held = nil
        screen.close()
        let own = TerminalModes(of: options.terminal)
        modes.restore()
        let outcome = DraftOutcome(of: text, at: options.terminal, in: options.environment, mailbox)
        own?.restore()
        options.terminal.dropInput()
        // What was begun before, for example a paste, has gone on in the editor.
        keyboard = Keyboard(options.terminal)
        screen.reopen(afterCut: outcome.wasCutOff)
        // Whoever types on while the editor ends has answered nothing.
        offers.noteKey(at: .now)
        if let text = outcome.text(insteadOf: text) {
            pasted.append(text)
            pastePresses = 2
        }
        report(.edited(outcome, original: text))
        // At the end nobody may listen any more.
        if mailbox.isStopping, case .failed(_, left: let directory?) = outcome {
            screen.print("\(DraftOutcome.savedNote(directory))\n")
        }
    }

    // MARK: Commands

    func perform(_ command: EditorCommand) -> CommandOutcome {
        switch command {
        case .acceptLine:
            accept(libedit.line)
            return .newLine
        case .insertNewline: libedit.insert("\n")
        case .complete: complete()
        case .olderLine: showOlderLine()
        case .newerLine: showNewerLine()
        case .clearScreen: screen.clear()
        case .insertPaste:
            libedit.insert(pasted.map { pastes.shelve($0) }.joined())
            pasted = []
        }
        return .sameLine
    }

    private func accept(_ line: EditedLine) {
        screen.finish(line)
        let typed = line.text.filter { $0 != Character(KeyBindings.pasteKey) }
        let text = pastes.expand(typed)
        if let choice = offers.accept(text) {
            history.rewind()
            return report(.choice(choice))
        }
        if history.add(typed) {
            libedit.remember(typed)
            historyFile?.append(text)
        }
        report(.line(text))
    }

    private func complete() {
        let line = libedit.line.beforeCursor
        switch CompletionStep(line: line, candidates: options.complete(line)) {
        case .beep: screen.beep()
        case .replace(let word, let replacement):
            libedit.deleteBeforeCursor(word.unicodeScalars.count)
            libedit.insert(replacement)
        case .list(let candidates):
            screen.print(candidates.list(columns: options.terminal.size.columns))
        }
    }

    private func showOlderLine() {
        let line = libedit.line
        if let distance = line.distanceToLineAbove {
            libedit.moveCursor(by: distance)
        } else if let entry = history.older(than: line.text) {
            libedit.replaceLine(with: entry)
        } else {
            screen.beep()
        }
    }

    private func showNewerLine() {
        if let distance = libedit.line.distanceToLineBelow {
            libedit.moveCursor(by: distance)
        } else if let entry = history.newer() {
            libedit.replaceLine(with: entry)
        } else {
            screen.beep()
        }
    }
}
