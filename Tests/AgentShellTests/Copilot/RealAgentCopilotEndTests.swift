import Conversation
import Foundation
import TestSupport
import Testing

@testable import AgentShell

/// The real Copilot stopped, killed, hung and doubled.
@Suite(.serialized, .enabled(if: RealCopilot.isThere, RealCopilot.reason), .timeLimit(.minutes(3)))
struct RealAgentCopilotEndTests {
    // MARK: Interrupts

    @Test func `an answer under way is stopped, and the next turn works`() async throws {
        let copilot = try await RealCopilot()
        try await copilot.run { shell in
            let thread = try await shell.open()
            for prompt in ["[[count: 400]] [[delay: 0.05]]", "[[wait: 60]]", "[[stall: 60]] [[say: one two]]"] {
                let earlier = try copilot.model.requests().count
                let stream = try await thread.run(TurnRequest(text: prompt))
                try await waiting { try copilot.model.requests().count > earlier }
                await thread.interrupt()
                #expect(try await stream.reduce(into: []) { $0.append($1) }.result == .interrupted, "\(prompt)")
                #expect(try await thread.events(of: "next").messages == ["You said: next"])
            }
        }
    }

    @Test func `a turn that is stopped at once is stopped, every time`() async throws {
        try await RealCopilot().run { shell in
            let thread = try await shell.open()
            for number in 1...10 {
                let stream = try await thread.run(TurnRequest(text: "\(number) [[count: 400]] [[delay: 0.05]]"))
                await thread.interrupt()
                #expect(try await stream.reduce(into: []) { $0.append($1) }.result == .interrupted)
            }
            #expect(try await thread.events(of: "next").messages == ["You said: next"])
        }
    }

