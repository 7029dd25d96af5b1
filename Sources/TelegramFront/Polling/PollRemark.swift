import Conversation

/// What people should hear of a long poll.
enum PollRemark: Hashable, Sendable {
    /// Another program polls with the same token, or a webhook is set.
    case conflict(isWebhook: Bool)
    /// It has gone.
    case conflictOver
    /// Telegram lets nothing be asked for what is left of this, which is more than a minute.
    case held(PollHold, rest: Duration)
    /// That is over.
    case holdOver
    /// There is no way to Telegram, or it is in trouble; in words.
    case unreachable(String)
    /// There is a way again.
    case reachable
}

extension PollRemark {
    /// In words for people, whose `cm` works on `project`, empty where that is not known, and takes webhooks away or not.
    func text(of project: String = "", deletesWebhook: Bool) -> String {
        let cm = project.isEmpty ? "cm" : "cm (project \(project))"
        return switch self {
        case .conflict(isWebhook: false):
            "Another program polls for this bot and takes messages away; \(cm) goes on when it has gone."
        case .conflict(isWebhook: true) where deletesWebhook:
            "A webhook is set for this bot, which keeps \(cm) from hearing anything; it is taken away."
        case .conflict(isWebhook: true):
            """
            A webhook is set for this bot, which keeps \(cm) from hearing anything. It stays, because \
            telegram.polling.delete_webhook_on_start is false: set that to true, or end the program that set the \
            webhook and have it take it away (deleteWebhook).
            """
        case .conflictOver, .holdOver: "\(cm) hears everything again."
        case .held(_, let rest):
            """
            Telegram lets cm ask for no messages for \(Elapsed(rest.milliseconds)), because it was asked too often \
            (429). What is written to the bot is heard then.
            """
        case .unreachable(let reason): "There is no way to Telegram: \(reason)"
        case .reachable: "There is a way to Telegram again."
        }
    }
}

extension PollRemark {
    /// Names it where people are told of it: the same for a pause of which a start before has told already.
    func key(at now: Int64) -> String {
        if case .held(let hold, _) = self { "held/\(hold.end)" } else { "\(now)" }
    }
}
