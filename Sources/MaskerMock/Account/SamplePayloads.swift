/// Made-up payloads. All identifiers are obviously fictitious: Example as a name, 555-01xx as a phone number.
enum SamplePayloads {
    /// Requests, and the answers of the model. `{KIND|value}` is a value that detection finds.
    private static let conversations: [(request: String, response: String)] = [
        (
            "Hi, this is {NAME|Jane Example}, born {DOB|1 January 1900}. My number is {PHONE|555-0100}, can you move my appointment "
                + "to {DATE|2 January}?",
            "Of course, {NAME|Jane Example}. I have moved it to {DATE|2 January} at 10:00."
        ),
        (
            "I need a refill. The record number is {MRN|MRN 000000}, and my mail is {EMAIL|john.sample@example.org}.",
            "The refill for {MRN|MRN 000000} is on its way; a confirmation goes to {EMAIL|john.sample@example.org}."
        ),
        (
            "Please call {NAME|Sam Placeholder} back.\nThe number is {PHONE|555-0199}.\n\nHe lives at {ADDRESS|1 Nowhere Street, Testville}. "
                + "He wrote from {IP_ADDRESS|192.0.2.1}, account {ACCOUNT|0000-0000}.",
            "I have noted a call-back to {NAME|Sam Placeholder} at {PHONE|555-0199}."
        ),
        (
            "Ich heiße {NAME|Erika Beispiel}, geboren am {DOB|1.1.1900}. Meine Nummer ist {SSN|000-00-0000}. 🩺",
            "Danke, {NAME|Erika Beispiel}. Ich verbinde Sie."
        ),
    ]

    /// A request in clear, the masked text that the model gets, and its answer with tokens.
    static func pick(_ random: inout SeededRandom, _ tokens: TokenText) -> MockPayloads? {
        random.pick(conversations).map { conversation in
            MockPayloads(
                request: filled(conversation.request) { $1 }, masked: filled(conversation.request, tokens.masked),
                response: filled(conversation.response, tokens.masked))
        }
    }

    private static func filled(_ text: String, _ value: (String, String) -> String) -> String {
        text.replacing(#/\{([A-Z_]+)\|([^}]+)\}/#) { value(String($0.1), String($0.2)) }
    }
}

/// The payloads of a session; nil where the policy does not log them.
struct MockPayloads: Sendable, Equatable {
    var request: String?
    var masked: String?
    var response: String?
}
