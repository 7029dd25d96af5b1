import Conversation
import Foundation
import TestSupport
import Testing

@testable import AgentShell

extension Contract {
    /// On a thread for an errand an agent answers, but touches nothing, and forgets it afterwards.
    func onlyLooksOnErrands() async throws {
        let world = try await agent.world()
        try await withShell(in: world, asking: true) { shell in
            guard shell.playsRoles else {
                return note("an errand", doesNotApplyBecause: "it plays no roles")
            }
            for deed in [Deed.command("made"), .file("changed")] {
                let errand = try errand(deed, in: world)
                let thread = try await openErrand(shell)
                _ = try await play(errand.prompt, on: thread, deciding: .deny(reason: "you only read"))
                await thread.close()
            }
            #expect(world.place.text("made") == nil && world.place.text("changed") == nil)
            let errand = try errand(.say("the mango"), in: world)
            let thread = try await openErrand(shell)
            #expect(try await play(errand.prompt, on: thread).messages.last?.streamed == errand.answer)
            await thread.close()
            try await checkNextTurn(after: try await open(shell), of: shell, in: world)
            guard agent.memory == .thread else {
                return note("forgetting", doesNotApplyBecause: "it cannot be told to, and never goes on with a thread")
            }
            try await eventually("it is forgotten") { world.place.keeps("the mango") ? nil : () }
            #expect(try await open(shell, resume: thread.id).id != thread.id)
        }
    }

    /// An errand that is closed while it runs is over, and another thread is as good as ever.
    func endsErrandsThatAreClosed() async throws {
        let world = try await agent.world()
        try await withShell(in: world) { shell in
            guard shell.playsRoles, let talk = world.errand(.talk) else {
                return note("an errand that is closed", doesNotApplyBecause: "it plays no roles")
            }
            let thread = try await openErrand(shell)
            for try await event in try await thread.run(TurnRequest(text: talk.prompt)) {
                if case .delta = event { break }
            }
            await thread.interrupt()
            await thread.close()
            try await checkNextTurn(after: try await open(shell), of: shell, in: world)

            // Also when somebody reads on, and nobody has interrupted it.
            let read = try await openErrand(shell), pid = await shell.status().pid
            let story = try await play(talk, on: read, in: world, at: .streaming) { await read.close() }
            #expect(story.result == .interrupted, "\(story)")
            try await checkNextTurn(after: try await open(shell), of: shell, in: world)
            if agent.memory == .thread { #expect(await shell.status().pid == pid) }
        }
    }

    /// A thread works in the directory that it is opened for, also when that is another one than before.
    func worksInOtherPlaces() async throws {
        let world = try await agent.world()
        guard let errand = world.errand(.command("made")) else {
            return note("another directory", doesNotApplyBecause: "it only answers")
        }
        let place = world.place.file("elsewhere")
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        try await withShell(in: world) { shell in
            var request = ThreadRequest(session: .test, resume: nil, operations: NoOperations())
            request.workingDirectory = place
            let thread = try await shell.open(request)
            #expect(try await play(errand.prompt, on: thread).result == .completed)
            #expect(FileManager.default.fileExists(atPath: place + "/made"))
            #expect(world.place.text("made") == nil)

            request.resume = thread.id
            request.workingDirectory = nil
            let moved = try await shell.open(request)
            #expect(try await play(errand.prompt, on: moved).result == .completed)
            #expect(world.place.text("made") == "x\n")
            switch agent.memory {
            case .thread: #expect(moved.id == thread.id)
            case .digest: #expect(moved.id != thread.id)
            case .none: #expect(moved.id == nil)
            }
        }
    }

    private func openErrand(_ shell: any AgentShell) async throws -> any AgentThread {
        var request = ThreadRequest(session: .test, resume: nil, operations: NoOperations())
        request.purpose = .errand
        return try await shell.open(request)
    }
}
