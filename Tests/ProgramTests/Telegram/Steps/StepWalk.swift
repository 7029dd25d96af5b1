import Foundation
import TestSupport
import Testing

/// Goes one way again and again, with a death at each step of the journal, and with trouble at Telegram now and then.
struct StepWalk<Course: Way> {
    /// A moment at which the program dies.
    private struct Moment {
        var step: Int
        var within: Mortality.Moment
    }

    private var stage: BuiltProgramTests.TelegramStage
    private let mortality: Mortality
    private let seed: Seed
    private var random: SeededGenerator
    private var deck = FaultDeck()
    private var number = 0
    /// How many steps there were on the last way on which nobody died.
    private var lastSteps = 0
    /// Whether the program that runs has counted steps before, with which it would go on.
    private var hasCounted = false
    /// What was in the journal at the deaths, in words.
    private(set) var met: Set<String> = []
    private(set) var deaths = 0
    /// What went wrong besides.
    private(set) var faults: [TelegramFault] = []

    /// A walk whose chances begin at `seed`; `lane` is its place among others.
    init(_ seed: Seed, lane: Int) throws {
        self.seed = seed
        random = seed.generator(lane)
        stage = try BuiltProgramTests.TelegramStage.directed()
        try Course.prepare(&stage.program)
        mortality = Mortality(of: &stage.program)
    }

    /// The steps that have to be met, and were not.
    var missing: Set<String> { Course.steps.subtracting(met) }

    /// Dies before and after each step, in trouble every few times; returns how many steps there are.
    mutating func walk() async throws -> Int {
        try await start()
        var step = 1
        while true {
            for within in Mortality.Moment.allCases {
                let hasTrouble = Int.random(in: 0..<6, using: &random) == 0
                let moment = Moment(step: step, within: within)
                var isDead = try await dies(at: moment, hasTrouble, brief: false)
                // Trouble may leave out a step.
                if !isDead, hasTrouble { isDead = try await dies(at: moment, false, brief: false) }
                guard isDead else { return step - 1 }
            }
            step += 1
        }
    }

    /// Dies at `count` moments of one way that are chosen by chance, at one of them in trouble; returns how many steps
    /// there are.
    mutating func walk(_ count: Int) async throws -> Int {
        try await start()
        // Nobody dies at a step that never comes.
        _ = try await dies(at: Moment(step: 1_000_000, within: .before), false, brief: true)
        let steps = lastSteps
        let all = (1...max(steps, 1)).flatMap { step in
            Mortality.Moment.allCases.map { Moment(step: step, within: $0) }
        }
        let chosen = all.shuffled(using: &random).prefix(count)
        let troubled = Int.random(in: chosen.indices, using: &random)
        for (index, moment) in zip(chosen.indices, chosen) {
            _ = try await dies(at: moment, index == troubled, brief: true)
        }
        return steps
    }

    private mutating func start() async throws {
        guard stage.monitor == nil else { return }
        try await stage.start()
        try await stage.chat.waitForBot(saying: "Ready")
    }

    /// Goes the way once; whether there was such a moment.
    private mutating func dies(at moment: Moment, _ hasTrouble: Bool, brief: Bool) async throws -> Bool {
        number += 1
        if hasCounted || Course.beginsAnew && number > 1 {
            try await stage.kill()
            try await stage.start()
            hasCounted = false
        }
        try await stage.telegram.waitForPoll()
        let journal = try stage.program.stateFile("cm.sqlite")
        _ = try await eventually("nothing is left to be done") { try JournalSight(at: journal).isIdle ? true : nil }
        var way = Course(number), mishap = Mishap()
        try await way.begin(stage)
        let start = try JournalSight(at: journal), calls = stage.telegram.calls.count
        try mortality.order(death: moment.step, moment.within)
        if hasTrouble { deck.deal(to: stage.telegram, writing: Course.writing, isBrief: brief, using: &random) }
        let limit = ContinuousClock.now + .seconds(60)
        while true {
            let isLast = way.isDone(stage)
            if mishap.death == nil, let run = stage.monitor,
                await run.hasEnded(within: .milliseconds(isLast ? 150 : 12))
            {
                mishap.death = try JournalSight(left: journal, copiedTo: stage.program.path("left"))
                try mortality.spare()
                try await stage.start()
            } else if mishap.death != nil {
                try await Task.sleep(for: .milliseconds(12))
            }
            let sight = try JournalSight(at: journal)
            try way.push(stage, sight)
            if isLast, way.isDone(stage), sight.isIdle { break }
            guard ContinuousClock.now < limit else {
                mishap.faults = stage.telegram.calls.dropFirst(calls).filter { $0.fault != nil }
                throw Unsettled(description: "open: \(sight.open), \(story(way, moment, mishap, since: start))")
            }
        }
        lastSteps = mortality.steps
        try mortality.spare()
        if hasTrouble {
            mishap.faults = stage.telegram.calls.dropFirst(calls).filter { $0.fault != nil }
            faults += mishap.faults.compactMap(\.fault)
            // One that was not met is not for the next.
            stage.telegram.clearFaults()
        }
        let story = story(way, moment, mishap, since: start)
        try way.check(stage, mishap, story)
        #expect(
            ChatReading(way.seen(stage)).placeholders <= mishap.placeholders, "placeholders for good, \(story)")
        guard let death = mishap.death else {
            hasCounted = true
            return false
        }
        met.formUnion(death.news(since: start))
        deaths += 1
        return true
    }

    private func story(_ way: Course, _ moment: Moment, _ mishap: Mishap, since start: JournalSight) -> Story {
        Story { [stage, number, seed] in
            let left = mishap.death.map { $0.news(since: start).sorted().joined(separator: "; ") } ?? "it lived"
            let seen = way.seen(stage).messages.map { $0.rendered.prefix(300) }
            let faults = mishap.faults.map { "\($0.index) \($0.method): \($0.fault.map { "\($0)" } ?? "")" }
            return "\(Course.self) \(number), seed \(seed), dead \(moment.within) step \(moment.step), "
                + "which left: \(left)\nfaults: \(faults.joined(separator: ", "))\n" + seen.joined(separator: "\n")
        }
    }
}
