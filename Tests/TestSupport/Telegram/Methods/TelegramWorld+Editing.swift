import JSONRPC

extension TelegramWorld {
    /// Own messages, and with the right to it others', can be deleted this long.
    private static let deletionLimit = 48 * 3600

    mutating func editMessageText(_ parameters: CallParameters) throws(APIFault) -> JSONValue {
        try refuseMarkup(parameters)
        let text = try FormattedText.message(
            parameters.text("text") ?? "", entities: try parameters.structure("entities"))
        return try edit(parameters) { message throws(APIFault) in
            guard message.file == nil else { throw .badRequest("there is no text in the message to edit") }
            message.text = text.text
            message.entities = text.entities
        }
    }

    mutating func editMessageCaption(_ parameters: CallParameters) throws(APIFault) -> JSONValue {
        try refuseMarkup(parameters)
        let text = try FormattedText.caption(
            parameters.text("caption") ?? "", entities: try parameters.structure("caption_entities"))
        return try edit(parameters) { message throws(APIFault) in
            guard message.file != nil else { throw .badRequest("there is no caption in the message to edit") }
            message.text = text.text
            message.entities = text.entities
        }
    }

    mutating func editMessageReplyMarkup(_ parameters: CallParameters) throws(APIFault) -> JSONValue {
        try edit(parameters) { _ in }
    }

    /// Also for messages that had only a text.
    mutating func editMessageMedia(_ parameters: CallParameters) throws(APIFault) -> JSONValue {
        guard let media = try parameters.structure("media"), let type = media["type"]?.text,
            ["document", "photo"].contains(type)
        else { throw .badRequest("can't parse InputMedia: unsupported type specified") }
        guard media["parse_mode"] == nil else { throw .badRequest("can't parse entities: parse_mode is not played") }
        let file = try file(media["media"], field: "media", parameters, isPhoto: type == "photo")
        let caption = try FormattedText.caption(media["caption"]?.text ?? "", entities: media["caption_entities"])
        let kept = keep(file)
        return try edit(parameters) { message in
            message.file = kept
            message.text = caption.text
            message.entities = caption.entities
        }
    }

    mutating func deleteMessage(_ parameters: CallParameters) throws(APIFault) -> JSONValue {
        let chat = try chat(parameters)
        let message = try message(parameters, in: chat, "message to delete")
        let isPersonal = if case .personal = chats[chat]?.kind { true } else { false }
        let mayDelete = message.isByBot || isPersonal || chats[chat]?.botIsAdmin == true
        guard mayDelete, message.service == nil, Int(now) - message.date < Self.deletionLimit else {
            throw .badRequest("message can't be deleted")
        }
        chats[chat]?[message: message.id] = nil
        return true
    }

    /// Changes the named message, whose buttons become those of the call: none when it has none.
    private mutating func edit(
        _ parameters: CallParameters, _ change: (inout ShownMessage) throws(APIFault) -> Void
    ) throws(APIFault) -> JSONValue {
        let buttons = try ButtonRules.check(try parameters.structure("reply_markup"))
        let chat = try chat(parameters)
        let message = try message(parameters, in: chat, "message to edit")
        guard message.isByBot else { throw .badRequest("message can't be edited") }
        var changed = message
        try change(&changed)
        changed.buttons = buttons
        guard changed != message else {
            throw .badRequest(
                "message is not modified: specified new message content and reply markup are exactly the same "
                    + "as a current content and reply markup of the message")
        }
        try passFloodGate(chat)
        changed.edits += 1
        changed.editDate = Int(now)
        return show(changed, in: chat)
    }
}
