import Foundation

/// The writing end of a program's input: takes everything at once and writes as fast as the program reads.
final class InputFeed: Sendable {
    private let descriptor: Int32
    private let queue = DispatchQueue(label: "input")
    private let isOpen = Watched(true)
    private let closesDescriptor: Bool

    /// Writes to `descriptor`, and closes it at the end when it belongs to the feed alone.
    init(_ descriptor: Int32, closesDescriptor: Bool = true) {
        self.descriptor = descriptor
        self.closesDescriptor = closesDescriptor
    }

    deinit { Self.end(isOpen, closing: closesDescriptor ? descriptor : nil) }

    func send(_ bytes: [UInt8]) {
        queue.async { [descriptor, isOpen] in
            var rest = bytes[...]
            while !rest.isEmpty, isOpen.value {
                let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
                if count < 0, errno == EINTR { continue }
                // The program has closed its input, or is gone: what else was meant for it does not matter.
                guard count > 0 else { return }
                rest = rest.dropFirst(count)
            }
        }
    }

    func close() {
        queue.async { [descriptor, isOpen, closesDescriptor] in
            Self.end(isOpen, closing: closesDescriptor ? descriptor : nil)
        }
    }

    private static func end(_ isOpen: Watched<Bool>, closing descriptor: Int32?) {
        guard isOpen.value else { return }
        isOpen.change { $0 = false }
        if let descriptor { Foundation.close(descriptor) }
    }
}
