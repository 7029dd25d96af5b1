import Conversation
import JSONRPC

// What a client may call.
extension ServedClient {
    var methods: MethodTable {
        var methods = MethodTable()
        methods.on(ControlCall.Initialize.self) { try await self.initialize($0) }
        methods.on(ControlNotice.Cancel.self) { self.cancel($0.id) }
        methods.on(ControlNotice.Unsubscribe.self) { self.unsubscribe($0.subscription) }
        addConversation(to: &methods)
        addOperations(to: &methods)
        addSessions(to: &methods)
        addTools(to: &methods)
        return methods
    }

    private func initialize(_ call: ControlCall.Initialize) async throws -> ControlCall.Initialize.Response {
        let ours = SpokenVersions.ours, theirs = call.protocol
        guard let version = ours.highest(in: theirs) else {
            let older = theirs.max < ours.min ? "the client" : "the program that hosts the core"
            throw RPCError(
                code: .incompatible,
                message: "the core speaks protocol \(ours), the client \(theirs): update \(older)")
        }
        let access = try await access(call)
        try introduce(call.client, as: access)
        let configuration = server.configuration
        var response = ControlCall.Initialize.Response(
            protocol: version, server: .init(name: "cm", version: configuration.version), role: "person",
            host: .init(pid: configuration.host.pid, kind: configuration.host.kind.rawValue))
        switch access {
        case .person:
            response.settings = configuration.settings()
            response.standard = configuration.standard().map(StandardForm.init)
        case .agent(_, let reason): (response.role, response.reason) = ("agent", reason)
        }
        return response
    }

    private func access(_ call: ControlCall.Initialize) async throws -> Access {
        guard let key = call.key else {
            switch role {
            case .person: return .person
            case .agent(let reason): return .agent(nil, reason: reason)
            }
        }
        let session = call.session.map(SessionID.init(rawValue:))
        guard let session, await server.configuration.isKey(key, session) else {
            throw RPCError.notAllowed("the key is not that of the session")
        }
        // Only agents are given one.
        guard case .agent(let reason) = role else { return .agent(session, reason: "this is an agent's key") }
        return .agent(session, reason: reason)
    }

    /// Answers `R` for people, with what the core refuses as the error that says so.
    private func forPeople<R: Request & Decodable>(
        _ table: inout MethodTable, _: R.Type, _ body: @escaping @Sendable (R, ClientName) async throws -> R.Response
    ) where R.Response: Encodable {
        table.on(R.self) { call in
            let name = try self.person(for: R.method)
            do {
                return try await body(call, name)
            } catch let error as HubError {
                throw RPCError(error)
            }
        }
    }

    private func addConversation(to methods: inout MethodTable) {
        let core = core
        forPeople(&methods, ControlCall.Handle.self) { call, _ in
            HandledForm(try await core.handle(call.message.message, in: call.session.id))
        }
        forPeople(&methods, ControlCall.Submit.self) { call, _ in
            ReceiptForm(try await core.submit(call.message.message, to: call.session.id))
        }
        forPeople(&methods, ControlCall.Interrupt.self) { call, _ in
            .init(interrupted: try await core.interrupt(call.session.id, by: call.person?.message))
        }
        forPeople(&methods, ControlCall.InterruptTurn.self) { call, _ in
            let turn = Turn.ID(rawValue: call.turn)
            return .init(
                interrupted: try await core.interrupt(call.session.id, turn: turn, by: call.person?.message))
        }
        forPeople(&methods, ControlCall.Revise.self) { call, _ in
            RevisedForm(try await core.revise(call.key, to: call.text, in: call.session.id))
        }
        forPeople(&methods, ControlCall.Answer.self) { call, _ in
            guard let decision = call.decision.decision else {
                throw RPCError.invalid("decision.kind", of: ControlCall.Answer.method, "is no decision")
            }
            return AnsweredForm(
                try await core.answer(
                    Approval.ID(rawValue: call.approval), decision, from: call.person.message, in: call.session.id))
        }
        forPeople(&methods, ControlCall.Position.self) { call, _ in
            .init(cursor: try await core.position(of: call.session.id).rawValue)
        }
        forPeople(&methods, ControlCall.Greeting.self) { call, _ in
            GreetingForm(try await core.greeting(of: call.session.id))
        }
        forPeople(&methods, ControlCall.Approvals.self) { call, _ in
            .init(approvals: try await core.openApprovals(of: call.session.id).map(ApprovalForm.init))
        }
        forPeople(&methods, ControlCall.Names.self) { _, _ in NamesForm(try await core.names()) }
        forPeople(&methods, ControlCall.Subscribe.self) { call, _ in
            .init(subscription: try await self.subscribe(call))
        }
        forPeople(&methods, ControlCall.Unsubscribe.self) { call, _ in
            self.unsubscribe(call.subscription)
            return Empty()
        }
    }

