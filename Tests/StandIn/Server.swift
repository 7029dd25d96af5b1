#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One connection: answers requests as they come and moves the turns along in between, on one thread.
struct Server {
    private let settings: Settings
    private let log: TrafficLog
    private var threads: ThreadStore
    private var turns: [RunningTurn] = []
    private var isInitialized = false
    /// Of each thread that was opened, where it works and whether it asks before it acts.
    private var manners: [String: Directions.Manner] = [:]

    init(settings: Settings, log: TrafficLog) {
        self.settings = settings
        self.log = log
        threads = ThreadStore(directory: settings.state)
    }

    /// Serves until the input ends.
    mutating func run() {
        var input = LineReader()
        while true {
            let wait = turns.compactMap(\.due).min().map { max(.zero, ContinuousClock.now.duration(to: $0)) }
            switch input.next(within: wait) {
            case .ended:
                for turn in turns { turn.endCommand() }
                return
            case .line(let line):
                let time = TrafficLog.now()
                let message = JSON(line: line)
                log.noteInput(message, raw: line, at: time)
                // The real program ignores what it cannot read.
                if let message, settings.mode != .silent { receive(message) }
            case .nothing:
                advance()
            }
        }
    }

    // MARK: Requests

    private mutating func receive(_ message: JSON) {
        guard let id = message["id"] else { return }
        guard let method = message["method"]?.text else {
            if let index = turns.firstIndex(where: \.isAsking) { turns[index].resume(with: message) }
            return
        }
        let parameters = message["params"] ?? [:]
        guard isInitialized || method == "initialize" else { return refuse(id, "Not initialized") }
        switch method {
        case "initialize": initialize(id, parameters)
        case "thread/start": startThread(id, parameters)
        case "thread/resume": resumeThread(id, parameters)
        case "turn/start": startTurn(id, parameters)
        case "turn/interrupt": interrupt(id, parameters)
        case "turn/steer" where settings.mode == .directed: steer(id, parameters)
        default: refuse(id, "unknown method \(method)", code: -32601)
        }
    }

    private mutating func initialize(_ id: JSON, _ parameters: JSON) {
        guard !isInitialized else { return refuse(id, "Already initialized") }
        isInitialized = true
        let client = parameters["clientInfo"]?["name"]?.text ?? "unknown"
        answer(
            id,
            [
                "userAgent": "\(client)/0.163.0 (stand-in)", "codexHome": "/nonexistent", "platformFamily": "unix",
                "platformOs": "linux",
            ])
    }

    private mutating func startThread(_ id: JSON, _ parameters: JSON) {
        let manner = Directions.Manner(parameters)
        let name = threads.start(isKept: !manner.isEphemeral)
        manners[name] = manner
        let thread = threadValue(name, parameters)
        answer(id, ["thread": thread, "model": "stand-in"])
        Output.send(["method": "thread/started", "params": ["thread": thread]])
    }

    private mutating func resumeThread(_ id: JSON, _ parameters: JSON) {
        let thread = parameters["threadId"]?.text ?? ""
        guard threads.resume(thread) else { return refuse(id, "no rollout found for thread id \(thread)") }
        manners[thread] = Directions.Manner(parameters)
        answer(id, ["thread": threadValue(thread, parameters), "model": "stand-in"])
    }

    private func threadValue(_ id: String, _ parameters: JSON) -> JSON {
        [
            "id": .string(id), "preview": "", "ephemeral": parameters["ephemeral"] ?? false, "status": ["type": "idle"],
            "cwd": parameters["cwd"] ?? "/", "cliVersion": "0.163.0", "turns": [],
        ]
    }

    private mutating func startTurn(_ id: JSON, _ parameters: JSON) {
        let thread = parameters["threadId"]?.text ?? ""
        guard threads.contains(thread) else { return refuse(id, "thread not found: \(thread)") }
        let text = (parameters["input"]?.elements ?? []).compactMap { $0["text"]?.text }.joined(separator: "\n")
        // The real program takes a second turn of a thread as more text for the one that runs.
        if let running = turns.first(where: { $0.thread == thread }) {
            return answer(id, ["turn": ["id": .string(running.id), "items": [], "status": "inProgress"]])
        }
        if let directory = parameters["cwd"]?.text { manners[thread]?.directory = directory }
        do {
            try threads.append(text, to: thread)
            let mode = try modeOfTurn()
            begin(id, thread: thread, text: text, mode: mode)
        } catch {
            refuse(id, "the state directory failed: \(error)", code: -32603)
        }
    }

    private func modeOfTurn() throws -> Mode {
        guard settings.mode == .dieInTurn, settings.diesOnce else { return settings.mode }
        return try threads.claimDeath() ? .dieInTurn : .normal
    }

