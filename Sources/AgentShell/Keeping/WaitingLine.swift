import Locking

/// Those who wait for a value, in the order in which they came.
///
/// Each has a number before he comes, because his cancellation may come first.
struct WaitingLine<Wish: Sendable, Value: Sendable>: Sendable {
    typealias Waiter = CheckedContinuation<Value, any Error>

    /// What becomes of one who comes.
    enum Reception {
        case answer(Result<Value, any Error>)
        /// Somebody is to make a value, for which he waits.
        case start
        case wait
    }

    private var waiting: [(id: Int, wish: Wish, waiter: Waiter)] = []
    /// Handed out and not here yet; true for those cancelled meanwhile.
    private var reserved: [Int: Bool] = [:]
    private var lastID = 0

    var isEmpty: Bool { waiting.isEmpty }

    /// What they wait for.
    var wishes: [Wish] { waiting.map(\.wish) }

    /// Takes out those who are due, asked in order, to be told.
    mutating func take(where isDue: (Wish) -> Bool = { _ in true }) -> [Waiter] {
        var due: [Waiter] = []
        waiting.removeAll { place in
            guard isDue(place.wish) else { return false }
            due.append(place.waiter)
            return true
        }
        return due
    }

    // MARK: One who waits

    fileprivate mutating func reserve() -> Int {
        lastID += 1
        reserved[lastID] = false
        return lastID
    }

    /// Returns whether he of `id` was not cancelled before he came.
    fileprivate mutating func admit(_ id: Int) -> Bool { reserved.removeValue(forKey: id) == false }

    fileprivate mutating func append(_ id: Int, _ wish: Wish, _ waiter: Waiter) { waiting.append((id, wish, waiter)) }

    /// The waiter to resume, when he is here; one who comes later is not admitted.
    fileprivate mutating func cancel(_ id: Int) -> Waiter? {
        if reserved[id] != nil { reserved[id] = true }
        guard let index = waiting.firstIndex(where: { $0.id == id }) else { return nil }
        return waiting.remove(at: index).waiter
    }
}

/// State of something that people wait for.
protocol WaitingRoom: Sendable {
    associatedtype Wish: Sendable
    associatedtype Value: Sendable
    typealias Line = WaitingLine<Wish, Value>

    var line: Line { get set }

    /// Decides what becomes of one who comes with `wish`.
    mutating func receive(_ wish: Wish) -> Line.Reception
}

extension Locked where State: WaitingRoom {
    /// Waits until somebody takes the waiter out of the line and resumes him; throws `CancellationError` on cancellation.
    ///
    /// `start` has a value made, where it comes to that, and returns at once.
    func wait(for wish: State.Wish, start: () -> Void) async throws -> State.Value {
        let id = withLock { $0.line.reserve() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { waiter in
                let reception = withLock { state -> State.Line.Reception in
                    guard state.line.admit(id) else { return .answer(.failure(CancellationError())) }
                    let reception = state.receive(wish)
                    switch reception {
                    case .answer: break
                    case .start, .wait: state.line.append(id, wish, waiter)
                    }
                    return reception
                }
                switch reception {
                case .answer(let result): waiter.resume(with: result)
                case .start: start()
                case .wait: break
                }
            }
        } onCancel: {
            let waiter = withLock { $0.line.cancel(id) }
            waiter?.resume(throwing: CancellationError())
        }
    }
}
