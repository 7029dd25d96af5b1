/// The prompt texts, embedded in the program at build time.
public enum Prompt {
    /// What the offline agent says about itself: what it is, and how to get a real agent.
    public static var offline: String { text(PackageResources.offline_md) }

    private static func text(_ bytes: [UInt8]) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }
}
