/// Turns that were stopped or failed, as `copilot` 1.0.57 reported them.
///
/// Events and members that say nothing here are left out; ids and paths are replaced.
extension CopilotTranscript {
    /// A command that runs when the turn is stopped.
    static let stoppedCommand = #"""
        {"type":"user.message","data":{"content":"[[sh: sleep 30]]","interactionId":"00000001-0000-4000-8000-00000\#
        0000000"}}
        {"type":"assistant.turn_start","data":{"turnId":"0","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.usage","data":{"model":"fake-model","inputTokens":100,"outputTokens":20},\#
        "ephemeral":true}
        {"type":"assistant.message","data":{"messageId":"00000002-0000-4000-8000-000000000000","content":"",\#
        "toolRequests":[{"toolCallId":"call_55428879db13","name":"bash","arguments":{"command":"sleep 30",\#
        "description":"run a command"}}],"interactionId":"00000001-0000-4000-8000-000000000000","turnId":"0"}}
        {"type":"tool.execution_start","data":{"toolCallId":"call_55428879db13","toolName":"bash",\#
        "arguments":{"command":"sleep 30","description":"run a command"},"turnId":"0"}}
        {"type":"permission.requested","data":{"requestId":"00000003-0000-4000-8000-000000000000",\#
        "permissionRequest":{"kind":"shell","toolCallId":"call_55428879db13","fullCommandText":"sleep 30",\#
        "intention":"run a command","commands":[{"identifier":"sleep 30","readOnly":false}],"possiblePaths":[],\#
        "possibleUrls":[],"hasWriteFileRedirection":false,"canOfferSessionApproval":false},\#
        "promptRequest":{"kind":"commands","fullCommandText":"sleep 30","intention":"run a command",\#
        "commandIdentifiers":["sleep 30"],"canOfferSessionApproval":false,"toolCallId":"call_55428879db13"}}}
        {"type":"permission.completed","data":{"requestId":"00000003-0000-4000-8000-000000000000",\#
        "toolCallId":"call_55428879db13","result":{"kind":"approved"}}}
        {"type":"abort","data":{"reason":"user_initiated"}}
        {"type":"session.info","data":{"infoType":"cancellation","message":"Operation cancelled by user"},\#
        "ephemeral":true}
        {"type":"session.idle","data":{"aborted":true},"ephemeral":true}
        """#

    /// Stopped while it speaks, and the turn after that.
    static let stoppedAnswer = #"""
        {"type":"user.message","data":{"content":"[[count: 400]] [[delay: 0.05]]",\#
        "interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.turn_start","data":{"turnId":"0","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.message_start","data":{"messageId":"00000002-0000-4000-8000-000000000000"},\#
        "ephemeral":true}
        {"type":"assistant.message_delta","data":{"messageId":"00000002-0000-4000-8000-000000000000",\#
        "deltaContent":"You"},"ephemeral":true}
        {"type":"abort","data":{"reason":"user_initiated"}}
        {"type":"session.info","data":{"infoType":"cancellation","message":"Operation cancelled by user"},\#
        "ephemeral":true}
        {"type":"session.idle","data":{"aborted":true},"ephemeral":true}
        {"type":"user.message","data":{"content":"again","interactionId":"00000003-0000-4000-8000-000000000000"}}
        {"type":"assistant.turn_start","data":{"turnId":"0","interactionId":"00000003-0000-4000-8000-000000000000"}}
        {"type":"assistant.message_start","data":{"messageId":"00000004-0000-4000-8000-000000000000"},\#
        "ephemeral":true}
        {"type":"assistant.message_delta","data":{"messageId":"00000004-0000-4000-8000-000000000000",\#
        "deltaContent":"You"},"ephemeral":true}
        {"type":"assistant.message_delta","data":{"messageId":"00000004-0000-4000-8000-000000000000",\#
        "deltaContent":" said:"},"ephemeral":true}
        {"type":"assistant.message_delta","data":{"messageId":"00000004-0000-4000-8000-000000000000",\#
        "deltaContent":" again"},"ephemeral":true}
        {"type":"assistant.usage","data":{"model":"fake-model","inputTokens":100,"outputTokens":20},\#
        "ephemeral":true}
        {"type":"assistant.message","data":{"messageId":"00000004-0000-4000-8000-000000000000","content":"You \#
        said: again","toolRequests":[],"interactionId":"00000003-0000-4000-8000-000000000000","turnId":"0"}}
        {"type":"assistant.turn_end","data":{"turnId":"0"}}
        {"type":"session.idle","data":{},"ephemeral":true}
        """#

    /// Stopped while it waits for a permission.
    static let stoppedPermission = #"""
        {"type":"user.message","data":{"content":"[[sh: touch never]]",\#
        "interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.turn_start","data":{"turnId":"0","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.usage","data":{"model":"fake-model","inputTokens":100,"outputTokens":20},\#
        "ephemeral":true}
        {"type":"assistant.message","data":{"messageId":"00000002-0000-4000-8000-000000000000","content":"",\#
        "toolRequests":[{"toolCallId":"call_68650cd6fceb","name":"bash","arguments":{"command":"touch never",\#
        "description":"run a command"}}],"interactionId":"00000001-0000-4000-8000-000000000000","turnId":"0"}}
        {"type":"tool.execution_start","data":{"toolCallId":"call_68650cd6fceb","toolName":"bash",\#
        "arguments":{"command":"touch never","description":"run a command"},"turnId":"0"}}
        {"type":"permission.requested","data":{"requestId":"00000003-0000-4000-8000-000000000000",\#
        "permissionRequest":{"kind":"shell","toolCallId":"call_68650cd6fceb","fullCommandText":"touch never",\#
        "intention":"run a command","commands":[{"identifier":"touch never","readOnly":false}],"possiblePaths":[],\#
        "possibleUrls":[],"hasWriteFileRedirection":false,"canOfferSessionApproval":false},\#
        "promptRequest":{"kind":"commands","fullCommandText":"touch never","intention":"run a command",\#
        "commandIdentifiers":["touch never"],"canOfferSessionApproval":false,"toolCallId":"call_68650cd6fceb"}}}
        {"type":"abort","data":{"reason":"user_initiated"}}
        {"type":"session.info","data":{"infoType":"cancellation","message":"Operation cancelled by user"},\#
        "ephemeral":true}
        {"type":"session.idle","data":{"aborted":true},"ephemeral":true}
        """#

    /// A wrong key.
    static let unauthorized = #"""
        {"type":"user.message","data":{"content":"[[http: 401]]","interactionId":"00000001-0000-4000-8000-00000000\#
        0000"}}
        {"type":"assistant.turn_start","data":{"turnId":"0","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"model.call_failure","data":{"statusCode":401,"source":"top_level",\#
        "errorMessage":"{\"message\":\"fake HTTP 401\",\"type\":\"invalid_api_key\",\"code\":\"invalid_api_key\",\#
        \"param\":null}"},"ephemeral":true}
        {"type":"assistant.turn_end","data":{"turnId":"0"}}
        {"type":"session.error","data":{"errorType":"authentication","message":"Authentication failed with \#
        provider at http://127.0.0.1:8765/v1 (HTTP 401).\n  Check your COPILOT_PROVIDER_API_KEY or \#
        COPILOT_PROVIDER_BEARER_TOKEN.","statusCode":401}}
        {"type":"session.idle","data":{},"ephemeral":true}
        """#

    /// A rate limit that lasts.
    static let tooManyRequests = #"""
        {"type":"user.message","data":{"content":"[[http: 429]]","interactionId":"00000001-0000-4000-8000-00000000\#
        0000"}}
        {"type":"assistant.turn_start","data":{"turnId":"0","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"model.call_failure","data":{"statusCode":429,"source":"top_level",\#
        "errorMessage":"{\"message\":\"fake HTTP 429\",\"type\":\"rate_limit_exceeded\",\#
        \"code\":\"rate_limit_exceeded\",\"param\":null}"},"ephemeral":true}
        {"type":"model.call_failure","data":{"statusCode":429,"source":"top_level",\#
        "errorMessage":"{\"message\":\"fake HTTP 429\",\"type\":\"rate_limit_exceeded\",\#
        \"code\":\"rate_limit_exceeded\",\"param\":null}"},"ephemeral":true}
        {"type":"model.call_failure","data":{"statusCode":429,"source":"top_level",\#
        "errorMessage":"{\"message\":\"fake HTTP 429\",\"type\":\"rate_limit_exceeded\",\#
        \"code\":\"rate_limit_exceeded\",\"param\":null}"},"ephemeral":true}
        {"type":"model.call_failure","data":{"statusCode":429,"source":"top_level",\#
        "errorMessage":"{\"message\":\"fake HTTP 429\",\"type\":\"rate_limit_exceeded\",\#
        \"code\":\"rate_limit_exceeded\",\"param\":null}"},"ephemeral":true}
        {"type":"model.call_failure","data":{"statusCode":429,"source":"top_level",\#
        "errorMessage":"{\"message\":\"fake HTTP 429\",\"type\":\"rate_limit_exceeded\",\#
        \"code\":\"rate_limit_exceeded\",\"param\":null}"},"ephemeral":true}
        {"type":"model.call_failure","data":{"statusCode":429,"source":"top_level",\#
        "errorMessage":"{\"message\":\"fake HTTP 429\",\"type\":\"rate_limit_exceeded\",\#
        \"code\":\"rate_limit_exceeded\",\"param\":null}"},"ephemeral":true}
        {"type":"assistant.turn_end","data":{"turnId":"0"}}
        {"type":"session.error","data":{"errorType":"query","message":"Failed to get response from the AI model; \#
        retried 5 times (total retry wait time: 6.72 seconds) Last error: CAPIError: 429 fake HTTP 429"}}
        {"type":"session.idle","data":{},"ephemeral":true}
        """#

    /// One failure of the provider.
    static let failedOnce = #"""
        {"type":"user.message","data":{"content":"[[http: 500 x1]]","interactionId":"00000001-0000-4000-8000-00000\#
        0000000"}}
        {"type":"assistant.turn_start","data":{"turnId":"0","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"model.call_failure","data":{"statusCode":500,"source":"top_level",\#
        "errorMessage":"{\"message\":\"fake HTTP 500\",\"type\":\"server_error\",\"code\":\"server_error\",\#
        \"param\":null}"},"ephemeral":true}
        {"type":"session.info","data":{"infoType":"model_retry","message":"Request failed due to a transient API \#
        error. Retrying..."},"ephemeral":true}
        {"type":"assistant.message_start","data":{"messageId":"00000002-0000-4000-8000-000000000000"},\#
        "ephemeral":true}
        {"type":"assistant.message_delta","data":{"messageId":"00000002-0000-4000-8000-000000000000",\#
        "deltaContent":"You"},"ephemeral":true}
        {"type":"assistant.message_delta","data":{"messageId":"00000002-0000-4000-8000-000000000000",\#
        "deltaContent":" said:"},"ephemeral":true}
        {"type":"assistant.usage","data":{"model":"fake-model","inputTokens":100,"outputTokens":20},\#
        "ephemeral":true}
        {"type":"assistant.message","data":{"messageId":"00000002-0000-4000-8000-000000000000","content":"You \#
        said:","toolRequests":[],"interactionId":"00000001-0000-4000-8000-000000000000","turnId":"0"}}
        {"type":"assistant.turn_end","data":{"turnId":"0"}}
        {"type":"session.idle","data":{},"ephemeral":true}
        """#

    /// A stream that breaks once.
    static let disconnectedOnce = #"""
        {"type":"user.message","data":{"content":"[[say: one two three four]] [[drop: x1]]",\#
        "interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.turn_start","data":{"turnId":"0","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.message_start","data":{"messageId":"00000002-0000-4000-8000-000000000000"},\#
        "ephemeral":true}
        {"type":"assistant.message_delta","data":{"messageId":"00000002-0000-4000-8000-000000000000",\#
        "deltaContent":"one"},"ephemeral":true}
        {"type":"assistant.message_delta","data":{"messageId":"00000002-0000-4000-8000-000000000000",\#
        "deltaContent":" two"},"ephemeral":true}
        {"type":"model.call_failure","data":{"statusCode":503,"source":"top_level",\#
        "errorMessage":"{\"error\":{\"message\":\"HTTP/2 GOAWAY connection terminated\",\#
        \"type\":\"connection_error\"}}"},"ephemeral":true}
        {"type":"session.info","data":{"infoType":"model_retry","message":"Request failed due to a transient API \#
        error. Retrying..."},"ephemeral":true}
        {"type":"assistant.message_delta","data":{"messageId":"00000002-0000-4000-8000-000000000000",\#
        "deltaContent":"one"},"ephemeral":true}
        {"type":"assistant.message_delta","data":{"messageId":"00000002-0000-4000-8000-000000000000",\#
        "deltaContent":" two"},"ephemeral":true}
        {"type":"assistant.message_delta","data":{"messageId":"00000002-0000-4000-8000-000000000000",\#
        "deltaContent":" three"},"ephemeral":true}
        {"type":"assistant.message_delta","data":{"messageId":"00000002-0000-4000-8000-000000000000",\#
        "deltaContent":" four"},"ephemeral":true}
        {"type":"assistant.usage","data":{"model":"fake-model","inputTokens":100,"outputTokens":20},\#
        "ephemeral":true}
        {"type":"assistant.message","data":{"messageId":"00000002-0000-4000-8000-000000000000","content":"one two \#
        three four","toolRequests":[],"interactionId":"00000001-0000-4000-8000-000000000000","turnId":"0"}}
        {"type":"assistant.turn_end","data":{"turnId":"0"}}
        {"type":"session.idle","data":{},"ephemeral":true}
        """#

    /// A provider that fails.
    static let serverError = #"""
        {"type":"user.message","data":{"content":"[[http: 500]]","interactionId":"00000001-0000-4000-8000-00000000\#
        0000"}}
        {"type":"assistant.turn_start","data":{"turnId":"0","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"model.call_failure","data":{"statusCode":500,"source":"top_level",\#
        "errorMessage":"{\"message\":\"fake HTTP 500\",\"type\":\"server_error\",\"code\":\"server_error\",\#
        \"param\":null}"},"ephemeral":true}
        {"type":"session.info","data":{"infoType":"model_retry","message":"Request failed due to a transient API \#
        error. Retrying..."},"ephemeral":true}
        {"type":"model.call_failure","data":{"statusCode":500,"source":"top_level",\#
        "errorMessage":"{\"message\":\"fake HTTP 500\",\"type\":\"server_error\",\"code\":\"server_error\",\#
        \"param\":null}"},"ephemeral":true}
        {"type":"session.info","data":{"infoType":"model_retry","message":"Request failed due to a transient API \#
        error. Retrying..."},"ephemeral":true}
        {"type":"model.call_failure","data":{"statusCode":500,"source":"top_level",\#
        "errorMessage":"{\"message\":\"fake HTTP 500\",\"type\":\"server_error\",\"code\":\"server_error\",\#
        \"param\":null}"},"ephemeral":true}
        {"type":"session.info","data":{"infoType":"model_retry","message":"Request failed due to a transient API \#
        error. Retrying..."},"ephemeral":true}
        {"type":"model.call_failure","data":{"statusCode":500,"source":"top_level",\#
        "errorMessage":"{\"message\":\"fake HTTP 500\",\"type\":\"server_error\",\"code\":\"server_error\",\#
        \"param\":null}"},"ephemeral":true}
        {"type":"session.info","data":{"infoType":"model_retry","message":"Request failed due to a transient API \#
        error. Retrying..."},"ephemeral":true}
        {"type":"model.call_failure","data":{"statusCode":500,"source":"top_level",\#
        "errorMessage":"{\"message\":\"fake HTTP 500\",\"type\":\"server_error\",\"code\":\"server_error\",\#
        \"param\":null}"},"ephemeral":true}
        {"type":"session.info","data":{"infoType":"model_retry","message":"Request failed due to a transient API \#
        error. Retrying..."},"ephemeral":true}
        {"type":"model.call_failure","data":{"statusCode":500,"source":"top_level",\#
        "errorMessage":"{\"message\":\"fake HTTP 500\",\"type\":\"server_error\",\"code\":\"server_error\",\#
        \"param\":null}"},"ephemeral":true}
        {"type":"assistant.turn_end","data":{"turnId":"0"}}
        {"type":"session.error","data":{"errorType":"query","message":"Failed to get response from the AI model; \#
        retried 5 times (total retry wait time: 6.62 seconds) Last error: CAPIError: 500 fake HTTP 500"}}
        {"type":"session.idle","data":{},"ephemeral":true}
        """#

    /// A conversation that is too long.
    static let contextExceeded = #"""
        {"type":"user.message","data":{"content":"[[fail: context_length_exceeded maximum context length is \#
        128000 tokens]]","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.turn_start","data":{"turnId":"0","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"model.call_failure","data":{"statusCode":400,"source":"top_level",\#
        "errorMessage":"{\"message\":\"maximum context length is 128000 tokens\",\#
        \"type\":\"invalid_request_error\",\"code\":\"context_length_exceeded\",\"param\":\"messages\"}"},\#
        "ephemeral":true}
        {"type":"session.info","data":{"infoType":"model_retry","message":"Request failed \#
        (transient_bad_request). Retrying..."},"ephemeral":true}
        {"type":"model.call_failure","data":{"statusCode":400,"source":"top_level",\#
        "errorMessage":"{\"message\":\"maximum context length is 128000 tokens\",\#
        \"type\":\"invalid_request_error\",\"code\":\"context_length_exceeded\",\"param\":\"messages\"}"},\#
        "ephemeral":true}
        {"type":"session.info","data":{"infoType":"model_retry","message":"Request failed \#
        (transient_bad_request). Retrying..."},"ephemeral":true}
        {"type":"model.call_failure","data":{"statusCode":400,"source":"top_level",\#
        "errorMessage":"{\"message\":\"maximum context length is 128000 tokens\",\#
        \"type\":\"invalid_request_error\",\"code\":\"context_length_exceeded\",\"param\":\"messages\"}"},\#
        "ephemeral":true}
        {"type":"assistant.turn_end","data":{"turnId":"0"}}
        {"type":"session.error","data":{"errorType":"query","message":"400 maximum context length is 128000 \#
        tokens","statusCode":400}}
        {"type":"session.idle","data":{},"ephemeral":true}
        """#

    /// An account that is used up.
    static let quotaExceeded = #"""
        {"type":"user.message","data":{"content":"[[fail: insufficient_quota you exceeded your quota]]",\#
        "interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.turn_start","data":{"turnId":"0","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"model.call_failure","data":{"statusCode":400,"source":"top_level",\#
        "errorMessage":"{\"message\":\"you exceeded your quota\",\"type\":\"invalid_request_error\",\#
        \"code\":\"insufficient_quota\",\"param\":\"messages\"}"},"ephemeral":true}
        {"type":"session.info","data":{"infoType":"model_retry","message":"Request failed \#
        (transient_bad_request). Retrying..."},"ephemeral":true}
        {"type":"model.call_failure","data":{"statusCode":400,"source":"top_level",\#
        "errorMessage":"{\"message\":\"you exceeded your quota\",\"type\":\"invalid_request_error\",\#
        \"code\":\"insufficient_quota\",\"param\":\"messages\"}"},"ephemeral":true}
        {"type":"session.info","data":{"infoType":"model_retry","message":"Request failed \#
        (transient_bad_request). Retrying..."},"ephemeral":true}
        {"type":"model.call_failure","data":{"statusCode":400,"source":"top_level",\#
        "errorMessage":"{\"message\":\"you exceeded your quota\",\"type\":\"invalid_request_error\",\#
        \"code\":\"insufficient_quota\",\"param\":\"messages\"}"},"ephemeral":true}
        {"type":"assistant.turn_end","data":{"turnId":"0"}}
        {"type":"session.error","data":{"errorType":"query","message":"400 you exceeded your quota",\#
        "statusCode":400}}
        {"type":"session.idle","data":{},"ephemeral":true}
        """#

    /// Neither a login nor a provider.
    static let unauthenticated = #"""
        {"type":"session.error","data":{"errorType":"authentication","message":"Execution failed: Error: Session \#
        was not created with authentication info or custom provider"}}
        {"type":"session.idle","data":{},"ephemeral":true}
        """#
}
