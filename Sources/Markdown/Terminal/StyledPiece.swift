/// A piece of a paragraph for a terminal, all of which looks the same.
struct StyledPiece: Equatable {
    /// Without control characters but line feeds.
    let text: String
    let look: TerminalLook
}
