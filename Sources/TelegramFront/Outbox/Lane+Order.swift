extension Lane {
    /// What is left alone because its placeholder was refused.
    func resting(at now: Int64) -> [Int] {
        // What lies further ahead than it can is from before the clock was put back.
        let latest = now + Self.longestRefusal.milliseconds
        return waiting.indices.filter { waiting[$0].restingUntil > now && waiting[$0].restingUntil <= latest }
    }

    /// What goes first while those at `resting` are passed; nil for nothing.
    func first(onlyFinals: Bool, past resting: [Int]) -> Int? {
        func isReady(_ index: Int) -> Bool {
            !resting.contains { $0 == index || $0 < index && waiting[index].isBehind(waiting[$0]) }
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
    /// Whether it must not stand above `other`: it is a later part of the same answer, and has no place yet.
    ///
    /// What people have to hear of is no part of it.
    fileprivate func isBehind(_ other: Self) -> Bool {
        if case .placed = slot.stage { return false }
        return slot.delivery == .filled && SlotKey(slot.key).whole == SlotKey(other.slot.key).whole
    }
}
