/// A request of an agent as the core keeps it, and what became of it.
public struct Approval: Hashable, Sendable {
    /// Names an approval: the cursor under which it was asked.
    public struct ID: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible {
        /// The number of the cursor.
        public var rawValue: Int64

        /// Takes `rawValue` as it is.
        public init(rawValue: Int64) { self.rawValue = rawValue }

        /// Reads what people type, `a7` or `7`; nil for anything else.
        public init?(_ text: String) {
            let digits = text.lowercased().hasPrefix("a") ? text.dropFirst() : text[...]
            guard !digits.isEmpty, digits.allSatisfy(\.isNumber), let number = Int64(digits) else { return nil }
            rawValue = number
        }

        /// `a` and the number.
        public var description: String { "a\(rawValue)" }

        /// Whether `left` was asked earlier.
        public static func < (left: ID, right: ID) -> Bool { left.rawValue < right.rawValue }
    }

    /// What became of the question.
    public enum Status: String, Sendable {
        case asked, allowed, denied
    }

    /// What an answer rests on.
    public enum Basis: Hashable, Sendable {
        /// Somebody said so.
        case person
        /// The rule for what is answered unasked.
        case rule
        /// It was allowed for the session before.
        case session
        /// It was allowed before, when the agent could no longer hear it.
        case grant(ID)
        /// The turn ended, or the agent took its question back.
        case withdrawal
    }

    /// An answer.
    public struct Answer: Hashable, Sendable {
        /// What was answered.
        public var decision: ApprovalDecision
        /// Who answered and from where, for people, for example `ann (terminal)`.
        public var by: String
        /// What the answer rests on.
        public var basis: Basis
        /// The message by which the agent learns of it after a crash; nil when the agent heard it, or needs not to.
        public var note: Message.ID?
        /// Names the act of answering, as ``Message/key`` names that of handing in; nil where nobody does it twice.
        public var key: String?

        /// Creates an answer from its parts.
        public init(
            _ decision: ApprovalDecision, by: String, basis: Basis, note: Message.ID? = nil, key: String? = nil
        ) {
            self.decision = decision
            self.by = by
            self.basis = basis
            self.note = note
            self.key = key
        }
    }

    /// Which approval it is.
    public var id: ID
    /// The turn during which it was asked.
    public var turn: Turn.ID
    /// When it was asked.
    public var askedAt: Timestamp
    /// What is asked.
    public var request: ApprovalRequest
    /// What was answered; nil while nobody did.
    public var answer: Answer?

    /// Creates an approval from its parts.
    public init(id: ID, turn: Turn.ID, askedAt: Timestamp, request: ApprovalRequest, answer: Answer? = nil) {
        self.id = id
        self.turn = turn
        self.askedAt = askedAt
        self.request = request
        self.answer = answer
    }

    /// Whether it allows a repetition in the turn of its note.
    public var isGrant: Bool { answer?.note != nil && answer?.decision.isPositive == true && request.isRepeatable }

    /// How long ago it was asked, in milliseconds.
    func age(at now: Timestamp) -> Int64 { now.milliseconds(since: askedAt) }

    /// What became of the question.
    public var status: Status {
        guard let answer else { return .asked }
        return answer.decision.isPositive ? .allowed : .denied
    }
}
