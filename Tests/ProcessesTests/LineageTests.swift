import Testing

@testable import Processes

/// From whom a process comes, also while others come and go.
@Suite struct LineageTests {
    /// A process with its parent and its start.
    private static func entry(_ pid: Int32, under parent: Int32, start: UInt64 = 5) -> ProcessTable.Entry {
        ProcessTable.Entry(
            identity: ProcessIdentity(pid: pid, startTime: start), parent: parent, group: pid, session: pid,
            hasEnded: false, residentBytes: 0)
    }

    private func look(
        _ entries: [ProcessTable.Entry], markers: [Int32: String] = [:], foreign: Set<Int32> = []
    ) -> Lineage.Look {
        Lineage.Look(
            entry: { pid in entries.first { $0.pid == pid } }, marker: { markers[$0] },
            isForeign: { foreign.contains($0) })
    }

    private let family = [
        entry(1, under: 0, start: 1), entry(10, under: 1), entry(20, under: 10), entry(30, under: 20),
    ]

    @Test func `a process without a marked ancestor is nobody's child`() {
        #expect(Lineage.child(above: 30, in: look(family)) == nil)
    }

    @Test(arguments: [10, 20, 30] as [Int32]) func `a marker at any height tells`(pid: Int32) {
        let child = Lineage.child(above: 30, in: look(family, markers: [pid: "ws.1-2.3"]))
        #expect(child == ChildOfOurs(pid: pid, owner: "ws.1-2.3"))
    }

    @Test func `a process that is gone counts as a child`() {
        #expect(Lineage.child(above: 31, in: look(family)) != nil)
        #expect(Lineage.child(above: 0, in: look(family)) != nil)
    }

    @Test func `a parent that goes meanwhile counts as a child`() {
        let left = family.filter { $0.pid != 20 }
        #expect(Lineage.child(above: 30, in: look(left)) == ChildOfOurs(pid: 20, owner: nil))
    }

    @Test func `a parent of another user that may not be seen is the end of the line`() {
        let left = family.filter { $0.pid != 10 && $0.pid != 1 }
        #expect(Lineage.child(above: 30, in: look(left, foreign: [10])) == nil)
    }

    @Test func `a number that went to a younger process is no parent`() {
        let recycled = family.filter { $0.pid != 20 } + [Self.entry(20, under: 1, start: 9)]
        #expect(Lineage.child(above: 30, in: look(recycled)) == ChildOfOurs(pid: 20, owner: nil))
    }

    @Test func `this very process is of no agent's`() {
        // The tests themselves are not run by one.
        #expect(Lineage.childAboveThis() == nil)
    }
}
