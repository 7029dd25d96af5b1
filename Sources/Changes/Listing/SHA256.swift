/// SHA-256, as FIPS 180-4 has it.
///
/// Written here because no library that the program links has one on all systems, and contents have to be told apart
/// for good: a shorter hash that can be made to collide would let a change pass unseen.
public struct SHA256 {
    private var state: [UInt32] = [
        0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A, 0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19,
    ]

    private init() {}

    /// The hash of `bytes`, as 64 digits.
    public static func hex(of bytes: [UInt8]) -> String {
        var hash = SHA256()
        var padded = Array(bytes[(bytes.count & ~63)...]) + [0x80]
        padded += [UInt8](repeating: 0, count: (120 - padded.count % 64) % 64)
        padded += (0..<8).reversed().map { UInt8(truncatingIfNeeded: (bytes.count << 3) >> ($0 * 8)) }
        bytes.withUnsafeBufferPointer { hash.take($0) }
        padded.withUnsafeBufferPointer { hash.take($0) }
        return hash.state.map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 8 - digits.count) + digits
        }.joined()
    }

    /// Takes all whole blocks of `bytes`.
    private mutating func take(_ bytes: UnsafeBufferPointer<UInt8>) {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
            for start in stride(from: 0, to: bytes.count & ~63, by: 64) {
                for word in 0..<16 {
                    let at = start + word * 4
                    let high = UInt32(bytes[at]) << 24 | UInt32(bytes[at + 1]) << 16
                    schedule[word] = high | UInt32(bytes[at + 2]) << 8 | UInt32(bytes[at + 3])
                }
                for word in 16..<64 {
                    let (early, late) = (schedule[word - 15], schedule[word - 2])
                    let first = Self.turn(early, 7) ^ Self.turn(early, 18) ^ (early >> 3)
                    let second = Self.turn(late, 17) ^ Self.turn(late, 19) ^ (late >> 10)
                    schedule[word] = schedule[word - 16] &+ first &+ schedule[word - 7] &+ second
                }
                mix(schedule)
            }
        }
    }

    private mutating func mix(_ schedule: UnsafeMutableBufferPointer<UInt32>) {
        var (a, b, c, d) = (state[0], state[1], state[2], state[3])
        var (e, f, g, h) = (state[4], state[5], state[6], state[7])
        Self.constants.withUnsafeBufferPointer { constants in
            for round in 0..<64 {
                let first = Self.turn(e, 6) ^ Self.turn(e, 11) ^ Self.turn(e, 25)
                let sum = h &+ first &+ ((e & f) ^ (~e & g)) &+ constants[round] &+ schedule[round]
                let second = Self.turn(a, 2) ^ Self.turn(a, 13) ^ Self.turn(a, 22)
                let other = second &+ ((a & b) ^ (a & c) ^ (b & c))
                (h, g, f, e, d, c, b, a) = (g, f, e, d &+ sum, c, b, a, sum &+ other)
            }
        }
        for (place, word) in [a, b, c, d, e, f, g, h].enumerated() { state[place] &+= word }
    }

    private static func turn(_ word: UInt32, _ count: UInt32) -> UInt32 { word >> count | word << (32 - count) }

    /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
    private static let constants: [UInt32] = [
        0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
        0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
        0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
        0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
        0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
        0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
        0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
        0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
    ]
}
