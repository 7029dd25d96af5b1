import Testing

@testable import TestSupport

@Suite struct MultipartFormTests {
    private let type = "multipart/form-data; boundary=\"b\""

    private func parsed(_ text: String) -> MultipartForm? { MultipartForm(Array(text.utf8), contentType: type) }

    @Test func `fields and files are told apart, and keep what looks like an end`() throws {
        let text =
            "--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n\r\n--\r\n-b\r\n"
            + "--b\r\nCONTENT-DISPOSITION: form-data; name=file; filename=\"a.md\"\r\nContent-Type: text/markdown\r\n\r\n"
            + "\r\n\r\n--\r\n--b--\r\n"
        let form = try #require(parsed(text))
        #expect(form.values == ["text": "\r\n--\r\n-b"])
        #expect(
            form.files == [
                "file": UploadedFile(name: "a.md", contentType: "text/markdown", bytes: Array("\r\n\r\n--".utf8))
            ])
    }

    @Test(arguments: [
        "", "--b", "--b-", "x--b\r\n", "--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx",
        "--b\r\nContent-Disposition: form-data; name=a\r\n--b--",
        "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--",
        "--b\r\nX: y\r\n\r\nx\r\n--b--", "--b\r\nnothing\r\n\r\nx\r\n--b--",
        "--bContent-Disposition: x\r\n\r\n\r\n--b--",
    ])
    func `what breaks the rules is no form`(text: String) {
        let form = parsed(text)
        #expect(form == nil)
    }

    @Test func `without a boundary there is no form`() {
        #expect(MultipartForm(Array("--b--".utf8), contentType: "multipart/form-data") == nil)
    }
}