    @Test func `a command under way is stopped with its processes`() async throws {
        let copilot = try await RealCopilot()
        try await copilot.run { shell in
            let thread = try await shell.open()
            let stream = try await thread.run(TurnRequest(text: "[[sh: echo $$ > pid; sleep 60]]"))
            var events: [AgentEvent] = []
            for try await event in stream {
                events.append(event)
                guard case .approval(let request) = event else { continue }
                await thread.answer(request.id, .allow)
                try await waiting { FileManager.default.contents(atPath: copilot.file("pid"))?.isEmpty == false }
                await thread.interrupt()
            }
            #expect(events.result == .interrupted)
            #expect(events.actions.map(\.status) == [.started, .failed])
            let pid = try #require(
                Int32(try String(contentsOfFile: copilot.file("pid"), encoding: .utf8).split(separator: "\n")[0]))
            try await waiting { !isAlive(pid) }
        }
    }

    @Test(arguments: ["[[sh: touch never]]", "[[sh: touch never]] [[and]] [[sh: touch never]]", "[[ask: which?]]"])
    func `a turn that waits for a person is stopped, and what it asked does not come back`(
        prompt: String
    ) async throws {
        let copilot = try await RealCopilot()
        let id = try await copilot.run { shell in
            let thread = try await shell.open()
            var events: [AgentEvent] = []
            for try await event in try await thread.run(TurnRequest(text: prompt)) {
                events.append(event)
                if case .approval = event { await thread.interrupt() }
            }
            #expect(events.result == .interrupted)
            #expect(try await thread.events(of: "next").messages == ["You said: next"])
            return thread.id
        }
        try await copilot.run { shell in
            let thread = try await shell.open(resume: id)
            #expect(thread.id == id)
            let events = try await thread.events(of: "again")
            #expect(events.messages == ["You said: again"])
            #expect(events.requests == [])
        }
        #expect(!copilot.exists("never"))
    }

    @Test func `when nobody reads on, the turn is stopped`() async throws {
        let copilot = try await RealCopilot()
        try await copilot.run { shell in
            let thread = try await shell.open()
            for try await event in try await thread.run(TurnRequest(text: "[[count: 400]] [[delay: 0.05]]")) {
                if case .delta = event { break }
            }
            #expect(try await thread.events(of: "next").messages == ["You said: next"])
        }
        #expect(try copilot.model.requests().count == 2)
    }

    // MARK: Deaths

    @Test func `killed in the middle of a turn, that has died, and the next process has the session`() async throws {
        let copilot = try await RealCopilot()
        try await copilot.run { shell in
            let thread = try await shell.open()
            #expect(try await thread.events(of: "the pineapple").result == .completed)
            // It writes a little later.
            let id = try #require(thread.id)
            let file = copilot.home.file("copilot/session-state/\(id)/events.jsonl")
            let answer = Data("You said: the pineapple".utf8)
            try await waiting { FileManager.default.contents(atPath: file)?.range(of: answer) != nil }
            let pid = try #require(await shell.status().pid)
            let error = await #expect(throws: AgentError.self) {
                for try await event in try await thread.run(TurnRequest(text: "[[count: 400]] [[delay: 0.05]]")) {
                    if case .delta = event { kill(pid, SIGKILL) }
                }
            }
            #expect(error?.code == .died)
            let again = try await shell.open(resume: id)
            #expect(again.id == id)
            #expect(try await again.events(of: "next").messages == ["You said: next"])
            #expect(await shell.status().pid != pid)
        }
        #expect(try copilot.model.requests().last?.conversation.contains("the pineapple") == true)
    }

    @Test func `a process that hangs is replaced`() async throws {
        var copilot = try await RealCopilot()
        copilot.options.silenceTimeout = .seconds(1)
        copilot.options.interruptTimeout = .seconds(1)
        try await copilot.run { shell in
            let thread = try await shell.open()
            let pid = try #require(await shell.status().pid)
            let error = await #expect(throws: AgentError.self) {
                for try await event in try await thread.run(TurnRequest(text: "[[count: 400]] [[delay: 0.05]]")) {
                    if case .delta = event { kill(pid, SIGSTOP) }
                }
            }
            #expect(error?.code == .died)
            try await waiting { !isAlive(pid) }
            #expect(try await shell.open().events(of: "next").messages == ["You said: next"])
        }
    }

    @Test func `a turn that is silent for long but worked on is left alone`() async throws {
        var copilot = try await RealCopilot()
        copilot.options.silenceTimeout = .milliseconds(200)
        try await copilot.run { shell in
            let thread = try await shell.open()
            #expect(try await thread.events(of: "[[wait: 2]] [[say: at last]]").messages == ["at last"])
            let slow = try await thread.events(of: "[[sh: sleep 2]] [[say: slept]]") { _ in
                try await Task.sleep(for: .seconds(1))
                return .allow
            }
            #expect(slow.messages == ["slept"])
        }
    }

    // MARK: Sessions

    @Test func `a session that another process has open is refused, and free after that one's end`() async throws {
        let copilot = try await RealCopilot()
        try await copilot.run { first in
            let thread = try await first.open()
            _ = try await thread.events(of: "hello")
            try await copilot.run { second in
                let error = await #expect(throws: AgentError.self) { try await second.open(resume: thread.id) }
                #expect(error?.code == .refused)
                #expect(error?.description.contains(thread.id ?? "-") == true)
                let other = try await second.open()
                #expect(other.id != thread.id)
            }
            let pid = try #require(await first.status().pid)
            try await copilot.run { second in
                try await second.prepare()
                kill(pid, SIGTERM)
                #expect(try await second.open(resume: thread.id).id == thread.id)
            }
        }
    }

    @Test func `neither the key nor what was said is in the log`() async throws {
        let log = RecordingLog()
        var copilot = try await RealCopilot()
        copilot.logger = log.logger
        try await copilot.run { shell in
            let thread = try await shell.open()
            _ = try await thread.events(of: "the pineapple [[http: 401]]")
            _ = try await thread.events(of: "[[sh: echo banana]]") { _ in .deny(reason: "coconut") }
        }
        #expect(!log.text.isEmpty)
        for secret in ["the-secret-key", "pineapple", "banana", "coconut"] { #expect(!log.text.contains(secret)) }
    }
}
