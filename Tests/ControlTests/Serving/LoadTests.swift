import Conversation
import Foundation
import JSONRPC
import TestSupport
import Testing

@testable import Control

@Suite(.timeLimit(.minutes(5))) struct LoadTests {
    /// Each is told in a passing event and a durable one.
    private static let steps = 300
    private static let quick = 20, slow = 8
    private static let whole = (0..<steps).map { "\($0)," }.joined()

    /// A turn of many small steps, which ends at the gate.
    private static func shell(before end: Gate) -> ScriptedShell {
        ScriptedShell { _ in
            [.event(.began)]
                + (0..<steps).flatMap { [.event(.delta("\($0),")), ScriptedStep.act("ls", id: "\($0)")] }
                + [.wait(end), .event(.message(whole)), .completed]
        }
    }

    @Test func `many clients, some of which do not read, miss nothing, and little is kept for them`() async throws {
        let reads = Gate(), end = Gate(), heard = Counter(), subscribed = Gate(isOpen: true)
        try await ControlWorld.run(Self.shell(before: end)) { world in
            try await withThrowingTaskGroup(of: (isSlow: Bool, told: Told).self) { group in
                for number in 0..<Self.quick + Self.slow {
                    let isSlow = number < Self.slow
                    group.addTask {
                        try await world.withPeer(holding: isSlow ? reads : Gate(isOpen: true)) { peer in
                            _ = try await peer.ask(RawPeer.greeting)
                            _ = try await peer.ask(
                                #"{"id":1,"method":"subscribe","params":{"session":"tty:default","after":{"cursor":0}}}"#
                            )
                            try await subscribed.pass()
                            let told = try await Told(from: peer) {
                                heard.add()
                                if heard.count >= Self.quick { reads.open() }
                                if heard.count >= Self.quick + Self.slow { end.open() }
                            }
                            return (isSlow, told)
                        }
                    }
                }
                await subscribed.reached(Self.quick + Self.slow)
                _ = try await world.hub.type("go")
                for try await (isSlow, told) in group {
                    #expect(told.text == Self.whole)
                    // The message, its turn and its thread, the steps, the end.
                    #expect(told.durable == Array(1...Int64(Self.steps + 4)))
                    // No more than waits in a stream and on its way can still come piece by piece, and half of that is text.
                    if isSlow { #expect(told.pieces <= EventFeed.limit / 2 + 10, "\(told.pieces)") }
                }
            }
        }
    }

    /// What a client was told in a turn.
    private struct Told: Sendable {
        var text = ""
        var pieces = 0
        /// The places of the durable events, as they came.
        var durable: [Int64] = []

        private struct Notice: Decodable {
            struct Params: Decodable {
                struct Event: Decodable {
                    var type: String
                    var text: String?
                }

                var cursor: Int64
                var event: Event
            }

            var params: Params
        }

        /// Reads to the end of the turn; `hasAll` is called when nothing but that is left.
        init(from peer: RawPeer, hasAll: () -> Void) async throws {
            let decoder = JSONDecoder()
            for try await line in peer.end.lines {
                let notice = try decoder.decode(Notice.self, from: line).params
                if notice.event.type == "delta" {
                    text += notice.event.text ?? ""
                    pieces += 1
                } else {
                    durable.append(notice.cursor)
                }
                if notice.event.type == "finished" { return }
                if durable.count == steps + 3, text.utf8.count == whole.utf8.count { hasAll() }
            }
            throw ConnectionError.closed
        }
    }
}
