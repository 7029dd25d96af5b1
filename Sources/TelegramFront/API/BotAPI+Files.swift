#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import HTTP

extension BotAPI {
    /// The most bytes of a file that a bot can fetch: Telegram's limit.
    static let fetchLimit: Int64 = 20 << 20
    /// The most bytes of a file that a bot can send: Telegram's limit.
    static let sendLimit: Int64 = 50 << 20

    /// Fetches the file that Telegram calls `id`, and hands on its bytes, piece by piece.
    ///
    /// Throws ``BotError`` with `refused(.fileTooBig)` or `refused(.fileGone)` where trying again would not help, and what
    /// `take` throws.
    func fetch(_ id: String, _ take: (Data) throws -> Void) async throws {
        guard let path = try await call(GetFile(file_id: id)).file_path else {
            throw BotError(.refused(.fileGone), "Telegram does not tell where the file is")
        }
        var request = HTTPRequest(.get, server.url(ofFile: Self.escaped(path), for: token))
        request.timeouts = HTTPTimeouts(connect: .seconds(10), idle: .seconds(30))
        request.bodyLimit = Int(Self.fetchLimit)
        do {
            let answer = try await client.stream(request)
            guard answer.isSuccess else { throw Self.error(of: answer) }
            for try await piece in answer.body { try take(piece) }
        } catch let error as HTTPError {
            guard error.code != .tooLarge else { throw BotError(.refused(.fileTooBig), "\(error)") }
            throw BotError(.network, "\(error)")
        }
    }

    private static func error(of answer: HTTPStream) -> BotError {
        // A file that is not there says nothing about the token.
        guard ![400, 403, 404, 410].contains(answer.status) else {
            return BotError(.refused(.fileGone), "Telegram answered \(answer.status) instead of the file")
        }
        let pause = answer.fields["Retry-After"].flatMap(Double.init)
        return BotError(status: answer.status, "no file", retryAfter: pause)
    }

    /// The path as it can stand in an address.
    private static func escaped(_ path: String) -> String {
        var escaped = ""
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"), UInt8(ascii: "/"):
                escaped.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                escaped += byte < 16 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return escaped
    }
}
