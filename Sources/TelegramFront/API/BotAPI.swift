#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
public import HTTP
import JSONRPC

/// The Bot API, as one bot may use it.
///
/// Throws ``BotError``, and `CancellationError` when the task is cancelled. Nothing of a URL, which holds the token, is
/// in any error.
public struct BotAPI: Sendable {
    let client: any HTTPClient
    let server: BotServer
    let token: BotToken
    /// How long an answer may be on its way after the time in which Telegram may be silent.
    private let transit: Duration

    /// Calls methods on `server` through `client`.
    ///
    /// - Parameter transit: How long a call may last beyond the patience that there is for it; files may take longer.
    public init(
        _ token: BotToken, on server: BotServer = .telegram, through client: any HTTPClient,
        transit: Duration = .seconds(60)
    ) {
        self.client = client
        self.server = server
        self.token = token
        self.transit = transit
    }

    /// The bot's own id.
    public var botID: Int64 { token.botID }

    /// Calls `method` and returns its answer; `patience` is how long Telegram may be silent before it.
    ///
    /// With `anew`, on a connection of its own: what another one is bound to is left behind.
    public func call<M: BotMethod>(
        _ method: M, patience: Duration = .seconds(20), anew: Bool = false
    ) async throws -> M.Answer {
        var request = HTTPRequest(.post, server.url(of: M.name, for: token), body: try Self.body(of: method))
        // An answer of which a byte comes now and then would never be one.
        let whole = method.files.isEmpty ? patience + transit : nil
        request.timeouts = HTTPTimeouts(connect: .seconds(10), idle: patience, whole: whole)
        request.usesFreshConnection = anew
        // Telegram binds a connection to the poll that was ended there.
        request.closingStatuses = [409]
        let response: HTTPResponse
        do {
            response = try await client.send(request)
        } catch let error as HTTPError where error.code == .badRequest {
            // Such as a file that cannot be read: trying again would not help.
            throw BotError(.refused(.other), "\(error)")
        } catch let error as HTTPError {
            throw BotError(.network, "\(error)", mayHaveReached: error.mayHaveReached)
        }
        return try Self.answer(M.Answer.self, in: response)
    }

    private static func answer<Answer: Decodable & Sendable>(_: Answer.Type, in response: HTTPResponse) throws -> Answer
    {
        let reply: BotReply<Answer>
        do {
            reply = try JSONDecoder().decode(BotReply<Answer>.self, from: response.body)
        } catch  where response.isSuccess {
            throw BotError(.server, "Telegram's answer cannot be read", mayHaveReached: true)
        } catch {
            // Something on the way answered for Telegram: what it thinks of the request or the token says nothing.
            let pause = response.fields["Retry-After"].flatMap(Double.init)
            let words = "not in the form of the Bot API"
            guard [413, 429].contains(response.status) else {
                throw BotError(.server, "HTTP status \(response.status), \(words)", mayHaveReached: true)
            }
            throw BotError(status: response.status, words, retryAfter: pause)
        }
        return try reply.outcome.get()
    }

    private static func body(of method: some BotMethod) throws -> HTTPBody {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        let json = try encoder.encode(method)
        guard !method.files.isEmpty else { return .bytes(json, contentType: "application/json") }
        let members = try JSONDecoder().decode([String: JSONValue].self, from: json)
        var parts = try members.sorted { $0.key < $1.key }.map { name, value in
            if case .string(let text) = value { return FormPart.field(name, text) }
            return FormPart.field(name, String(decoding: try encoder.encode(value), as: UTF8.self))
        }
        for file in method.files {
            let content: FormPart.Content =
                switch file.content {
                case .bytes(let bytes): .bytes(Data(bytes))
                case .path(let path): .file(path: path)
                }
            parts.append(.file(file.name, content, fileName: file.fileName))
        }
        return .form(parts)
    }
}
