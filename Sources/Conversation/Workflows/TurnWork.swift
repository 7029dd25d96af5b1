/// Works on one message: with the developer alone, or through the stages of plan mode.
struct TurnWork {
    let context: TurnContext
    private var result = WorkResult(ending: .failure(CancellationError()))

    init(_ context: TurnContext) { self.context = context }

    /// Returns what came of it, also when it was cancelled or failed.
    mutating func run() async -> WorkResult {
        do {
            result.ending = .success(try await work())
        } catch {
            result.ending = .failure(error)
        }
        return result
    }

    private mutating func work() async throws -> AgentResult {
        let mode = context.state.mode ?? context.configuration.mode
        if let missing = context.hub.profile(of: context.state).missing {
            let text = "the profile \(missing) is gone from the settings; \(context.profile.name) is used"
            try await context.emit(.notice(Notice(.warn, text)))
        }
        let (shell, note) = try await developer(in: mode)
        result.agent = shell.name
        if let note { try await context.emit(.notice(Notice(.warn, note))) }
        guard mode == .plan else { return try await workAlone(shell) }
        guard shell.playsRoles else {
            if await context.hub.tellsOfRoles(shell.name, in: context.state.id) {
                let text = "\(shell.name) cannot play the roles of plan mode; it gets messages as they are"
                try await context.emit(.notice(Notice(.info, text)))
            }
            return try await workAlone(shell)
        }
        return try await workInStages(shell)
    }

    // MARK: Agents

    /// The agent of the session, else of the profile's developer, else the first that answers.
    private func developer(in mode: Mode) async throws -> (shell: any AgentShell, note: String?) {
        var choice = context.state.agent
        if choice == .auto, let executor = context.profile.settings(of: .developer, in: mode).executor {
            choice = .named(executor)
        }
        return try await context.hub.directory.shell(for: choice, after: context.state.last?.agent)
    }

    /// The agent that plays `role`: its own, else the developer's.
    private func player(of role: Role, else developer: any AgentShell) async throws -> any AgentShell {
        guard role != .developer, let executor = context.profile.settings(of: role, in: .plan).executor else {
            return developer
        }
        let shell = try await context.hub.directory.shell(for: .named(executor), after: nil).shell
        guard shell.playsRoles else {
            throw AgentError(.unavailable, "\(executor), which is to be the \(role.rawValue), cannot play roles")
        }
        return shell
    }

    // MARK: Single

    private mutating func workAlone(_ shell: any AgentShell) async throws -> AgentResult {
        let settings = context.profile.settings(of: .developer, in: .single)
        let message = [settings.prompt, context.turn.text].compactMap(\.self).joined(separator: "\n\n")
        var stage = StageRunner(.developer, in: context)
        defer { (result.text, result.usage) = (stage.text, stage.usage) }
        let ending = try await stage.converse(with: shell, model: settings.model, message)
        return Self.checked(ending, stage.text, settings.prompt, .developer)
    }

    /// `ending`, unless the agent only repeated what it was told to be.
    private static func checked(
        _ ending: AgentResult, _ answer: String, _ prompt: String?, _ role: Role
    ) -> AgentResult {
        guard ending == .completed, PromptEcho.isIn(answer, of: prompt) else { return ending }
        let message = "the \(role.rawValue) repeated its prompt instead of answering"
        return .failed(TurnError(kind: .internal, message: message))
    }

    // MARK: Plan

    private mutating func workInStages(_ developer: any AgentShell) async throws -> AgentResult {
        let progress = context.turn.progress
        var workflow = PlanWorkflow(maxRounds: context.configuration.maxReviewRounds, after: progress)
        for case .answer(let answer) in progress.map(\.product) { result.text = answer }
        if let role = workflow.step.role, !progress.isEmpty {
            try await context.emit(.notice(Notice(.info, "goes on with the \(role.rawValue), where it was cut off")))
        }
        while let role = workflow.step.role {
            let round = workflow.step.round
            let shell = try await player(of: role, else: developer)
            let began = context.configuration.now(), before = result.usage
            let (ending, answer) = try await play(workflow, with: shell)
            guard ending == .completed else { return ending }
            let product = Self.product(of: role, answer)
            workflow.take(product, baseline: try await baseline(for: workflow, after: product))
            result.review = workflow.review
            let report = StageReport(
                role: role, round: round, product: product, next: workflow.step.role, agent: shell.name,
                usage: result.usage - before, durationMs: context.configuration.now().milliseconds(since: began),
                baseline: workflow.baseline)
            try await context.emit(.stage(context.turn.id, report))
        }
        if workflow.review?.result == .maxRoundsReached {
            result.text += "\n\nThe reviewer still wants changes after round \(workflow.review?.rounds ?? 0):\n"
            result.text += StageMessage.clipped(workflow.feedback, StageMessage.longestFeedback)
        }
        return .completed
    }

    /// Has the stage played that is due; returns how it ended and what was said last in it.
    private mutating func play(
        _ workflow: PlanWorkflow, with shell: any AgentShell
    ) async throws -> (AgentResult, answer: String) {
        guard let role = workflow.step.role else { return (.completed, "") }
        let settings = context.profile.settings(of: role, in: workflow.mode)
        let message = StageMessage(
            workflow.step, prompt: settings.prompt, request: context.turn.text,
            history: try await context.digest(items: StageMessage.historyItems),
            changes: try await changes(for: workflow)
        ).text
        var stage = StageRunner(
            role, in: context, prefix: "\(role.rawValue) \(workflow.step.round)/", follows: !result.text.isEmpty)
        let before = result.usage
        defer {
            result.usage = before + stage.usage
            if role == .developer { result.text = stage.text }
        }
        let ending: AgentResult
        if role.readsOnly {
            let request = TurnRequest(text: message, schema: AnswerSchema(of: role))
            ending = try await stage.look(with: shell, model: settings.model, request)
        } else {
            ending = try await stage.converse(with: shell, model: settings.model, message)
        }
        if case .failed(var error) = ending, role != .developer {
            error.message = "the \(role.rawValue) failed: \(error.message)"
            return (.failed(error), stage.text)
        }
        return (Self.checked(ending, stage.text, settings.prompt, role), stage.text)
    }

    private static func product(of role: Role, _ answer: String) -> StageReport.Product {
        switch role {
        case .selector: .route(StructuredAnswer.route(in: answer))
        case .planner: .plan(answer)
        case .developer: .answer(answer)
        case .reviewer: .verdict(StructuredAnswer.verdict(in: answer))
        }
    }

    // MARK: Changes

    /// The state of the files before the developer's first round, if somebody will ask for it.
    private func baseline(for workflow: PlanWorkflow, after product: StageReport.Product) async throws -> String? {
        guard case .plan = product, workflow.isReviewed, let changes = context.configuration.changes else { return nil }
        do {
            return try await changes.snapshot(of: context.workingDirectory)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            try await context.emit(.notice(Notice(.warn, "the reviewer will see no changes: \(error)")))
            return nil
        }
    }

    /// What the developer changed, for the reviewer; empty for the others.
    private func changes(for workflow: PlanWorkflow) async throws -> String {
        guard workflow.step.role == .reviewer else { return "" }
        guard let changes = context.configuration.changes, let baseline = workflow.baseline else {
            return "The changes are not known; look at the files."
        }
        do {
            return try await changes.changes(in: context.workingDirectory, since: baseline)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            try await context.emit(.notice(Notice(.warn, "the reviewer sees no changes: \(error)")))
            return "The changes could not be collected (\(error)); look at the files."
        }
    }
}
