#if os(Linux)
    import Foundation
    import TestSupport
    import Testing

    extension BuiltProgramTests {
        /// What the monitor has in memory while nobody says anything.
        @Suite(.timeLimit(.minutes(1))) struct IdleMemoryTests {
            @Test func `what only the start needs of the program leaves the memory, and comes back for a turn`()
                async throws
            {
                var stage = try TelegramStage.directed()
                let monitor = try await stage.start()
                try await stage.chat.waitForBot(saying: "Ready")
                let started = try #require(residentCode(of: monitor.pid))
                let idle = try await eventually("the pages of the start leave", within: .seconds(30)) {
                    residentCode(of: monitor.pid).flatMap { $0 < 0.25 ? $0 : nil }
                }
                stage.telegram.say("[[say: still here]]", from: stage.ann)
                try await stage.chat.waitForBot(saying: "still here")
                let busy = try #require(residentCode(of: monitor.pid))
                print("resident code: \(started) at the start, \(idle) after it, \(busy) in a turn")
                #expect(busy > idle)
                monitor.signal(SIGTERM)
                #expect(try await monitor.ended().status == 0)
            }
        }
    }
#endif
