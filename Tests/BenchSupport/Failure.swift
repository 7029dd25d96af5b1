/// Why nothing could be measured.
package struct Failure: Error, CustomStringConvertible {
    /// For people.
    package let description: String

    /// Creates it.
    package init(_ description: String) { self.description = description }
}
