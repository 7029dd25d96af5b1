/// Works on one message: with the developer alone, or through the stages of plan mode.
struct TurnWork {
    let context: TurnContext
    private var result = WorkResult(ending: .failure(CancellationError()))
    /// The agents of the turn, which are kept to its end, whatever the settings become.
    private var shells: [any AgentShell] = []

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
        if let missing = context.hub.profile(of: context.state).missing {
            let text = "the profile \(missing) is gone from the settings; \(context.profile.name) is used"
            try await context.emit(.notice(Notice(.warn, text)))
        }
        // What is under way is gone on with, whatever the mode is now; what the core itself says is for the developer.
        let mode = context.state.mode ?? context.configuration.mode
        let isPlanned = context.turn.origin != .system && (mode == .plan || !context.turn.progress.isEmpty)
        let shell = try await developer(in: mode)
        result.agent = shell.name
        let hasRoles = isPlanned && shell.playsRoles
        if let obstacle = context.hub.profiles.obstacle(to: context.profile, in: hasRoles ? .plan : .single) {
            return .failed(TurnError(kind: .refused, message: obstacle))
        }
        guard isPlanned else { return try await workAlone(shell, in: mode) }
        guard hasRoles else { return try await workWithoutRoles(shell) }
        return try await workInStages(shell)
    }

    // MARK: Agents

    /// The agent of the session, else of the profile's developer, else the first that answers.
    private mutating func developer(in mode: Mode) async throws -> any AgentShell {
        let choice = context.state.choice(of: context.profile, in: mode)
        let (shell, note) = try await context.hub.directory.shell(for: choice, after: context.state.last?.agent)
        shells.append(shell)
        if let note { try await context.emit(.notice(Notice(.warn, note))) }
        return shell
    }

    /// The agent that plays the role that is due: its own, else the developer's.
    private mutating func player(in workflow: PlanWorkflow, else developer: any AgentShell) async throws
        -> any AgentShell
    {
        guard let role = workflow.step.role else { return developer }
        guard role != .developer else {
            // Without a plan it is the developer of single mode, who may be another agent.
            return workflow.mode == .plan ? developer : try await self.developer(in: .single)
        }
        guard let executor = context.profile.settings(of: role, in: .plan).executor else { return developer }
        let shell = try await context.hub.directory.shell(for: .named(executor), after: nil).shell
        shells.append(shell)
        guard shell.playsRoles else {
            throw AgentError(.unavailable, "\(executor), which is to be the \(role.rawValue), cannot play roles")
        }
        return shell
    }

    // MARK: Single

    private mutating func workAlone(_ shell: any AgentShell, in mode: Mode) async throws -> AgentResult {
        let settings = context.profile.settings(of: .developer, in: mode)
        // The prompt of plan mode speaks of a plan.
        let prompt = mode == .plan || shell.answersByRules ? nil : settings.prompt
        let message = [prompt, context.turn.text].compactMap(\.self).joined(separator: "\n\n")
        var stage = StageRunner(.developer, in: context)
        defer { (result.text, result.usage) = (stage.text, stage.usage) }
        let ending = try await stage.converse(with: shell, model: settings.model, message)
        return Self.checked(ending, stage.text, prompt, .developer)
    }

    /// Works on a message of plan mode with an agent that knows no roles.
    private mutating func workWithoutRoles(_ shell: any AgentShell) async throws -> AgentResult {
        for case .answer(let answer) in context.turn.progress.map(\.product) {
            result.text = answer
            let message = """
                \(shell.name) cannot play the roles that are still due, and the developer is not asked to do its work \
                again. Check the result, then say how to go on.
                """
            return .failed(TurnError(kind: .process, message: message))
        }
        // Whoever had its last answer knows.
        if context.state.last?.agent != shell.name,
            await context.hub.tellsOfRoles(shell.name, in: context.state.id)
        {
            try await context.emit(.notice(Notice(.info, lackOfRoles(of: shell))))
        }
        return try await workAlone(shell, in: .single)
    }

    /// That `shell` plays no roles, for people.
    private func lackOfRoles(of shell: any AgentShell) -> String {
        guard shell.answersByRules else {
            return "\(shell.name) cannot play the roles of plan mode; it gets messages as they are"
        }
        let why = context.state.choice(of: context.profile, in: .plan) == .auto ? "no other agent can be had: " : ""
        return "\(why)the \(shell.name) agent answers, without plan mode"
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
        var workflow = PlanWorkflow(
            maxRounds: context.configuration.maxReviewRounds, after: context.turn.progress)
        try await takeUp(workflow)
        while let role = workflow.step.role {
            let round = workflow.step.round
            let shell = try await player(in: workflow, else: developer)
            if role == .developer { result.agent = shell.name }
            let began = context.configuration.now(), before = result.usage
            let (ending, answer) = try await play(workflow, with: shell)
            guard ending == .completed else { return ending }
            let product = Self.product(of: role, answer)
            try await context.hub.withdrawAll(of: context.turn.id, in: context.state.id)
            let isStopped = await context.control.leave()
            workflow.take(product, baseline: try await baseline(for: workflow, after: product))
            result.review = workflow.review
            let report = StageReport(
                role: role, round: round, product: product, next: workflow.step.role, agent: shell.name,
                usage: result.usage - before, durationMs: context.configuration.now().milliseconds(since: began),
                baseline: workflow.baseline)
            workflow.add(try await record(report))
            if isStopped, workflow.step != .done { throw CancellationError() }
            try await remark(workflow, product)
        }
        return .completed
    }

    /// Tells where a turn goes on that a crash has cut off, and what was said in it before.
    private mutating func takeUp(_ workflow: PlanWorkflow) async throws {
        guard !context.turn.progress.isEmpty else { return }
        // Nobody is due where the crash came after the last stage: what it came to is the answer.
        if let role = workflow.step.role {
            try await context.emit(.notice(Notice(.info, "goes on with the \(role.rawValue), where it was cut off")))
        }
        result.review = workflow.review
        for case .answer(let answer) in context.turn.progress.map(\.product) { result.text = answer }
        if !result.text.isEmpty { try await context.emit(.delta(context.turn.id, result.text)) }
    }

    /// Records `report` with what people put into the stage; returns that.
    private func record(_ report: StageReport) async throws -> [String] {
        let committed = try await context.hub.append(to: context.state.id) { [turn = context.turn] _, state in
            var report = report
            if report.role == .developer { report.additions = state.running?.steered.map(\.message.text) ?? [] }
            return [.stage(turn.id, report)]
        }
        guard case .stage(_, let report)? = committed.records.first?.event else { return [] }
        return report.additions
    }

    /// Says what people could not see from the stages.
    private func remark(_ workflow: PlanWorkflow, _ product: StageReport.Product) async throws {
        let text: String
        switch product {
        case .route(let route) where !route.isReadable:
            text = "the selector's answer could not be read, which counts as single"
        case .verdict(let verdict) where !verdict.isReadable:
            text = "the reviewer's answer could not be read, which counts as approved"
        case .verdict where workflow.review?.result == .maxRoundsReached:
            let feedback = StageMessage.clipped(
                context.configuration.redact(workflow.feedback), StageMessage.longestFeedback)
            text = "the reviewer still wants changes after round \(workflow.review?.rounds ?? 0): \(feedback)"
        case .route, .plan, .answer, .verdict:
            return
        }
        try await context.emit(.notice(Notice(.warn, text)))
    }

    /// Has the stage played that is due; returns how it ended and what was said last in it.
    private mutating func play(
        _ workflow: PlanWorkflow, with shell: any AgentShell
    ) async throws -> (AgentResult, answer: String) {
        guard let role = workflow.step.role else { return (.completed, "") }
        let settings = context.profile.settings(of: role, in: workflow.mode)
        let message = StageMessage(
            workflow.step, prompt: settings.prompt, request: context.turn.text,
            additions: workflow.additions, history: try await history(for: role),
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
            let work = role == .reviewer ? "the developer's work is there, and was not reviewed: " : ""
            error.message = "\(work)the \(role.rawValue) failed: \(error.message)"
            return (.failed(error), stage.text)
        }
        return (Self.checked(ending, stage.text, settings.prompt, role), stage.text)
    }

    /// What was said before, for those who did not take part in it; nothing for the others.
    private func history(for role: Role) async throws -> Digest {
        switch role {
        case .selector, .planner: try await context.digest(items: StageMessage.historyItems)
        case .developer, .reviewer: Digest([])
        }
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
