import HTTP
import Testing

@Suite struct HTTPFieldsTests {
    @Test func `a name is found in any case, and only ASCII has cases`() {
        let fields: HTTPFields = ["Content-Type": "a", "Å": "b"]
        #expect(fields["content-TYPE"] == "a" && fields["Content_Type"] == nil)
        #expect(fields["Å"] == "b" && fields["å"] == nil)
    }

    @Test func `setting replaces all of the name, adding keeps them`() {
        var fields: HTTPFields = ["A": "1", "B": "2"]
        fields.add("a", "3")
        #expect(fields.values(of: "A") == ["1", "3"])
        fields["a"] = "4"
        #expect(fields.values(of: "A") == ["4"] && fields.all.map(\.name) == ["B", "a"])
        fields["a"] = nil
        #expect(fields.all.map(\.name) == ["B"])
    }
}
