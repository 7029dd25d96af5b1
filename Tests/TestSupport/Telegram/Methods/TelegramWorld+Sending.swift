import JSONRPC

extension TelegramWorld {
    mutating func sendMessage(_ parameters: CallParameters) throws(APIFault) -> JSONValue {
        try refuseMarkup(parameters)
        let text = try FormattedText.message(
            parameters.text("text") ?? "", entities: try parameters.structure("entities"))
        return try send(text, file: nil, parameters)
    }

    mutating func sendFile(_ parameters: CallParameters, isPhoto: Bool) throws(APIFault) -> JSONValue {
        try refuseMarkup(parameters)
        let field = isPhoto ? "photo" : "document"
        let file = try file(parameters[field], field: field, parameters, isPhoto: isPhoto)
        let caption = try FormattedText.caption(
            parameters.text("caption") ?? "", entities: try parameters.structure("caption_entities"))
        return try send(caption, file: file, parameters)
    }

    mutating func sendChatAction(_ parameters: CallParameters) throws(APIFault) -> JSONValue {
        let chat = try chat(parameters)
        let known = [
            "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
            "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
        ]
        guard let action = parameters.text("action"), known.contains(action) else {
            throw .badRequest("wrong parameter action in request")
        }
        // Not checked by the server: a topic that has gone is passed over.
        actions.append(
            ChatAction(chat: chat, topic: parameters.integer("message_thread_id"), action: action, time: now))
        return true
    }

    /// Counts a message or an edit against the limits.
    mutating func passFloodGate(_ chat: Int) throws(APIFault) {
        let isGroup = chats[chat]?.isGroup ?? false
        if rules.enforcesFloodLimits, let delay = flood.delay(chat, isGroup: isGroup, now: now) {
            throw .tooManyRequests(retryAfter: delay)
        }
        flood.note(chat, now: now)
    }

    /// Marked-up texts are not played: the product sends entities.
    func refuseMarkup(_ parameters: CallParameters) throws(APIFault) {
        guard let mode = parameters.text("parse_mode"), !mode.isEmpty else { return }
        throw .badRequest("can't parse entities: parse_mode \(mode) is not played")
    }

    private mutating func send(
        _ text: FormattedText, file: ShownFile?, _ parameters: CallParameters
    ) throws(APIFault) -> JSONValue {
        let buttons = try ButtonRules.check(try parameters.structure("reply_markup"))
        let chat = try chat(parameters)
        let topic = try topic(parameters, in: chat)
        let replyTo = try replyTarget(parameters, in: chat)
        try passFloodGate(chat)
        var message = ShownMessage(
            id: nextMessageID(in: chat), sender: bot, isByBot: true, text: text.text, date: Int(now))
        message.entities = text.entities
        message.buttons = buttons
        message.replyTo = replyTo
        // What answers a message stands in the topic of that.
        message.topic = topic ?? replyTo.flatMap { chats[chat]?[message: $0]?.topic }
        message.file = file.map { keep($0) }
        message.isSilent = parameters.isTrue("disable_notification")
        if case .channel = chats[chat]?.kind {
            message.sender = nil
            message.senderChat = chat
        }
        return show(message, in: chat)
    }

    /// Puts the message into the chat, and writes it as methods return it.
    mutating func show(_ message: ShownMessage, in chat: Int) -> JSONValue {
        chats[chat]?[message: message.id] = message
        return chats[chat].map { MessageJSON.json(of: message, in: $0) } ?? .null
    }
}
