import Control
import Settings
import Testing

@testable import Commands

@Suite struct InvitationTests {
    private func invitation(_ environment: [String: String], hasTelegram: Bool = true, echoesLog: Bool = true) throws
        -> String?
    {
        var sources = SettingsSources(environment: environment, home: "/h", directory: "/w")
        sources.files = FileAccess(
            read: { _, _ throws(FileFailure) in nil }, create: { _, _ throws(FileFailure) in }, stamp: { _ in nil })
        let manner = CoreHost.Manner(kind: .monitor, name: "cm run", echoesLog: echoesLog, hasTelegram: hasTelegram)
        return CoreHost.invitation(manner, try sources.load())
    }

    @Test func `a monitor says how to attach, and whether Telegram is off`() throws {
        let attaching = "cm chat in this workspace attaches to it"
        #expect(
            try invitation([:])
                == "\(attaching); Telegram is off: TELEGRAM_BOT_TOKEN, or telegram.bot_token, turns it on")
        let token = ["TELEGRAM_BOT_TOKEN": "123456:abcdefghijklmnopqrstuvwxyzABCDEFGHI"]
        #expect(try invitation(token) == attaching)
        #expect(
            try invitation(token, hasTelegram: false) == "\(attaching); Telegram is off (--no-telegram-bot)")
        #expect(try invitation([:], echoesLog: false) == nil)
    }
}
