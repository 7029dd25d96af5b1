/// A press of a button that may be answered.
struct CallbackQuery: Sendable {
    let message: Int
    let chat: Int
    let time: Double
}
