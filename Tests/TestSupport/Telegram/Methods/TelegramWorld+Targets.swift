import JSONRPC

/// What the parameters of a method point to.
extension TelegramWorld {
    static let generalTopic = 1

    /// The chat that is named, which the bot may write to.
    func chat(_ parameters: CallParameters) throws(APIFault) -> Int {
        guard let name = parameters.text("chat_id"), !name.isEmpty else { throw .badRequest("chat_id is empty") }
        let found: ChatState?
        if name.hasPrefix("@") {
            found = chats.values.first { $0.username?.lowercased() == name.dropFirst().lowercased() }
        } else {
            found = Int(name).flatMap { chats[$0] }
        }
        guard let found else { throw .badRequest("chat not found") }
        if let refusal = found.refusal { throw refusal }
        return found.id
    }

    /// The topic that is named and is there; `nil` for the general one, which must not be named.
    ///
    /// Where there are no topics, a number is passed over, except in private chats.
    func topic(_ parameters: CallParameters, in chat: Int) throws(APIFault) -> Int? {
        guard let topic = parameters.integer("message_thread_id"), topic != 0, let state = chats[chat] else {
            return nil
        }
        switch state.kind {
        case .group, .channel, .supergroup(isForum: false): return nil
        case .personal, .supergroup(isForum: true):
            guard topic != Self.generalTopic, state.topics[topic] != nil else {
                throw .badRequest("message thread not found")
            }
            return topic
        }
    }

    /// The message to be answered; `nil` for none, or when it has gone and that is allowed.
    func replyTarget(_ parameters: CallParameters, in chat: Int) throws(APIFault) -> Int? {
        let reply = try parameters.structure("reply_parameters")
        let id: Int
        let mayBeMissing: Bool
        if let reply {
            guard let number = reply["message_id"]?.integer else {
                throw .badRequest("can't parse reply parameters: message_id is missing")
            }
            id = number
            mayBeMissing = reply["allow_sending_without_reply"]?.isTrue ?? false
            if let other = reply["chat_id"]?.integer, other != chat {
                throw .badRequest("message to be replied not found")
            }
        } else {
            guard let number = parameters.integer("reply_to_message_id"), number != 0 else { return nil }
            id = number
            mayBeMissing = parameters.isTrue("allow_sending_without_reply")
        }
        if let message = chats[chat]?[message: id], message.service == nil { return id }
        guard mayBeMissing else { throw .badRequest("message to be replied not found") }
        return nil
    }

    /// The message that is named.
    func message(
        _ parameters: CallParameters, in chat: Int, _ purpose: String
    ) throws(APIFault) -> ShownMessage {
        guard let id = parameters.integer("message_id"), id != 0 else {
            throw .badRequest("message identifier is not specified")
        }
        guard let message = chats[chat]?[message: id] else { throw .badRequest("\(purpose) not found") }
        return message
    }

    /// The file in a parameter: in the form, or one that the server has.
    func file(
        _ reference: JSONValue?, field: String, _ parameters: CallParameters, isPhoto: Bool
    ) throws(APIFault) -> ShownFile {
        let limit = isPhoto ? 10 << 20 : 50 << 20
        var name = field
        if let reference = reference?.text {
            if reference.hasPrefix("attach://") {
                name = String(reference.dropFirst("attach://".count))
            } else if let known = files[reference] {
                return known
            } else {
                throw .badRequest("wrong file identifier/HTTP URL specified")
            }
        }
        guard let upload = parameters.files[name] else {
            throw .badRequest("there is no \(isPhoto ? "photo" : "document") in the request")
        }
        guard !upload.bytes.isEmpty else { throw .badRequest("file must be non-empty") }
        guard upload.bytes.count <= limit else {
            throw APIFault(code: 413, description: "Request Entity Too Large")
        }
        let type = upload.contentType.isEmpty ? "application/octet-stream" : upload.contentType
        return ShownFile(upload.name, upload.bytes, contentType: type, isPhoto: isPhoto)
    }
}
