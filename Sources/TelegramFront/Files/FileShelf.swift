#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
public import Conversation

/// Where files that people send are kept for the agents of their conversations.
///
/// A port: the workspace conforms.
public protocol FileShelf: Sendable {
    /// Keeps what `fetch` hands on as the file `name`, where the agents of `session` work; on disk when it returns.
    ///
    /// Nothing is fetched and nothing changed when it is there already: a name stands for one file. Whatever happens
    /// before it is whole leaves none. Throws ``FileShelfError``, ``HubError``, and what `fetch` throws.
    func keep(
        _ name: ShelfName, for session: SessionID, from fetch: (_ take: (Data) throws -> Void) async throws -> Void
    ) async throws -> ShelvedFile
}

/// A file that is kept for an agent.
public struct ShelvedFile: Hashable, Sendable {
    /// From the directory in which the agent works.
    public var path: String
    /// In bytes.
    public var size: Int64

    /// Creates a file from its parts.
    public init(path: String, size: Int64) { (self.path, self.size) = (path, size) }
}

/// A file that cannot be kept.
public struct FileShelfError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Why, for people.
    public var description: String

    /// Creates an error.
    public init(_ description: String) { self.description = description }
}
