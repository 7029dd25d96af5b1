/// How much work is done for one text.
package struct ParsingLimits: Sendable {
    /// How long a text may be in UTF-8, which is far more than a person reads; what goes beyond stays unparsed.
    package var bytes = 1 << 20
    /// In the units of `PieceCost`: some tenths of a second for the worst text that is known.
    package var cost = 1 << 29
    /// How many pieces of a text may use the definitions of links that stand elsewhere.
    package var uses = 2_048
    /// How many containers (quotes, items) may be opened within one line.
    package var containers = 24
    /// How deep blocks may lie in blocks, and inlines in inlines.
    package var depth = 12

    package init() {}
}
