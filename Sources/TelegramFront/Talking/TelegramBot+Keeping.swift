extension TelegramBot {
    /// Where it keeps what must not be lost.
    public struct Keeping: Sendable {
        let inbox: any UpdateInbox
        let outbox: any OutboxStore
        let ledger: any ChatLedger & AttachmentLedger
        let guests: any Guests
        let memory: any BotMemory
        let shelf: any FileShelf
        let departure: any FileDeparture

        /// All of it in one place, or in several.
        public init(
            inbox: any UpdateInbox, outbox: any OutboxStore, ledger: any ChatLedger & AttachmentLedger,
            guests: any Guests, memory: any BotMemory, shelf: any FileShelf, departure: any FileDeparture
        ) {
            (self.inbox, self.outbox, self.ledger, self.guests) = (inbox, outbox, ledger, guests)
            (self.memory, self.shelf, self.departure) = (memory, shelf, departure)
        }
    }
}
