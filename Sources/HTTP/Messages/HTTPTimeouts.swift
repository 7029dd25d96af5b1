/// How long the parts of an exchange may take; `nil` is for ever.
public struct HTTPTimeouts: Hashable, Sendable {
    /// Until the connection is there: name, TCP, proxy and TLS.
    ///
    /// libcurl takes 300 s when it is `nil`.
    public var connect: Duration?
    /// Without one byte in either direction, once the connection is there.
    ///
    /// A line of the header counts when it is whole. The time in which the reader of a stream does not want more is not counted.
    public var idle: Duration?
    /// From the start to the last byte of the answer.
    public var whole: Duration?

    /// Creates timeouts.
    public init(connect: Duration? = .seconds(10), idle: Duration? = .seconds(60), whole: Duration? = nil) {
        self.connect = connect
        self.idle = idle
        self.whole = whole
    }
}