    private func addOperations(to methods: inout MethodTable) {
        let core = core, configuration = server.configuration
        forPeople(&methods, ControlCall.Report.self) { call, _ in
            guard let query = call.query.query else {
                throw RPCError.invalid("query", of: ControlCall.Report.method, "is no question that this core knows")
            }
            return .init(text: await core.report(query, for: call.session.id))
        }
        forPeople(&methods, ControlCall.HandOver.self) { _, name in
            do {
                guard configuration.host.kind != .monitor else {
                    throw HandOverRefusal("process \(configuration.host.pid) is a monitor itself")
                }
                try await configuration.handOver(name)
                return Empty()
            } catch let refusal as HandOverRefusal {
                throw RPCError(code: .notHandedOver, message: refusal.reason)
            }
        }
    }
}

// MARK: Sessions

extension ServedClient {
    func addSessions(to methods: inout MethodTable) {
        let shelf = server.configuration.shelf
        @Sendable func refusing<Value: Sendable>(
            _ body: @Sendable (any SessionShelf) async throws -> Value
        ) async throws -> Value {
            guard let shelf else { throw RPCError(code: .notDone, message: "this core cannot do that") }
            do {
                return try await body(shelf)
            } catch let refusal as ShelfRefusal {
                throw RPCError(code: .notDone, message: refusal.description)
            }
        }
        forPeople(&methods, ControlCall.DeleteSession.self) { call, _ in
            try await refusing { try await $0.delete(call.session.id, force: call.force ?? false) }
            return Empty()
        }
        forPeople(&methods, ControlCall.ImportSession.self) { call, _ in
            let taken = try await refusing { try await $0.take(call.file) }
            return .init(text: taken.text, warnings: taken.warnings)
        }
    }
}

// MARK: Tools

extension ServedClient {
    private func addTools(to methods: inout MethodTable) {
        methods.on(ControlCall.ListTools.self) { call in
            .init(tools: try await self.tools(of: call.session, for: ControlCall.ListTools.method).tools())
        }
        methods.on(ControlCall.CallTool.self) { call in
            let source = try self.tools(of: call.session, for: ControlCall.CallTool.method)
            do {
                return try await source.call(call.name, call.arguments ?? [:])
            } catch let refusal as ToolRefusal {
                throw RPCError(refusal)
            } catch let error as HubError {
                throw RPCError(error)
            }
        }
    }

    /// The tools of `session`, or of the client's own.
    private func tools(of session: SessionName?, for method: String) throws -> any ToolSource {
        switch try introduced().access {
        case .person:
            guard let session else { throw RPCError.invalid("session", of: method, "is missing") }
            return server.configuration.tools(session.id)
        case .agent(nil, let reason):
            throw RPCError.notAllowed(
                "\(reason), and it named no session with its key: agents may only call the tools of their own session")
        case .agent(let own?, let reason):
            guard session == nil || session?.id == own else {
                throw RPCError.notAllowed(
                    "\(reason), and its session is another: agents may only call the tools of their own session")
            }
            return server.configuration.tools(own)
        }
    }
}
