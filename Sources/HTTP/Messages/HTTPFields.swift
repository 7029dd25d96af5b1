/// Header fields in the order they were sent; names are compared without regard to case.
public struct HTTPFields: Hashable, Sendable {
    /// One line of a header.
    public struct Field: Hashable, Sendable, Discreet {
        /// The name as it was written.
        public var name: String
        /// The value, without the blanks around it.
        public var value: String

        /// Creates a field.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }

        /// The name alone.
        public var description: String { name }
    }

    /// All of them; a name may come more than once.
    public private(set) var all: [Field]

    /// Creates fields.
    public init(_ fields: [Field] = []) { all = fields }

    /// The first value of that name; setting it removes all others of the name.
    public subscript(name: String) -> String? {
        get { all.first { Self.isSame($0.name, name) }?.value }
        set {
            all.removeAll { Self.isSame($0.name, name) }
            if let newValue { add(name, newValue) }
        }
    }

    /// All values of that name.
    public func values(of name: String) -> [String] { all.filter { Self.isSame($0.name, name) }.map(\.value) }

    /// Adds a field and keeps those of the same name.
    public mutating func add(_ name: String, _ value: String) { all.append(Field(name, value)) }

    /// Letters beyond ASCII do not occur in names, so no others are folded.
    private static func isSame(_ left: String, _ right: String) -> Bool {
        left.utf8.elementsEqual(right.utf8) { fold($0) == fold($1) }
    }

    private static func fold(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
}

extension HTTPFields: ExpressibleByDictionaryLiteral {
    /// Creates fields, as in `["Accept": "application/json"]`.
    public init(dictionaryLiteral elements: (String, String)...) {
        self.init(elements.map { Field($0.0, $0.1) })
    }
}

extension HTTPFields: Discreet {
    /// How many there are; a value may be a secret.
    public var description: String { "\(all.count) fields" }
}
