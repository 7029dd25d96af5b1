import Testing

@testable import Processes

@Suite struct MarkerTests {
    private static let core = ProcessIdentity(pid: 12, startTime: 345)

    @Test func `it survives being text`() throws {
        let marker = Marker(workspace: "project-1a", core: Self.core, number: 7)
        #expect("\(marker)" == "project-1a.12-345.7")
        let read = try #require(Marker("\(marker)"))
        #expect(read == marker && read.core == Self.core && read.workspace == "project-1a" && read.number == 7)
    }

    @Test(arguments: [
        "", ".", "..", "a.1-2", "a.1-2.3.4", ".1-2.3", "a.1.3", "a.1-2.", "a.1-.3", "a.-2.3", "a.0-2.3", "a.1-2-3.4",
        "a.01-2.3", "a.+1-2.3", "a.1-2.+3", "a.1-2.3\n",
    ])
    func `other text is none`(text: String) {
        #expect(Marker(text) == nil)
    }

    @Test func `any name of a workspace fits, and no workspace's prefix begins another's`() {
        #expect(Marker.workspace("my.project-1a") == "my_project-1a")
        #expect(Marker.workspace("a/b ç\n") == "a_b___")
        let marker = Marker(workspace: Marker.workspace("a.b"), core: Self.core, number: 1)
        #expect(Marker("\(marker)") == marker)
        #expect(!"\(marker)".hasPrefix(Marker.prefix(of: Marker.workspace("a"))))
    }
}
