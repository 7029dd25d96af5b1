/// Tells which files of the place in which agents work may be handed to people elsewhere.
///
/// A port: adapters conform.
public protocol FileGate: Sendable {
    /// The file that is called `name` in `directory`, an absolute path.
    ///
    /// Throws ``FileGateError`` for what lies outside, also behind a link, for what is no regular file, empty or larger
    /// than 50 MB, and for files that hold secrets by their name.
    func file(_ name: String, in directory: String) async throws -> SharedFile

    /// Throws as ``file(_:in:)`` does for what it can tell without reading the file.
    func look(at name: String, in directory: String) async throws
}

/// Why a file may not be handed over.
public struct FileGateError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Why, for people.
    public var description: String

    /// Creates an error.
    public init(_ description: String) { self.description = description }
}
