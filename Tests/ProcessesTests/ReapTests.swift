#if os(Linux)
    import Foundation
    import Testing

    @testable import Processes

    /// What the next start does about what was left behind.
    @Suite(.timeLimit(.minutes(1))) struct ReapTests {
        /// Runs a core with a child and kills it and, where there is one, the guard.
        private func abandon(
            _ misbehaviours: [Misbehaviour], in unruliness: Unruliness, isGuarded: Bool = true
        ) async throws {
            try await unruliness.host(misbehaviours, isGuarded: isGuarded).run { core in
                try await core.isReady()
                let record = try #require(unruliness.custody().children().first)
                #expect(record.isCoreRunning && (record.guardPID != nil) == isGuarded)
                // First the guard, or it would do its work.
                if let guardian = record.guardPID { ProcessIdentity(of: guardian)?.signal(SIGKILL) }
                kill(core.pid, SIGKILL)
                _ = try await core.ended()
            }
        }

        private static let reachable = Misbehaviour.allCases.filter { $0 != .clearsEnvironment }

        @Test(arguments: reachable.map { [$0, .ignoresEndOfInput] } + [reachable], [true, false])
        func `what nobody could end is ended`(misbehaviours: [Misbehaviour], isGuarded: Bool) async throws {
            let unruliness = try Unruliness()
            defer { unruliness.remove() }
            try await abandon(misbehaviours, in: unruliness, isGuarded: isGuarded)
            // The guard's end may have been seen by the core, which then ended its group.
            let isLeft = !unruliness.running.isEmpty
            let reaped = await unruliness.custody().reap(grace: .milliseconds(100))
            #expect(unruliness.identities.count == 3 && unruliness.running == [])
            #expect(unruliness.recordNames == [])
            if isLeft { #expect(reaped.map(\.owner) == ["unruly"] && reaped.allSatisfy { $0.survivors.isEmpty }) }
            #expect(await unruliness.custody().reap() == [])
        }

        @Test func `what has no marker but descends from what has one is ended`() async throws {
            let unruliness = try Unruliness()
            defer { unruliness.remove() }
            try await abandon(
                [.clearsEnvironment, .leavesSession, .ignoresEndOfInput], in: unruliness, isGuarded: false)
            #expect(unruliness.running.count == 3)
            let reaped = await unruliness.custody().reap(grace: .milliseconds(100))
            #expect(reaped.first?.commands.count == 3)
            #expect(unruliness.running == [] && unruliness.recordNames == [])
        }

        @Test func `without a record the marker is enough`() async throws {
            let unruliness = try Unruliness()
            defer { unruliness.remove() }
            try await abandon([.ignoresEndOfInput], in: unruliness, isGuarded: false)
            try FileManager.default.removeItem(atPath: unruliness.records)
            let reaped = await unruliness.custody().reap(grace: .milliseconds(100))
            #expect(reaped.count == 1 && reaped.first?.owner == nil)
            #expect(reaped.first?.commands.allSatisfy { $0.contains("unruly") } == true)
            #expect(unruliness.running == [])
        }

        @Test func `a guard that is still at it is left to end its tree`() async throws {
            let unruliness = try Unruliness()
            defer { unruliness.remove() }
            try await unruliness.host(Misbehaviour.allCases).run { core in
                try await core.isReady()
                kill(core.pid, SIGKILL)
                _ = try await core.ended()
            }
            _ = await unruliness.custody().reap()
            #expect(unruliness.identities.count == 3 && unruliness.running == [])
            #expect(try await comesTrue { unruliness.recordNames == [] })
        }

        @Test func `the children of a core that runs are left alone`() async throws {
            let unruliness = try Unruliness()
            defer { unruliness.remove() }
            try await unruliness.host([.leavesSession]).run { core in
                try await core.isReady()
                try await unruliness.child([.leavesSession]).run { own in
                    try await own.isReady()
                    // It is ready when all of the roll are there, which it shares with the other. And a record is written
                    // beside its place before it is moved there.
                    #expect(try await comesTrue { unruliness.running.count == 6 && unruliness.recordNames.count == 2 })
                    #expect(await unruliness.custody().reap() == [])
                    #expect(unruliness.running.count == 6 && unruliness.recordNames.count == 2)
                }
            }
        }

        @Test func `another workspace's are left alone`() async throws {
            let (unruliness, other) = (try Unruliness(), try Unruliness())
            defer {
                unruliness.remove()
                other.remove()
            }
            try await abandon([.ignoresEndOfInput], in: other, isGuarded: false)
            let custody = Custody(workspace: unruliness.workspace, directory: other.records)
            #expect(await custody.reap() == [])
            #expect(other.running.count == 3 && other.recordNames.count == 1)
            #expect(await other.custody().reap(grace: .zero).count == 1)
        }

        @Test func `a record that names a process of today by another start harms nobody`() async throws {
            let unruliness = try Unruliness()
            defer { unruliness.remove() }
            let custody = unruliness.custody()
            try FileManager.default.createDirectory(atPath: unruliness.records, withIntermediateDirectories: true)
            let (_, status) = try await ChildProcess.shell("cat; exit 3", grace: .seconds(20)).run { bystander in
                let identity = try #require(ProcessIdentity(of: bystander.pid))
                let gone = ProcessIdentity(pid: getpid(), startTime: 1)
                // Its number with another start, and itself, but without a marker.
                let wrong = ProcessIdentity(pid: bystander.pid, startTime: identity.startTime - 1)
                for (number, program) in [wrong, identity].enumerated() {
                    let marker = Marker(workspace: custody.workspace, core: gone, number: number)
                    let record = custody.record(of: marker)
                    try record.create(RecordFile.Content(owner: "codex", core: gone, startedAt: 1))
                    try record.append("guard \(program)")
                    try record.append("program \(program)")
                }
                #expect(custody.children().count == 2)
                #expect(await custody.reap(grace: .zero) == [])
                #expect(identity.isRunning)
            }
            #expect(status == .exited(3))
            #expect(unruliness.recordNames == [])
        }

        @Test func `a file that is no record is removed, unless a core that runs may be writing it`() async throws {
            let unruliness = try Unruliness()
            defer { unruliness.remove() }
            let custody = unruliness.custody()
            try FileManager.default.createDirectory(atPath: unruliness.records, withIntermediateDirectories: true)
            let gone = Marker(
                workspace: custody.workspace, core: ProcessIdentity(pid: getpid(), startTime: 1), number: 1)
            let own = Marker(workspace: custody.workspace, core: .current, number: .max)
            for name in ["garbage", "\(gone)", "\(gone).new", "\(own).new"] {
                let bytes = Data((0..<1000).map { _ in UInt8.random(in: 0...255) })
                try bytes.write(to: URL(filePath: unruliness.records + "/" + name))
            }
            #expect(custody.children() == [])
            #expect(await custody.reap() == [])
            #expect(unruliness.recordNames == ["\(own).new"])
        }

        @Test func `who reaps is not reaped, though it was started by such a child`() async throws {
            let unruliness = try Unruliness()
            defer { unruliness.remove() }
            let gone = ProcessIdentity(pid: getpid(), startTime: 1)
            let marker = Marker(workspace: unruliness.workspace, core: gone, number: 1)
            // The shell stays, and carries the marker as well.
            var reaper = ChildProcess.shell("\"$0\" reap \(unruliness.workspace) \(unruliness.records); exit $?")
            reaper.environment[Marker.variable] = "\(marker)"
            reaper.arguments.append(Unruliness.program)
            let (lines, status) = try await reaper.run { try await $0.allLines() }
            #expect(lines == ["0"] && status == .exited(0))
        }
    }
#endif
