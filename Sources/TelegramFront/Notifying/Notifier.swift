public import Conversation
import Foundation
import Locking
import Logging

/// What a bot needs to bring notifications to its owner.
public struct Notifying: Sendable {
    let door: any NotificationDoor
    let desk: any NotificationDesk
    let manner: @Sendable () -> NotificationManner

    /// Creates it from its parts.
    ///
    /// - Parameters:
    ///   - door: Where notifications come from, and where the bot's own go.
    ///   - desk: Where they are kept.
    ///   - manner: How the owner wants to be told at the moment.
    public init(
        door: any NotificationDoor, desk: any NotificationDesk, manner: @escaping @Sendable () -> NotificationManner
    ) {
        self.door = door
        self.desk = desk
        self.manner = manner
    }

    /// The requests that `bot` offers to its owner, also those of the run before.
    func offers(of bot: Int64) async throws -> [Offer] {
        guard let state = try await desk.mail(for: bot).state else { return [] }
        // One of another version begins anew.
        return (try? NotifierState(state).offers) ?? []
    }
}

/// Brings notifications to the owner of a bot.
///
/// Knows nothing that is not on disk: what it has told is kept together with the messages that tell it.
struct Notifier: Sendable {
    /// How long it takes at least from one change of the digest to the next.
    static let pace: Int64 = 2_000
    /// How often it looks at the clock and for an owner, at least.
    static let beat = Duration.seconds(30)

    private static let alertPrefix = "notification/", digestPrefix = "digest/"

    /// Whether the message with this key tells of notifications.
    static func isOwn(_ key: String) -> Bool { key.hasPrefix(alertPrefix) || key.hasPrefix(digestPrefix) }

    let notifying: Notifying
    let core: any Core
    let outbox: Outbox
    let guests: any Guests
    let bot: Int64
    let clock: any Clock<Duration>
    let now: @Sendable () -> Timestamp
    let redact: @Sendable (String) -> String
    let logger: Logger

    /// Tells until the task is cancelled; throws what cannot be kept.
    ///
    /// Without an owner nothing is taken, so that it waits for who is told otherwise.
    func run() async throws {
        while true {
            if let owner = try await guests.access().owner { try await run(for: owner) }
            try await clock.sleep(for: Self.beat)
        }
    }

