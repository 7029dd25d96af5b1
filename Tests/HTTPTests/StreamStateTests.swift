import Foundation
import TestSupport
import Testing

@testable import HTTP

@Suite struct StreamStateTests {
    private func offer(_ text: String, to state: inout StreamState) -> StreamState.Offer {
        Data(text.utf8).withUnsafeBytes { state.offer($0) }
    }

    @Test func `what was offered is taken in one piece, and then nothing is there`() {
        var state = StreamState()
        for text in ["a", "b", "c"] {
            guard case .taken = offer(text, to: &state) else { Issue.record("refused"); return }
        }
        guard case .bytes(Data("abc".utf8), letsGo: false) = state.take() else { Issue.record("not there"); return }
        guard case .wait = state.take() else { Issue.record("more"); return }
    }

    @Test func `a full buffer holds back, and lets go when it was taken`() {
        var state = StreamState()
        let large = String(repeating: "x", count: StreamState.highWater)
        guard case .taken = offer(large, to: &state) else { Issue.record("refused"); return }
        guard case .holdBack = offer("y", to: &state) else { Issue.record("taken"); return }
        guard case .bytes(Data(large.utf8), letsGo: true) = state.take() else { Issue.record("not let go"); return }
        guard case .taken = offer("y", to: &state) else { Issue.record("still full"); return }
        guard case .bytes(_, letsGo: false) = state.take() else { Issue.record("let go twice"); return }
    }

    @Test func `what is larger than the buffer is taken when it is empty`() {
        var state = StreamState()
        let large = String(repeating: "x", count: StreamState.highWater * 2)
        guard case .taken = offer(large, to: &state) else { Issue.record("refused"); return }
    }

    @Test func `the error comes after the bytes, once, and then the end`() {
        var state = StreamState()
        _ = offer("a", to: &state)
        let reader = state.end(CancellationError())
        guard case nil = reader else { Issue.record("somebody read"); return }
        guard case .bytes = state.take() else { Issue.record("lost"); return }
        guard case .failure = state.take() else { Issue.record("no error"); return }
        guard case .end = state.take() else { Issue.record("no end"); return }
    }

    @Test func `a reader who waits is told of the end`() async throws {
        let buffer = StreamBuffer()
        async let next = buffer.next(letGo: {}, cancel: {})
        buffer.end(nil)
        let chunk = try await next
        #expect(chunk == nil)
    }
}
