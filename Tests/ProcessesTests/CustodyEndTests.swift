#if os(Linux)
    import Foundation
    import Testing

    @testable import Processes

    /// What is left of a child in custody, however it misbehaves and whoever ends first.
    @Suite(.timeLimit(.minutes(1))) struct CustodyEndTests {
        private struct Broken: Error {}

        @Test(arguments: Misbehaviour.combinations)
        func `nothing is left when the body returns`(misbehaviours: [Misbehaviour]) async throws {
            let unruliness = try Unruliness()
            defer { unruliness.remove() }
            let (pid, _) = try await unruliness.child(misbehaviours).run { child in
                try await child.isReady()
                #expect(unruliness.running.count == 3)
                return child.pid
            }
            #expect(unruliness.identities.first?.pid == pid)
            #expect(unruliness.identities.count == 3 && unruliness.running == [])
            #expect(unruliness.recordNames == [])
        }

        @Test(arguments: Misbehaviour.combinations)
        func `nothing is left when the body throws`(misbehaviours: [Misbehaviour]) async throws {
            let unruliness = try Unruliness()
            defer { unruliness.remove() }
            await #expect(throws: Broken.self) {
                try await unruliness.child(misbehaviours).run { child in
                    try await child.isReady()
                    throw Broken()
                }
            }
            #expect(unruliness.identities.count == 3 && unruliness.running == [])
            #expect(unruliness.recordNames == [])
        }

        @Test(arguments: Misbehaviour.combinations)
        func `nothing is left when the task is cancelled`(misbehaviours: [Misbehaviour]) async throws {
            let unruliness = try Unruliness()
            defer { unruliness.remove() }
            let (ready, tell) = AsyncStream<Void>.makeStream()
            let run = Task {
                try await unruliness.child(misbehaviours).run { child in
                    // Ends neither on cancellation nor before the output does.
                    for try await _ in child.lines { tell.yield() }
                    try Task.checkCancellation()
                }
            }
            for await _ in ready { break }
            run.cancel()
            await #expect(throws: CancellationError.self) { try await run.value }
            #expect(unruliness.identities.count == 3 && unruliness.running == [])
            #expect(unruliness.recordNames == [])
        }

        @Test(arguments: Misbehaviour.combinations)
        func `nothing is left when the child ends by itself`(misbehaviours: [Misbehaviour]) async throws {
            let unruliness = try Unruliness()
            defer { unruliness.remove() }
            let child = unruliness.child(misbehaviours, more: ["--exit", "7"])
            let (seen, status) = try await child.run { try await $0.ended() }
            #expect(seen == .exited(7) && status == .exited(7))
            #expect(unruliness.identities.count == 3 && unruliness.running == [])
            #expect(unruliness.recordNames == [])
        }

        @Test(arguments: Misbehaviour.combinations)
        func `nothing is left when the core is killed`(misbehaviours: [Misbehaviour]) async throws {
            let unruliness = try Unruliness()
            defer { unruliness.remove() }
            try await unruliness.host(misbehaviours).run { core in
                try await core.isReady()
                #expect(unruliness.running.count == 3)
                kill(core.pid, SIGKILL)
                _ = try await core.ended()
            }
            #expect(try await unruliness.quiets())
            #expect(unruliness.identities.count == 3)
            #expect(try await comesTrue { unruliness.recordNames == [] })
        }

        /// But for what left the session and the environment: that is nobody's, and nothing tells it apart.
        @Test(arguments: Misbehaviour.combinations.dropLast())
        func `nothing is left when the guard is killed`(misbehaviours: [Misbehaviour]) async throws {
            let unruliness = try Unruliness()
            defer { unruliness.remove() }
            let (_, status) = try await unruliness.child(misbehaviours).run { child in
                try await child.isReady()
                let guardian = try #require(unruliness.custody().children().first?.guardPID)
                kill(guardian, SIGKILL)
                _ = try await child.ended()
            }
            #expect(status == .signalled(SIGKILL))
            #expect(unruliness.identities.count == 3)
            #expect(try await unruliness.quiets())
            #expect(unruliness.recordNames == [])
        }

        @Test(arguments: Misbehaviour.allCases)
        func `nothing is left without a guard, but for what has no marker`(misbehaviour: Misbehaviour) async throws {
            let unruliness = try Unruliness()
            defer { unruliness.remove() }
            let child = unruliness.child([misbehaviour], isGuarded: false)
            let (pid, _) = try await child.run { child in
                try await child.isReady()
                return child.pid
            }
            #expect(unruliness.identities.first?.pid == pid)
            #expect(try await unruliness.quiets())
            #expect(unruliness.recordNames == [])
        }

        @Test func `a child that starts others without end is ended with all of them`() async throws {
            let unruliness = try Unruliness()
            defer { unruliness.remove() }
            let script = "trap '' TERM; echo go; while :; do setsid sleep 1000.\(getpid()) & sleep 0.01; done"
            var child = ChildProcess.shell(script)
            child.custody = unruliness.custody()
            try await child.run { child in
                for try await _ in child.lines { break }
                #expect(try await comesTrue { (unruliness.custody().children().first?.processCount ?? 0) > 10 })
            }
            let left = ProcessTable().entries.keys.filter {
                ProcessTable.command(of: $0).hasSuffix("sleep 1000.\(getpid())")
            }
            #expect(left == [])
            #expect(unruliness.recordNames == [])
        }

        @Test func `a core that is itself a child in custody goes with all of its own`() async throws {
            let (outer, inner) = (try Unruliness(), try Unruliness())
            defer {
                outer.remove()
                inner.remove()
            }
            var host = inner.host(Misbehaviour.allCases)
            host.custody = outer.custody()
            try await host.run { core in
                try await core.isReady()
                #expect(inner.running.count == 3)
                #expect(outer.custody().children().first?.processCount == 6)
            }
            #expect(inner.identities.count == 3 && inner.running == [])
            #expect(outer.recordNames == [])
        }

        @Test func `a guard that is stopped does not hold up the end`() async throws {
            let unruliness = try Unruliness()
            defer { unruliness.remove() }
            let recorder = Recorder()
            var child = unruliness.child(Misbehaviour.allCases)
            child.custody = unruliness.custody(log: recorder.record)
            try await child.run { child in
                try await child.isReady()
                let guardian = try #require(unruliness.custody().children().first?.guardPID)
                kill(guardian, SIGSTOP)
            }
            #expect(unruliness.identities.count == 3 && unruliness.running == [])
            #expect(await recorder.lines().first?.contains("did not end its child") == true)
        }
    }
#endif
