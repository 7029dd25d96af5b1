import Foundation

/// Whole numbers that a process of ours leaves in a file for the one that started it.
enum Figures {
    /// Writes `numbers` to `path`, where they appear all at once.
    static func write(_ numbers: [Int64], to path: String) throws {
        try numbers.withUnsafeBytes { Data($0) }.write(to: URL(filePath: path), options: .atomic)
    }

    /// The numbers in `path`.
    static func read(_ path: String) throws -> [Int64] {
        let data = try Data(contentsOf: URL(filePath: path))
        return data.withUnsafeBytes { bytes in
            stride(from: 0, to: bytes.count, by: 8).map { bytes.loadUnaligned(fromByteOffset: $0, as: Int64.self) }
        }
    }
}
