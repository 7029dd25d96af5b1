extension Connection {
    /// How a connection treats a peer that may be faulty, slow or greedy.
    public struct Manners: Hashable, Sendable {
        /// Whether a line that is no message is answered with an error whose `id` is null.
        ///
        /// If not, it is left out: an agent may print to its output what is none. A line past the limit of the
        /// transport's framer ends the conversation in both cases, here after such an answer.
        public var answersBadInput: Bool
        /// The most that the peer may have under way at once; nothing more is read until one has gone out.
        ///
        /// What counts is each request until its answer was written, and each line that is no message likewise. While
        /// nothing is read, the peer's end is not seen either.
        public var requestLimit: Int

        /// Leaves out bad input and takes any number of requests, unless told otherwise.
        public init(answersBadInput: Bool = false, requestLimit: Int = .max) {
            self.answersBadInput = answersBadInput
            self.requestLimit = max(1, requestLimit)
        }
    }
}
