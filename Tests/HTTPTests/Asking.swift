import Foundation
import HTTP

extension CurlClient {
    /// A client that no environment leads astray.
    static func direct(authorities: String? = nil) throws -> CurlClient {
        try CurlClient(CurlConfiguration(proxy: .none, authorities: authorities))
    }
}

extension HTTPRequest {
    /// A request that carries JSON.
    static func post(_ url: String, _ text: String = "{}") -> HTTPRequest {
        HTTPRequest(.post, url, body: .bytes(Data(text.utf8), contentType: "application/json"))
    }
}

extension HTTPResponse {
    var text: String { String(decoding: body, as: UTF8.self) }
}

/// How it failed; `nil` when it did not, or by no error of HTTP.
func failure<Value>(_ body: () async throws -> Value) async -> HTTPError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? HTTPError
    }
}

extension HTTPStream.Body {
    /// All bytes that are left.
    func readAll() async throws -> Data {
        var all = Data()
        for try await chunk in self { all.append(chunk) }
        return all
    }
}
