/// Takes errands to Telegram.
struct Courier: Sendable {
    /// How long Telegram may be silent when it has got a file, which it looks at before it answers.
    private static let patienceForFiles = Duration.seconds(90)

    let api: BotAPI
    /// Has a last look at files; nil for none.
    var departure: (any FileDeparture)?

    /// Does what `errand` says, and returns the number of its message; throws ``BotError``.
    func carry(_ errand: Errand) async throws -> Int64 {
        switch errand.step {
        case .reserve:
            return try await send(.text(Errand.placeholder, entities: nil, nil), errand, isSilent: true)
        case .send:
            return try await send(try await parcel(of: errand), errand, isSilent: !errand.slot.isLoud)
        case .fill(let message):
            try await fill(message, errand)
            return message
        }
    }

    /// What goes, with a file of this machine as it is now; one that may not go is as good as one that Telegram refuses.
    private func parcel(of errand: Errand) async throws -> Parcel {
        let parcel = errand.form.parcel(errand.content)
        guard let departure, case .file(var upload, let caption, let buttons) = parcel,
            case .path(let path) = upload.content
        else { return parcel }
        do {
            upload.content = try await departure.content(of: path)
        } catch let error where !(error is CancellationError) {
            throw BotError(.refused(.other), "\(error)")
        }
        return .file(upload, caption: caption, buttons)
    }

    private func send(_ parcel: Parcel, _ errand: Errand, isSilent: Bool) async throws -> Int64 {
        let address = errand.slot.address
        let reply = errand.slot.replyTo.map { ReplyParameters(message_id: $0) }
        switch parcel {
        case .text(let text, let entities, let buttons):
            return try await api.call(
                SendMessage(
                    chat_id: address.chat, message_thread_id: address.topic, text: text, entities: entities,
                    disable_notification: isSilent ? true : nil, reply_parameters: reply, reply_markup: buttons)
            ).message_id
        case .file(let file, let caption, let buttons):
            return try await api.call(
                SendDocument(
                    chat_id: address.chat, message_thread_id: address.topic, document: "attach://\(file.name)",
                    caption: caption, disable_notification: isSilent ? true : nil, reply_parameters: reply,
                    reply_markup: buttons, upload: file), patience: Self.patienceForFiles
            ).message_id
        }
    }

    private func fill(_ message: Int64, _ errand: Errand) async throws {
        switch try await parcel(of: errand) {
        case .text(let text, let entities, let buttons):
            _ = try await api.call(
                EditMessageText(
                    chat_id: errand.chat, message_id: message, text: text, entities: entities, reply_markup: buttons))
        case .file(let file, let caption, let buttons):
            _ = try await api.call(
                EditMessageMedia(
                    chat_id: errand.chat, message_id: message,
                    media: .init(media: "attach://\(file.name)", caption: caption), reply_markup: buttons,
                    upload: file), patience: Self.patienceForFiles)
        }
    }
}
