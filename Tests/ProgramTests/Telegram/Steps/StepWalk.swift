import Foundation
import TestSupport
import Testing

/// Goes one way again and again, with a death at each step of the journal.
struct StepWalk<Course: Way> {
    private var stage: BuiltProgramTests.TelegramStage
    private let mortality: Mortality
    private var number = 0
    /// What was in the journal at the deaths, in words.
    private(set) var met: Set<String> = []
    private(set) var deaths = 0

    init() throws {
        stage = try BuiltProgramTests.TelegramStage()
        try stage.program.useStandIn("directed")
        Course.prepare(&stage.program)
        mortality = Mortality(of: &stage.program)
    }

    /// The steps that have to be met, and were not.
    var missing: Set<String> { Course.steps.subtracting(met) }

    /// Dies before and after each step; returns how many there are.
    mutating func walk() async throws -> Int {
        if stage.monitor == nil {
            try await stage.start()
            try await stage.chat.waitForBot(saying: "Ready")
        }
        var step = 1
        while true {
            for moment in Mortality.Moment.allCases {
                guard try await dies(at: step, moment) else { return step - 1 }
                deaths += 1
            }
            step += 1
        }
    }

    /// Goes the way once; whether there was such a step.
    private mutating func dies(at step: Int, _ moment: Mortality.Moment) async throws -> Bool {
        number += 1
        try await stage.telegram.waitForPoll()
        let journal = try stage.program.stateFile("cm.sqlite")
        _ = try await eventually("nothing is left to be done") { try JournalSight(at: journal).isIdle ? true : nil }
        var way = Course(number), death: JournalSight?
        try await way.begin(stage)
        let start = try JournalSight(at: journal)
        try mortality.order(death: step, moment)
        let limit = ContinuousClock.now + .seconds(40)
        while true {
            let isLast = way.isDone(stage)
            if death == nil, let run = stage.monitor, await run.hasEnded(within: .milliseconds(isLast ? 150 : 12)) {
                death = try JournalSight(left: journal, copiedTo: stage.program.path("left"))
                try mortality.spare()
                try await stage.start()
            } else if death != nil {
                try await Task.sleep(for: .milliseconds(12))
            }
            let sight = try JournalSight(at: journal)
            try way.push(stage, sight)
            if isLast, way.isDone(stage), sight.isIdle { break }
            guard ContinuousClock.now < limit else {
                throw Unsettled(description: story(way, step, moment, death, since: start).description)
            }
        }
        try mortality.spare()
        let story = story(way, step, moment, death, since: start)
        try way.check(stage, death, story)
        let placeholders = stage.reading(after: way.message).placeholders
        #expect(placeholders <= (death?.begun.filled.count ?? 0), "placeholders for good, \(story)")
        if let death { met.formUnion(death.news(since: start)) }
        return death != nil
    }

    private func story(
        _ way: Course, _ step: Int, _ moment: Mortality.Moment, _ death: JournalSight?, since start: JournalSight
    ) -> Story {
        Story { [stage, number] in
            let left = death.map { $0.news(since: start).sorted().joined(separator: "; ") } ?? "it lived"
            let seen = stage.chat.transcript.after(way.message - 1).messages.map { $0.rendered.prefix(300) }
            return "\(Course.self) \(number), dead \(moment) step \(step), which left: \(left)\n"
                + seen.joined(separator: "\n")
        }
    }
}
