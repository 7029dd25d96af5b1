/// Whoever can bring a request to a server and an answer back.
///
/// Every answer is returned, whatever its status; redirects are not followed. What fails throws ``HTTPError``, and
/// `CancellationError` soon after the task is cancelled, whether or not the request was sent by then.
public protocol HTTPClient: Sendable {
    /// Sends a request and returns the whole answer.
    func send(_ request: HTTPRequest) async throws -> HTTPResponse

    /// Sends a request and returns as soon as the header of the answer is there.
    ///
    /// The rest is read from the stream. No more than a part of it is held in memory: a reader that is slow holds back
    /// the server.
    func stream(_ request: HTTPRequest) async throws -> HTTPStream
}
