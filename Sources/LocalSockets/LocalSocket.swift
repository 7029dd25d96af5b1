#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
import Locking

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// One end of a connection between two processes of this machine.
///
/// Several tasks may hold it; at any time one may read, one may write, and any may close. Nothing is buffered here, and
/// no thread waits: whoever writes faster than the other side reads is suspended, and so is whoever reads when nothing
/// has come.
///
/// A class because it owns the descriptor, which is closed by `close()` or with the last reference.
public final class LocalSocket: Sendable {
    /// The path of the socket that was connected to.
    public let path: String
    /// Who was at the other side when the connection was made.
    public let peer: Peer
    let descriptor: Descriptor
    private let output = Locked(Output.open)

    init(_ descriptor: Descriptor, path: String, peer: Peer) {
        self.descriptor = descriptor
        self.path = path
        self.peer = peer
    }

    /// Connects to whoever listens at `path`, at once or not at all.
    ///
    /// Throws ``LocalSocketError``: `notFound`, `refused` when the file is left over, `notPermitted`, `busy` when trying
    /// again may help, `notASocket`, `pathTooLong`.
    public static func connect(to path: String) throws -> LocalSocket {
        let address = try SocketAddress(path: path)
        let descriptor: Descriptor
        switch SystemSocket.open(.stream) {
        case .success(let number): descriptor = Descriptor(number)
        case .failure(let errno): throw LocalSocketError(.failed, path, errno: errno)
        }
        let peer = try descriptor.use { number in
            if case .failure(let errno) = SystemSocket.connect(number, to: address) {
                throw LocalSocketError(errno: errno, path)
            }
            return Peer(of: number)
        }
        guard let peer = peer ?? nil else { throw LocalSocketError(.peerGone, path) }
        return LocalSocket(descriptor, path: path, peer: peer)
    }

    /// Writes all of `bytes`, suspended for as long as the other side does not read.
    ///
    /// A write that ends in the middle, by cancellation or otherwise, ends this side's output: the other side would
    /// take the next message for the rest of this one.
    ///
    /// Throws `CancellationError` at once when the task is cancelled; ``LocalSocketError``: `peerGone`, `closed`,
    /// `finished`, `writeUnderWay`.
    public func write(_ bytes: Data) async throws {
        guard descriptor.isOpen else { throw LocalSocketError(.closed, path) }
        if let refusal = beginWriting() { throw LocalSocketError(refusal, path) }
        var sent = 0
        defer { endWriting(isWhole: sent == 0 || sent == bytes.count) }
        while sent < bytes.count {
            try Task.checkCancellation()
            let outcome = descriptor.use { number in
                bytes.withUnsafeBytes { SystemSocket.send(number, UnsafeRawBufferPointer(rebasing: $0[sent...])) }
            }
            switch outcome {
            case .success(let count): sent += count
            case .failure(EAGAIN): try await descriptor.ready(for: .writing)
            case .failure(EINTR): continue
            case .failure(let errno): throw LocalSocketError(errno: errno, path)
            case nil: throw LocalSocketError(.closed, path)
            }
        }
    }

    /// Writes as much of the beginning of `bytes` as takes no waiting, and returns how many those are.
    ///
    /// 0 also when a write is under way, or nothing can be written any more. Whoever has begun a message this way goes
    /// on with ``write(_:)``.
    public func writeNow(_ bytes: Data) -> Int {
        guard beginWriting() == nil else { return 0 }
        defer { endWriting(isWhole: true) }
        let outcome = descriptor.use { number in bytes.withUnsafeBytes { SystemSocket.send(number, $0) } }
        // Why not is told by the next write.
        guard case .success(let count) = outcome else { return 0 }
        return count
    }

    /// Ends this side's output, after the write under way if there is one; the other side reads end-of-file.
    ///
    /// Reading goes on.
    public func finish() {
        let finishesNow = output.withLock { output in
            switch output {
            case .open:
                output = .finished
                return true
            case .writing:
                output = .writing(finishesAfterwards: true)
                return false
            case .finished: return false
            }
        }
        if finishesNow { shutDownWriting() }
    }

    /// Closes both directions; a read and a write under way fail with `closed`, as do later ones.
    public func close() { descriptor.close() }

    private enum Output {
        case open
        case writing(finishesAfterwards: Bool)
        case finished
    }

    private func beginWriting() -> LocalSocketError.Code? {
        output.withLock { output in
            switch output {
            case .open:
                output = .writing(finishesAfterwards: false)
                return nil
            case .writing: return .writeUnderWay
            case .finished: return .finished
            }
        }
    }

    private func endWriting(isWhole: Bool) {
        let finishes = output.withLock { output in
            let finishes =
                if case .writing(finishesAfterwards: false) = output { !isWhole } else { true }
            output = finishes ? .finished : .open
            return finishes
        }
        if finishes { shutDownWriting() }
    }

    private func shutDownWriting() { _ = descriptor.use { SystemSocket.shutDownWriting($0) } }
}
