/// One request, whole.
package struct ServedRequest: Hashable, Sendable {
    /// `GET`, `POST` or what else was asked.
    package var method: String
    /// The path as it was sent, without the query.
    package var path: String
    /// What follows the question mark, as it was sent.
    package var query = ""
    /// The last value for each name; names in lower case.
    package var headers: [String: String] = [:]
    /// The body, put together when it came in chunks.
    package var body: [UInt8] = []
    /// Whether the client wants to ask more on the same connection.
    package var keepsAlive = true
}
