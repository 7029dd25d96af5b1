#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
public import Conversation

/// Who can put sessions away and take others in while the core runs.
///
/// A port: the assembly conforms.
public protocol SessionShelf: Sendable {
    /// Forgets a session; throws ``ShelfRefusal``.
    ///
    /// With `force` also when messages wait in it.
    func delete(_ session: SessionID, force: Bool) async throws

    /// Takes in the file of an earlier system; throws ``ShelfRefusal``.
    func take(_ file: Data) async throws -> ImportedSession
}

/// What was taken in, for people.
public struct ImportedSession: Hashable, Sendable {
    /// What it became.
    public var text: String
    /// What was found odd, a line each.
    public var warnings: [String]

    /// Creates a report from its parts.
    public init(text: String, warnings: [String] = []) {
        self.text = text
        self.warnings = warnings
    }
}

/// Why a session was not put away or taken in: one line for people.
public struct ShelfRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// Why.
    public var description: String

    /// Creates a refusal.
    public init(_ description: String) { self.description = description }
}
