import Conversation
import Foundation
import HTTP
import TestSupport
import Testing

@testable import TelegramFront

/// What the owner is told of the poll.
@Suite struct PollTroubleTests {
    /// Takes nothing in, as when the disk is full.
    private struct ShutDoor: NotificationDoor {
        func notify(_ announcement: Announcement) async throws { throw Trouble() }
        func notificationChanges() async -> AsyncStream<Void> { AsyncStream { $0.finish() } }
    }

    private func tells(of hold: PollHold, _ rig: BotRig, through door: any NotificationDoor) async throws -> Bool {
        let client = try CurlClient()
        defer { client.close() }
        let token = try #require(BotToken(rig.telegram.token)), server = try #require(BotServer(rig.telegram.baseURL))
        let api = BotAPI(token, on: server, through: client), clock = rig.clock
        let bot = TelegramBot(
            api,
            keeping: .init(
                inbox: rig.inbox, outbox: rig.store, ledger: rig.ledger, guests: OnlyOwner(owner: 1),
                memory: rig.memory, shelf: rig.shelf, departure: NoDeparture()),
            clock: clock, now: { Timestamp(millisecondsSince1970: clock.milliseconds) },
            notifying: Notifying(door: door, desk: rig.desk) { NotificationManner(interval: 0, timeZone: .gmt) },
            logger: rig.log.logger)
        let outbox = Outbox(api, store: rig.store, clock: clock, now: { clock.milliseconds })
        return await bot.tell(.held(hold, rest: .seconds(90)), by: outbox)
    }

    @Test func `a pause counts as told when it was taken in, or was told before`() async throws {
        let rig = try BotRig()
        var hold = PollHold(.seconds(90), from: 0)
        #expect(try await !tells(of: hold, rig, through: ShutDoor()))
        #expect(try await tells(of: hold, rig, through: rig.desk))
        #expect(await rig.desk.all.count == 1)
        hold.isTold = true
        #expect(try await tells(of: hold, rig, through: ShutDoor()))
    }
}
