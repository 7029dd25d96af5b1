import Testing

@testable import Processes

@Suite struct GuardPlanTests {
    private let start = ContinuousClock.now

    @Test func `while the core and the program live, it waits for as long as it takes`() {
        var plan = GuardPlan(grace: .seconds(2))
        for second in 0..<3 {
            #expect(plan.step(at: start + .seconds(second), isOrdered: false, isProgramOver: false) == .wait(nil))
        }
    }

    @Test func `an order asks once, waits for the grace, and then kills until patience ends`() {
        var plan = GuardPlan(grace: .seconds(2))
        func step(_ time: Duration) -> GuardPlan.Step {
            plan.step(at: start + time, isOrdered: true, isProgramOver: false)
        }
        #expect(step(.zero) == .ask)
        #expect(step(.zero) == .wait(.seconds(2)))
        #expect(step(.milliseconds(1500)) == .wait(.milliseconds(500)))
        var pauses: [Duration] = []
        for _ in 0..<9 {
            guard case .kill(let pause) = step(.seconds(2)) else { break }
            pauses.append(pause)
        }
        #expect(pauses == [5, 10, 20, 40, 80, 160, 320, 500, 500].map { .milliseconds($0) })
        #expect(step(.seconds(2) + GuardPlan.patience) == .leave)
    }

    @Test func `what is left of a program that ended by itself has only a moment`() {
        var plan = GuardPlan(grace: .seconds(20))
        #expect(plan.step(at: start, isOrdered: false, isProgramOver: true) == .ask)
        let moment = plan.step(at: start, isOrdered: false, isProgramOver: true)
        #expect(moment == .wait(GuardPlan.leftoverGrace))
        var short = GuardPlan(grace: .milliseconds(1))
        #expect(short.step(at: start, isOrdered: false, isProgramOver: true) == .ask)
        #expect(short.step(at: start, isOrdered: false, isProgramOver: true) == .wait(.milliseconds(1)))
    }

    @Test func `a program that ends in its grace does not shorten that of the others`() {
        var plan = GuardPlan(grace: .seconds(2))
        #expect(plan.step(at: start, isOrdered: true, isProgramOver: false) == .ask)
        #expect(plan.step(at: start, isOrdered: true, isProgramOver: true) == .wait(.seconds(2)))
    }
}
