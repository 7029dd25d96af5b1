import Testing

@testable import TelegramFront

@Suite struct FormTests {
    private static let marked = SlotContent(
        "text", entities: [BotEntity(type: "bold", offset: 0, length: 4)], buttons: [[.init("Go", carries: "g")]])
    private static let plain = SlotContent("text")
    private static let file = SlotContent("text", document: .init(fileName: "a.md", caption: "under it"))

    /// All forms that are tried when each is refused.
    private func forms(_ refusal: BotError.Refusal, _ content: SlotContent, isProgress: Bool = false) -> [Form] {
        Array(sequence(first: Form.full) { $0.following(refusal, for: content, isProgress: isProgress) })
    }

    @Test func `each form is tried that makes a difference`() {
        #expect(forms(.entities, Self.marked) == [.full, .plain, .bare, .document])
        #expect(forms(.other, Self.plain) == [.full, .document])
        #expect(forms(.other, Self.file) == [.full, .notice])
        #expect(forms(.tooLong, Self.marked) == [.full, .document])
        #expect(forms(.tooLong, Self.file) == [.full, .notice])
        #expect(forms(.entities, Self.marked, isProgress: true) == [.full, .plain, .bare])
        #expect(forms(.tooLong, Self.marked, isProgress: true) == [.full])
        #expect(forms(.other, Self.plain, isProgress: true) == [.full])
    }

    @Test func `a parcel holds what its form has`() {
        let go = ButtonRows(inline_keyboard: [[.init(text: "Go", callback_data: "g")]])
        #expect(Form.full.parcel(Self.marked) == .text("text", entities: Self.marked.entities, go))
        #expect(Form.plain.parcel(Self.marked) == .text("text", entities: nil, go))
        #expect(Form.bare.parcel(Self.marked) == .text("text", entities: nil, nil))
        let answer = BotUpload(name: "file", fileName: "answer.md", content: .bytes(Array("text".utf8)))
        #expect(Form.document.parcel(Self.marked) == .file(answer, caption: nil, nil))
        let named = BotUpload(name: "file", fileName: "a.md", content: .bytes(Array("text".utf8)))
        #expect(Form.full.parcel(Self.file) == .file(named, caption: "under it", nil))
        #expect(Form.notice.parcel(Self.file) == .text("under it\n📎 a.md", entities: nil, nil))
    }
}
