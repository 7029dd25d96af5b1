import JSONRPC

extension RPCError {
    /// The refusal of a tool, with what gives it back.
    init(_ refusal: ToolRefusal) {
        let code =
            switch refusal.code {
            case .unknownTool: "unknownTool"
            case .invalidArguments: "invalidArguments"
            }
        self.init(
            code: .invalidParams, message: refusal.description,
            data: ["refusal": .string(code), "tool": .string(refusal.tool), "detail": .string(refusal.detail)])
    }
}

extension ToolRefusal {
    /// The refusal that was sent as `error`; nil for another error.
    init?(_ error: RPCError) {
        guard let code = error.data?["refusal"]?.text, let tool = error.data?["tool"]?.text else { return nil }
        self = code == "unknownTool" ? .unknown(tool) : .invalid(tool, error.data?["detail"]?.text ?? "")
    }
}
