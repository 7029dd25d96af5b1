import JSONRPC
import Locking

/// Takes requests to the world, and brings back answers with the faults that were asked for.
///
/// A class with a lock, because all connections and the test share it.
final class TelegramDesk: Sendable {
    private let token: String
    private let world: Locked<TelegramWorld>
    let bell = Bell()

    init(token: String, world: TelegramWorld) {
        self.token = token
        self.world = Locked(world)
    }

    /// Looks at the world.
    func read<Result>(_ body: (TelegramWorld) throws -> Result) rethrows -> Result {
        try world.withLock { try body($0) }
    }

    /// Changes the world, and wakes whom that concerns.
    @discardableResult func change<Result>(_ body: (inout TelegramWorld) throws -> Result) rethrows -> Result {
        let (result, waking) = try world.withLock { world in
            let result = try body(&world)
            defer { world.waking = [] }
            return (result, world.waking)
        }
        for caller in waking { caller.wake() }
        bell.ring()
        return result
    }

    /// Answers a request; the server's handler.
    func answer(_ request: ServedRequest, _ caller: HTTPCaller) -> HTTPAnswer {
        let isFile = request.path.hasPrefix("/file/bot")
        guard isFile || request.path.hasPrefix("/bot") else { return refusal(404, "Not Found") }
        let rest = request.path.dropFirst(isFile ? "/file/bot".count : "/bot".count)
        guard let slash = rest.firstIndex(of: "/") else { return refusal(404, "Not Found") }
        guard URLEncoding.decoded(rest[..<slash].utf8, plusIsSpace: false) == token else {
            return refusal(401, "Unauthorized")
        }
        let name = String(rest[rest.index(after: slash)...])
        if isFile {
            return download(URLEncoding.decoded(name.utf8, plusIsSpace: false), caller)
        }
        guard ["GET", "POST"].contains(request.method) else { return refusal(405, "Method Not Allowed") }
        guard let parameters = CallParameters(request) else {
            return refusal(400, "Bad Request: can't parse the body")
        }
        return call(name, parameters, caller)
    }

    private func refusal(_ status: Int, _ reason: String) -> HTTPAnswer {
        .response(APIReply(result: .failure(APIFault(code: status, description: reason))).response)
    }

    private func call(_ method: String, _ parameters: CallParameters, _ caller: HTTPCaller) -> HTTPAnswer {
        let name = method.lowercased()
        if name == "getupdates" { return poll(method, parameters, caller) }
        let (reply, fault) = change { world -> (APIReply?, TelegramFault?) in
            let call = world.begin(method, parameters)
            let fault = world.faults.next(for: name)
            let result: Result<JSONValue, APIFault>
            switch fault {
            case let fault where fault?.isOnTheWay == true:
                world.end(call, .lost, fault: fault)
                return (nil, fault)
            case let fault where fault?.instead != nil: result = .failure(fault?.instead ?? .unauthorized)
            default:
                do throws(APIFault) { result = .success(try world.perform(name, parameters)) } catch {
                    result = .failure(error)
                }
            }
            world.end(call, RecordedCall.Outcome(result), fault: fault)
            return (APIReply(result: result), fault)
        }
        return FaultyAnswer.answer(reply, fault, to: caller)
    }
}

extension RecordedCall.Outcome {
    init(_ result: Result<JSONValue, APIFault>) {
        switch result {
        case .success(let value): self = .succeeded(value)
        case .failure(let fault): self = .failed(fault.code, fault.description)
        }
    }
}
