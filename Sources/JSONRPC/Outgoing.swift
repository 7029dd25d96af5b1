#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A line on its way out, and what its being written means.
struct Outgoing: Sendable {
    var line: Data
    /// The delivery that is done when the line is written; `nil` when nobody waits for that.
    var delivery: Int?
    /// Whether it is the answer to something of the peer, which counts against the limit until it is written.
    var isAnswer = false
    /// Whether it is the rest of a line that was begun, framed already.
    var isRest = false
}
