import Conversation
import Testing

@testable import AgentShell

@Suite(.timeLimit(.minutes(1))) struct CommandTurnTests {
    @Test func `an answer in very many pieces is put together in no time`() async throws {
        let (turn, events) = CommandTurn.make("go")
        turn.start("agent")
        let count = 60_000, piece = [UInt8](repeating: UInt8(ascii: "x"), count: 100)
        let pieces = AsyncThrowingStream<[UInt8], any Error> { output in
            for _ in 0..<count { output.yield(piece) }
            output.finish()
        }
        let took = try await ContinuousClock().measure { _ = try await turn.read(pieces, limit: .max) }
        // Copied for each piece it would be 180 GB.
        #expect(took < .seconds(5))
        turn.finish(.completed)
        for try await case .message(let text) in events { #expect(text.utf8.count == count * piece.count) }
    }

    @Test func `a turn of a thread that is closed is over`() async throws {
        let turns = AsyncStream<CommandTurn>.makeStream()
        let thread = CommandThread(name: "agent", in: nil) { turn in
            turn.start("agent")
            turns.continuation.yield(turn)
        }
        let events = try await thread.run(TurnRequest(text: "go"))
        await thread.close()
        let turn = try #require(await turns.stream.first { _ in true })
        await turn.waitForStop()
        turn.finish(.completed)
        #expect(try await events.reduce(into: []) { $0.append($1) }.last == .finished(.interrupted))
    }
}
