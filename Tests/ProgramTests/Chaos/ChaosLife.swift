import Foundation
import TestSupport
import Testing

/// What is killed.
enum Victim: Hashable, CaseIterable, CustomStringConvertible {
    case program(Int32)
    case agent(Int32)
    case `guard`
    case programAndGuard

    static let allCases: [Victim] = [
        .program(SIGKILL), .program(SIGTERM), .agent(SIGKILL), .agent(SIGTERM), .guard, .programAndGuard,
    ]

    var description: String {
        switch self {
        case .program(let signal): "program by \(signal)"
        case .agent(let signal): "agent by \(signal)"
        case .guard: "guard by 9"
        case .programAndGuard: "program and guard by 9"
        }
    }

    /// Whether the program is meant.
    var isProgram: Bool {
        switch self {
        case .program, .programAndGuard: true
        case .agent, .guard: false
        }
    }
}

/// One run of the program from its start to its end.
final class ChaosLife {
    private let program: Program
    private let run: Run
    private var accepted: [String] = []

    /// Starts the program with three messages, each of which ends with `suffix`.
    init(of program: Program, round: Int, suffix: String = " with some words") throws {
        self.program = program
        run = try program.start("chat", "--json")
        run.send((1...3).map { "message \(round).\($0)\(suffix)\n" }.joined())
    }

    /// Lets it work for a moment of random length.
    func work(using random: inout SeededGenerator) async throws {
        for _ in 0..<Int.random(in: 1...50, using: &random) {
            guard let event = try await run.output.event() else { break }
            take(event)
            // Nothing more comes before the next input.
            if event.type == "turn.finished", accepted.count >= 3 { break }
        }
        // Not a wait for anything: the moment between two lines.
        try await Task.sleep(for: .microseconds(Int.random(in: 0...3000, using: &random)))
    }

    /// Kills `victim`; returns whether it was there to be killed.
    func kill(_ victim: Victim) -> Bool {
        let child = program.keptChildren.last
        switch victim {
        case .program(let signal):
            run.signal(signal)
            return true
        case .agent(let signal):
            guard let child else { return false }
            return Foundation.kill(child.program.pid, signal) == 0
        case .guard:
            guard let child else { return false }
            return Foundation.kill(child.guard.pid, SIGKILL) == 0
        case .programAndGuard:
            run.signal(SIGKILL)
            guard let child else { return false }
            return Foundation.kill(child.guard.pid, SIGKILL) == 0
        }
    }

    /// Waits for the end, which the end of the input brings when nothing else did; returns the messages it took.
    func end() async throws -> [String] {
        run.closeInput()
        try await run.ended(within: .seconds(60))
        while let event = try await run.output.event() { take(event) }
        return accepted
    }

    private func take(_ event: ScriptEvent) {
        if event.type == "turn.started", event.mine == true, let text = event.text, !accepted.contains(text) {
            accepted.append(text)
        }
    }
}
