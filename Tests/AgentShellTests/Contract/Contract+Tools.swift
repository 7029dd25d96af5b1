import Conversation
import Foundation
import TestSupport
import Testing

@testable import AgentShell

extension Contract {
    /// A conversation gets the tools of the core, in the next process, too; an errand does not.
    ///
    /// Nobody is asked whether a tool may be used: the core asks for itself. Tools that do not start are done without.
    func givesToolsToConversations() async throws {
        let world = try await agent.world(), stand = ToolStand(in: world.place.path)
        guard agent.can(.tools) else {
            if let heard = world.heard { return try await isTold(of: stand, in: world, heard) }
            return note("tools", doesNotApplyBecause: "it cannot be given any")
        }
        let kept = try await withShell(in: world, asking: true) { shell in
            let thread = try await open(shell, with: stand.server)
            try await useTools(of: stand, on: thread, in: world)
            return thread.id
        }
        #expect(stand.lines().first == "start from cm")
        try await withShell(in: world, asking: true) { shell in
            try await useTools(of: stand, on: try await open(shell, resume: kept, with: stand.server), in: world)
        }
        try await withShell(in: world, asking: true) { shell in
            try await doesErrandsWithout(stand, shell, in: world)
            var broken = stand.server
            broken.command = "/nowhere/cm"
            let thread = try await open(shell, with: broken), errand = try errand(.say("hello"), in: world)
            for _ in 1...2 {
                let story = try await play(errand.prompt, on: thread)
                #expect(story.result == .completed)
                #expect(story.messages.last?.streamed == errand.answer)
            }
        }
    }

    /// Has the agent call a tool that tells and one that changes something.
    private func useTools(of stand: ToolStand, on thread: any AgentThread, in world: ContractWorld) async throws {
        for (tool, arguments) in [("status", "{}"), ("notify", #"{"text":"x"}"#)] {
            let before = stand.calls(), errand = try errand(.tool(tool, arguments), in: world)
            let story = try await play(errand.prompt, on: thread, deciding: nil)
            #expect(story.result == .completed)
            #expect(story.requests == [], "somebody was asked")
            #expect(story.messages.last?.streamed == errand.answer)
            #expect(story.deeds.map(\.kind) == [.tool])
            #expect(story.deeds.map(\.title) == [errand.title])
            #expect(story.deeds.map(\.status) == [.completed])
            #expect(stand.calls() == before + ["call \(tool) \(arguments)"])
            let told = try world.told()
            #expect(told.contains(tool == "status" ? "the status is pineapple" : "told: x"))
            #expect(told.components(separatedBy: ToolStand.instructions).count == 2, "it is not told once of the tools")
        }
    }

    private func doesErrandsWithout(
        _ stand: ToolStand, _ shell: any AgentShell, in world: ContractWorld
    ) async throws {
        let before = stand.lines(), errand = try errand(.tool("status", "{}"), in: world)
        var request = ThreadRequest(session: .test, resume: nil, operations: NoOperations())
        request.purpose = .errand
        request.tools = stand.server
        let thread = try await shell.open(request)
        _ = try await play(errand.prompt, on: thread, deciding: .deny(reason: "you only read"))
        await thread.close()
        #expect(stand.lines() == before, "the tools were started for an errand")
        let told = try world.told()
        #expect(!told.contains(ToolStand.instructions) && !told.contains("the status is pineapple"))
    }

    /// What an agent is told that only pretends to have tools.
    private func isTold(
        of stand: ToolStand, in world: ContractWorld, _ heard: @Sendable () throws -> String
    ) async throws {
        let errand = try errand(.say("hello"), in: world)
        let kept = try await withShell(in: world) { shell in
            var request = ThreadRequest(session: .test, resume: nil, operations: NoOperations())
            request.purpose = .errand
            request.tools = stand.server
            let thread = try await shell.open(request)
            _ = try await play(errand.prompt, on: thread)
            await thread.close()
            #expect(try !heard().contains(stand.log))
            let conversation = try await open(shell, with: stand.server)
            _ = try await play(errand.prompt, on: conversation)
            #expect(try heard().components(separatedBy: stand.log).count == 2)
            #expect(try heard().contains(ToolStand.instructions))
            return conversation.id
        }
        try await withShell(in: world) { shell in
            _ = try await play(errand.prompt, on: try await open(shell, resume: kept, with: stand.server))
            #expect(try heard().components(separatedBy: stand.log).count == 3)
        }
    }

    private func open(
        _ shell: any AgentShell, resume: String? = nil, with tools: ToolServer
    ) async throws -> any AgentThread {
        var request = ThreadRequest(session: .test, resume: resume, operations: NoOperations())
        request.tools = tools
        return try await shell.open(request)
    }
}
