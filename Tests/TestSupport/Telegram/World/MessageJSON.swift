import JSONRPC

/// A message as the Bot API writes it.
enum MessageJSON {
    /// The message as methods return it and updates carry it; `depth` is how many messages that it answers are included.
    static func json(of message: ShownMessage, in chat: ChatState, depth: Int = 1) -> JSONValue {
        var members: [String: JSONValue] = [
            "message_id": .integer(message.id), "date": .integer(message.date), "chat": chat.json,
        ]
        if let sender = message.sender { members["from"] = sender.json }
        if let senderChat = message.senderChat {
            members["sender_chat"] =
                senderChat == chat.id ? chat.json : ["id": .integer(senderChat), "type": "channel"]
        }
        if let date = message.editDate { members["edit_date"] = .integer(date) }
        add(message.file, text: message, to: &members)
        if let album = message.album { members["media_group_id"] = .string(album) }
        if !message.buttons.isEmpty {
            members["reply_markup"] = [
                "inline_keyboard": .array(message.buttons.map { .array($0.map(\.json)) })
            ]
        }
        if let user = message.forwardedFrom {
            members["forward_origin"] = [
                "type": "user", "date": .integer(message.date), "sender_user": user.json,
            ]
        }
        if let topic = message.topic {
            members["message_thread_id"] = .integer(topic)
            if chat.isForum { members["is_topic_message"] = true }
        }
        if let replyTo = message.replyTo, let target = chat[message: replyTo], depth > 0 {
            members["reply_to_message"] = json(of: target, in: chat, depth: depth - 1)
            // Outside forums, an answer names the thread that it is in as well.
            if case .supergroup(isForum: false) = chat.kind { members["message_thread_id"] = .integer(replyTo) }
        }
        if let service = message.service, let other = message.serviceChat { members[service] = .integer(other) }
        return .object(members)
    }

    private static func add(_ file: ShownFile?, text message: ShownMessage, to members: inout [String: JSONValue]) {
        let entities: JSONValue? =
            message.entities.isEmpty ? nil : .array(message.entities.map(\.json))
        guard let file else {
            if message.service == nil { members["text"] = .string(message.text) }
            members["entities"] = entities
            return
        }
        if !message.text.isEmpty { members["caption"] = .string(message.text) }
        members["caption_entities"] = entities
        let common: [String: JSONValue] = [
            "file_id": .string(file.fileID), "file_unique_id": .string("unique-\(file.number)"),
            "file_size": .integer(file.size),
        ]
        if file.isPhoto {
            // Telegram makes smaller ones, which come first.
            let large = common.merging(["width": 1280, "height": 960]) { _, new in new }
            let small = common.merging([
                "width": 90, "height": 67, "file_id": .string(file.fileID + "-small"), "file_size": 1000,
            ]) { _, new in new }
            members["photo"] = [.object(small), .object(large)]
        } else {
            members["document"] = .object(
                common.merging([
                    "file_name": .string(file.name), "mime_type": .string(file.contentType),
                ]) { _, new in new })
        }
    }
}
