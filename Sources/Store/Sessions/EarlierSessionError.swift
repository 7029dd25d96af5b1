import Foundation

/// What keeps a session file from being imported; goes on after the file's name.
public struct EarlierSessionError: Error, Hashable, Sendable, CustomStringConvertible {
    /// One line for people.
    public let description: String

    init(_ description: String) { self.description = description }

    /// What `error` says of `bytes`.
    init(_ error: DecodingError, in bytes: Data) {
        switch error {
        case .dataCorrupted(let context):
            self.init("is no JSON: \(Self.fault(in: bytes) ?? context.debugDescription)")
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            self.init("\(Self.place(context.codingPath)): \(context.debugDescription)")
        case .keyNotFound(let key, let context):
            self.init("\(Self.place(context.codingPath + [key])) is missing")
        @unknown default: self.init("is no session file: \(error)")
        }
    }

    /// What is wrong and at which line, which only the other parser tells.
    private static func fault(in bytes: Data) -> String? {
        do {
            _ = try JSONSerialization.jsonObject(with: bytes, options: .fragmentsAllowed)
            return nil
        } catch {
            guard let words = (error as NSError).userInfo["NSDebugDescription"] as? String else { return nil }
            let parts = words.split(separator: " around character ")
            guard parts.count == 2, let place = Int(parts[1].prefix { $0.isNumber }) else { return words }
            let before = bytes.prefix(place)
            let line = before.count { $0 == UInt8(ascii: "\n") } + 1
            let column = before.reversed().prefix { $0 != UInt8(ascii: "\n") }.count + 1
            return "\(parts[0].lowercased()) at line \(line), column \(column)"
        }
    }

    private static func place(_ path: [any CodingKey]) -> String {
        let place = path.reduce("") { place, key in
            key.intValue.map { "\(place)[\($0)]" } ?? (place.isEmpty ? key.stringValue : "\(place).\(key.stringValue)")
        }
        return place.isEmpty ? "the file" : place
    }
}
