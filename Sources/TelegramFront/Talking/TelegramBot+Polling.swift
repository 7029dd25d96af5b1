extension TelegramBot {
    /// How it polls.
    public struct Polling: Hashable, Sendable {
        /// How long Telegram waits for something to tell, in whole seconds; 50 at most.
        public var timeout: Int
        /// Whether a webhook, which excludes polling, is taken away first, and whenever one is in the way.
        public var deletesWebhook: Bool
        /// Whether what was said before the start is forgotten, by Telegram where it can.
        public var dropsPending: Bool
        /// Whether what was said before the start is left alone.
        public var ignoresPending: Bool
        /// Whether it is said at the start when the agent cannot be had.
        public var tellsOfAgent: Bool

        /// The usual way by default.
        public init(
            timeout: Int = 50, deletesWebhook: Bool = true, dropsPending: Bool = false, ignoresPending: Bool = false,
            tellsOfAgent: Bool = true
        ) {
            (self.timeout, self.deletesWebhook, self.dropsPending) = (timeout, deletesWebhook, dropsPending)
            (self.ignoresPending, self.tellsOfAgent) = (ignoresPending, tellsOfAgent)
        }
    }
}
