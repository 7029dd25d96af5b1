/// What keys can do beyond libedit's own commands.
///
/// The raw values are the names for `bind` in ~/.editrc.
enum EditorCommand: String, CaseIterable {
    case acceptLine = "cm-accept-line"
    case insertNewline = "cm-insert-newline"
    case complete = "cm-complete"
    case olderLine = "cm-older-line"
    case newerLine = "cm-newer-line"
    case clearScreen = "cm-clear-screen"
    case insertPaste = "cm-insert-paste"
}

/// Which keys do what, before ~/.editrc is read and after.
enum KeyBindings {
    /// Stands for "insert what was pasted".
    ///
    /// No key sends it: the decoder drops such characters.
    static let pasteKey: Unicode.Scalar = "\u{81}"

    /// These stay whatever ~/.editrc says, in both modes of vi too.
    static let fixed: [(key: String, command: EditorCommand)] = [
        ("\r", .acceptLine), ("\n", .acceptLine), (String(pasteKey), .insertPaste),
    ]

    /// Our commands on single keys.
    static let own: [(key: String, command: EditorCommand)] = [
        ("\t", .complete), ("\u{10}", .olderLine), ("\u{0E}", .newerLine), ("\u{0C}", .clearScreen),
    ]

    /// Sequences that terminals send.
    ///
    /// In vi they are keys of the command mode: the insert mode needs Esc for itself.
    static let sequences: [(key: String, command: String)] =
        [
            ("\u{1B}[A", EditorCommand.olderLine.rawValue), ("\u{1B}OA", EditorCommand.olderLine.rawValue),
            ("\u{1B}[B", EditorCommand.newerLine.rawValue), ("\u{1B}OB", EditorCommand.newerLine.rawValue),
            ("\u{1B}[C", "ed-next-char"), ("\u{1B}OC", "ed-next-char"),
            ("\u{1B}[D", "ed-prev-char"), ("\u{1B}OD", "ed-prev-char"),
            ("\u{1B}[H", "ed-move-to-beg"), ("\u{1B}OH", "ed-move-to-beg"), ("\u{1B}[1~", "ed-move-to-beg"),
            ("\u{1B}[F", "ed-move-to-end"), ("\u{1B}OF", "ed-move-to-end"), ("\u{1B}[4~", "ed-move-to-end"),
            ("\u{1B}[3~", "ed-delete-next-char"),
        ]
        // Control and Alt with an arrow.
        + ["5", "3"].flatMap { [("\u{1B}[1;\($0)C", "em-next-word"), ("\u{1B}[1;\($0)D", "ed-prev-word")] }
        // Keys without a meaning here would leave the end of their sequence in the line.
        + ["[2~", "[5~", "[6~", "[Z", "OP", "OQ", "OR", "OS"].map { ("\u{1B}" + $0, "ed-ignore") }
        + (11...24).map { ("\u{1B}[\($0)~", "ed-ignore") }

    /// What people expect of emacs keys who come from other shells.
    static let emacs: [(key: String, command: String)] = [
        ("\u{12}", "em-inc-search-prev"), ("\u{13}", "em-inc-search-next"),
        ("\u{15}", "vi-kill-line-prev"), ("\u{17}", "ed-delete-prev-word"),
        ("\u{1B}\r", EditorCommand.insertNewline.rawValue), ("\u{1B}\n", EditorCommand.insertNewline.rawValue),
    ]

    /// The same for the command mode of vi.
    static let vi: [(key: String, command: String)] = [
        ("k", EditorCommand.olderLine.rawValue), ("j", EditorCommand.newerLine.rawValue),
    ]
}