    private mutating func begin(_ id: JSON, thread: String, text: String, mode: Mode) {
        let steps: [Step]
        if mode == .directed, let manner = manners[thread] {
            steps = Directions(text, manner).steps
        } else {
            steps = Script(mode: mode, diesAfterAction: settings.diesAfterAction).steps(answering: text)
        }
        let turn = RunningTurn(id: UUID().uuidString.lowercased(), thread: thread, steps: steps)
        let started: JSON = ["id": .string(turn.id), "items": [], "status": "inProgress", "error": nil]
        answer(id, ["turn": started])
        notifyStatus(["type": "active", "activeFlags": []], of: thread)
        notify("turn/started", ["turn": started], in: turn)
        let content: JSON = ["type": "text", "text": .string(text)]
        let message: JSON = ["type": "userMessage", "id": "user_1", "content": [content]]
        notify("item/started", ["item": message], in: turn)
        notify("item/completed", ["item": message], in: turn)
        turns.append(turn)
    }

    private mutating func interrupt(_ id: JSON, _ parameters: JSON) {
        guard settings.mode != .deaf else { return }
        // Nothing to interrupt: the real program answers when the next turn ends, which nobody should wait for.
        guard let index = turns.firstIndex(where: { .string($0.id) == parameters["turnId"] }) else { return }
        answer(id, [:])
        turns[index].endCommand()
        finish(turns.remove(at: index), status: "interrupted", error: nil)
    }

    /// As the real program does, drops what the turn was about.
    private mutating func steer(_ id: JSON, _ parameters: JSON) {
        guard let index = turns.firstIndex(where: { .string($0.id) == parameters["expectedTurnId"] }),
            let manner = manners[turns[index].thread]
        else { return refuse(id, "no active turn to steer") }
        let text = (parameters["input"]?.elements ?? []).compactMap { $0["text"]?.text }.joined(separator: "\n")
        do {
            try threads.append(text, to: turns[index].thread)
            answer(id, ["turnId": .string(turns[index].id)])
            turns[index].turn(to: Directions(text, manner).steps)
        } catch {
            refuse(id, "the state directory failed: \(error)", code: -32603)
        }
    }

    // MARK: Turns

    /// Takes one step of every turn that is due.
    private mutating func advance() {
        for index in turns.indices {
            turns[index].lookAtCommand()
            turns[index].lookAtHold()
        }
        let now = ContinuousClock.now
        for id in turns.filter({ $0.due.map { $0 <= now } ?? false }).map(\.id) {
            guard let index = turns.firstIndex(where: { $0.id == id }) else { continue }
            take(turns[index].takeStep() ?? .completed, at: index)
        }
    }

    private mutating func take(_ step: Step, at index: Int) {
        let turn = turns[index]
        switch step {
        case .notify(let method, let parameters):
            notify(method, parameters, in: turn)
        case .raw(let line):
            Output.put(Array(line.utf8) + [0x0a])
        case .delta(let delta):
            turns[index].append(delta)
            notify("item/agentMessage/delta", ["itemId": "msg_1", "delta": .string(delta)], in: turn)
            turns[index].state = .ready(at: .now + settings.delay)
        case .ask(let method, let parameters, let then):
            turns[index].state = .asking(then: then)
            Output.send(["id": 0, "method": .string(method), "params": located(parameters, in: turn)])
        case .pause(let time):
            turns[index].state = .ready(at: .now + time)
        case .hold(let path):
            turns[index].state = .holding(path)
        case .run(let line, let then):
            turns[index].state = .running(Command(line, in: manners[turn.thread]?.directory ?? "/"), then: then)
        case .wait:
            turns[index].state = .waiting
        case .die(let status):
            exit(status)
        case .finish(let status, let error):
            finish(turns.remove(at: index), status: status, error: error)
        }
    }

    private func finish(_ turn: RunningTurn, status: String, error: JSON) {
        notifyStatus(["type": "idle"], of: turn.thread)
        let item: JSON = ["type": "agentMessage", "id": "msg_1", "text": .string(turn.text)]
        let items: [JSON] = status == "completed" ? [item] : []
        let ended: JSON = [
            "id": .string(turn.id), "items": .array(items), "itemsView": "summary", "status": .string(status),
            "error": error,
        ]
        let time = TrafficLog.now()
        notify("turn/completed", ["turn": ended], in: turn)
        log.noteCompletion(of: turn.id, status: status, at: time)
    }

    // MARK: Messages

    private func answer(_ id: JSON, _ result: JSON) {
        Output.send(["id": id, "result": result])
    }

    private func refuse(_ id: JSON, _ message: String, code: Int = -32600) {
        Output.send(["id": id, "error": ["code": .int(code), "message": .string(message)]])
    }

    private func notifyStatus(_ status: JSON, of thread: String) {
        Output.send([
            "method": "thread/status/changed", "params": ["threadId": .string(thread), "status": status],
        ])
    }

    private func notify(_ method: String, _ parameters: [String: JSON], in turn: RunningTurn) {
        Output.send(["method": .string(method), "params": located(parameters, in: turn)])
    }

    private func located(_ parameters: [String: JSON], in turn: RunningTurn) -> JSON {
        let place: [String: JSON] = ["threadId": .string(turn.thread), "turnId": .string(turn.id)]
        return .object(parameters.merging(place) { given, _ in given })
    }
}

extension RunningTurn {
    fileprivate var isAsking: Bool {
        guard case .asking = state else { return false }
        return true
    }
}
