extension Lane {
    /// What is left alone because its placeholder was refused.
    func resting(at now: Int64) -> [Int] {
        // What lies further ahead than it can is from before the clock was put back.
        let latest = now + Self.longestRefusal.milliseconds
        return waiting.indices.filter { waiting[$0].restingUntil > now && waiting[$0].restingUntil <= latest }
    }

    /// What goes first while those at `resting` are passed; nil for nothing.
    func first(onlyFinals: Bool, past resting: [Int]) -> Int? {
        let passed = Set(resting)
        let heads = Dictionary(resting.map { (waiting[$0].whole, $0) }, uniquingKeysWith: min)
        func isReady(_ index: Int) -> Bool {
            guard !passed.contains(index) else { return false }
            guard waiting[index].canBeBehind, let head = heads[waiting[index].whole] else { return true }
            return head > index
        }
        let final = waiting.indices.first { waiting[$0].slot.priority == .final && isReady($0) }
        guard onlyFinals else { return final ?? waiting.indices.first(where: isReady) }
        let halfDone = waiting.indices.first { index in
            guard case .placed = waiting[index].slot.stage else { return false }
            return waiting[index].slot.priority == .final && waiting[index].slot.shown == nil
        }
        return halfDone ?? final
    }

    /// When the first of those at `resting` goes on; nil for none.
    func restEnd(onlyFinals: Bool, of resting: [Int]) -> Int64? {
        resting.filter { waiting[$0].slot.priority == .final || !onlyFinals }.map { waiting[$0].restingUntil }.min()
    }
}

extension Lane.Waiting {
    /// Whether it must not stand above earlier parts of the same answer, as it has no place yet.
    ///
    /// What people have to hear of is no part of it.
    fileprivate var canBeBehind: Bool {
        if case .placed = slot.stage { return false }
        return slot.delivery == .filled
    }
}
