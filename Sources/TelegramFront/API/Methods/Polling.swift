/// Waits for updates.
struct GetUpdates: BotMethod {
    typealias Answer = BotUpdates
    static let name = "getUpdates"
    /// All before this are confirmed by asking, and never told again.
    var offset: Int64?
    /// 1 to 100.
    var limit = 100
    /// In seconds; Telegram waits 50 at most.
    var timeout: Int
    var allowed_updates = BotUpdate.asked
}

/// Ends the delivery of updates to a web address, which excludes polling.
struct DeleteWebhook: BotMethod {
    typealias Answer = Bool
    static let name = "deleteWebhook"
    var drop_pending_updates: Bool
}

/// Says who the bot is.
struct GetMe: BotMethod {
    typealias Answer = BotUser
    static let name = "getMe"
}
