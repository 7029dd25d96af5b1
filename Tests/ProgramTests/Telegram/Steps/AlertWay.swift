import TestSupport
import Testing

/// Another program that polls for a moment, of which the owner is told at once and loudly.
struct AlertWay: Way {
    static let steps: Set<String> = [
        "notification kept", "notification told", "slot notification new", "slot notification begun",
        "slot notification placed, shown",
    ]

    /// One that has met a conflict tells of no other for minutes.
    static let beginsAnew = true

    private(set) var message = 0
    private var group: FakeChat?, eve: FakeUser?
    private var known: Set<String>?, first = 0
    /// Whether the notification is on disk.
    private var isKept = false

    init(_ number: Int) {}

    mutating func begin(_ stage: BuiltProgramTests.TelegramStage) async throws {
        (group, eve) = (stage.telegram.addGroup("Talk"), stage.telegram.addUser("Eve"))
    }

    mutating func push(_ stage: BuiltProgramTests.TelegramStage, _ journal: JournalSight) {
        let kept = Set(journal.stages.keys.filter { $0.contains("notification") })
        if let known {
            let new = kept.subtracting(known)
            if !new.isEmpty { isKept = true }
        } else if let group, let eve {
            (known, first) = (kept, stage.telegram.calls.count)
            stage.telegram.inject(.conflict, into: "getUpdates")
            // Talk that is not for the bot ends the poll that waits: the next one is refused.
            message = stage.telegram.say("talk", from: eve, in: group).message
        }
    }

    private func alerts(_ stage: BuiltProgramTests.TelegramStage) -> [ShownMessage] {
        stage.chat.transcript.after(message).byBot(saying: "Another program polls for this bot")
    }

    func isDone(_ stage: BuiltProgramTests.TelegramStage) -> Bool {
        guard message != 0 else { return false }
        if !alerts(stage).isEmpty { return true }
        // When it died before it knew, there is nobody to tell of: the other one has gone.
        let isMet = stage.telegram.calls.dropFirst(first).contains { $0.fault == .conflict }
        return isMet && !isKept && stage.telegram.waitingPolls > 0
    }

    func check(_ stage: BuiltProgramTests.TelegramStage, _ mishap: Mishap, _ story: Story) throws {
        let alerts = alerts(stage)
        if isKept {
            #expect(alerts.count == 1 || (mishap.mayRepeat && alerts.count == 2), "\(story)")
        } else {
            #expect(mishap.death != nil && alerts.isEmpty, "\(story)")
        }
        #expect(alerts.allSatisfy { !$0.isSilent && $0.text.hasPrefix("🔴") }, "\(story)")
    }
}
