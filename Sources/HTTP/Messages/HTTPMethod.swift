/// What a request asks the server to do.
public struct HTTPMethod: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// Its name, in capital letters for all that are in use.
    public var rawValue: String

    /// Creates a method.
    public init(rawValue: String) { self.rawValue = rawValue }
    /// Creates a method, as in `"PROPFIND"`.
    public init(stringLiteral value: String) { rawValue = value }

    /// Reads.
    public static let get = HTTPMethod(rawValue: "GET")
    /// Reads the header only.
    public static let head = HTTPMethod(rawValue: "HEAD")
    /// Acts.
    public static let post = HTTPMethod(rawValue: "POST")
    /// Replaces.
    public static let put = HTTPMethod(rawValue: "PUT")
    /// Changes.
    public static let patch = HTTPMethod(rawValue: "PATCH")
    /// Removes.
    public static let delete = HTTPMethod(rawValue: "DELETE")

    /// Its name.
    public var description: String { rawValue }
}
