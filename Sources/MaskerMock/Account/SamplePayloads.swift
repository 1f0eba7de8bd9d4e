import MaskerAPI

/// Made-up payloads. Every identifier in them is fictitious and looks it: Example as a name, 555-01xx as a number.
enum SamplePayloads {
    static let all = [
        Payloads(
            request:
                "Hi, this is Jane Example, born 1 January 1900. My number is 555-0100, can you move my appointment?",
            masked: "Hi, this is [NAME:MSKV1:4f2a], born [DOB:MSKV1:91c0]. My number is [PHONE:MSKV1:07de], "
                + "can you move my appointment?",
            response: "Of course, Jane Example. I have moved it to Tuesday at 10:00."),
        Payloads(
            request: "I need a refill. The record number is MRN 000000, and my mail is john.sample@example.org.",
            masked: "I need a refill. The record number is [MRN:MSKV1:b310], and my mail is [EMAIL:MSKV1:5a77].",
            response: "The refill for MRN 000000 is on its way; a confirmation goes to john.sample@example.org."),
        Payloads(
            request:
                "Please call Sam Placeholder back.\nThe number is 555-0199.\n\n"
                + "He lives at 1 Nowhere Street, Testville.",
            masked: "Please call [NAME:MSKV1:c4d1] back.\nThe number is [PHONE:MSKV1:88e2].\n\n"
                + "He lives at [ADDRESS:MSKV1:1f05].",
            response: "I have noted a call-back to Sam Placeholder at 555-0199."),
        Payloads(
            request: "Ich heiße Erika Beispiel, geboren am 1.1.1900. Meine Nummer ist 000-00-0000. 🩺",
            masked: "Ich heiße [NAME:MSKV1:2b9c], geboren am [DOB:MSKV1:e013]. Meine Nummer ist [SSN:MSKV1:77aa]. 🩺",
            response: "Danke, Erika Beispiel. Ich verbinde Sie.")
    ]
}
