public import Conversation
import Locking

/// A gate that lets out the files that the test names.
///
/// A class with a lock, because the core and the test use it at the same time.
public final class ScriptedGate: FileGate {
    private let state: Locked<(files: [String: Int64], directories: [String])>

    /// Lets out these files, of such sizes.
    public init(_ files: [String: Int64]) { state = Locked((files, [])) }

    /// The directories that were asked about, in order.
    public var directories: [String] { state.withLock(\.directories) }

    /// There is no file `name` any more.
    public func remove(_ name: String) { state.withLock { $0.files[name] = nil } }

    /// Does what the test said.
    public func look(at name: String, in directory: String) async throws {
        _ = try await file(name, in: directory)
    }

    /// Does what the test said.
    public func file(_ name: String, in directory: String) async throws -> SharedFile {
        let size = state.withLock { state in
            state.directories.append(directory)
            return state.files[name]
        }
        guard let size else { throw FileGateError("there is no file \(name)") }
        return SharedFile(path: "\(directory)/\(name)", name: name, size: size)
    }
}
