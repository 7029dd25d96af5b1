import Conversation

/// The proof that a message is on disk, as JSON.
struct ReceiptForm: Codable, Sendable {
    var message: Int64
    var ahead: Int

    init(_ receipt: Receipt) {
        message = receipt.message.rawValue
        ahead = receipt.ahead
    }

    var receipt: Receipt { Receipt(message: Message.ID(rawValue: message), ahead: ahead) }
}

/// What a command answered, as JSON.
struct ReplyForm: Codable, Sendable {
    var name: String
    var ok: Bool
    var text: String
    var untold: String?
    /// Missing for no.
    var leaves: Bool?
    var attaches: String?
    /// Missing where no setting of the session was changed.
    var change: ChangeForm?

    init(_ reply: CommandReply) {
        name = reply.name
        ok = reply.ok
        text = reply.text
        untold = reply.untold
        leaves = reply.leaves ? true : nil
        attaches = reply.attaches?.rawValue
        change = reply.change.map(ChangeForm.init)
    }

    var reply: CommandReply {
        var reply = CommandReply(name: name, ok: ok, text: text, untold: untold, leaves: leaves ?? false)
        reply.attaches = attaches.map(SessionID.init(rawValue:))
        reply.change = change?.change
        return reply
    }
}

/// What became of something typed, as JSON: an object with one member.
enum HandledForm: Codable, Sendable {
    case accepted(ReceiptForm)
    case replied(ReplyForm)

    init(_ handled: Handled) {
        switch handled {
        case .accepted(let receipt): self = .accepted(ReceiptForm(receipt))
        case .replied(let reply): self = .replied(ReplyForm(reply))
        }
    }

    var handled: Handled {
        switch self {
        case .accepted(let form): .accepted(form.receipt)
        case .replied(let form): .replied(form.reply)
        }
    }

    private enum Key: CodingKey { case accepted, replied }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        if let receipt = try container.decodeIfPresent(ReceiptForm.self, forKey: .accepted) {
            self = .accepted(receipt)
        } else {
            self = .replied(try container.decode(ReplyForm.self, forKey: .replied))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .accepted(let form): try container.encode(form, forKey: .accepted)
        case .replied(let form): try container.encode(form, forKey: .replied)
        }
    }
}
