/// What becomes of a request, down to the bytes.
package enum HTTPAnswer: Sendable {
    /// The client is answered.
    case response(ServedResponse)
    /// The client gets the first half of the answer, and then the end of the connection.
    case half(ServedResponse)
    /// The client gets the first half of the answer, and then nothing until it goes.
    case stalled(ServedResponse)
    /// The client gets one byte of the body after the other, with this time between them, as long as it takes them.
    case dripping(ServedResponse, every: Duration)
    /// The client gets the end of the connection and nothing else.
    case drop
}
