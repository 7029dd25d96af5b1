import Conversation
import Logging

extension TelegramBot {
    /// Tells the log and the terminals why the bot is off; all else goes on without it.
    func tellOfRefusal(_ what: String, _ reason: String) async {
        let text = "\(what) (\(reason)); the bot is off until telegram.bot_token is another one. @BotFather shows it."
        logger.error("\(text)")
        do {
            let key = "telegram/\(api.botID)/refused"
            // Nothing for the owner to be woken by: they hear of it when there is a bot again.
            try await notifying?.door.notify(Announcement(.important, key: key, text, of: "telegram"))
        } catch {
            logger.error("could not tell people of it", metadata: ["error": "\(error)"])
        }
    }

    /// Tells the log and the owner of trouble with the poll, and of its end; false when it could not be told.
    func tell(_ remark: PollRemark, by outbox: Outbox) async -> Bool {
        // Two of them may talk in one chat then.
        let text = remark.text(of: project, deletesWebhook: polling.deletesWebhook)
        logger.warning("\(text)")
        // What people were told before this start they are not told again.
        if case .held(let hold, _) = remark, hold.isTold { return true }
        do {
            if let notifying {
                try await notify(remark, text, through: notifying.door)
                return true
            }
            switch remark {
            case .conflict, .held: break
            case .conflictOver, .holdOver, .unreachable, .reachable: return true
            }
            guard let owner = try await keeping.guests.access().owner else { return false }
            let key = "conflict/" + remark.key(at: now().millisecondsSince1970)
            try await outbox.put([Slot(key, at: ChatAddress(chat: owner), SlotContent("⚠ \(text)"))])
            return true
        } catch {
            logger.error("could not tell the owner", metadata: ["error": "\(error)"])
            return false
        }
    }

    /// Tells of trouble that people can do something about.
    private func notify(_ remark: PollRemark, _ text: String, through door: any NotificationDoor) async throws {
        let key = "telegram/\(api.botID)/" + remark.key(at: now().millisecondsSince1970)
        switch remark {
        case .conflict, .held: try await door.notify(Announcement(.critical, key: key, text, of: "telegram"))
        case .conflictOver, .holdOver: try await door.notify(Announcement(.info, key: key, text, of: "telegram"))
        // Whoever could be told has no way to hear it, and afterwards it is of no use.
        case .unreachable, .reachable: break
        }
    }

    /// Tells of messages that do not arrive.
    func tell(_ remark: OutboxRemark, through door: any NotificationDoor) async {
        do {
            let owner = try await keeping.guests.access().owner, moment = now().millisecondsSince1970
            let told = DeliveryTrouble(bot: api.botID).announcement(of: remark, at: moment, owner: owner)
            if let told { try await door.notify(told) }
        } catch {
            logger.error("could not tell of a message that does not arrive", metadata: ["error": "\(error)"])
        }
    }
}
