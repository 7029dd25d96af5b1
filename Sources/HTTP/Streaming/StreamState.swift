#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What lies between a transfer and the reader of its body.
///
/// Resumes nothing itself: the methods return what to do.
struct StreamState: Sendable {
    typealias Reader = CheckedContinuation<Data?, any Error>

    /// From when on the transfer is held back.
    static let highWater = 256 << 10

    private enum Phase {
        /// Bytes that wait for the reader; the transfer may be held back because of them.
        case flowing(Data, isHeldBack: Bool)
        /// The reader waits for bytes.
        case awaited(Reader)
        /// Nothing comes any more; what is left is still the reader's, and then the error.
        case ended(Data, (any Error)?)
    }

    private var phase = Phase.flowing(Data(), isHeldBack: false)

    enum Offer {
        /// The bytes are taken.
        case taken
        /// The bytes are for this reader.
        case hand(Reader)
        /// Come again with them when the transfer is let go.
        case holdBack
    }

    /// Takes bytes of the transfer, if there is room.
    mutating func offer(_ bytes: UnsafeRawBufferPointer) -> Offer {
        switch phase {
        case .flowing(var waiting, _):
            guard waiting.count + bytes.count <= Self.highWater || waiting.isEmpty else {
                phase = .flowing(waiting, isHeldBack: true)
                return .holdBack
            }
            phase = .ended(Data(), nil)  // lets go of the bytes, so that they grow where they are
            waiting.append(contentsOf: bytes)
            phase = .flowing(waiting, isHeldBack: false)
            return .taken
        case .awaited(let reader):
            phase = .flowing(Data(), isHeldBack: false)
            return .hand(reader)
        case .ended: return .taken
        }
    }

    enum Step {
        /// These bytes are next, and the transfer may be let go now.
        case bytes(Data, letsGo: Bool)
        case end
        case failure(any Error)
        /// Nothing is there.
        case wait
    }

    /// Takes what there is for the reader.
    mutating func take() -> Step {
        switch phase {
        case .flowing(let waiting, let isHeldBack):
            guard !waiting.isEmpty else { return .wait }
            phase = .flowing(Data(), isHeldBack: false)
            return .bytes(waiting, letsGo: isHeldBack)
        case .awaited: preconditionFailure("two tasks read one stream")
        case .ended(let left, let error):
            guard left.isEmpty else {
                phase = .ended(Data(), error)
                return .bytes(left, letsGo: false)
            }
            phase = .ended(Data(), nil)
            if let error { return .failure(error) }
            return .end
        }
    }

    /// Notes the reader, unless something came meanwhile; then that is the reader's.
    mutating func wait(_ reader: Reader) -> Step {
        let step = take()
        if case .wait = step { phase = .awaited(reader) }
        return step
    }

    /// Notes that nothing comes any more; returns the reader to be told so.
    mutating func end(_ error: (any Error)?) -> Reader? {
        switch phase {
        case .flowing(let waiting, _):
            phase = .ended(waiting, error)
            return nil
        case .awaited(let reader):
            phase = .ended(Data(), nil)
            return reader
        case .ended: return nil
        }
    }

    /// Drops everything, as nobody wants it any more; returns the reader to be told so.
    mutating func cancel() -> Reader? {
        defer { phase = .ended(Data(), CancellationError()) }
        if case .awaited(let reader) = phase { return reader }
        return nil
    }
}
