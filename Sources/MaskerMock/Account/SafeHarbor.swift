/// The coverage of the identifiers of 45 CFR 164.514(b)(2): the documented matrix, by letter.
enum SafeHarbor {
    enum Coverage: Sendable {
        case categories([(name: String, value: String)])
        case text(String)

        var body: MockJSON {
            switch self {
            case .categories(let all): .object(Dictionary(all.map { ($0.name, MockJSON.text($0.value)) }, uniquingKeysWith: { $1 }))
            case .text(let text): .text(text)
            }
        }

        var lines: [String] {
            switch self {
            case .categories(let all): all.map { "  \($0.name): \($0.value)" }
            case .text(let text): ["  " + text]
            }
        }
    }

    static func coverage(_ form: MockOptions.Coverage) -> Coverage? {
        switch form {
        case .documented: .categories(matrix)
        case .text: .text("Full: A B D E F G H J O. Partial: C I K. In progress: L M N P R. Not applicable: Q.")
        case .absent: nil
        }
    }

    /// The first four names are documented, the mock adds the others. OPEN: how the last two values are written.
    private static let matrix: [(name: String, value: String)] = [
        ("A_names", "full"), ("B_geo", "full"), ("C_dates", "partial"), ("D_phone", "full"), ("E_fax", "full"), ("F_email", "full"),
        ("G_ssn", "full"), ("H_mrn", "full"), ("I_health_plan", "partial"), ("J_account", "full"), ("K_license", "partial"),
        ("L_vehicle", "in_progress"), ("M_device", "in_progress"), ("N_url", "in_progress"), ("O_ip_address", "full"),
        ("P_biometric", "in_progress"), ("Q_photo", "not_applicable"), ("R_other", "in_progress"),
    ]
}
