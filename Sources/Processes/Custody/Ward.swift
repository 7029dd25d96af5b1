#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// One child in custody, from before its start until nothing of it is left.
struct Ward: Sendable {
    /// What a guard gets beyond its own two graces before it is taken for stuck.
    private static let margin = Duration.seconds(1)

    let marker: Marker
    let record: RecordFile
    let custody: Custody
    let grace: Duration

    var isGuarded: Bool { custody.guardProgram != nil }

    /// What is started instead of `program`; the program itself without a guard.
    func command(_ program: String, _ arguments: [String]) -> (program: String, arguments: [String]) {
        guard let guardProgram = custody.guardProgram else { return (program, arguments) }
        let call = GuardCall(
            core: custody.core, grace: grace, record: record.path, program: program, arguments: arguments)
        return (guardProgram, [Guard.word] + call.words)
    }

    /// How long a guard may take to start its program, before it is taken for stuck.
    private static let startLimit = Duration.seconds(30)

    /// Waits until the program runs, and says its number.
    ///
    /// - Parameters:
    ///   - leader: The process that was started: the guard, or the program.
    ///   - executable: What to call the program in an error.
    func started(leader: pid_t, executable: String) async throws -> pid_t {
        guard isGuarded else {
            // It may have ended by now, and what it started is found by the marker.
            try? ProcessIdentity(of: leader).map { try record.append("program \($0)") }
            return leader
        }
        var pause = Duration.milliseconds(1)
        let deadline = ContinuousClock.now + Self.startLimit
        while true {
            let isOver = ChildExit.peek(leader) != nil
            // Read after the look: a guard that has ended has written all it will.
            let content = record.read()
            if let program = content?.program { return program.pid }
            if let number = content?.failure { throw ChildProcessError(.notStarted, executable, errno: number) }
            // It could not write, or is no guard.
            if isOver || ContinuousClock.now > deadline { throw ChildProcessError(.notStarted, executable) }
            // Some milliseconds, once per child: not worth a descriptor to wait on.
            try await Task.sleep(for: pause)
            pause = min(pause * 2, .milliseconds(20))
        }
    }

    /// Ends a guarded child whose input is closed.
    func end(leader: pid_t, exit: ChildExit) async {
        guard !(await exit.comes(within: grace)) else { return }
        // Not taken note of yet, so the number is the guard's.
        kill(leader, SIGTERM)
        guard !(await exit.comes(within: grace + Self.margin)) else { return }
        custody.log("the guard \(leader) of \(marker) did not end its child; killing both")
        // The guard last: what it guards would be nobody's without it.
        await sweep(under: leader)
        kill(leader, SIGKILL)
    }

    /// Kills what is left of the child but `leader`; returns what does not end.
    @discardableResult func sweep(under leader: pid_t) async -> [ProcessTable.Entry] {
        let text = "\(marker)"
        let sweep = Sweep { [start = custody.core.startTime] table in
            let marked = table.marked(with: text, since: start).filter { $0.marker == text }.map(\.entry)
            let below = table.descendants(of: leader)
            return table.trees(of: marked + below).filter { $0.pid != leader }
        }
        let left = await sweep.kill()
        for entry in left { custody.log("process \(entry.identity) of \(marker) does not end") }
        return left
    }

    /// Kills what is left of the child, whose `leader` has ended, and removes the record.
    ///
    /// Where something does not end, the record is left to the next start.
    func finish(after leader: pid_t) async {
        if await sweep(under: leader).isEmpty { record.remove() }
    }

    /// Removes the record if the child has not even started.
    func forget() {
        guard let content = record.read(), content.guard == nil, content.program == nil else { return }
        record.remove()
    }
}