    /// Tells `owner`, until that is somebody else.
    private func run(for owner: Int64) async throws {
        let changes = await notifying.door.notificationChanges(), change = Locked(Signal())
        let watch = OfferWatch(core, clock, logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in changes { change.withLock(\.self).give() } }
            group.addTask { try await watch.run { change.withLock(\.self).give() } }
            defer { group.cancelAll() }
            while try await guests.access().owner == owner {
                let signal = Signal()
                // First, so that nothing is missed while it is looked.
                change.withLock { $0 = signal }
                let pause = try await tell(owner, watch)
                await signal.wait(atMost: pause, by: clock)
                try Task.checkCancellation()
                if let failure = watch.failure { throw failure }
            }
        }
    }

    private var trouble: DeliveryTrouble { DeliveryTrouble(bot: bot) }

    /// Takes in what there is, and returns how long nothing is to be done unless something changes.
    private func tell(_ owner: Int64, _ watch: OfferWatch) async throws -> Duration {
        var mail = try await notifying.desk.mail(for: bot)
        let manner = notifying.manner(), moment = now().millisecondsSince1970
        let isQuiet = manner.isQuietHour(at: moment) || mail.quietUntil.map { $0 > moment } ?? false
        if isQuiet { mail.dropped = 0 }
        var kept = restored(mail.state, for: owner)
        let left = kept.changedAt + Self.pace - moment
        let isUrgent = mail.kept.contains { $0.announcement.priority == .critical }
        if !isUrgent, left > 0, left <= Self.pace { return .milliseconds(left) }
        let before = kept
        var occasion = LiveDigest.Occasion(
            kept: mail.kept.filter {
                $0.announcement.approval == nil && !trouble.isOf(owner, $0.announcement)
            }, dropped: mail.dropped,
            verbosity: manner.verbosity, isQuiet: isQuiet, now: moment)
        if kept.digest.isSummaryDue(at: moment, every: manner.interval), let since = kept.digest.countedFrom {
            occasion.activity = try await notifying.desk.activity(since: since, exceptWith: owner)
        }
        var slots = self.slots(kept.digest.take(occasion), for: owner, manner)
        if slots.contains(where: { $0.delivery == .filled }) { kept.changedAt = moment }
        slots += try await offer(mail.kept, &kept, to: isQuiet ? nil : owner, watch)
        if kept.digest != before.digest || kept.offers != before.offers || !mail.kept.isEmpty || mail.dropped > 0
            || mail.state == nil
        {
            let state = String(decoding: try JSONEncoder().encode(kept), as: UTF8.self)
            let (taken, slots) = (mail, slots)
            try await outbox.put { try await notifying.desk.put(slots, state, after: taken, bot: bot) }
        }
        watch.follow(kept.offers.map(\.request))
        return pause(kept.digest, mail, at: moment)
    }

    /// Takes in the requests that nobody hears and what has become of those before, and returns the messages that change.
    ///
    /// New ones are shown to `owner`, nil as long as quiet holds them back.
    private func offer(
        _ news: [KeptAnnouncement], _ kept: inout NotifierState, to owner: Int64?, _ watch: OfferWatch
    ) async throws -> [Slot] {
        var slots: [Slot] = []
        for request in news.filter({ !$0.isTold }).compactMap({ OfferedRequest($0.announcement) })
        where !kept.offers.contains(where: { $0.request == request }) {
            kept.offers.append(Offer(request: request))
        }
        var waiting: [Offer] = []
        for var offer in kept.offers {
            if let end = watch.end(of: offer.request) {
                if let chat = offer.chat { slots += OfferView(offer.request, at: chat, redact: redact).slots(end) }
                continue
            }
            if offer.chat == nil, let owner, let approval = try await watch.open(offer.request) {
                slots += OfferView(offer.request, at: owner, redact: redact).slots(approval)
                offer.chat = owner
            }
            waiting.append(offer)
        }
        kept.offers = waiting
        return slots
    }

    private func pause(_ digest: LiveDigest, _ mail: NotificationMail, at moment: Int64) -> Duration {
        // There may be more than was read at once.
        guard mail.kept.isEmpty else { return .milliseconds(Self.pace) }
        let ends = [digest.window.map { $0.begun + LiveDigest.span }, mail.quietUntil].compactMap(\.self)
        let left = ends.filter { $0 > moment }.map { Duration.milliseconds($0 - moment) }
        return left.reduce(Self.beat, min)
    }

    private func restored(_ state: String?, for owner: Int64) -> NotifierState {
        guard let state else { return NotifierState(owner: owner) }
        do {
            var kept = try NotifierState(state)
            kept.move(to: owner)
            return kept
        } catch {
            // Of another version: a new digest begins.
            logger.notice("a digest of notifications begins anew", metadata: ["error": "\(error)"])
            return NotifierState(owner: owner)
        }
    }

    private func slots(
        _ tellings: [LiveDigest.Telling], for owner: Int64, _ manner: NotificationManner
    ) -> [Slot] {
        let text = DigestText(timeZone: manner.timeZone, redact: redact), address = ChatAddress(chat: owner)
        return tellings.map { telling in
            switch telling {
            case .alert(let line):
                Slot(
                    "\(Self.alertPrefix)\(line.id)", at: address, text.content(ofAlert: line), delivery: .repeated,
                    isLoud: true)
            case .digest(let window):
                Slot("\(Self.digestPrefix)\(owner)/\(window.begun)", at: address, text.content(window))
            }
        }
    }
}
