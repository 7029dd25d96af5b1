import Testing

@testable import Conversation

/// Who works when, without any agent.
@Suite struct PlanWorkflowTests {
    private let yes = StageReport.Product.verdict(Verdict(isApproved: true, feedback: "fine"))
    private let no = StageReport.Product.verdict(Verdict(isApproved: false, feedback: "more tests"))

    private func workflow(_ maxRounds: Int, _ products: [StageReport.Product]) -> PlanWorkflow {
        var workflow = PlanWorkflow(maxRounds: maxRounds)
        for product in products { workflow.take(product) }
        return workflow
    }

    private func planned(_ maxRounds: Int, _ products: StageReport.Product...) -> PlanWorkflow {
        workflow(maxRounds, [.route(Route(.plan)), .plan("P")] + products)
    }

    @Test func `the selector is first`() {
        #expect(workflow(3, []).step == .select)
    }

    @Test func `a message that needs no plan goes to the developer alone`() {
        let single = StageReport.Product.route(Route(.single))
        #expect(workflow(3, [single]).step == .develop(round: 1, plan: nil, feedback: nil))
        #expect(workflow(3, [single]).mode == .single)
        #expect(workflow(3, [single, .answer("A")]).step == .done)
        #expect(workflow(3, [single, .answer("A")]).review == nil)
    }

    @Test func `a plan is developed and then reviewed`() {
        #expect(workflow(3, [.route(Route(.plan))]).step == .plan)
        #expect(planned(3).step == .develop(round: 1, plan: "P", feedback: nil))
        #expect(planned(3, .answer("A")).step == .review(round: 1, plan: "P", answer: "A"))
    }

    @Test(arguments: 1...3) func `the first approval ends it`(round: Int) {
        var products: [StageReport.Product] = []
        for _ in 1..<round { products += [.answer("A"), no] }
        let done = workflow(3, [.route(Route(.plan)), .plan("P")] + products + [.answer("A"), yes])
        #expect(done.step == .done)
        #expect(done.review == Review(rounds: round, result: .approved))
    }

    @Test func `feedback goes to the next round`() {
        let second = planned(3, .answer("A"), no)
        #expect(second.step == .develop(round: 2, plan: "P", feedback: "more tests"))
        #expect(second.review == Review(rounds: 1, result: .needsChanges))
    }

    @Test(arguments: [1, 3, 10]) func `the last round ends it with the feedback`(maxRounds: Int) {
        let rounds = (1...maxRounds).flatMap { _ in [StageReport.Product.answer("A"), no] }
        let done = workflow(maxRounds, [.route(Route(.plan)), .plan("P")] + rounds)
        #expect(done.step == .done)
        #expect(done.review == Review(rounds: maxRounds, result: .maxRoundsReached))
        #expect(done.feedback == "more tests")
    }

    @Test func `without rounds nobody reviews`() {
        #expect(planned(0, .answer("A")).step == .done)
        #expect(planned(0, .answer("A")).review == nil)
        #expect(!planned(0).isReviewed)
    }

    @Test func `reports read back lead to the same place as live ones`() {
        let products: [StageReport.Product] = [.route(Route(.plan)), .plan("P"), .answer("A"), no, .answer("B"), yes]
        for count in 0...products.count {
            let live = workflow(3, Array(products.prefix(count)))
            let reports = products.prefix(count).map { StageReport(role: .planner, product: $0, agent: "a") }
            #expect(PlanWorkflow(maxRounds: 3, after: reports).step == live.step)
        }
    }

    @Test func `what does not belong to the stage changes nothing`() {
        #expect(planned(3, yes).step == .develop(round: 1, plan: "P", feedback: nil))
        #expect(workflow(3, [.answer("A"), .plan("P"), yes]).step == .select)
        #expect(planned(3, .answer("A"), yes, .answer("B"), no).step == .done)
    }

    @Test func `the first baseline counts`() {
        var workflow = planned(3)
        workflow.take(.answer("A"), baseline: "s1")
        workflow.take(no, baseline: "s2")
        #expect(workflow.baseline == "s1")
    }
}
