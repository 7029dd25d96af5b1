import Testing

@testable import Commands

@Suite struct PairingCodeTests {
    @Test func `a code is known again however it is typed`() throws {
        let code = try #require(PairingCode("7K2M-9Q0A"))
        #expect(code.text == "7K2M-9Q0A")
        #expect(PairingCode(" 7k2m 9qoa\n") == code)
        #expect(PairingCode("7K2M9QOA")?.hash(for: 1) == code.hash(for: 1))
    }

    @Test func `each code can be typed, and is another one`() {
        let codes = (0..<100).map { _ in PairingCode.random() }
        #expect(codes.allSatisfy { PairingCode($0.text) == $0 })
        #expect(Set(codes).count == codes.count)
    }

    @Test(arguments: ["", "7K2M", "7K2M-9QXAA", "7K2M-9QX!", "hello you", "7K2M-9QXU"])
    func `what cannot be a code is none`(typed: String) {
        #expect(PairingCode(typed) == nil)
    }

    @Test func `the hash tells neither the code nor the same to another bot`() throws {
        let code = try #require(PairingCode("7K2M-9QXA"))
        #expect(!code.hash(for: 1).uppercased().contains("7K2M"))
        #expect(code.hash(for: 1) != code.hash(for: 2))
    }

    @Test func `a code is not printed by accident`() throws {
        let code = try #require(PairingCode("7K2M-9QXA"))
        #expect("\(code) \(String(reflecting: code)) \([code])".contains("7K2M") == false)
        var dumped = ""
        dump(code, to: &dumped)
        #expect(!dumped.contains("7K2M"))
    }
}
