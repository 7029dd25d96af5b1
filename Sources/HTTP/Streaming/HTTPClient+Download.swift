#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension HTTPClient {
    /// Writes the body of a successful answer into the file at `path`, which only this user may read.
    ///
    /// The file is there when all of it has come, in place of one that was there before; until then, the bytes are in a
    /// hidden file beside it, which goes when the download fails or is cancelled. The body of the returned answer is
    /// empty then; an answer that is no success is returned with its body, and changes no file.
    ///
    /// - Parameter limit: How many bytes the body may have; more fail with `tooLarge`.
    ///
    /// Throws ``DownloadFileError`` when the file cannot be written, beside what `send` throws.
    public func download(_ request: HTTPRequest, to path: String, limit: Int) async throws -> HTTPResponse {
        var request = request
        request.bodyLimit = limit
        let answer = try await stream(request)
        var response = HTTPResponse(status: answer.status, fields: answer.fields)
        guard answer.isSuccess else {
            for try await chunk in answer.body { response.body.append(chunk) }
            return response
        }
        let file = try DownloadFile(for: path)
        for try await chunk in answer.body { try file.write(chunk) }
        try file.keep()
        return response
    }
}
