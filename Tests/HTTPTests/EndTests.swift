import Foundation
import HTTP
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct EndTests {
    @Test func `cancelling ends the exchange at once, and the connection with it`() async throws {
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        let server = try LoopbackServer { connection in
            _ = try connection.request()
            connection.untilClosed()
            end.yield()
        }
        let client = try CurlClient.direct()
        let task = Task { try await client.send(.post(server.url())) }
        _ = try await eventually("the request") { server.requests.first }
        let start = ContinuousClock.now
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        var ends = ended.makeAsyncIterator()
        let sawEnd: Void? = await ends.next()
        #expect(sawEnd != nil && .now - start < .seconds(5))
    }

    @Test func `a task that is cancelled already sends nothing`() async throws {
        let server = try LoopbackServer.answering { _ in answer() }
        let client = try CurlClient.direct()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await client.send(.post(server.url()))
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(server.connections == 0)
    }

    @Test func `cancelling at any moment ends each exchange once`() async throws {
        let server = try LoopbackServer.answering { _ in answer() }
        let client = try CurlClient.direct()
        let seed = Seed()
        var generator = seed.generator(0)
        let delays = (0..<300).map { _ in Int.random(in: 0...600, using: &generator) }
        let outcomes = await withTaskGroup(of: Bool?.self) { group in
            for delay in delays {
                group.addTask {
                    let task = Task { try await client.send(.post(server.url())) }
                    try? await Task.sleep(for: .microseconds(delay))
                    task.cancel()
                    switch await task.result {
                    case .success(let response): return response.status == 200
                    case .failure(let error): return error is CancellationError ? nil : false
                    }
                }
            }
            return await group.reduce(into: [Bool?]()) { $0.append($1) }
        }
        #expect(outcomes.count == delays.count && !outcomes.contains(false), "seed \(seed)")
        let response = try await client.send(.post(server.url()))
        #expect(response.status == 200)
    }

    @Test func `closing fails all exchanges, those under way and those to come`() async throws {
        let server = try LoopbackServer { connection in
            _ = try connection.request()
            connection.untilClosed()
        }
        let client = try CurlClient.direct()
        let errors = try await withThrowingTaskGroup(of: HTTPError?.self) { group in
            for _ in 0..<20 { group.addTask { await failure { try await client.send(.post(server.url())) } } }
            _ = try await eventually("all requests") { server.requests.count == 20 ? true : nil }
            client.close()
            return try await group.reduce(into: [HTTPError?]()) { $0.append($1) }
        }
        #expect(errors.count == 20 && errors.allSatisfy { $0?.code == .closed && $0?.mayHaveReached == true })
        let late = await failure { try await client.send(.post(server.url())) }
        #expect(late?.code == .closed && late?.mayHaveReached == false)
        client.close()
    }

    @Test func `the connections go with the last reference to the client`() async throws {
        let ends = Counter()
        let server = try LoopbackServer { connection in
            while try connection.request() != nil { try connection.write(answer()) }
            ends.add()
        }
        for _ in 0..<50 {
            let client = try CurlClient.direct()
            _ = try await client.send(.post(server.url()))
        }
        _ = try await eventually("the ends") { ends.count == 50 ? true : nil }
        #expect(server.connections == 50)
    }
}
