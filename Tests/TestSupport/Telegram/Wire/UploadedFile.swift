/// A file in a form.
package struct UploadedFile: Hashable, Sendable {
    /// What the sender calls it.
    package var name: String
    /// The kind that the sender gave; empty when none.
    package var contentType = ""
    /// What is in it.
    package var bytes: [UInt8]
}
