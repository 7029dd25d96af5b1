#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import Locking
import Logging

// What the peer says.
extension Connection {
    /// A typed request of the peer, to be served in a task of its own.
    struct ServedCall: Sendable {
        var id: RequestID
        var method: MethodTable.Method
        var message: IncomingMessage
        /// Ends when the peer gives up the request.
        var cancelled: AsyncStream<Never>
    }

    /// Gives up serving the peer's request `id`, whose answer is then not sent.
    ///
    /// For whoever understands the peer's notice of a cancellation.
    public func cancelServing(_ id: RequestID) {
        switch state.withLock({ $0.cancelServing(id) }) {
        case .task(let end)?: end.finish()
        case .reply?: layDown()
        case nil: break
        }
    }

    /// Handles `line` at once, except for a typed request, which it returns for a child task to serve.
    func receive(_ line: Data) -> ServedCall? {
        let read: InboundLine
        do {
            read = try decoder.decode(InboundLine.self, from: line)
        } catch {
            // A stray print on the peer's standard output must not end the conversation.
            logger.debug("left out a line that is no message", metadata: ["bytes": "\(line.count)"])
            if manners.answersBadInput { refuse(line) }
            return nil
        }
        if let notice = read.notice {
            take(notice, read.inbound)
            return nil
        }
        switch read.inbound {
        case .response where manners.answersBadInput && BadInputAnswer.isDue(toAnswer: line):
            refuse(line)
        case .response(let id):
            state.withLock { $0.answered(id) }?.resume(returning: line)
        case .failure(let id?, let error):
            state.withLock { $0.answered(id) }?.resume(throwing: error)
        case .failure(nil, let error):
            logger.debug("the peer reports an error of no request", metadata: ["code": "\(error.code.rawValue)"])
        case .notification(let method):
            take(IncomingMessage(method: method, line: line))
        case .request(let id, let method):
            return accept(IncomingMessage(method: method, line: line), id)
        }
        return nil
    }

    private func refuse(_ line: Data) {
        state.withLock { $0.takeOn() }
        do {
            queueAnswer(try BadInputAnswer(to: line).line())
        } catch {
            logger.warning("could not encode an answer to bad input", metadata: ["error": "\(type(of: error))"])
            layDown()
        }
    }

    private func take(_ message: IncomingMessage) {
        if methods.everythingElse(.notification(message)) { return }
        logger.trace("ignored a notification", metadata: ["method": "\(message.method)"])
    }

    private func take(_ notice: Result<@Sendable () -> Void, any Error>, _ inbound: Inbound) {
        switch notice {
        case .success(let take):
            take()
        case .failure(let error):
            logger.debug(
                "left out a notification that does not decode",
                metadata: ["message": "\(inbound)", "reason": "\(Outline.of(error))"])
        }
    }

    private func accept(_ message: IncomingMessage, _ id: RequestID) -> ServedCall? {
        if let method = methods.methods[message.method] {
            let (cancelled, signal) = AsyncStream<Never>.makeStream()
            state.withLock { $0.serve(id, endedBy: .task(signal)) }
            return ServedCall(id: id, method: method, message: message, cancelled: cancelled)
        }
        state.withLock { $0.serve(id, endedBy: .reply) }
        let reply = Reply(id: id, connection: self)
        if !methods.everythingElse(.request(message, reply)) {
            respond(to: id, message.method) { try reply.refuse(.methodNotFound(message.method)) }
        }
        return nil
    }

    /// Runs `call` until it answers or the peer gives it up.
    func serve(_ call: ServedCall) async {
        let answer = await withTaskGroup(of: Data?.self) { group in
            group.addTask { await self.run(call) }
            group.addTask {
                for await _ in call.cancelled {}
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
        if let answer, self.answer(call.id, with: answer) { return }
        layDown()
    }

    private func run(_ call: ServedCall) async -> Data? {
        do {
            return try await call.method(call.message)(call.id)
        } catch {
            let error = error as? RPCError ?? RPCError(code: .internalError, message: "\(error)")
            var line: Data?
            respond(to: call.id, call.message.method) { line = try Outbound<Empty>(id: call.id, error: error).line() }
            return line
        }
    }

    private func respond(to id: RequestID, _ method: String, _ body: () throws -> Void) {
        do {
            try body()
        } catch {
            // Only a number that JSON cannot write gets here.
            logger.warning("could not encode an answer", metadata: ["method": "\(method)", "id": "\(id)"])
        }
    }
}
