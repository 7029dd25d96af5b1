import JSONRPC

/// What a method came to, and how that is written.
struct APIReply: Sendable {
    /// The result, or the error.
    var result: Result<JSONValue, APIFault>
    /// Spaces in the answer, as in one that is far too long.
    var padding = 0

    /// The answer over HTTP.
    var response: ServedResponse {
        switch result {
        case .success(let value):
            var members: [String: JSONValue] = ["ok": true, "result": value]
            if padding > 0 { members["padding"] = .string(String(repeating: " ", count: padding)) }
            return ServedResponse(status: 200, body: JSONWriter.bytes(of: .object(members)))
        case .failure(let fault):
            var members: [String: JSONValue] = [
                "ok": false, "error_code": .integer(fault.code), "description": .string(fault.description),
            ]
            var parameters: [String: JSONValue] = [:]
            if let seconds = fault.retryAfter { parameters["retry_after"] = .integer(seconds) }
            if let chat = fault.migratedTo { parameters["migrate_to_chat_id"] = .integer(chat) }
            if !parameters.isEmpty { members["parameters"] = .object(parameters) }
            if padding > 0 { members["padding"] = .string(String(repeating: " ", count: padding)) }
            var response = ServedResponse(status: fault.code, body: JSONWriter.bytes(of: .object(members)))
            if let seconds = fault.retryAfter { response.headers = [("Retry-After", "\(seconds)")] }
            return response
        }
    }
}
