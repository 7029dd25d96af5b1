extension FakeTelegram {
    /// Has Telegram send updates to a web address, as another program does, which ends every poll; nothing ends that.
    public func setWebhook(_ address: String = "https://example.org/hook") {
        desk.change { world in
            world.webhook = address
            if !address.isEmpty { world.waking += world.seats.callers }
        }
    }

    /// Where Telegram sends updates; empty while nobody has said so.
    public var webhook: String { desk.read(\.webhook) }
}
