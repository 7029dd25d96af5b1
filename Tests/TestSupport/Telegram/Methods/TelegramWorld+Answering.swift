import JSONRPC

extension TelegramWorld {
    private static let downloadLimit = 20 << 20
    private static let callbackTextLimit = 200

    mutating func answerCallbackQuery(_ parameters: CallParameters) throws(APIFault) -> JSONValue {
        let id = parameters.text("callback_query_id") ?? ""
        let text = parameters.text("text") ?? ""
        guard text.utf16.count <= Self.callbackTextLimit else { throw .badRequest("MESSAGE_TOO_LONG") }
        guard let query = callbacks[id], now - query.time <= rules.callbackAnswerLimit / .seconds(1) else {
            throw .badRequest("query is too old and response timeout expired or query ID is invalid")
        }
        callbacks[id] = nil
        callbackAnswers.append(
            CallbackAnswer(query: id, text: text, isAlert: parameters.isTrue("show_alert")))
        return true
    }

    func getFile(_ parameters: CallParameters) throws(APIFault) -> JSONValue {
        var id = parameters.text("file_id") ?? ""
        if id.hasSuffix("-small") { id.removeLast("-small".count) }
        guard !id.isEmpty else { throw .badRequest("file_id not specified") }
        guard let file = files[id] else {
            throw .badRequest("wrong file_id or the file is temporarily unavailable")
        }
        guard file.size <= Self.downloadLimit else { throw .badRequest("file is too big") }
        return [
            "file_id": .string(id), "file_unique_id": .string("unique-\(file.number)"),
            "file_size": .integer(file.size), "file_path": .string(file.path),
        ]
    }

    /// The bytes at a path that `getFile` gave.
    func download(_ path: String) -> ServedResponse {
        guard let file = files.values.first(where: { $0.path == path }) else {
            return APIReply(result: .failure(APIFault(code: 404, description: "Not Found"))).response
        }
        return ServedResponse(status: 200, contentType: "application/octet-stream", body: file.bytes)
    }
}
