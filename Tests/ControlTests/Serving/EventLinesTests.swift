import Conversation
import Foundation
import JSONRPC
import TestSupport
import Testing

@testable import Control

@Suite struct EventLinesTests {
    private static func record(_ number: Int, _ text: String = "t") -> Record {
        Record(
            cursor: Cursor(rawValue: 1), session: .test, time: Timestamp(millisecondsSince1970: 5),
            event: .delta(Turn.ID(rawValue: 1), "\(text) \(number)"))
    }

    private static func told(in line: Data) throws -> (Record?, Int) {
        struct Line: Decodable { var params: ControlNotice.Happened }
        let notice = try JSONDecoder().decode(Line.self, from: line).params
        return (notice.record, notice.subscription)
    }

    @Test func `each subscription is told its own records, whatever was told before`() throws {
        let lines = EventLines()
        // Each comes again when it is still there, and when it is gone.
        for number in [0, 0, 1, 0, 1, 2] + Array(3..<200) + [0, 1, 199, 198] {
            for subscription in [1, 2] {
                let record = Self.record(number)
                let told = try Self.told(in: lines.line(for: record, to: subscription))
                #expect(told == (record, subscription))
            }
        }
    }

    @Test func `a line is made once for all that are told it, and few are kept`() throws {
        let lines = EventLines()
        for number in 0..<1000 {
            _ = try lines.line(for: Self.record(number), to: 1)
            #expect(lines.count == min(number + 1, EventLines.limit))
            _ = try lines.line(for: Self.record(number), to: 1)
            #expect(lines.count == min(number + 1, EventLines.limit))
        }
    }

    @Test func `a long line is not kept`() throws {
        let lines = EventLines(), record = Self.record(1, String(repeating: "x", count: EventLines.longest))
        let told = try Self.told(in: lines.line(for: record, to: 1))
        #expect(told == (record, 1))
        #expect(lines.count == 0)
    }
}
