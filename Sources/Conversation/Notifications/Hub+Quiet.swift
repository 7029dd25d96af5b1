import Foundation

extension Hub {
    /// Answers `/quiet`: holds back all but the urgent, lets all through again, or tells how it stands.
    func quiet(_ words: [String]) async throws -> CommandReply {
        func reply(_ text: String, ok: Bool = true) -> CommandReply {
            CommandReply(name: SlashCommand.quiet.rawValue, ok: ok, text: text)
        }
        let wish: QuietWish
        do throws(QuietWish.Misuse) {
            // A secret is no wish, and would be quoted.
            wish = try QuietWish(words.map(configuration.redact))
        } catch {
            return reply("\(error.why); usage: \(SlashCommand.quiet.usage)", ok: false)
        }
        guard let ledger = configuration.notifications else {
            return reply("there are no notifications here", ok: false)
        }
        let now = configuration.now()
        do {
            if wish != .look {
                try await ledger.keepQuiet(until: wish.end(at: now, in: configuration.timeZone))
                _ = announcing.wakeReaders()
                announcing.ring.yield()
            }
            return reply(telling(try await ledger.standing(), at: now))
        } catch {
            throw HubError(code: .notStored, description: "could not be stored, so nothing has changed: \(error)")
        }
    }

    private func telling(_ standing: NotificationStanding, at now: Timestamp) -> String {
        let hours = configuration.quietHours.map { "; quiet hours over Telegram: \($0) (telegram.quiet_hours)" } ?? ""
        guard let end = standing.quietUntil, end > now else { return "not quiet: all notifications are told\(hours)" }
        let left = Elapsed(end.milliseconds(since: now))
        return "quiet until \(moment(end, seenAt: now)) (\(left)): only urgent notifications are told, "
            + "the others when it ends; /quiet off ends it\(hours)"
    }

    /// The time on a clock, with the day where that is another one.
    private func moment(_ time: Timestamp, seenAt now: Timestamp) -> String {
        func parts(_ time: Timestamp) -> DateComponents {
            var calendar = Calendar(identifier: .gregorian)
            calendar.timeZone = configuration.timeZone
            let date = Date(timeIntervalSince1970: Double(time.millisecondsSince1970) / 1000)
            return calendar.dateComponents([.year, .month, .day, .hour, .minute], from: date)
        }
        func two(_ number: Int?) -> String { (number ?? 0) < 10 ? "0\(number ?? 0)" : "\(number ?? 0)" }
        let then = parts(time), today = parts(now)
        let clock = "\(two(then.hour)):\(two(then.minute))"
        let isToday = (then.year, then.month, then.day) == (today.year, today.month, today.day)
        return isToday ? clock : "\(then.year ?? 0)-\(two(then.month))-\(two(then.day)) \(clock)"
    }
}
